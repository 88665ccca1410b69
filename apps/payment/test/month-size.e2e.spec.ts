import { idOf, monday, requestOf, tuesday } from './books.js';
import { RunningPayment } from './running-payment.js';

/** As many requests as the sample month has. */
const COUNT = 735;
const names = Array.from({ length: COUNT }, (_, nth) => `request ${nth}`);

let payment: RunningPayment;
beforeAll(async () => {
  payment = await RunningPayment.start();
});
afterAll(() => payment.stop());

test('a month of requests is entered and reviewed in one transaction each, planned and paid', async () => {
  await payment.setUp({ day: monday, opening: '200000.00' });
  const lines = names.map((name, nth) =>
    requestOf(name, {
      amount: `${100 + (nth % 37)}.00`,
      due: nth < 30 ? monday : nth % 2 ? tuesday : '2011-10-05',
      divisible: nth % 3 === 0,
    }),
  );
  const entered = await payment.do('unit-1', 'FundRequestService.EnterBatch', { body: { lines } });
  expect(entered).toMatchObject({ accepted: COUNT, refused: 0 });
  const reviewed = await payment.do('section-edu-1', 'FundRequestService.ReviewBatch', {
    body: { lines: names.map((name) => ({ id: idOf(name), decision: 'submit' })) },
  });
  expect(reviewed).toMatchObject({ accepted: COUNT, refused: 0 });
  await payment.untilNone(`select 1 from fund_request where stage <> 'held'`);

  const startMs = performance.now();
  await payment.plan();
  expect((await payment.instruct(monday)).payments).toHaveLength(30);
  await payment.untilNone(`select 1 from payment where stage <> 'settled'`);
  await payment.turn(monday, tuesday, '190000.00');
  // Two seconds on a quiet machine of two cores; the limit is for one that is not.
  expect(performance.now() - startMs).toBeLessThan(20_000);
}, 120_000);
