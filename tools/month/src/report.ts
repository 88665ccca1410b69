import { Money } from '@guoku/money';
import { balanceChart } from './balance-chart.js';
import type { ShownCure } from './books.js';
import type { ForecastDay } from './month-forecast.js';
import type { Proof } from './proofs.js';
import type { TierSummary } from './tier-summary.js';

export interface ReportDay {
  readonly day: string;
  readonly receipts: string;
  readonly paid: string;
  /** Balance at the day's end: as the month's first plan foresaw it, as it was, and in the record with borrowing. */
  readonly planned: string;
  readonly actual: string;
  readonly record: string;
}

export interface Deferral {
  readonly reference: string;
  readonly tier: number;
  readonly amount: string;
  readonly due: string;
  readonly code: string;
  readonly short: string | null;
  readonly day: string | null;
  readonly ahead: readonly string[];
  /** What would let it be paid. */
  readonly cures: readonly ShownCure[];
}

export interface MonthReport {
  readonly sample: string;
  readonly days: readonly ReportDay[];
  /** The balance without borrowing and without rationing, as forecast before the month, beside what came. */
  readonly forecast: readonly ForecastDay[];
  readonly ranks: readonly TierSummary[];
  readonly firstComeFirstServed: readonly TierSummary[];
  readonly wholeDays: readonly TierSummary[];
  readonly deferrals: readonly Deferral[];
  readonly proofs: readonly Proof[];
}

/** Millions, rounded for the eye only. */
const inMillions = (amount: string) => Money.of(amount).toFen() / 100_000_000n;
const millions = (amount: string) => Number(inMillions(amount));
const shown = (amount: string) => inMillions(amount).toLocaleString('en-US');
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function tierTable(rows: readonly TierSummary[]): string[] {
  return [
    '| tier 档次 | requests | wanted 申请 | on time 按时 | late 延后 | deferred 缓拨 | M$ x days late |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows.map(({ tier, requests, wanted, onTime, late, deferred, lateness }) =>
      row(
        tier < 0 ? 'all 合计' : String(tier),
        String(requests),
        ...[wanted, onTime, late, deferred, lateness].map(shown),
      ),
    ),
  ];
}

function forecastTable(days: readonly ForecastDay[]): string[] {
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

/** The report for people: what was paid, why not, beside two simple rules and the record. Amounts in millions. */
export function markdownOf(report: MonthReport): string {
  const { days, ranks, deferrals, proofs } = report;
  const chart = balanceChart(
    days.map(({ day, planned, actual, record }) => ({
      day,
      planned: millions(planned),
      actual: millions(actual),
      record: millions(record),
    })),
  );
  return [
    '# August 2011: cash rationed by tier, as if nothing had been borrowed',
    '',
    'A counterfactual on the real statements of the US Treasury; the bank is simulated 模拟银行. Amounts in millions of dollars.',
    'The tiers are ours, and whether the Treasury might have put one payment before another was disputed in 2011.',
    '',
    '## Balance at the end of each day 每日库款余额',
    '```',
    chart,
    '```',
    ...forecastTable(report.forecast),
    '## What was paid, by tier 分档支付情况',
    ...tierTable(ranks),
    '',
    '## The same cash under two simple rules 两种简单规则',
    'First come, first served 先到先付: the first in the queue waits until there is cash for the whole of it.',
    ...tierTable(report.firstComeFirstServed),
    '',
    "A whole day's bills only when all of that day can be paid 整日支付, which the Treasury itself considered:",
    ...tierTable(report.wholeDays),
    '',
    '## First deferrals and why 首批缓拨及原因',
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
    '## Proofs 证明',
    ...proofs.map(
      ({ name, holds, figure }) =>
        `- ${holds ? 'holds 成立' : '**FAILS 不成立**'}: ${name}: ${figure}`,
    ),
    '',
  ].join('\n');
}

function cureText({ lever, amount, by, date }: ShownCure): string {
  if (lever === 'later') return `paid on ${date ?? ''}`;
  const much = amount === null ? '' : shown(amount);
  return lever === 'cash' ? `${much} more by ${by ?? ''}` : `lowered to ${much}`;
}
