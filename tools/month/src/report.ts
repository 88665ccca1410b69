import { balanceChart } from './balance-chart.js';
import type { ShownCure } from './books.js';
import type { ForecastDay } from './month-forecast.js';
import type { Proof } from './proofs.js';
import {
  comparisonTable,
  deferralTable,
  forecastTable,
  millions,
  missingTable,
  moveTable,
  tierTable,
} from './report-tables.js';
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

/** Cash besides what came: at least `amount` in all by `day`. */
export interface MissingStep {
  readonly day: string;
  readonly amount: string;
}

/** An approved payment that was not kept when the rest of the month was planned again. */
export interface ReportMove {
  /** The morning on which it was planned again. */
  readonly day: string;
  readonly reference: string;
  readonly rank: string;
  readonly date: string;
  readonly promised: string;
  readonly kept: string;
  /** What is paid instead; empty: deferred. */
  readonly now: readonly { readonly date: string; readonly amount: string }[];
  readonly cause:
    | {
        readonly kind: 'shortfall';
        readonly pool: string;
        readonly day: string;
        readonly amount: string;
      }
    | {
        readonly kind: 'rank';
        readonly rank: string;
        readonly day: string;
        readonly amount: string;
      }
    | { readonly kind: 'packing' };
}

export interface MonthReport {
  readonly sample: string;
  readonly days: readonly ReportDay[];
  /** The balance without borrowing and without rationing, as forecast before the month, beside what came. */
  readonly forecast: readonly ForecastDay[];
  readonly ranks: readonly TierSummary[];
  readonly firstComeFirstServed: readonly TierSummary[];
  readonly wholeDays: readonly TierSummary[];
  /** On the same forecasts and cash, planned again every morning. */
  readonly firstPlanner: readonly TierSummary[];
  /** Ranks that the mornings' plans prove best in every aim, of all their ranks. */
  readonly proven: { readonly ranks: number; readonly of: number };
  /** The least cash that would have had to come in to pay all on time, and all by their last days. */
  readonly missing: {
    readonly onTime: readonly MissingStep[];
    readonly atAll: readonly MissingStep[];
  };
  readonly moves: readonly ReportMove[];
  readonly deferrals: readonly Deferral[];
  readonly proofs: readonly Proof[];
}

/** The report for people: what was paid, why not, beside three other ways and the record. Amounts in millions. */
export function markdownOf(report: MonthReport): string {
  const { days, ranks, proven, missing, moves, deferrals, proofs } = report;
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
    `Every morning the rest of the month was planned again; of ${String(proven.of)} ranks of those plans ${String(proven.ranks)} are proven best in every aim.`,
    '',
    '## How much better 与其他规则相比',
    'The same cash under the first planner (in tie order, each paid as far as it fits; planned again every morning on the same',
    'forecasts), first come first served (the first in the queue waits until there is cash for the whole of it), and a whole',
    "day's bills only when all of that day can be paid, which the Treasury itself considered.",
    '',
    ...comparisonTable(report),
    '## What would have had to come in 需增加的资金',
    'Besides what came in, so that every request is paid when due 全部按时支付:',
    ...missingTable(missing.onTime),
    'so that every request is paid by the last day that it may be 全部在最迟日前支付:',
    ...missingTable(missing.atAll),
    '## Promises that planning again did not keep 重新安排未能保持的已批付款',
    ...moveTable(moves),
    '## First deferrals and why 首批缓拨及原因',
    ...deferralTable(deferrals),
    '## Proofs 证明',
    ...proofs.map(
      ({ name, holds, figure }) =>
        `- ${holds ? 'holds 成立' : '**FAILS 不成立**'}: ${name}: ${figure}`,
    ),
    '',
  ].join('\n');
}
