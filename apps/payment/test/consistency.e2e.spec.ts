import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, monday, tuesday } from './books.js';
import { RunningPayment } from './running-payment.js';

const folder = join(import.meta.dirname, '../consistency');
const queries = readdirSync(folder).map((name) => ({
  name,
  sql: readFileSync(join(folder, name), 'utf8'),
}));

/** For each query an error that it should find; planted as superuser and rolled back. */
const plants: Record<string, string> = {
  'request-books.sql': `update fund_request set in_flight = in_flight + 1 where stage = 'held' and outstanding > 1`,
  'request-stage.sql': `update fund_request set stage = 'withdrawn' where stage = 'held' and outstanding > 0`,
  'request-log.sql': `delete from fund_request_log where place = 2`,
  'carried-over.sql': `update fund_request set amount = amount + 1 where carried_from is not null`,
  'payments-of-plan.sql': `drop index payment_once;
    insert into payment select mof_div_code, gen_random_uuid(), instruction_id, plan_id, request_id, part_date, bgt_id,
           pool_code, account_code, amount, 'asked', day, instructed_by, instructed_at
      from payment where stage <> 'declined' limit 1`,
  'plan-signatures.sql': `delete from plan_approval`,
  'plan-ranks.sql': `update plan_part set amount = amount + 1`,
  'announcements.sql': `delete from outbox where type = 'guoku.payment.settled.v1'`,
  'bank.sql': `insert into simulated_bank.entry
    select mof_div_code, account_code, day, gen_random_uuid(), 'paid', 1, 'stray' from simulated_bank.entry limit 1`,
  'business-days.sql': `update reconciliation set agrees = false`,
};

let payment: RunningPayment;
beforeAll(async () => {
  payment = await RunningPayment.start();
  await aMonth();
});
afterAll(() => payment.stop());

/** Two days with everything that may become of a request. */
async function aMonth(): Promise<void> {
  await payment.setUp({ day: monday }, { simulatedBank: { seed: '1', returnedPercent: 50 } });
  for (const name of ['a', 'b', 'c', 'd', 'e']) await payment.submit(name, { amount: '20.00' });
  await payment.submit('carried', { amount: '5000.00' });
  await payment.submit('dropped', { amount: '5000.00' });
  await payment.submit('refused', { amount: '9000000.00' });
  await payment.plan();
  payment.quota.frozen.add(idOf('e'));
  await payment.instruct(monday);
  await payment.turn(monday, tuesday, '920.00');
  const path = { id: idOf('carried') };
  const body = { month: '2011-11', due: '2011-11-10', nextRequestId: idOf('goes on') };
  await payment.do('unit-1', 'FundRequestService.CarryOver', { path, body });
  await payment.do('unit-1', 'FundRequestService.Withdraw', { path: { id: idOf('dropped') } });
  await payment.until('goes on', ({ state }) => state === 'held');
  await payment.behave({ seed: '2', pollsBeforeAnswer: 1000 });
  payment.quota.frozen.clear();
  await payment.plan();
  await payment.instruct(tuesday);
}

test('every query has a planted error', () => {
  expect(queries.map(({ name }) => name).sort()).toEqual(Object.keys(plants).sort());
});

test.each(queries)('$name finds nothing after two days of everything', async ({ sql }) => {
  expect(await payment.sql(sql)).toEqual([]);
});

test.each(queries)('$name finds a planted error', async ({ name, sql }) => {
  await payment.sql('begin');
  try {
    await payment.sql(plants[name] ?? '');
    expect(await payment.sql(sql)).not.toEqual([]);
  } finally {
    await payment.sql('rollback');
  }
});

test('every query begins with what it proves and why', () => {
  for (const { sql } of queries) expect(sql).toMatch(/^-- .+\n-- Why: .+/);
});
