import { readProblem } from '../door/read-problem.js';
import { plan } from '../planner.js';
import { Cases } from './cases.js';
import { claimsByRank } from './check-figures.js';
import { factsOf } from './facts.js';
import { limitsOf } from './limits.js';

const ALL = 1e9;
const APART = { wholePerRank: 10, onlyFitting: true, wholeSums: false };
const TOGETHER = { ...APART, wholePerRank: 0 };

interface Wish {
  readonly amount: string;
  readonly tier?: number;
  readonly due?: string;
}

/** One pool, two days, and who wants what of it. */
function aMonth(pool: object, wishes: readonly Wish[]) {
  const reading = readProblem(
    JSON.stringify({
      days: ['2026-12-01', '2026-12-02'],
      pools: [{ id: 'p', ...pool }],
      requests: wishes.map(({ amount, tier = 1, due = '2026-12-01' }, index) => {
        return { id: `FR-${index}`, pool: 'p', amount, tier, due };
      }),
    }),
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const facts = factsOf(reading.problem, plan(reading.problem, { digest: 'd' }));
  const ranks = claimsByRank(facts.claims);
  return { facts, limits: limitsOf(facts, ranks, ranks.length - 1) };
}

function holds({ facts, limits }: ReturnType<typeof aMonth>, bound: number, detail = APART) {
  return new Cases(facts, limits, detail).holds(bound, ALL, ALL);
}

test('parts of requests allowed, all of the cash is paid', () => {
  const { facts, limits } = aMonth({ opening: '10.00' }, [{ amount: '6.00' }, { amount: '6.00' }]);
  expect(new Cases(facts, limits, APART).relaxation(ALL)).toBeCloseTo(1_000);
});

test('told apart, one of two that do not fit together is paid, and no fen less is confirmed', () => {
  const month = aMonth({ opening: '10.00' }, [{ amount: '6.00' }, { amount: '6.00' }]);
  expect([holds(month, 600), holds(month, 599)]).toEqual([true, false]);
  expect(holds(month, 600, TOGETHER)).toBe(false);
});

test('what cannot be paid for want of cash counts for nothing, though parts of it could be', () => {
  const month = aMonth({ opening: '10.00' }, [{ amount: '11.00' }, { amount: '3.00' }]);
  expect([holds(month, 300, TOGETHER), holds(month, 299, TOGETHER)]).toEqual([true, false]);
});

test('what ranks above have for certain is taken off', () => {
  const month = aMonth({ opening: '10.00' }, [{ amount: '8.00' }, { amount: '3.00', tier: 2 }]);
  expect(holds(month, 0, TOGETHER)).toBe(true);
});

test('whole requests add up to sums below the cash', () => {
  const month = aMonth(
    { opening: '20.00' },
    ['7.00', '7.00', '7.00'].map((amount) => ({ amount })),
  );
  const sums = { ...TOGETHER, wholeSums: true };
  expect([holds(month, 1_400, sums), holds(month, 1_399, sums)]).toEqual([true, false]);
  expect(holds(month, 1_400, TOGETHER)).toBe(false);
});

test('where those inside a reserve draw on it, nobody outside is paid', () => {
  const reserve = { amount: '5.00', tiers: 1 };
  const month = aMonth({ opening: '10.00', reserve }, [
    { amount: '8.00', due: '2026-12-02' },
    { amount: '2.00', tier: 2 },
    { amount: '4.00', tier: 1 },
  ]);
  expect(holds(month, 0)).toBe(true);
});

test('where those inside leave the reserve, those outside share what is over it', () => {
  const reserve = { amount: '5.00', tiers: 1 };
  const month = aMonth({ opening: '10.00', reserve }, [
    { amount: '3.00', due: '2026-12-02' },
    { amount: '2.00', tier: 2 },
    { amount: '2.00', tier: 2 },
  ]);
  expect([holds(month, 200), holds(month, 199)]).toEqual([true, false]);
});
