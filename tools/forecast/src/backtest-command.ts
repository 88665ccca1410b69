import {
  backtest,
  naive,
  originsOf,
  ours,
  recordOf,
  seasonalNaive,
  type SeriesScore,
} from '@guoku/domain-forecast';
import type { Arguments } from './arguments.js';
import type { Console } from './console.js';
import { readInput } from './input.js';
import { scorePlot } from './plot.js';
import type { Step } from './progress.js';
import { columns, percent, wholeYuan } from './show.js';
import { Unusable } from './unusable.js';

/** `backtest flows.csv …`: what the forecaster would have said from past origins, beside two yardsticks. */
export async function backtestCommand(
  args: Arguments,
  console: Console,
  step: Step,
): Promise<void> {
  const { whole, known } = readInput(args);
  const { frequency, season, horizon } = args;
  const options = { frequency, season };
  const record = recordOf(whole, args.calendar, options);
  const origins = originsOf(record, args.from, args.to, horizon);
  if (origins.length === 0) {
    throw new Unusable([`no origin from --from to --to has ${horizon} periods after it`]);
  }
  const window = args.windows[0] ?? Math.min(20, horizon);
  const plan = { origins, horizon, window };
  const scores = [
    {
      model: 'guoku',
      scores: backtest(record, ours(args.paths, known, options), { ...plan, onOrigin: step }),
    },
    { model: 'naive', scores: backtest(record, naive(options), plan) },
    { model: 'seasonal naive', scores: backtest(record, seasonalNaive(options), plan) },
  ];
  const range = `${origins[0] ?? ''} to ${origins.at(-1) ?? ''}`;
  console.out(`${origins.length} origins from ${range}, horizon ${horizon}, `);
  console.out(`sums and lows of ${window}; amounts in yuan\n\n`);
  console.out(`${errorTable(scores).join('\n')}\n\n`);
  const [own] = scores;
  if (own === undefined) return;
  console.out(`${coverageTable(own.scores).join('\n')}\n\n`);
  console.out(`${causeTable(own.scores).join('\n')}\n`);
  if (args.plot !== undefined) await scorePlot(args.plot, own.scores);
}

interface Scored {
  readonly model: string;
  readonly scores: readonly SeriesScore[];
}

/** Section of errors: a row for each series and model. */
export function errorTable(models: readonly Scored[]): string[] {
  const names = models[0]?.scores.map(({ series }) => series) ?? [];
  const heads = [
    'series',
    'model',
    'pinball',
    'WAPE',
    'MASE',
    'sum error',
    'sum pinball',
    'low error',
  ];
  const rows = names.flatMap((name) =>
    models.flatMap(({ model, scores }) => {
      const score = scores.find(({ series }) => series === name);
      if (score === undefined) return [];
      const { pinball, wape, mase, sumError, sumPinball, lowestError } = score;
      const shares = [percent(wape), mase.toFixed(3)];
      const sums = [sumError, sumPinball, lowestError].map(wholeYuan);
      return [[name, model, wholeYuan(pinball), ...shares, ...sums]];
    }),
  );
  return columns([heads, ...rows]);
}

/** How often the bands of 80 and 95 % held, by days ahead and for the sum. */
function coverageTable(scores: readonly SeriesScore[]): string[] {
  const rows = scores.flatMap(({ series, coverage, sumCovered80 }) => [
    ...coverage.map(({ from, to, covered80, covered95 }) => [
      series,
      `${from}-${to}`,
      percent(covered80),
      percent(covered95),
    ]),
    [series, 'sum', percent(sumCovered80), ''],
  ]);
  return columns([['series', 'days ahead', '80 % band held', '95 % band held'], ...rows]);
}

/** What came less what was expected, by cause; signed sums add up, sizes say how much it was. */
function causeTable(scores: readonly SeriesScore[]): string[] {
  const rows = scores.flatMap(({ series, causes: { sum, size } }) =>
    [['sum', sum] as const, ['size', size] as const].map(
      ([what, { timing, amount, missing, unplanned }]) => [
        series,
        what,
        ...[timing, amount, missing, unplanned, timing + amount + missing + unplanned].map(
          wholeYuan,
        ),
      ],
    ),
  );
  return columns([
    ['series', 'errors', 'timing', 'amount', 'missing', 'unplanned', 'all'],
    ...rows,
  ]);
}
