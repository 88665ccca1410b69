import { readProblem } from '../door/read-problem.js';
import { NO_PARTS } from '../served.js';
import { termsOf } from '../terms.js';
import { AIMS } from './model.js';
import { ReserveCases } from './reserve-cases.js';

const DAYS = ['2026-12-01', '2026-12-02', '2026-12-03'];

interface Pool {
  readonly opening: string;
  readonly inflow?: readonly string[];
  /** Kept for tier 1. */
  readonly reserve: string;
}

/** Id, amount, tier and due day; what is behind them is any other key. */
type Request = readonly [id: string, amount: string, tier: number, due: number, more?: object];

/** The best plan as looked ahead at: paid on time by rank, what bounds that, and who is paid when. */
function lookedAhead({ opening, inflow, reserve }: Pool, requests: readonly Request[]) {
  const reading = readProblem(
    JSON.stringify({
      days: DAYS,
      pools: [{ id: 'tsa', opening, inflow, reserve: { amount: reserve, tiers: 1 } }],
      requests: requests.map(([id, amount, tier, due, more]) => ({
        id,
        pool: 'tsa',
        amount,
        tier,
        due: DAYS[due],
        ...more,
      })),
    }),
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const { problem } = reading;
  const terms = termsOf(problem);
  const nobody = terms.asks.map(() => NO_PARTS);
  const cases = new ReserveCases(terms, { open: terms.asks, frozen: [] }, nobody, 24, null);
  const { served, known } = cases.bestPlan();
  const isProven = known.every((aims, rank) =>
    AIMS.every((aim) => cases.boundOf(rank, aim, known) === aims[aim]),
  );
  const paid = terms.asks.flatMap(({ index, order }) =>
    (served[order] ?? []).map(
      ({ day, amount }) => `${problem.requests[index]?.id} ${amount} on ${day}`,
    ),
  );
  return { onTime: known.map(({ onTime }) => onTime), isProven, paid };
}

test('where wages on the last day draw on the reserve, nobody outside is paid that month', () => {
  expect(
    lookedAhead({ opening: '10.00', reserve: '5.00' }, [
      ['wages', '8.00', 1, 2],
      ['paper', '2.00', 2, 0],
    ]),
  ).toEqual({ onTime: [800, 0], isProven: true, paid: ['wages 800 on 2'] });
});

test('outsiders are first paid when cash has filled the reserve again', () => {
  const pool = { opening: '5.00', inflow: ['10.00', '0.00', '0.00'], reserve: '4.00' };
  expect(
    lookedAhead(pool, [
      ['wages', '5.00', 1, 0],
      ['early', '1.00', 2, 0],
      ['large', '6.00', 2, 1],
      ['later', '3.00', 2, 2],
    ]),
  ).toEqual({ onTime: [500, 600], isProven: true, paid: ['wages 500 on 0', 'large 600 on 1'] });
});

test('an outsider waits whose payment would close the reserve to one inside', () => {
  // Tools on day 0 would leave the grant to day 2, when new cash has come.
  const pool = { opening: '6.00', inflow: ['0.00', '9.00', '0.00'], reserve: '3.00' };
  const requests: readonly Request[] = [
    ['grant', '4.00', 1, 1, { latest: DAYS[2] }],
    ['tools', '2.00', 2, 0],
    ['roads', '8.00', 2, 2],
  ];
  expect(lookedAhead(pool, requests)).toEqual({
    onTime: [400, 800],
    isProven: true,
    paid: ['grant 400 on 1', 'roads 800 on 2'],
  });
});

test('a promise to an outsider before its day is no payment of that plan', () => {
  const approved = [{ date: DAYS[0], amount: '1.00' }];
  const pool = { opening: '5.00', inflow: ['10.00', '0.00', '0.00'], reserve: '4.00' };
  expect(
    lookedAhead(pool, [
      ['wages', '5.00', 1, 0],
      ['promised', '6.00', 2, 1, { divisible: true, approved }],
    ]),
  ).toEqual({ onTime: [500, 600], isProven: true, paid: ['wages 500 on 0', 'promised 600 on 1'] });
});
