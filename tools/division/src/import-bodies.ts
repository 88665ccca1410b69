import type { Folder } from './division-folder.js';

/** An empty cell is a field that is not given. */
const given = <Name extends string>(name: Name, cell: string) =>
  cell === '' ? {} : { [name]: cell };

/** These columns of a row, as they stand. */
function picked<Name extends string>(
  row: Readonly<Record<Name, string>>,
  ...names: readonly Name[]
): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

/** The body of POST /v1/division-imports for each service, from one folder. */
export function importBodies(folder: Folder) {
  const common = {
    division: divisionOf(folder),
    calendarOverrides: folder.calendar.map(({ day, isWorkingDay, note }) => ({
      day,
      isWorkingDay: isWorkingDay === 'true',
      ...given('note', note),
    })),
  };
  const sections = folder.sections.map((row) => picked(row, 'mofDepCode', 'nameZh', 'nameEn'));
  const units = folder.units.map((row) => ({
    ...picked(row, 'agencyCode', 'nameZh', 'nameEn', 'mofDepCode'),
    ...given('supDepCode', row.supDepCode),
  }));
  const projects = folder.projects.map((row) =>
    picked(row, 'proCode', 'nameZh', 'nameEn', 'agencyCode'),
  );
  const codes = folder.codes.map((row) => ({
    ...picked(row, 'code', 'nameZh', 'nameEn'),
    table: row.table,
    fiscalYear: Number(row.fiscalYear),
    ...given('parent', row.parent),
  }));
  const accounts = folder.accounts.map((row) =>
    picked(row, 'accountCode', 'nameZh', 'nameEn', 'kind', 'poolCode'),
  );
  const pools = folder.pools.map((row) => ({
    ...picked(row, 'poolCode', 'nameZh', 'nameEn', 'floor'),
    ...given('parent', row.parent),
    reserve: { amount: row.reserveAmount, tiers: Number(row.reserveTiers) },
  }));
  const codesOf = (...tables: string[]) => codes.filter(({ table }) => tables.includes(table));
  return {
    quota: { ...common, sections, units, projects, codes },
    revenue: { ...common, units, accounts, codes: codesOf('income', 'fund_type') },
    forecast: { ...common, accounts, pools },
    payment: {
      ...common,
      sections,
      units,
      accounts,
      pools,
      policies: policiesOf(folder),
      approvalChains: chainsOf(folder),
    },
  };
}

function divisionOf(folder: Folder) {
  const [row] = folder.division;
  if (!row) throw new Error('the folder was not checked: it has no division');
  return {
    ...picked(row, 'mofDivCode', 'nameZh', 'nameEn', 'currency', 'timeZone', 'fiscalYearStart'),
    calendar: row.calendar,
    ...given('parent', row.parent),
  };
}

function policiesOf(folder: Folder) {
  const versions = Map.groupBy(folder.policies, ({ version }) => version);
  return [...versions].map(([version, rows]) => ({
    version,
    effectiveFrom: rows[0]?.effectiveFrom ?? '',
    nameZh: `优先政策 ${version}`,
    nameEn: `priority policy ${version}`,
    rules: rows.map((row) => ({
      order: Number(row.order),
      tier: Number(row.tier),
      urgency: Number(row.urgency),
      pool: row.pool,
      when: given('agencyPrefix', row.agencyPrefix),
      noteZh: row.noteZh,
      noteEn: row.noteEn,
    })),
  }));
}

function chainsOf({ approvals }: Folder) {
  return [...Map.groupBy(approvals, ({ effectiveFrom }) => effectiveFrom)].map(
    ([effectiveFrom, rows]) => ({
      effectiveFrom,
      steps: rows.map((row) => ({
        ...picked(row, 'above', 'titleZh', 'titleEn'),
        step: Number(row.step),
        signers: row.signers.split(' ').filter((person) => person !== ''),
      })),
    }),
  );
}

/** The people of the division, as the embedded OpenID provider reads them. */
export function peopleOf(folder: Folder) {
  const [division] = folder.division;
  return folder.people.map((person) => ({
    sub: person.person,
    mofDivCode: division?.mofDivCode ?? '',
    agencyCode: person.agencyCode || null,
    mofDepCode: person.mofDepCode || null,
    duties: person.duties.split(' '),
    nameZh: person.nameZh,
    nameEn: person.nameEn,
  }));
}
