import { eventually } from '@guoku/testing';
import { friday, idOf, monday, requestOf, tuesday, wednesday } from './books.js';
import { RunningPayment, type RequestShown } from './running-payment.js';

/** Every branch of the month: what may become of a request between its entry and the end of its money. */
let payment: RunningPayment;
beforeEach(async () => {
  payment = await RunningPayment.start();
});
afterEach(() => payment.stop());

const held = ({ state, outstanding }: RequestShown): boolean =>
  state === 'held' && outstanding !== '0.00';
const paid = ({ state }: RequestShown): boolean => state === 'paid';

test('a request is held, planned, paid and settled, and the day closes', async () => {
  await payment.setUp({ day: monday });
  const request = await payment.submit('pens');
  expect(request).toMatchObject({ state: 'held', tier: 7, outstanding: '100.00' });

  const plan = await payment.plan();
  expect(plan).toMatchObject({ state: 'in-force', brokenPromises: [] });
  const { payments, left, finished } = await payment.instruct(monday);
  expect(finished).toBe(true);
  expect(left).toEqual([]);
  const [only, ...others] = payments;
  expect(only).toMatchObject({ requestId: idOf('pens'), amount: '100.00', outcome: 'instructed' });
  expect(others).toEqual([]);

  await payment.until('pens', paid);
  await payment.turn(monday, tuesday, '900.00');
  const day = await payment.do('reconciler-1', 'BusinessDayService.Get', {
    query: { day: monday },
  });
  expect(day).toMatchObject({ state: 'closed', instructed: '100.00', settled: '100.00' });
});

test('refused: quota has too little, the unit amends, and it is held after a second review', async () => {
  await payment.setUp({ day: monday });
  const dear = await payment.submit('desks', { amount: '2000000.00' });
  expect(dear).toMatchObject({ state: 'refused' });

  const { id: _id, ...content } = requestOf('desks', { amount: '90.00' });
  const path = { id: idOf('desks') };
  const stale = await payment.ask(
    'unit-1',
    'FundRequestService.Amend',
    { path, body: content },
    { ifMatch: 1 },
  );
  expect(stale).toMatchObject({ status: 412, code: 'version_stale' });
  const options = { ifMatch: dear.version };
  await payment.do('unit-1', 'FundRequestService.Amend', { path, body: content }, options);
  await payment.review('desks');
  const again = await payment.until('desks', ({ state }) => state === 'held');
  expect(again).toMatchObject({ amount: '90.00', outstanding: '90.00' });
});

test('withdrawn: quota lets go of the hold, and nothing of it is planned', async () => {
  await payment.setUp({ day: monday });
  await payment.submit('chairs');
  await payment.do('unit-1', 'FundRequestService.Withdraw', { path: { id: idOf('chairs') } });
  expect(await payment.request('chairs')).toMatchObject({ state: 'withdrawn', closed: '100.00' });
  await eventually(() => expect(payment.quota.released).toEqual([idOf('chairs')]));
  await payment.plan();
  expect((await payment.instruct(monday)).payments).toEqual([]);
});

test('withdrawn while quota judges it: the hold that comes after is let go again', async () => {
  await payment.setUp({ day: monday });
  payment.quota.delayMs = 300;
  await payment.do('unit-1', 'FundRequestService.Enter', { body: requestOf('lamps') });
  await payment.review('lamps');
  await payment.do('unit-1', 'FundRequestService.Withdraw', { path: { id: idOf('lamps') } });
  await eventually(() => expect(payment.quota.released).toEqual([idOf('lamps')]));
  expect(await payment.request('lamps')).toMatchObject({ state: 'withdrawn' });
});

test('deferred for want of cash, and carried over: the rest goes on in November with its hold', async () => {
  await payment.setUp({ day: monday, opening: '60.00' });
  await payment.submit('roof');
  const { id } = await payment.plan();
  const { items } = await payment.do<{ items: object[] }>(
    'treasurer-1',
    'PlanService.ListDecisions',
    { path: { id } },
  );
  const reason = {
    code: 'pool-short',
    pool: 'tsa',
    day: '2011-10-03',
    short: '40.00',
    ahead: [],
  };
  expect(items).toMatchObject([{ status: 'deferred', reason }]);
  expect(items).toMatchObject([
    { reason: { en: expect.stringContaining('short 40.00; ahead: nobody') } },
  ]);
  expect((await payment.instruct(monday)).payments).toEqual([]);

  const body = { month: '2011-11', due: '2011-11-10', nextRequestId: idOf('roof again') };
  await payment.do('unit-1', 'FundRequestService.CarryOver', { path: { id: idOf('roof') }, body });
  expect(await payment.request('roof')).toMatchObject({
    state: 'carried-over',
    closed: '100.00',
    continuedAs: idOf('roof again'),
  });
  const next = await payment.until('roof again', held);
  expect(next).toMatchObject({ amount: '100.00', month: '2011-11', carriedFrom: idOf('roof') });
});

test('a no at instruction: that part is out and listed, the others go, and it is tried again next day', async () => {
  await payment.setUp({ day: monday });
  await payment.submit('frozen');
  await payment.submit('free');
  await payment.plan();
  payment.quota.frozen.add(idOf('frozen'));
  const { payments } = await payment.instruct(monday);
  expect(payments.find(({ requestId }) => requestId === idOf('frozen'))).toMatchObject({
    outcome: 'declined',
    code: 'line_frozen',
    detail: 'no',
  });
  await payment.until('free', paid);
  expect(await payment.request('frozen')).toMatchObject({ state: 'held', outstanding: '100.00' });

  // What it does not get today goes to others: planning again leaves it out.
  await payment.plan();
  expect((await payment.instruct(monday)).payments).toEqual([]);
  payment.quota.frozen.clear();
  await payment.turn(monday, tuesday, '900.00');
  await payment.plan();
  await payment.instruct(tuesday);
  await payment.until('frozen', paid);
});

test('returned before settlement: no money left, the hold stands again, and it is planned anew', async () => {
  const simulatedBank = { seed: 'no', refusedPercent: 100 };
  await payment.setUp({ day: monday }, { simulatedBank });
  await payment.submit('stamps');
  await payment.plan();
  await payment.instruct(monday);
  await payment.until('stamps', held);
  const { items } = await payment.do<{ items: object[] }>('cashier-1', 'PaymentService.List');
  expect(items).toMatchObject([{ state: 'refused', valueDate: null, returnValueDate: monday }]);
  await eventually(() =>
    expect(payment.quota.holds.get(idOf('stamps'))?.held.toString()).toBe('100.00'),
  );

  await payment.behave({ seed: 'yes' });
  await payment.plan();
  await payment.instruct(monday);
  await payment.until('stamps', paid);
  expect(await payment.said('guoku.payment.returned.v1')).toMatchObject([
    { afterSettlement: false, amount: '100.00' },
  ]);
});

test('returned after settlement in the same year: held again, planned and paid again', async () => {
  const simulatedBank = { seed: 'back', returnedPercent: 100, returnAfterDays: 1 };
  await payment.setUp({ day: monday }, { simulatedBank });
  await payment.submit('books');
  await payment.plan();
  await payment.instruct(monday);
  await payment.until('books', paid);
  await payment.behave({ seed: 'stays' });
  await payment.turn(monday, tuesday, '900.00');
  await payment.until('books', held);
  expect(await payment.said('guoku.payment.returned.v1')).toMatchObject([
    { afterSettlement: true, settledYear: '2012', date: tuesday, valueDate: tuesday },
  ]);
  await payment.plan();
  await payment.instruct(tuesday);
  await payment.until('books', paid);
  await payment.turn(tuesday, wednesday, '900.00');
});

test('returned in another year: nothing is restored, and the request lapses', async () => {
  const simulatedBank = { seed: 'back', returnedPercent: 100, returnAfterDays: 3 };
  await payment.setUp({ day: friday }, { simulatedBank });
  await payment.submit('coal', { due: friday });
  await payment.plan();
  await payment.instruct(friday);
  await payment.until('coal', paid);
  await payment.turn(friday, monday, '900.00');
  const lapsed = await payment.until('coal', ({ state }) => state === 'lapsed');
  expect(lapsed).toMatchObject({ paid: '0.00', lapsed: '100.00', outstanding: '0.00' });
  expect(await payment.said('guoku.payment.returned.v1')).toMatchObject([
    { settledYear: '2011', date: monday },
  ]);
});

test('the bank answers late and twice: one settlement, and the day closes only after it', async () => {
  const simulatedBank = { seed: 'slow', pollsBeforeAnswer: 8, repeats: 2 };
  await payment.setUp({ day: monday }, { simulatedBank });
  await payment.submit('paper');
  await payment.plan();
  await payment.instruct(monday);
  expect(await payment.request('paper')).toMatchObject({ inFlight: '100.00', paid: '0.00' });
  const early = await payment.do('reconciler-1', 'ReconciliationService.Make', {
    body: { day: monday },
  });
  expect(early).toMatchObject({ agrees: false, differences: [{ kind: 'extra' }], unanswered: 1 });
  await payment.do('reconciler-1', 'BusinessDayService.CutOff');
  const close = await payment.ask('reconciler-1', 'BusinessDayService.Close');
  expect(close).toMatchObject({ status: 409, code: 'day_not_reconciled' });

  await payment.until('paper', paid);
  await payment.closeDay(monday);
  expect(await payment.said('guoku.payment.settled.v1')).toHaveLength(1);
  expect(await payment.sql('select * from bank_contradiction')).toEqual([]);
});

test('quota tells everything twice: one effect each', async () => {
  await payment.setUp({ day: monday });
  payment.quota.times = 3;
  await payment.submit('ink');
  await payment.do('unit-1', 'FundRequestService.Withdraw', { path: { id: idOf('ink') } });
  await eventually(() => expect(payment.quota.released).toHaveLength(1));
  const { history } = await payment.do<{ history: { event: string }[] }>(
    'treasurer-1',
    'FundRequestService.Get',
    { path: { id: idOf('ink') } },
  );
  expect(history.map(({ event }) => event)).toEqual(['entered', 'submitted', 'held', 'withdrawn']);
});

test('quota away at instruction: payments wait, nothing is sent, and they go once it is back', async () => {
  await payment.setUp({ day: monday });
  await payment.submit('wood');
  await payment.plan();
  payment.quota.isAway = true;
  const { finished, payments } = await payment.instruct(monday);
  expect(finished).toBe(false);
  expect(payments).toMatchObject([{ outcome: 'waiting' }]);
  const cutOff = await payment.ask('reconciler-1', 'BusinessDayService.CutOff');
  expect(cutOff).toMatchObject({ status: 409, code: 'instruction_unfinished' });
  expect(await payment.sql('select * from simulated_bank.instruction')).toEqual([]);

  payment.quota.isAway = false;
  await payment.until('wood', paid);
  expect(payment.quota.confirmed.size).toBe(1);
});
