import { check, plan, planGreedy, readProblem, tightened } from '@guoku/domain-schedule';
import { councilPayments, councilProblem } from './trial/manchester.js';
import { monthProblem } from './trial/month-problem.js';
import type { ProblemText } from './trial/problem-text.js';

const digest = 'd';

function read(text: ProblemText) {
  const reading = readProblem(JSON.stringify(text));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

function planned(text: ProblemText) {
  const problem = read(text);
  const made = plan(problem, { digest, cures: 'none' });
  const gap = Math.max(...made.ranks.map(({ gapMillionths }) => gapMillionths));
  return { gap, report: check(problem, made, { digest }) };
}

const MONTH = { requests: 2000, days: 22, pools: 3, ranks: 6, cash: 0.6, divisible: 0.2 } as const;

test.each([1, 2, 3, 4])(
  'a month of 2,000 requests that may wait is within 0.000100 of its bounds, and the checker confirms all (seed %i)',
  (seed) => {
    const { gap, report } = planned(monthProblem({ ...MONTH, wait: 10, seed }));
    expect(gap).toBeLessThanOrEqual(100);
    expect(report).toMatchObject({ rejections: [], loose: [], unconfirmed: [] });
  },
);

test.each([0, 10])(
  'a month of 2,000 requests with a reserve of a tenth meets its bounds (may wait %i days)',
  (wait) => {
    const shape = { requests: 2000, days: 22, pools: 3, ranks: 6, divisible: 0.2, reserve: 0.1 };
    const cash = wait === 0 ? 0.8 : 0.6;
    const { gap, report } = planned(monthProblem({ ...shape, cash, wait, seed: 1 }));
    expect(gap).toBe(0);
    expect(report).toMatchObject({ rejections: [], loose: [] });
  },
);

test.each([1, 2, 3])(
  'with a reserve in each of seven pools, another every day, no bound is above the relaxation (seed %i)',
  (seed) => {
    const shape = { requests: 200, days: 22, pools: 7, ranks: 6, cash: 0.7, divisible: 0.2 };
    const { report } = planned(monthProblem({ ...shape, wait: 5, reserves: 0.1, seed }));
    expect(report).toMatchObject({ rejections: [], loose: [] });
  },
);

test('a month of the council whose largest payments do not fit by parts is bounded by what it pays', async () => {
  const { gap, report } = planned(councilProblem(await councilPayments(), '2017-10', 0.9));
  expect(gap).toBeLessThanOrEqual(100);
  expect(report).toMatchObject({ rejections: [], loose: [], unconfirmed: [] });
});

test.each([
  ['2017-07', 0.8, 'first rank is many payments of few sizes, whose sums leave cash over'],
  ['2017-10', 0.95, 'late payments of one rank leave no sum that fits to another'],
  ['2017-05', 0.95, 'ranks contradict each other by fen where large payments are divided'],
])(
  'month %s of the council with %d of its cash is bounded by what it pays: its %s',
  async (month, share) => {
    const { gap, report } = planned(councilProblem(await councilPayments(), month, share));
    expect(gap).toBeLessThanOrEqual(100);
    expect(report).toMatchObject({ rejections: [], loose: [] });
  },
);

test('no bound of a large month with a reserve is rejected or left unconfirmed', () => {
  const { report } = planned(monthProblem({ ...MONTH, wait: 0, seed: 3, reserve: 0.1 }));
  expect(report).toMatchObject({ rejections: [], loose: [], unconfirmed: [] });
});

test('in a large month a bound above the relaxation is rejected, and lowered to it', () => {
  const problem = read(monthProblem({ ...MONTH, wait: 10, seed: 1 }));
  const made = plan(problem, { digest, cures: 'none' });
  const last = made.ranks.at(-1);
  if (last === undefined) throw new Error('there is no rank');
  const loose = { ...last, bound: last.requested, gapMillionths: 1_000_000, proven: false };
  const told = { ...made, ranks: [...made.ranks.slice(0, -1), loose] };
  const report = check(problem, told, { digest });
  expect(report).toMatchObject({ ok: false, loose: [{ rank: made.ranks.length - 1 }] });
  const better = tightened(told, report);
  expect(check(problem, better, { digest }).rejections).toEqual([]);
});

test('a plan that could pay more on time is not believed to be the best', () => {
  const problem = read(monthProblem({ ...MONTH, wait: 10, seed: 3 }));
  const greedy = planGreedy(problem, { digest, cures: 'none' });
  const best = plan(problem, { digest, cures: 'none' });
  const rank = greedy.ranks.findIndex(({ onTime }, at) => onTime < (best.ranks[at]?.onTime ?? 0));
  const claimed = greedy.ranks.map((one) => ({ ...one, bound: one.onTime, gapMillionths: 0 }));
  const report = check(problem, { ...greedy, ranks: claimed }, { digest });
  expect([...report.rejections, ...report.unconfirmed].map(({ at }) => at)).toContain(
    `/ranks/${rank}/bound`,
  );
});
