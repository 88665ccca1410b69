import { check, plan, readProblem } from '@guoku/domain-schedule';
import { councilPayments, councilProblem } from './trial/manchester.js';
import { monthProblem } from './trial/month-problem.js';
import type { ProblemText } from './trial/problem-text.js';

const digest = 'd';

function planned(text: ProblemText) {
  const reading = readProblem(JSON.stringify(text));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const made = plan(reading.problem, { digest, cures: 'none' });
  const gap = Math.max(...made.ranks.map(({ gapMillionths }) => gapMillionths));
  return { gap, report: check(reading.problem, made, { digest }) };
}

test.each([1, 2, 3, 4])(
  'a month of 2,000 requests that may wait is within 0.000100 of its bounds, and none is loose (seed %i)',
  (seed) => {
    const shape = { requests: 2000, days: 22, pools: 3, ranks: 6, cash: 0.6, divisible: 0.2 };
    const { gap, report } = planned(monthProblem({ ...shape, wait: 10, seed }));
    expect(gap).toBeLessThanOrEqual(100);
    expect(report).toMatchObject({ rejections: [], loose: [] });
  },
);

test.each([
  ['2017-10', 0.9, 'largest payments do not fit by parts'],
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
