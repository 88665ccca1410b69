import { balanceChart } from './balance-chart.js';
import type { MonthReport } from './report.js';
import {
  comparisonTable,
  deferralTable,
  forecastTable,
  millions,
  missingTable,
  moveTable,
  tierTable,
} from './report-tables.js';

/** The report for people: what was paid, why not, beside three other ways and the record. Amounts in millions. */
export function markdownOf(report: MonthReport): string {
  const { days, ranks, proven, missing, deferrals, proofs } = report;
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
    'Every morning the rest of the month was planned again. Of the ranks of those plans',
    `${String(proven.ranks)} of ${String(proven.of)} are proven best in every aim 已证明最优.`,
    '',
    '## How much better 与其他规则相比',
    'The same cash under the first planner (in tie order, each paid as far as it fits; planned again every morning on the same',
    'forecasts), first come first served (the first in the queue waits until there is cash for the whole of it), and a whole',
    "day's bills only when all of that day can be paid, which the Treasury itself considered. A tier outweighs all below it.",
    '',
    ...comparisonTable(report),
    '## What would have had to come in 需增加的资金',
    'Besides what came in, so that every request is paid when due 全部按时支付:',
    ...missingTable(missing.onTime),
    'so that every request is paid by the last day that it may be 全部在最迟日前支付:',
    ...missingTable(missing.atAll),
    '## Promises that planning again did not keep 重新安排未能保持的已批付款',
    ...moveTable(report),
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
