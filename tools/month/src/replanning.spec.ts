import { plan, readProblem, type Problem } from '@guoku/domain-schedule';
import { underFirstPlanner } from './first-planner.js';
import type { PlannedDay } from './planned-day.js';
import { movesOf, promisesIn } from './replanning.js';

interface Wish {
  readonly id: string;
  readonly amount: string;
  readonly tier: number;
  readonly due: string;
  readonly divisible?: boolean;
  readonly approved?: readonly { readonly date: string; readonly amount: string }[];
}

const DAYS = ['2026-12-01', '2026-12-02', '2026-12-03'];

function problemOf(
  opening: string,
  inflow: readonly string[],
  requests: readonly Wish[],
  days = DAYS,
): Problem {
  const reading = readProblem(
    JSON.stringify({
      days,
      pools: [{ id: 'toc', opening, inflow }],
      requests: requests.map((wish) => ({ latest: '2026-12-03', pool: 'toc', ...wish })),
    }),
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

function morning(problem: Problem): PlannedDay {
  return { day: problem.days[0] ?? '', problem, plan: plan(problem, { digest: '' }) };
}

const promise = (date: string, amount: string) => [{ date, amount }];

describe('a promise that planning again does not keep', () => {
  it('is listed with the shortfall where less cash is foreseen than was promised', () => {
    // 8.00 by the 2nd for promises of 5.00 and 4.00 of the same standing.
    const problem = problemOf('6.00', ['2.00', '0.00', '0.00'], [
      { id: 'a', amount: '5.00', tier: 1, due: '2026-12-02', approved: promise('2026-12-02', '5.00') },
      { id: 'b', amount: '4.00', tier: 2, due: '2026-12-02', approved: promise('2026-12-02', '4.00') },
    ]); // prettier-ignore
    expect(movesOf([morning(problem)])).toEqual([
      {
        day: '2026-12-01',
        request: 'b',
        tier: 2,
        urgency: 3,
        promised: { date: '2026-12-02', amount: 400 },
        kept: 0,
        now: [],
        cause: { kind: 'shortfall', pool: 'toc', day: '2026-12-02', amount: 100 },
      },
    ]);
  });

  it('is listed with the rank above that took the cash, and with what is paid instead', () => {
    // 9.00 hold the promise of 6.00; then an urgent request of 5.00 comes. On the 3rd 2.00 more are there.
    const problem = problemOf('9.00', ['0.00', '2.00', '0.00'], [
      { id: 'urgent', amount: '5.00', tier: 0, due: '2026-12-01' },
      { id: 'b', amount: '6.00', tier: 2, due: '2026-12-02', approved: promise('2026-12-02', '6.00') },
    ]); // prettier-ignore
    expect(movesOf([morning(problem)])).toMatchObject([
      {
        request: 'b',
        kept: 0,
        now: [{ date: '2026-12-03', amount: 600 }],
        cause: { kind: 'rank', tier: 0, urgency: 3, day: '2026-12-02', amount: 500 },
      },
    ]);
  });

  it('is not listed where it is kept', () => {
    const problem = problemOf('9.00', ['0.00', '0.00', '0.00'], [
      { id: 'b', amount: '6.00', tier: 2, due: '2026-12-02', approved: promise('2026-12-02', '6.00') },
    ]); // prettier-ignore
    expect(movesOf([morning(problem)])).toEqual([]);
    expect(promisesIn([morning(problem), morning(problem)])).toBe(2);
  });
});

describe('the same month under the first planner', () => {
  // In tie order a (6.00) is paid first and b and c (5.00 and 4.00) wait; the planner pays b and c, 9.00, on time.
  const wishes: Wish[] = ['a 6.00', 'b 5.00', 'c 4.00'].map((text) => {
    const [id = '', amount = ''] = text.split(' ');
    return { id, amount, tier: 1, due: '2026-12-01' };
  });

  it('pays in tie order, on the cash that this leaves, and plans what is left anew every morning', () => {
    const first = morning(problemOf('9.00', ['4.00', '0.00', '0.00'], wishes));
    const truth = first.plan.decisions.flatMap(({ request, payments }) =>
      payments
        .filter(({ date }) => date === first.day)
        .map(({ date, amount }) => ({ reference: request, day: date, amount: BigInt(amount) })),
    );
    expect(truth.map(({ reference }) => reference)).toEqual(['b', 'c']);
    // In truth nothing is left of 9.00 and 5.00 came in; the first planner has 3.00 more: 8.00.
    const second = morning(problemOf('5.00', ['0.00', '0.00'], wishes.slice(0, 1), DAYS.slice(1)));
    expect(underFirstPlanner([first, second], truth)).toEqual([
      { reference: 'a', day: '2026-12-01', amount: 600n },
      { reference: 'b', day: '2026-12-02', amount: 500n },
    ]);
  });
});
