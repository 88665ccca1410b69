import { Money } from '@guoku/money';
import type { ShownCure } from './books.js';
import type { ForecastDay } from './month-forecast.js';
import type { Deferral, MissingStep, MonthReport, ReportMove } from './report.js';
import type { TierSummary } from './tier-summary.js';

const MOVES_SHOWN = 20;
const AIMS = [
  ['onTime', 'on time 按时'],
  ['deferred', 'not paid in the month 当月未付'],
  ['lateness', 'amount x days late 金额×迟付日'],
] as const;

/** Millions, rounded for the eye only. */
const inMillions = (amount: string) => Money.of(amount).toFen() / 100_000_000n;
export const millions = (amount: string) => Number(inMillions(amount));
const shown = (amount: string) => inMillions(amount).toLocaleString('en-US');
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const tierName = (tier: number) => (tier < 0 ? 'all 合计' : String(tier));

export function tierTable(rows: readonly TierSummary[]): string[] {
  return [
    '| tier 档次 | requests | wanted 申请 | on time 按时 | late 延后 | deferred 缓拨 | M$ x days late |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows.map(({ tier, requests, wanted, onTime, late, deferred, lateness }) =>
      row(
        tierName(tier),
        String(requests),
        ...[wanted, onTime, late, deferred, lateness].map(shown),
      ),
    ),
  ];
}

/** The same cash four ways, tier by tier: paid on time, not paid at all, amount x days late. */
export function comparisonTable(report: MonthReport): string[] {
  const ways = [report.ranks, report.firstPlanner, report.firstComeFirstServed, report.wholeDays];
  const cellsOf = (index: number, name: 'onTime' | 'deferred' | 'lateness') =>
    ways.map((rows) => shown(rows[index]?.[name] ?? '0.00'));
  const heads = [
    'planner 本计划',
    'first planner 最初算法',
    'first come 先到先付',
    'whole days 整日',
  ];
  const table = (name: 'onTime' | 'deferred' | 'lateness') => [
    row('tier 档次', ...heads),
    '|---|---:|---:|---:|---:|',
    ...report.ranks.map(({ tier }, index) => row(tierName(tier), ...cellsOf(index, name))),
    '',
  ];
  return [
    ...ways
      .slice(1)
      .map((rows, index) => `- ${firstDifference(report.ranks, rows, heads[index + 1] ?? '')}`),
    '',
    'Paid on time 按时支付:',
    ...table('onTime'),
    'Amount x working days late of what was paid late 金额×迟付工作日:',
    ...table('lateness'),
    'Not paid in the month 当月未付:',
    ...table('deferred'),
  ];
}

/** What a tier gets outweighs all tiers below it, so the first tier that differs is what tells two ways apart. */
function firstDifference(
  planner: readonly TierSummary[],
  other: readonly TierSummary[],
  name: string,
): string {
  for (const [index, own] of planner.entries()) {
    const its = other[index];
    if (its === undefined || own.tier < 0) continue;
    for (const [aim, words] of AIMS) {
      if (own[aim] === its[aim]) continue;
      const values = `${shown(own[aim])} by the planner, ${shown(its[aim])} otherwise`;
      return `${name}: the first tier that differs is ${String(own.tier)}, ${words}: ${values}`;
    }
  }
  return `${name}: no tier differs`;
}

/** Where the least cash that would have paid everybody rises, day by day. */
export function missingTable(steps: readonly MissingStep[]): string[] {
  if (steps.length === 0) return ['Nothing: what came in would have done. 无需增加。', ''];
  return [
    '| by 截至 | at least so much more in all 累计至少增加 |',
    '|---|---:|',
    ...steps.map(({ day, amount }) => row(day, shown(amount))),
    '',
  ];
}

export function forecastTable(days: readonly ForecastDay[]): string[] {
  return [
    '## Forecast before the month 月前预测',
    'The balance without new debt and with every bill paid when due, forecast from the statements up to the day before; what',
    'the statements of the month then showed, debt left out. 不举债、到期即付时的余额：预测与实际。',
    '![balance 余额](balance.svg)',
    '',
    '| day | 10 % | median 中位数 | 90 % | came 实际 |',
    '|---|---:|---:|---:|---:|',
    ...days.map(({ day, low, median, high, came }) =>
      row(day, ...[low, median, high, came].map(shown)),
    ),
    '',
  ];
}

export function deferralTable(deferrals: readonly Deferral[]): string[] {
  return [
    '| request | tier | due | amount | reason | short | on | ahead of it | would be paid with 可行 |',
    '|---|---|---|---:|---|---:|---|---|---|',
    ...deferrals.map(({ reference, tier, due, amount, code, short, day, ahead, cures }) =>
      row(
        reference,
        String(tier),
        due,
        shown(amount),
        code,
        short === null ? '' : shown(short),
        day ?? '',
        ahead.slice(0, 3).join(', '),
        cures.map(cureText).join('; '),
      ),
    ),
    '',
  ];
}

function cureText({ lever, amount, by, date }: ShownCure): string {
  if (lever === 'later') return `paid on ${date ?? ''}`;
  const much = amount === null ? '' : shown(amount);
  return lever === 'cash' ? `${much} more by ${by ?? ''}` : `lowered to ${much}`;
}

/** The largest promises that were not kept, and how many there are of each cause. */
export function moveTable({ moves, promises }: MonthReport): string[] {
  const broken = ({ promised, kept }: ReportMove) => Money.of(promised).minus(Money.of(kept));
  const largest = [...moves].sort((a, b) => broken(b).compare(broken(a))).slice(0, MOVES_SHOWN);
  const by = Map.groupBy(moves, ({ cause }) => cause.kind);
  const counts = [...by].sort().map(([kind, of]) => `${kind} ${String(of.length)}`);
  return [
    `Of ${promises.toLocaleString('en-US')} approved payments that the mornings found,`,
    `${String(moves.length)} were not kept (${counts.join(', ') || 'none'}).`,
    'The largest; all of them are in the JSON file:',
    '',
    '| planned on | request | rank | promised for | amount | kept | paid instead 改为 | cause 原因 |',
    '|---|---|---|---|---:|---:|---|---|',
    ...largest.map((move) =>
      row(
        move.day,
        move.reference,
        move.rank,
        move.date,
        shown(move.promised),
        shown(move.kept),
        move.now.map(({ date, amount }) => `${date} ${shown(amount)}`).join(', ') ||
          'deferred 缓拨',
        causeText(move.cause),
      ),
    ),
    '',
  ];
}

function causeText(cause: ReportMove['cause']): string {
  switch (cause.kind) {
    case 'shortfall':
      return `${shown(cause.amount)} less cash by ${cause.day} than promised 资金少于承诺`;
    case 'rank':
      return `rank ${cause.rank} needed ${shown(cause.amount)} more by ${cause.day} 上级优先`;
    case 'packing':
      return 'whole payments did not fit together 整笔无法并付';
  }
}
