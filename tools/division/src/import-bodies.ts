import type { Folder } from './division-folder.js';

/** An empty cell is a field that is not given. */
const given = <Name extends string>(name: Name, cell: string) =>
  cell === '' ? {} : { [name]: cell };

/** The body of POST /v1/division-imports for each service, from one folder. */
export function importBodies(folder: Folder) {
  const [division] = folder.division;
  if (!division) throw new Error('the folder was not checked: it has no division');
  const common = {
    division: {
      mofDivCode: division.mofDivCode,
      nameZh: division.nameZh,
      nameEn: division.nameEn,
      ...given('parent', division.parent),
      currency: division.currency,
      timeZone: division.timeZone,
      fiscalYearStart: division.fiscalYearStart,
      calendar: division.calendar,
    },
    calendarOverrides: folder.calendar.map(({ day, isWorkingDay, note }) => ({
      day,
      isWorkingDay: isWorkingDay === 'true',
      note,
    })),
  };
  const sections = folder.sections.map(({ mofDepCode, nameZh, nameEn }) => ({
    mofDepCode,
    nameZh,
    nameEn,
  }));
  const units = folder.units.map(({ agencyCode, nameZh, nameEn, supDepCode, mofDepCode }) => ({
    agencyCode,
    nameZh,
    nameEn,
    ...given('supDepCode', supDepCode),
    mofDepCode,
  }));
  const projects = folder.projects.map(({ proCode, nameZh, nameEn, agencyCode }) => ({
    proCode,
    nameZh,
    nameEn,
    agencyCode,
  }));
  const codes = folder.codes.map(({ table, fiscalYear, code, nameZh, nameEn, parent }) => ({
    table,
    fiscalYear: Number(fiscalYear),
    code,
    nameZh,
    nameEn,
    ...given('parent', parent),
  }));
  const accounts = folder.accounts.map(({ accountCode, nameZh, nameEn, kind, poolCode }) => ({
    accountCode,
    nameZh,
    nameEn,
    kind,
    poolCode,
  }));
  const pools = folder.pools.map((pool) => ({
    poolCode: pool.poolCode,
    nameZh: pool.nameZh,
    nameEn: pool.nameEn,
    ...given('parent', pool.parent),
    floor: pool.floor,
    reserve: { amount: pool.reserveAmount, tiers: Number(pool.reserveTiers) },
  }));
  const codesOf = (...tables: string[]) => codes.filter(({ table }) => tables.includes(table));
  return {
    quota: { ...common, sections, units, projects, codes },
    revenue: { ...common, units, accounts, codes: codesOf('income', 'fund_type') },
    forecast: { ...common, accounts, pools },
    payment: { ...common, sections, units, accounts, pools, policies: policiesOf(folder) },
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
