import { planGreedy } from './greedy/plan-greedy.js';
import { plan } from './planner.js';
import { readProblem } from './door/read-problem.js';
import type { Problem } from './problem.js';

const DAY = '2026-12-01';

function problemWith(cash: string): Problem {
  const request = (id: string, amount: string, more: object = {}) => ({
    id,
    pool: 'tsa',
    amount,
    tier: 1,
    due: DAY,
    ...more,
  });
  const reading = readProblem(
    JSON.stringify({
      days: [DAY],
      pools: [{ id: 'tsa', opening: cash }],
      requests: [
        request('A', '6.00'),
        request('B', '5.00'),
        request('C', '4.00'),
        request('D', '3.00', { tier: 2, divisible: true }),
      ],
    }),
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

const statuses = (problem: Problem, planner = plan) =>
  planner(problem, { digest: '' }).decisions.map(({ request, status }) => `${request} ${status}`);

test('the set that pays most is chosen, not the first that fits', () => {
  expect(statuses(problemWith('9.00'))).toEqual([
    'A deferred',
    'B on-time',
    'C on-time',
    'D deferred',
  ]);
  expect(statuses(problemWith('9.00'), planGreedy)).toEqual([
    'A on-time',
    'B deferred',
    'C deferred',
    'D on-time',
  ]);
});

test('with 8.00 A alone pays most, and D gets the rest', () => {
  const made = plan(problemWith('8.00'), { digest: '' });
  expect(made.decisions[3]?.payments).toEqual([{ date: DAY, amount: 200 }]);
  expect(made.ranks.map(({ onTime, bound, proven }) => [onTime, bound, proven])).toEqual([
    [600, 600, true],
    [200, 200, true],
  ]);
});

test('reasons and cures say what is short, to the fen', () => {
  const [a] = plan(problemWith('9.00'), { digest: '' }).decisions;
  expect(a?.reason).toEqual({
    code: 'pool-short',
    pool: 'tsa',
    day: DAY,
    short: 600,
    ahead: ['B', 'C'],
    cures: [{ lever: 'cash', amount: 600, by: DAY, pool: 'tsa' }],
  });
});
