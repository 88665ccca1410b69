/** The problems of `npm run bench:schedule`: what the planner is asked, how often, and how long HiGHS may try the same. */
import { councilPayments, councilProblem } from './trial/manchester.js';
import { type MonthShape, monthProblem } from './trial/month-problem.js';
import type { ProblemText } from './trial/problem-text.js';

export interface BenchCase {
  readonly name: string;
  readonly problems: () => AsyncIterable<ProblemText> | Iterable<ProblemText>;
  /** 0: HiGHS is not asked. */
  readonly highsSeconds: number;
  /** The first problem also goes from file to file by the command line. */
  readonly endToEnd?: boolean;
  /** Cases of one family differ in size only, so that their growth can be told. */
  readonly family?: string;
  /** Cases with the same word here are also told of together, in a line behind all others. */
  readonly total?: string;
}

type Shape = Omit<MonthShape, 'seed'>;

function months(
  name: string,
  shape: Shape,
  seeds: number,
  highsSeconds: number,
  family?: string,
): BenchCase {
  return {
    name,
    highsSeconds,
    ...(family === undefined ? {} : { family }),
    *problems() {
      for (let seed = 1; seed <= seeds; seed++) yield monthProblem({ ...shape, seed });
    },
  };
}

/** Sizes of hard ranks, each with and without days to wait. */
const HARD_SIZES = [40, 80, 120, 180, 250] as const;

/** Heavy-tailed indivisible requests of one rank with cash for 60 % of them. */
function hardCases(seeds: number): BenchCase[] {
  return HARD_SIZES.flatMap((requests) =>
    [0, 10].map((wait) => ({
      ...months(
        `1 rank x ${requests}, 22 days, 3 pools${wait > 0 ? ', may wait' : ''}`,
        { requests, days: 22, pools: 3, ranks: 1, cash: 0.6, divisible: 0, wait },
        seeds,
        10,
      ),
      total: 'hard ranks',
    })),
  );
}

const LARGE: Shape = {
  requests: 2000,
  days: 22,
  pools: 3,
  ranks: 6,
  cash: 0.8,
  divisible: 0.2,
  wait: 0,
};
const LARGER: Shape = { ...LARGE, requests: 10_000, days: 31, pools: 5, ranks: 8 };
const WAITING = { cash: 0.6, wait: 10 } as const;
const RESERVE = { reserve: 0.1 } as const;

/** Four ranks of forty; ranks of one size after the other. `--full` takes more seeds of each. */
function rankCases(full: boolean): BenchCase[] {
  const four = { requests: 160, days: 31, pools: 5, ranks: 4, cash: 0.6, divisible: 0, wait: 10 };
  return [
    months('4 ranks x 40, 31 days, 5 pools, may wait', four, full ? 20 : 5, 10),
    ...hardCases(full ? 4 : 2),
  ];
}

const LARGE_CASES: readonly BenchCase[] = [
  months('2,000 x 22 x 3', LARGE, 3, 60, 'due'),
  months('2,000 x 22 x 3, may wait', { ...LARGE, ...WAITING }, 3, 0, 'may wait'),
  months('10,000 x 31 x 5', LARGER, 3, 0, 'due'),
  months('10,000 x 31 x 5, may wait', { ...LARGER, ...WAITING }, 3, 0, 'may wait'),
  months('2,000 x 22 x 3, a reserve of a tenth', { ...LARGE, ...RESERVE }, 3, 60),
  months(
    '2,000 x 22 x 3, a reserve of a tenth, may wait',
    { ...LARGE, ...WAITING, ...RESERVE },
    3,
    60,
  ),
  months('10,000 x 31 x 5, a reserve of a tenth', { ...LARGER, ...RESERVE }, 3, 0),
  months(
    '10,000 x 31 x 5, a reserve of a tenth, may wait',
    { ...LARGER, ...WAITING, ...RESERVE },
    3,
    0,
  ),
  {
    ...months('100,000 x 45 x 5', { ...LARGER, requests: 100_000, days: 45 }, 1, 0, 'due'),
    endToEnd: true,
  },
];

/** Percent of the cash that is needed. */
const SHARES = [90, 80, 60] as const;
const MANY_SHARES = [95, 90, 85, 80, 75, 70, 65, 60, 55, 50] as const;

/** Manchester's months and its year, with less cash than they need. `--full` takes more shares of the months' cash. */
function councilCases(full: boolean): BenchCase[] {
  const ofPeriods = (name: string, periods: readonly string[], share: number): BenchCase => ({
    name: `Manchester 2017, ${name} at ${share} %`,
    highsSeconds: 0,
    async *problems() {
      const payments = await councilPayments();
      for (const period of periods) yield councilProblem(payments, period, share / 100);
    },
  });
  const every = Array.from(
    { length: 12 },
    (_, month) => `2017-${String(month + 1).padStart(2, '0')}`,
  );
  return [
    ...(full ? MANY_SHARES : SHARES).map((share) => ofPeriods('12 months', every, share)),
    ...SHARES.map((share) => ofPeriods('the year', ['2017'], share)),
  ];
}

/** Only with `--full`. */
const MILLION: BenchCase = {
  ...months('1,000,000 x 45 x 5', { ...LARGER, requests: 1_000_000, days: 45 }, 1, 0, 'due'),
  endToEnd: true,
};

/** Cases in the order in which they are run: small ones first, so that memory is that of the case. */
export function benchCases(full: boolean): BenchCase[] {
  return [...rankCases(full), ...LARGE_CASES, ...councilCases(full), ...(full ? [MILLION] : [])];
}
