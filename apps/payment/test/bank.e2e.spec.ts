import { Money } from '@guoku/money';
import { eventually } from '@guoku/testing';
import { idOf, monday, tuesday } from './books.js';
import { RunningPayment } from './running-payment.js';

/** What a bank must not do and may do all the same: planted into the simulated bank's own tables. */
let payment: RunningPayment;
beforeEach(async () => {
  payment = await RunningPayment.start();
});
afterEach(() => payment.stop());

async function tell(
  kind: string,
  change: { reference?: string; amount?: string } = {},
): Promise<void> {
  const { reference = kind, amount = '100.00' } = change;
  await payment.sql(
    `insert into simulated_bank.answer
       (mof_div_code, payment_id, kind, amount, reference, value_date, reason_zh, reason_en)
     select mof_div_code, payment_id, $1, $2, payment_id || '-' || $3, day, '退汇', 'returned'
       from simulated_bank.instruction`,
    [kind, amount, reference],
  );
}

async function paidOnce(simulatedBank: object = { seed: 'x' }): Promise<void> {
  await payment.setUp({ day: monday }, { simulatedBank });
  await payment.submit('glass');
  await payment.plan();
  await payment.instruct(monday);
}

test('a return that overtakes its settlement waits for it, and then both are booked', async () => {
  await paidOnce({ seed: 'x', pollsBeforeAnswer: 1000 });
  await tell('returned', { reference: 'R' });
  await payment.untilNone(`select 1 from bank_cursor where cursor = ''`);
  await eventually(async () => {
    const [row] = await payment.sql(
      'select stage, return_reference is not null as early from payment',
    );
    expect(row).toEqual({ stage: 'sent', early: true });
  });
  expect(await payment.request('glass')).toMatchObject({ inFlight: '100.00', paid: '0.00' });

  await payment.sql('update simulated_bank.instruction set polls_left = 0');
  await payment.until(
    'glass',
    ({ state, outstanding }) => state === 'held' && outstanding === '100.00',
  );
  expect(await payment.said('guoku.payment.settled.v1')).toHaveLength(1);
  expect(await payment.said('guoku.payment.returned.v1')).toMatchObject([
    { afterSettlement: true },
  ]);
});

test.each([
  ['settled', { reference: 'other' }, 'answer_contradicts'],
  ['refused', {}, 'answer_contradicts'],
  ['settled', { reference: 'P', amount: '99.00' }, 'amount_differs'],
])(
  'a bank that has settled and then says %s %j is noted and not believed',
  async (kind, change, why) => {
    await paidOnce();
    await payment.until('glass', ({ state }) => state === 'paid');
    await tell(kind, change);
    await eventually(async () =>
      expect(await payment.sql('select why from bank_contradiction')).toEqual([{ why }]),
    );
    expect(await payment.request('glass')).toMatchObject({ state: 'paid', paid: '100.00' });
    expect(await payment.said('guoku.payment.settled.v1')).toHaveLength(1);
  },
);

test('an answer about a payment that was never sent is noted', async () => {
  await payment.setUp({ day: monday });
  await payment.sql(
    `insert into simulated_bank.answer (mof_div_code, payment_id, kind, amount, reference, value_date)
     select mof_div_code, gen_random_uuid(), 'settled', 1.00, 'stray', '2011-10-03' from division`,
  );
  await eventually(async () =>
    expect(await payment.sql('select why from bank_contradiction')).toEqual([
      { why: 'payment_unknown' },
    ]),
  );
});

test('a day does not close over a movement that only the bank knows', async () => {
  await paidOnce();
  await payment.until('glass', ({ state }) => state === 'paid');
  await payment.sql(
    `insert into simulated_bank.entry (mof_div_code, account_code, day, payment_id, direction, amount, reference)
     select mof_div_code, '21', '2011-10-03', gen_random_uuid(), 'paid', 5.00, 'stray' from division`,
  );
  const made = await payment.do('reconciler-1', 'ReconciliationService.Make', {
    body: { day: monday },
  });
  expect(made).toMatchObject({ agrees: false, matched: 1, differences: [{ kind: 'extra' }] });
  await payment.do('reconciler-1', 'BusinessDayService.CutOff');
  expect(await payment.ask('reconciler-1', 'BusinessDayService.Close')).toMatchObject({
    code: 'day_not_reconciled',
  });
});

test('what is answered after its day has closed is booked on the open day with its value date', async () => {
  await payment.setUp(
    { day: monday },
    { simulatedBank: { seed: 'x', refusedPercent: 100, pollsBeforeAnswer: 1000 } },
  );
  await payment.submit('brick');
  await payment.plan();
  await payment.instruct(monday);
  await payment.turn(monday, tuesday, '1000.00');
  await payment.sql('update simulated_bank.instruction set polls_left = 0');
  await eventually(async () =>
    expect(await payment.said('guoku.payment.returned.v1')).toMatchObject([
      { afterSettlement: false, valueDate: monday, date: tuesday },
    ]),
  );
});

test('what the bank turns away at its door is taken back from quota and planned again', async () => {
  await payment.setUp({ day: monday });
  await payment.submit('roof', {
    payee: { name: '青岩建材', account: '6222020200112233', bankCode: '000000000000' },
  });
  await payment.plan();
  const { payments } = await payment.instruct(monday);
  expect(payments).toMatchObject([{ outcome: 'declined', code: 'bank_turned_away' }]);
  expect(await payment.said('guoku.payment.recalled.v1')).toMatchObject([
    { requestId: idOf('roof'), code: 'bank_turned_away' },
  ]);
  expect(payment.quota.confirmed.size).toBe(0);
  expect(payment.quota.holds.get(idOf('roof'))?.held.toString()).toBe('100.00');
  expect(await payment.request('roof')).toMatchObject({ state: 'held', outstanding: '100.00' });
  expect(await payment.sql('select 1 from simulated_bank.instruction')).toEqual([]);
});

test('what the bank has not got at cut-off is recalled, however long it is away; what it has got is paid', async () => {
  await payment.setUp({ day: monday }, { simulatedBank: { seed: 'x', pollsBeforeAnswer: 2 } });
  for (const name of ['lost', 'kept']) await payment.submit(name);
  await payment.plan();
  payment.quota.isAway = true;
  await payment.instruct(monday);
  await payment.halt();
  // Killed after quota had said yes to both, and the bank is away from now on.
  for (const { id } of await payment.sql<{ id: string }>('select id from payment')) {
    payment.quota.confirmed.set(id, '100.00');
  }
  for (const name of ['lost', 'kept']) {
    const hold = payment.quota.holds.get(idOf(name));
    if (hold !== undefined) hold.held = Money.zero;
  }
  await payment.sql(`update payment set stage = 'confirmed'`);
  await payment.sql(
    `insert into simulated_bank.instruction
       (mof_div_code, payment_id, account_code, amount, day, payee_name, outcome, polls_left)
     select mof_div_code, id, account_code, amount, day, 'payee', 'refuse', 2
       from payment where request_id = $1`,
    [idOf('kept')],
  );
  await payment.sql('alter schema simulated_bank rename to nobody_answers');
  await payment.resume();
  await payment.do('reconciler-1', 'BusinessDayService.CutOff');
  payment.quota.isAway = false;
  expect(await payment.sql('select distinct stage from payment')).toEqual([{ stage: 'recalling' }]);
  // What the service read before the cut-off it may still be sending: that ends before the bank is back.
  await payment.halt();
  await payment.sql('alter schema nobody_answers rename to simulated_bank');
  await payment.resume();
  await payment.until('lost', ({ inFlight }) => inFlight === '0.00');
  await payment.until('kept', ({ inFlight }) => inFlight === '0.00');
  const stages = await payment.sql(
    'select request_id as id, stage, declined ->> $1 as code from payment',
    ['code'],
  );
  expect(stages).toHaveLength(2);
  expect(stages).toContainEqual({
    id: idOf('lost'),
    stage: 'declined',
    code: 'unsent_at_cut_off',
  });
  expect(stages).toContainEqual({ id: idOf('kept'), stage: 'refused', code: null });
  expect(payment.quota.holds.get(idOf('lost'))?.held.toString()).toBe('100.00');
  // Should the instruction still come to the bank, it does nothing.
  expect(await payment.sql('select 1 from simulated_bank.recalled')).toHaveLength(1);
});

test('payments that a stopped service left between two steps go on at its start, once', async () => {
  await payment.setUp({ day: monday });
  for (const name of ['a', 'b', 'c']) await payment.submit(name);
  await payment.plan();
  payment.quota.isAway = true;
  await payment.instruct(monday);
  await payment.halt();
  const [asked, sent] = await payment.sql<{ id: string }>('select id from payment order by id');
  // Killed after quota had said yes and before that was noted.
  payment.quota.confirmed.set(asked?.id ?? '', '100.00');
  // Killed after the bank had it and before that was noted.
  await payment.sql(`update payment set stage = 'confirmed' where id = $1`, [sent?.id]);
  await payment.sql(
    `insert into simulated_bank.instruction
       (mof_div_code, payment_id, account_code, amount, day, payee_name, outcome, polls_left)
     select mof_div_code, id, account_code, amount, day, 'payee', 'settle', 0 from payment where id = $1`,
    [sent?.id],
  );
  await payment.sql(
    `insert into simulated_bank.entry (mof_div_code, account_code, day, payment_id, direction, amount, reference)
     select mof_div_code, account_code, day, id, 'paid', amount, id || '-P' from payment where id = $1`,
    [sent?.id],
  );
  payment.quota.isAway = false;
  await payment.resume();
  await payment.untilNone(`select 1 from payment where stage <> 'settled'`);
  expect(await payment.sql('select 1 from simulated_bank.entry')).toHaveLength(3);
  expect(payment.quota.confirmed.size).toBe(2);
});
