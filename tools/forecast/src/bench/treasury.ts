import {
  backtest,
  originsOf,
  ours,
  recordOf,
  seasonalNaive,
  type History,
  type SeriesScore,
  type WorkingCalendar,
} from '@guoku/domain-forecast';
import { columns, percent } from '../show.js';
import { publicTools } from './public-tools.js';

/** What the same measures were elsewhere on these 100 origins; starred ones on every fourth. Millions of dollars. */
const PUBLISHED = [
  ['AutoETS *', [2774, 114638], [2939, 29974], [3778, 96515]],
  ['AutoTheta *', [2810, 114937], [3086, 44817], [4093, 138701]],
  ['MSTL 5, 21, 251 *', [2650, 19866], [3496, 12168], [4398, 26206]],
  ['Prophet, holidays and monthly *', [1696, 31047], [2407, 20071], [2837, 36950]],
  ['year', [2091, 14661], [2498, 18347], [3312, 26004]],
  ['ridge on calendar dummies', [970, 15570], [701, 9237], [1278, 19457]],
  ['gradient-boosted quantile trees', [776, 15166], [660, 9726], [1072, 20347]],
  ['their blend', [826, 15035], [632, 8267], [1115, 19271]],
] as const;

const BARS = { pinball: [737, 600, 1018], sum: [13928, 7854, 18307], lowest: 13800 } as const;
const SERIES = ['receipts', 'outlays', 'net'] as const;
const HORIZON = 20;
const FEN = 100;

/** Mean pinball and mean error of the 20-day sum of each series, in millions of dollars. */
export interface TreasuryFigures {
  readonly [model: string]: readonly { readonly pinball: number; readonly sumError: number }[];
}

export interface TreasuryBench {
  readonly origins: number;
  readonly figures: TreasuryFigures;
  readonly lowestError: number;
  readonly coverage: readonly OwnCoverage[];
}

/** How often our bands held, as shares. */
type OwnCoverage = Pick<SeriesScore, 'series' | 'coverage' | 'sumCovered80'>;

/** Which weekly origins: all between two days, or every tenth of them. */
export interface Origins {
  readonly full: boolean;
  readonly from: string;
  readonly to: string;
}

/** The real series of the US Treasury: ours, `year` and the public tools on the same origins. */
export function benchTreasury(
  history: History,
  calendar: WorkingCalendar,
  { full, from, to }: Origins,
  say: (line: string) => void,
): TreasuryBench {
  const record = recordOf(history, calendar);
  const netAlone = recordOf(netHistory(history), calendar);
  const all = originsOf(record, from, to, HORIZON);
  const origins = all.filter((_, n) => full || n % 10 === 0);
  const plan = { origins, horizon: HORIZON };
  say(
    `${origins.length} of ${all.length} weekly origins from ${from} to ${to}, horizon ${HORIZON}; millions of dollars`,
  );
  const own = timed('guoku', say, () => backtest(record, ours(1000), plan));
  const year = timed('year', say, () => backtest(record, seasonalNaive(), plan));
  const tools = Object.entries(publicTools()).map(([name, tool]) => {
    const scores = timed(name, say, () => [
      ...backtest(record, tool, plan).filter(({ series }) => series !== 'net'),
      ...backtest(netAlone, tool, plan),
    ]);
    return [name, scores] as const;
  });
  const rows = [['guoku', own] as const, ['year', year] as const, ...tools];
  for (const line of tableOf(rows)) say(line);
  const long = originsOf(record, from, to, 60);
  const some = long.filter((_, n) => n % (full ? 4 : 20) === 0);
  const plan60 = { origins: some, horizon: 60 };
  const own60 = timed(`guoku, horizon 60, ${some.length} origins`, say, () =>
    backtest(record, ours(1000), plan60),
  );
  for (const line of coverageOf(own, own60)) say(line);
  const figures = Object.fromEntries(rows.map(([name, scores]) => [name, figuresOf(scores)]));
  const net = own.find(({ series }) => series === 'net');
  return {
    origins: origins.length,
    figures,
    lowestError: Math.round((net?.lowestError ?? 0) / FEN),
    coverage: [...own, ...own60].map(({ series, coverage, sumCovered80 }) => ({
      series,
      coverage,
      sumCovered80,
    })),
  };
}

/** Net as a series of its own, for tools that forecast one series at a time. */
function netHistory({ origin, series }: History): History {
  const sums = new Map<string, number>();
  for (const { direction, flows } of series) {
    for (const { day, amount } of flows) {
      sums.set(day, (sums.get(day) ?? 0) + (direction === 'inflow' ? amount : -amount));
    }
  }
  const flows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    origin,
    series: [
      { name: 'net', direction: 'inflow', flows: flows.map(([day, amount]) => ({ day, amount })) },
    ],
  };
}

function timed<Result>(what: string, say: (line: string) => void, work: () => Result): Result {
  const began = performance.now();
  const result = work();
  say(`  ${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

const figuresOf = (scores: readonly SeriesScore[]) =>
  SERIES.map((name) => {
    const score = scores.find(({ series }) => series === name);
    const rounded = (fen = 0): number => Math.round(fen / FEN);
    return { pinball: rounded(score?.pinball), sumError: rounded(score?.sumError) };
  });

function tableOf(rows: readonly (readonly [string, readonly SeriesScore[]])[]): string[] {
  const own = rows[0]?.[1].find(({ series }) => series === 'net');
  return [
    '',
    'pinball / mean error of the 20-day sum',
    ...columns([
      ['measured here', ...SERIES],
      ...rows.map(([name, scores]) => [
        name,
        ...figuresOf(scores).map(({ pinball, sumError }) => `${pinball} / ${sumError}`),
      ]),
      ['asked for at most', ...BARS.pinball.map((bar, s) => `${bar} / ${BARS.sum[s] ?? 0}`)],
      ['as published for 2017 and 2018', '', '', ''],
      ...PUBLISHED.map(([name, ...figures]) => [name, ...figures.map((pair) => pair.join(' / '))]),
    ]),
    '* on every fourth of the 100 origins',
    '',
    `lowest cumulated net in 20 days, mean error: ${Math.round((own?.lowestError ?? 0) / FEN)} (asked: at most ${BARS.lowest})`,
  ];
}

function coverageOf(own: readonly SeriesScore[], own60: readonly SeriesScore[]): string[] {
  const buckets = [
    ...own.flatMap(({ series, coverage }) => coverage.map((bucket) => ({ series, ...bucket }))),
    ...own60.flatMap(({ series, coverage }) =>
      coverage.filter(({ from }) => from === 21).map((bucket) => ({ series, ...bucket })),
    ),
  ];
  const rows = [1, 6, 21].flatMap((from) => {
    const found = buckets.filter((bucket) => bucket.from === from);
    const days = found.reduce((sum, bucket) => sum + bucket.days, 0);
    const pooled = (of: 'covered80' | 'covered95'): number =>
      found.reduce((sum, bucket) => sum + bucket[of] * bucket.days, 0) / days;
    const all = { covered80: pooled('covered80'), covered95: pooled('covered95') };
    return [...found, { series: 'pooled', ...all }].map(({ series, covered80, covered95 }) => [
      `${from} to ${found[0]?.to ?? ''} days ahead, ${series}`,
      percent(covered80),
      percent(covered95),
    ]);
  });
  const sums = own.map(({ series, sumCovered80 }) => [
    `20-day sum, ${series}`,
    percent(sumCovered80),
    '',
  ]);
  return ['', ...columns([['coverage', '80 % band', '95 % band'], ...rows, ...sums]), ''];
}
