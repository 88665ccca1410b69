import { readProblem } from './door/read-problem.js';
import { plan } from './planner.js';

const DAYS = ['2026-12-01', '2026-12-02', '2026-12-03'];

/** What each request is paid on which day, as `id day amount`. */
function paid(pools: readonly object[], requests: readonly object[]): string[] {
  const reading = readProblem(JSON.stringify({ days: DAYS, pools, requests }));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return plan(reading.problem, { digest: '' }).decisions.flatMap(({ request, payments }) =>
    payments.map(({ date, amount }) => `${request} ${date.slice(-2)} ${amount}`),
  );
}

const wish = (id: string, due: string, amount: string, more: object = {}) => ({
  id,
  pool: 'tsa',
  tier: 1,
  due: `2026-12-${due}`,
  latest: '2026-12-03',
  amount,
  ...more,
});

describe('among equally good plans', () => {
  it('what is due earlier is paid on time, so that later cash can still pay the later ones on time', () => {
    const parts = { divisible: true };
    const requests = [wish('a', '01', '5.00', parts), wish('b', '03', '5.00', parts)];
    expect(paid([{ id: 'tsa', opening: '6.00' }], requests)).toEqual(['a 01 500', 'b 03 100']);
  });

  it('of two that go whole the earlier one is paid where they are alike in amount', () => {
    const requests = [wish('b', '03', '5.00'), wish('a', '02', '5.00')];
    expect(paid([{ id: 'tsa', opening: '9.00' }], requests)).toEqual(['a 02 500']);
  });

  it('least parts of both are kept', () => {
    const parts = { divisible: true, minPart: '2.00' };
    const requests = [wish('a', '01', '5.00', parts), wish('b', '03', '3.00', parts)];
    expect(paid([{ id: 'tsa', opening: '7.00' }], requests)).toEqual(['a 01 500', 'b 03 200']);
  });

  it('a rank below loses nothing by it', () => {
    const more = { pool: 'x', divisible: true };
    const below = wish('c', '01', '4.00', { pool: 'y', tier: 2, latest: '2026-12-01' });
    const requests = [wish('a', '01', '5.00', more), wish('b', '03', '5.00', more), below];
    // a and b have 5.00 between them. The 4.00 of the first day are c's while b takes what comes later.
    const pools = [
      { id: 'tsa', opening: '4.00', inflow: ['0.00', '5.00', '0.00'] },
      { id: 'x', parent: 'tsa', opening: '5.00' },
      { id: 'y', parent: 'tsa', opening: '4.00' },
    ];
    expect(paid(pools, requests)).toEqual(['b 03 500', 'c 01 400']);
  });

  it('a promise stays where it was given', () => {
    const promise = { divisible: true, approved: [{ date: '2026-12-03', amount: '5.00' }] };
    const requests = [
      wish('a', '01', '5.00', { divisible: true }),
      wish('b', '03', '5.00', promise),
    ];
    expect(paid([{ id: 'tsa', opening: '6.00' }], requests)).toEqual(['a 01 100', 'b 03 500']);
  });
});
