import { idOf, monday, tuesday } from './books.js';
import { RunningPayment } from './running-payment.js';

let payment: RunningPayment;
beforeEach(async () => {
  payment = await RunningPayment.start();
});
afterEach(() => payment.stop());

test('a request is held, planned, paid and settled, and the day closes', async () => {
  await payment.setUp({ day: monday });
  const held = await payment.submit('pens');
  expect(held).toMatchObject({ state: 'held', tier: 7, outstanding: '100.00' });

  const plan = await payment.plan();
  expect(plan).toMatchObject({ state: 'in-force', brokenPromises: [] });
  const { payments, left, finished } = await payment.instruct(monday);
  expect(finished).toBe(true);
  expect(left).toEqual([]);
  expect(payments).toMatchObject([
    { requestId: idOf('pens'), amount: '100.00', outcome: 'instructed' },
  ]);

  await payment.until('pens', ({ state }) => state === 'paid');
  await payment.turn(monday, tuesday, '900.00');
  const day = await payment.do('reconciler-1', 'BusinessDayService.Get', {
    query: { day: monday },
  });
  expect(day).toMatchObject({
    state: 'closed',
    instructed: '100.00',
    settled: '100.00',
    unanswered: 0,
  });
});
