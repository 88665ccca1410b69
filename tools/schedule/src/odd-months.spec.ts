/** Months of a shape that no treasury has: they end, and their plans are accepted. */
import { check, plan, readProblem } from '@guoku/domain-schedule';
import { type MonthShape, monthProblem } from './trial/month-problem.js';
import type { ProblemText } from './trial/problem-text.js';

const SHAPE: MonthShape = {
  requests: 300,
  days: 22,
  pools: 3,
  ranks: 6,
  cash: 0.7,
  divisible: 0.2,
  wait: 5,
  seed: 1,
};

function rankByRequest(month: ProblemText): ProblemText {
  return {
    ...month,
    requests: month.requests.map((request, nth) => ({
      ...request,
      tier: nth % 100,
      urgency: 1 + Math.floor(nth / 100),
    })),
  };
}

const cases: readonly [string, ProblemText][] = [
  ['a rank for each request', rankByRequest(monthProblem(SHAPE))],
  ['one day', monthProblem({ ...SHAPE, days: 1, divisible: 0 })],
  ['250 days', monthProblem({ ...SHAPE, days: 250, wait: 60 })],
];

test.each(cases)('%s', (_, month) => {
  const reading = readProblem(JSON.stringify(month));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const made = plan(reading.problem, { digest: '', cures: 'none' });
  const { rejections } = check(reading.problem, made, { digest: '' });
  expect(rejections).toEqual([]);
  const paid = made.ranks.reduce((sum, { total }) => sum + total, 0);
  const asked = made.ranks.reduce((sum, { requested }) => sum + requested, 0);
  expect(paid / asked).toBeGreaterThan(0.2);
});
