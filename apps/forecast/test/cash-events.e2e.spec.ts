import { eventually } from '@guoku/testing';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { mofDivCode, statement } from './books.js';
import { RunningForecast, type Items, type Said } from './running-forecast.js';

let running: RunningForecast;
beforeAll(async () => {
  running = await RunningForecast.start({ withKafka: true });
  await running.setUp();
}, 60_000);
afterAll(() => running.stop());

const reason = { zh: '账号有误', en: 'wrong account' };
const of = (amount: string) => ({
  paymentId: v7(),
  requestId: v7(),
  bgtId: v7(),
  amount,
  poolCode: 'general',
  accountCode: '21',
  date: '2026-03-09',
  valueDate: '2026-03-09',
});

/** A day on which 100.00 and 5.50 come in and 60.00 leaves, of which 20.00 comes back; one more was never paid. */
function aDay(): Said[] {
  const receipt = (amount: string) => ({
    receiptId: v7(),
    date: '2026-03-09',
    valueDate: '2026-03-09',
    accountCode: '21',
    poolCode: 'general',
    itemCode: '10101',
    fundTypeCode: '111',
    amount,
  });
  const [paid, returned, refused] = [of('40.00'), of('20.00'), of('7.00')];
  const settled = (data: ReturnType<typeof of>): Said => ({
    type: 'guoku.payment.settled.v1',
    id: v7(),
    data: { ...data, bankReference: 'b-1' },
  });
  const cameBack = (data: ReturnType<typeof of>, afterSettlement: boolean): Said => ({
    type: 'guoku.payment.returned.v1',
    id: v7(),
    data: { ...data, returnId: v7(), afterSettlement, reason },
  });
  return [
    { type: 'guoku.revenue.received.v1', id: v7(), data: receipt('100.00') },
    { type: 'guoku.revenue.received.v1', id: v7(), data: receipt('5.50') },
    settled(paid),
    settled(returned),
    cameBack(returned, true),
    cameBack(refused, false),
  ];
}

interface Flow {
  readonly sourceKind: string;
  readonly kind: string;
  readonly series: string;
  readonly amount: string;
}

const flowsOf = async (day: string) => {
  const query = { from: day, to: day };
  const { items } = await running.get<Items<Flow>>('FlowService.List', { query });
  return items
    .map(({ sourceKind, kind, series, amount }) => `${sourceKind} ${kind} ${series} ${amount}`)
    .sort();
};

const dayFlows = [
  'payment outflow outlays 20.00',
  'payment outflow outlays 40.00',
  'receipt inflow receipts 100.00',
  'receipt inflow receipts 5.50',
  'return outflow outlays -20.00',
];

const heard = async () => {
  const { rows } = await running.admin.query<{ count: string }>(
    `select count(*) from inbox where mof_div_code = $1`,
    [mofDivCode],
  );
  return Number(rows[0]?.count);
};

test('each event counts once, in any order and however often it comes', async () => {
  const events = aDay();
  const order = fc.shuffledSubarray([...events, ...events, ...events], { minLength: 18 });
  const seed = Date.now();
  const [sent = []] = fc.sample(order, { seed, numRuns: 1 });
  await running.say(...sent);
  await eventually(async () =>
    expect([seed, await flowsOf('2026-03-09')]).toEqual([seed, dayFlows]),
  );
  await eventually(async () => expect(await heard()).toBe(events.length));

  const day = { opening: '5000.00', receipts: '105.50', payments: '40.00' };
  await running.post('StatementService.Receive', statement('21', '2026-03-09', day.opening, day));
  const query = { asOf: running.clock.now().toISOString() };
  expect(await running.get('PoolService.GetPosition', { query })).toMatchObject({
    items: [{ balance: '800.00' }, { balance: '5065.50' }, { balance: '5865.50' }],
  });
}, 60_000);

test('a flow counts on its value date, when the bank moved it, not when it is booked', async () => {
  const late = { ...of('3.00'), date: '2026-03-12', valueDate: '2026-03-10', bankReference: 'b-2' };
  await running.say({ type: 'guoku.payment.settled.v1', data: late });
  await eventually(async () =>
    expect(await flowsOf('2026-03-10')).toEqual(['payment outflow outlays 3.00']),
  );
  expect(await flowsOf('2026-03-12')).toEqual([]);
});

test('the business day is known from payment’s events and never goes back', async () => {
  const day = { day: '2026-03-09', month: '2026-03' };
  const state = async () => {
    const { rows } = await running.admin.query<{ state: string }>(
      `select state from business_day_copy where day = '2026-03-09'`,
    );
    return rows[0]?.state;
  };
  await running.say({ type: 'guoku.business-day.closed.v1', data: day });
  await eventually(async () => expect(await state()).toBe('closed'));
  const before = await heard();
  await running.say({ type: 'guoku.business-day.opened.v1', data: day });
  await eventually(async () => expect(await heard()).toBe(before + 1));
  expect(await state()).toBe('closed');
});

test('money of a pool that the division does not have is parked, and the next event is not held up', async () => {
  const event = (poolCode: string): Said => ({
    type: 'guoku.payment.settled.v1',
    data: { ...of('1.00'), poolCode, valueDate: '2026-03-11', bankReference: 'b-3' },
  });
  await running.say(event('nowhere'), event('general'));
  await eventually(
    async () => expect(await flowsOf('2026-03-11')).toEqual(['payment outflow outlays 1.00']),
    { withinMs: 30_000 },
  );
  await eventually(
    async () =>
      expect(await running.get('ParkedEventService.List')).toMatchObject({
        items: [{ type: 'guoku.payment.settled.v1' }],
      }),
    { withinMs: 30_000 },
  );
  // By now every repeat of the first test has been read as well.
  expect(await flowsOf('2026-03-09')).toEqual(dayFlows);
}, 90_000);
