import { createHash } from 'node:crypto';
import type { EventData } from '@guoku/contracts';

/** What the tests of payment share: a small division whose fiscal year begins in October, as the US Treasury's does. */
export const mofDivCode = '990002000';

export const [friday, monday, tuesday, wednesday] = [
  '2011-09-30',
  '2011-10-03',
  '2011-10-04',
  '2011-10-05',
] as const;

/** The same name gives the same id, so that a failure can be read. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ];
  return [...parts, hex.slice(20, 32)].join('-');
}

const named = (name: string) => ({ nameZh: name, nameEn: name });

export const reference = {
  division: {
    mofDivCode,
    ...named('清岩县'),
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    fiscalYearStart: '10-01',
    calendar: 'weekdays',
  },
  calendarOverrides: [],
  sections: [
    { mofDepCode: 'edu', ...named('教科文科') },
    { mofDepCode: 'agr', ...named('农财科') },
  ],
  units: [
    { agencyCode: '101001', ...named('一中'), mofDepCode: 'edu' },
    { agencyCode: '202001', ...named('水利局'), mofDepCode: 'agr' },
  ],
  pools: [
    {
      poolCode: 'tsa',
      ...named('国库单一账户'),
      floor: '0.00',
      reserve: { amount: '0.00', tiers: 1 },
    },
  ],
  accounts: [{ accountCode: '21', ...named('国库存款'), kind: 'tsa', poolCode: 'tsa' }],
  policies: [
    {
      version: 'v1',
      effectiveFrom: '2011-01-01',
      ...named('三保优先'),
      rules: [
        { order: 1, tier: 1, urgency: 1, pool: 'tsa', when: { sbSign: 'wages' } },
        { order: 2, tier: 7, urgency: 3, pool: 'tsa', when: {} },
      ],
    },
  ],
};

export const wagesLine: EventData<'guoku.quota.held.v1'>['line'] = {
  fiscalYear: 2011,
  agencyCode: '101001',
  mofDepCode: 'edu',
  proCode: 'p-wages',
  expFuncCode: '2050202',
  depBgtEcoCode: '30101',
  fundTypeCode: '111',
  corBgtDocNo: '清财指〔2011〕1号',
  sbSign: 'wages',
  sbStandard: 'national',
  isDir: false,
};

export const officeLine: typeof wagesLine = {
  ...wagesLine,
  proCode: 'p-office',
  depBgtEcoCode: '30201',
  sbSign: 'none',
};

/** A request as a unit hands it in; due on Monday, of use until Wednesday. */
export function requestOf(name: string, change: object = {}) {
  return {
    id: idOf(name),
    bgtId: idOf('office'),
    agencyCode: '101001',
    amount: '100.00',
    due: monday,
    latest: wednesday,
    divisible: false,
    purpose: '办公经费',
    payee: { name: '青岩文具店', account: '6222020200112233', bankCode: '102100099996' },
    reference: name,
    ...change,
  };
}

/** A forecast as it is published: so much in the pool, so much coming each day. */
export function forecastOf(
  name: string,
  origin: string,
  { opening, inflow = '0.00' }: { opening: string; inflow?: string },
): EventData<'guoku.forecast.published.v1'> {
  const days = ['2011-09-30', '2011-10-03', '2011-10-04', '2011-10-05', '2011-10-06'].filter(
    (day) => day > origin,
  );
  const each = (amount: string): string[] => days.map(() => amount);
  return {
    snapshotId: idOf(name),
    origin,
    model: 'test',
    quantile: '0.10',
    errorBuffer: 'quantile',
    days,
    pools: [
      {
        poolCode: 'tsa',
        opening,
        inflow: each(inflow),
        committed: each('0.00'),
        floor: each('0.00'),
        reserve: each('0.00'),
      },
    ],
  };
}
