/** `npm run bench:schedule`: times of `plan()`, gaps, shares proven, memory; beside HiGHS where asked. */
import { type Problem, plan, readProblem } from '@guoku/domain-schedule';
import { type MonthShape, monthProblem } from './trial/month-problem.js';
import { referenceAims } from './trial/reference.js';

const MONTHS: readonly (readonly [name: string, shape: Omit<MonthShape, 'seed'>])[] = [
  [
    '4 ranks x 40, 31 days, 5 pools',
    { requests: 160, days: 31, pools: 5, ranks: 4, cash: 0.6, divisible: 0, wait: 10 },
  ],
  [
    '1 rank x 100, 10 days',
    { requests: 100, days: 10, pools: 1, ranks: 1, cash: 0.6, divisible: 0, wait: 0 },
  ],
  [
    '1 rank x 250, 22 days, 3 pools',
    { requests: 250, days: 22, pools: 3, ranks: 1, cash: 0.6, divisible: 0, wait: 0 },
  ],
  [
    '2,000 x 22 x 3',
    { requests: 2000, days: 22, pools: 3, ranks: 6, cash: 0.8, divisible: 0.2, wait: 0 },
  ],
  [
    '2,000 x 22 x 3, may wait',
    { requests: 2000, days: 22, pools: 3, ranks: 6, cash: 0.6, divisible: 0.2, wait: 10 },
  ],
  [
    '10,000 x 31 x 5',
    { requests: 10_000, days: 31, pools: 5, ranks: 8, cash: 0.8, divisible: 0.2, wait: 0 },
  ],
  [
    '10,000 x 31 x 5, may wait',
    { requests: 10_000, days: 31, pools: 5, ranks: 8, cash: 0.6, divisible: 0.2, wait: 10 },
  ],
  [
    '100,000 x 45 x 5',
    { requests: 100_000, days: 45, pools: 5, ranks: 8, cash: 0.8, divisible: 0.2, wait: 0 },
  ],
];

/** Only with `--full`: reading it takes more memory than planning it. */
const MILLION: (typeof MONTHS)[number] = [
  '1,000,000 x 45 x 5',
  { requests: 1_000_000, days: 45, pools: 5, ranks: 8, cash: 0.8, divisible: 0.2, wait: 0 },
];

function problemOf(shape: MonthShape): Problem {
  const reading = readProblem(JSON.stringify(monthProblem(shape)));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

async function highsTime(problem: Problem): Promise<string> {
  const start = performance.now();
  await referenceAims(problem);
  return `${Math.round(performance.now() - start)} ms`;
}

/**
 * Prints one line a month. `--highs` solves the small ones with HiGHS as well, which takes minutes;
 * `--full` adds the month of a million requests.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const months = args.includes('--full') ? [...MONTHS, MILLION] : MONTHS;
  for (const [name, shape] of months) {
    for (let seed = 1; seed <= 3; seed++) {
      const problem = problemOf({ ...shape, seed });
      const start = performance.now();
      const { ranks } = plan(problem, { digest: '', cures: 'none' });
      const time = performance.now() - start;
      const worst = Math.max(...ranks.map((rank) => rank.gapMillionths));
      const proven = ranks.filter((rank) => rank.proven).length;
      const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
      const beside =
        args.includes('--highs') && problem.requests.length <= 160 ? await highsTime(problem) : '-';
      process.stdout.write(
        `${name.padEnd(32)} seed ${seed}  ${time.toFixed(0).padStart(7)} ms  ` +
          `worst gap ${(worst / 1e6).toFixed(6)}  proven ${proven}/${ranks.length}  ${memory} MB  HiGHS ${beside}\n`,
      );
    }
  }
  return 0;
}
