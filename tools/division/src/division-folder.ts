import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  among,
  anything,
  codeText,
  day,
  matching,
  money,
  optionalCode,
  readTable,
  text,
  whole,
  yesNo,
  type CellFault,
  type Columns,
  type RowOf,
} from './csv-table.js';

const names = { nameZh: text, nameEn: text };

/** The files of a division's folder and the rule of each column. The order is that in which faults are printed. */
export const FILES = {
  division: {
    mofDivCode: matching(/^\d{9}$/, '990001000'),
    ...names,
    parent: matching(/^\d{9}$/, '990000000', true),
    currency: matching(/^[A-Z]{3}$/, 'CNY'),
    timeZone: text,
    fiscalYearStart: matching(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '01-01'),
    calendar: among('cn', 'us', 'weekdays'),
  },
  calendar: { day, isWorkingDay: yesNo, note: anything },
  sections: { mofDepCode: codeText, ...names },
  units: { agencyCode: codeText, ...names, supDepCode: optionalCode, mofDepCode: codeText },
  projects: { proCode: codeText, ...names, agencyCode: codeText },
  codes: {
    table: among('exp_func', 'gov_eco', 'dep_eco', 'fund_type', 'income'),
    fiscalYear: matching(/^\d{4}$/, '2026'),
    code: codeText,
    ...names,
    parent: optionalCode,
  },
  accounts: { accountCode: codeText, ...names, kind: text, poolCode: codeText },
  pools: {
    poolCode: codeText,
    ...names,
    parent: optionalCode,
    floor: money,
    reserveAmount: money,
    reserveTiers: whole,
  },
  policies: {
    version: codeText,
    effectiveFrom: day,
    order: whole,
    tier: whole,
    urgency: whole,
    pool: codeText,
    agencyPrefix: optionalCode,
    noteZh: text,
    noteEn: text,
  },
  /** Optional: who signs plans, by amount. `signers` are people, with blanks between them. */
  approvals: {
    effectiveFrom: day,
    step: whole,
    above: money,
    signers: anything,
    titleZh: text,
    titleEn: text,
  },
  people: {
    person: matching(/^[a-z0-9][a-z0-9-]{0,63}$/, 'treasurer-1'),
    ...names,
    agencyCode: optionalCode,
    mofDepCode: optionalCode,
    duties: text,
  },
} as const satisfies Record<string, Columns>;

type FileName = keyof typeof FILES;
export type Folder = { readonly [Name in FileName]: RowOf<(typeof FILES)[Name]>[] };

/** Which column must be found in which column of which file; an empty cell refers to nothing. */
const REFERENCES: readonly [FileName, string, FileName, string][] = [
  ['units', 'mofDepCode', 'sections', 'mofDepCode'],
  ['projects', 'agencyCode', 'units', 'agencyCode'],
  ['accounts', 'poolCode', 'pools', 'poolCode'],
  ['pools', 'parent', 'pools', 'poolCode'],
  ['policies', 'pool', 'pools', 'poolCode'],
  ['people', 'agencyCode', 'units', 'agencyCode'],
  ['people', 'mofDepCode', 'sections', 'mofDepCode'],
];

/** The columns that name a row: no two rows of the file may agree in them. */
const KEYS: readonly [FileName, readonly string[]][] = [
  ['calendar', ['day']],
  ['sections', ['mofDepCode']],
  ['units', ['agencyCode']],
  ['projects', ['proCode']],
  ['codes', ['table', 'fiscalYear', 'code']],
  ['accounts', ['accountCode']],
  ['pools', ['poolCode']],
  ['policies', ['version', 'order']],
  ['approvals', ['effectiveFrom', 'step']],
  ['people', ['person']],
];

export interface ReadFolder {
  readonly folder: Folder;
  readonly faults: readonly CellFault[];
}

/**
 * Reads the CSV files of a division and checks every cell, every key and every reference between files.
 * @param path folder with the files of FILES
 * @returns all rows and all faults; nothing may be sent while there is a fault
 */
export async function readFolder(path: string): Promise<ReadFolder> {
  const faults: CellFault[] = [];
  const table = <Name extends FileName>(name: Name) =>
    readTable(path, `${name}.csv`, FILES[name], faults);
  const folder: Folder = {
    division: await table('division'),
    calendar: await table('calendar'),
    sections: await table('sections'),
    units: await table('units'),
    projects: await table('projects'),
    codes: await table('codes'),
    accounts: await table('accounts'),
    pools: await table('pools'),
    policies: await table('policies'),
    approvals: existsSync(join(path, 'approvals.csv')) ? await table('approvals') : [],
    people: await table('people'),
  };
  if (folder.division.length !== 1)
    faults.push(fileFault('division.csv', 'exactly one division 应恰有一行'));
  for (const [name, key] of KEYS) faults.push(...repeated(folder, name, key));
  for (const reference of REFERENCES) faults.push(...dangling(folder, reference));
  faults.push(...signersWhoMayNot(folder));
  if (!folder.people.some((person) => person.duties.split(' ').includes('division.import')))
    faults.push(
      fileFault('people.csv', 'nobody has the duty division.import 无人具备 division.import 职责'),
    );
  return { folder, faults };
}

/** Whoever signs a step of an approval chain is one of the people and has the duty to approve plans. */
function signersWhoMayNot({ approvals, people }: Folder): CellFault[] {
  const approvers = new Set(
    people
      .filter(({ duties }) => duties.split(' ').includes('plan.approve'))
      .map(({ person }) => person),
  );
  return approvals.flatMap(({ row, signers }) =>
    signers
      .split(' ')
      .filter((person) => person !== '' && !approvers.has(person))
      .map((person) => ({
        file: 'approvals.csv',
        row,
        column: 'signers',
        detail: {
          zh: `people.csv 中没有具备 plan.approve 职责的“${person}”`,
          en: `"${person}" is not in people.csv with the duty plan.approve`,
        },
      })),
  );
}

function fileFault(file: string, detail: string): CellFault {
  return { file, row: 0, column: '', detail: { zh: detail, en: detail } };
}

function cell(row: object, column: string): string {
  const found = Object.entries(row).find(([name]) => name === column);
  return String(found?.[1] ?? '');
}

function repeated(folder: Folder, name: FileName, key: readonly string[]): CellFault[] {
  const first = new Map<string, number>();
  const faults: CellFault[] = [];
  for (const row of folder[name]) {
    const value = key.map((column) => cell(row, column)).join(' / ');
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, row.row);
    else
      faults.push({
        file: `${name}.csv`,
        row: row.row,
        column: key.join(', '),
        detail: {
          zh: `“${value}”已在第 ${String(earlier)} 行`,
          en: `"${value}" stands already on line ${String(earlier)}`,
        },
      });
  }
  return faults;
}

function dangling(
  folder: Folder,
  [from, column, to, key]: readonly [FileName, string, FileName, string],
): CellFault[] {
  const known = new Set(folder[to].map((row) => cell(row, key)));
  return folder[from]
    .filter((row) => cell(row, column) !== '' && !known.has(cell(row, column)))
    .map((row) => ({
      file: `${from}.csv`,
      row: row.row,
      column,
      detail: {
        zh: `${to}.csv 中没有“${cell(row, column)}”`,
        en: `"${cell(row, column)}" is not in ${to}.csv`,
      },
    }));
}
