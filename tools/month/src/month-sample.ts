import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Money } from '@guoku/money';
import { cells, readTable, type CellFault, type RowOf } from '@guoku/tool-division';

const TABLES = {
  requests: {
    reference: cells.text,
    agencyCode: cells.codeText,
    line: cells.text,
    amount: cells.money,
    due: cells.day,
    latest: cells.day,
    divisible: cells.yesNo,
    minPart: cells.matching(/^\d+\.\d{2}$/, '1000000.00', true),
    purpose: cells.text,
  },
  budget: {
    agencyCode: cells.codeText,
    proCode: cells.codeText,
    expFuncCode: cells.codeText,
    depBgtEcoCode: cells.codeText,
    fundTypeCode: cells.codeText,
    sbSign: cells.text,
    isDir: cells.yesNo,
    amount: cells.money,
    bgtDec: cells.text,
  },
  receipts: {
    valueDate: cells.day,
    accountCode: cells.codeText,
    itemCode: cells.codeText,
    fundTypeCode: cells.codeText,
    agencyCode: cells.optionalCode,
    amount: cells.money,
    reference: cells.text,
  },
  history: {
    day: cells.day,
    series: cells.codeText,
    poolCode: cells.codeText,
    kind: cells.among('inflow', 'outflow'),
    amount: cells.money,
  },
  opening: { day: cells.day, accountCode: cells.codeText, closing: cells.money },
  record: {
    day: cells.day,
    opening: cells.money,
    deposits: cells.money,
    withdrawals: cells.money,
    closing: cells.money,
    debtIssued: cells.money,
    debtRedeemed: cells.money,
  },
} as const;

type Tables = { readonly [Name in keyof typeof TABLES]: RowOf<(typeof TABLES)[Name]>[] };

/** A month of a treasury, as its folder gives it. */
export interface MonthSample extends Tables {
  readonly opening: Tables['opening'];
  /** Working days of the month that are played: those of the record. */
  readonly days: readonly string[];
}

/**
 * Reads the sample.
 * @param until the last day of it that is played
 * @throws Error that names every bad cell
 */
export async function readMonthSample(folder: string, until: string): Promise<MonthSample> {
  const faults: CellFault[] = [];
  const table = <Name extends keyof typeof TABLES>(name: Name) =>
    readTable(folder, `${name}.csv`, TABLES[name], faults);
  const requests = await table('requests');
  const budget = await table('budget');
  const receipts = await table('receipts');
  const history = await table('history');
  const opening = await table('opening');
  const record = await table('record');
  if (faults.length > 0)
    throw new Error(
      faults
        .map(
          ({ file, row, column, detail }) =>
            `${join(folder, file)}:${String(row)}: ${column}: ${detail.en}`,
        )
        .join('\n'),
    );
  const days = record.map(({ day }) => day).filter((day) => day <= until);
  return { requests, budget, receipts, history, opening, record, days };
}

/** The same name gives the same id on every machine: a UUID of version 8 from its SHA-256. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`us-august-2011 ${name}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

export function sumOf(amounts: Iterable<string>): Money {
  return Money.sum([...amounts].map((amount) => Money.of(amount)));
}
