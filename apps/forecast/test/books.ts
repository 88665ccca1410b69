import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, plusDays, weekday, type Day } from '@guoku/calendar';
import { Money } from '@guoku/money';

export const mofDivCode = '990002000';
/** A Friday: the last day of the history, and of the first statements. */
export const eve = dayOf('2026-03-06');

/** Two pools in one: the general budget and the government funds, each with its account. */
export const reference = {
  division: {
    mofDivCode,
    nameZh: '清岩县',
    nameEn: 'Qingyan County',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    fiscalYearStart: '01-01',
    calendar: 'weekdays',
  },
  calendarOverrides: [{ day: '2026-03-12', isWorkingDay: false, note: '植树' }],
  accounts: [
    {
      accountCode: '21',
      nameZh: '一般预算账户',
      nameEn: 'general',
      kind: 'treasury',
      poolCode: 'general',
    },
    {
      accountCode: '22',
      nameZh: '基金预算账户',
      nameEn: 'funds',
      kind: 'treasury',
      poolCode: 'funds',
    },
  ],
  pools: [
    pool('tsa', '国库单一账户', 'treasury single account', '300.00'),
    { ...pool('general', '一般公共预算', 'general budget', '200.00'), parent: 'tsa' },
    { ...pool('funds', '政府性基金', 'government funds', '0.00'), parent: 'tsa' },
  ],
};

function pool(poolCode: string, nameZh: string, nameEn: string, reserve: string) {
  return { poolCode, nameZh, nameEn, floor: '0.00', reserve: { amount: reserve, tiers: 2 } };
}

export interface PastFlow {
  readonly day: Day;
  readonly series: string;
  readonly poolCode: string;
  readonly kind: 'inflow' | 'outflow';
  readonly amount: string;
}

/** Two years of weekdays; no two days alike, so that quantiles differ. */
export const history: readonly PastFlow[] = Array.from({ length: 730 }, (_, at) =>
  plusDays(eve, at - 729),
)
  .filter((day) => weekday(day) <= 5)
  .flatMap((day, at): PastFlow[] => {
    const receipts = Money.of(`${1000 + ((at * 37) % 211)}.50`).toString();
    const outlays = Money.of(`${900 + ((at * 53) % 307)}.25`).toString();
    const fees = Money.of(`${10 + ((at * 11) % 17)}.00`).toString();
    return [
      { day, series: 'receipts', poolCode: 'general', kind: 'inflow', amount: receipts },
      { day, series: 'outlays', poolCode: 'general', kind: 'outflow', amount: outlays },
      { day, series: 'receipts', poolCode: 'funds', kind: 'inflow', amount: fees },
    ];
  });

/** A statement that adds up. */
export function statement(
  accountCode: string,
  date: string,
  opening: string,
  { receipts = '0.00', payments = '0.00' } = {},
) {
  const closing = Money.of(opening).plus(Money.of(receipts)).minus(Money.of(payments)).toString();
  return { accountCode, date, opening, receipts, payments, closing };
}

/** What must never happen, by the name of its query. */
export const consistency = readdirSync(join(import.meta.dirname, '../consistency')).map((name) => ({
  name,
  sql: readFileSync(join(import.meta.dirname, '../consistency', name), 'utf8'),
}));
