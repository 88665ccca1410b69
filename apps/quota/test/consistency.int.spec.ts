import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { v7 } from 'uuid';
import { QuotaBook } from './quota-book.js';

const folder = join(import.meta.dirname, '../consistency');
const queries = readdirSync(folder).map((name) => ({
  name,
  sql: readFileSync(join(folder, name), 'utf8'),
}));

/** For each query an error that only it, or it first, should find; planted as superuser and rolled back. */
const plants: Record<string, string> = {
  'line-balances.sql': `update quota_line set available = available - 1, frozen = frozen + 1
                         where available > 1`,
  'line-sums.sql': `alter table quota_line drop constraint quota_line_balances;
                    update quota_line set available = available + 1`,
  'year-sources-and-uses.sql': 'update budget set total = total + 1',
  'line-holds.sql': `update hold set held = held - 1, released = released + 1 where held > 1`,
  'hold-parts.sql': `update hold_part set settled = true where confirmed and not settled`,
  'hold-movements.sql': `update line_movement set request_id = (select max(request_id::text)::uuid from hold)
                          where kind = 'held'`,
  'announcements.sql': `delete from outbox where type = 'guoku.quota.spent.v1'`,
};

let book: QuotaBook;
let admin: pg.Client;
beforeAll(async () => {
  book = await QuotaBook.open();
  admin = new pg.Client({ connectionString: book.database.adminUrl });
  await admin.connect();
  await aMonth();
});
afterAll(async () => {
  await admin.end();
  await book.close();
});

/** Two lines, holds, a payment settled, one in transit and one that came back. */
async function aMonth(): Promise<void> {
  const bgtId = await book.allot('100.00');
  await book.hold(await book.allot('50.00'), v7(), '20.00');
  const requestId = v7();
  await book.hold(bgtId, requestId, '60.00');
  const of = (amount: string) => ({
    paymentId: v7(),
    requestId,
    bgtId,
    amount,
    poolCode: 'tsa',
    accountCode: '21',
    date: '2026-03-16',
    valueDate: '2026-03-16',
  });
  const [settled, returned, underWay] = [of('10.00'), of('15.00'), of('20.00')];
  for (const payment of [settled, returned, underWay]) {
    await book.confirm(requestId, payment.paymentId, payment.amount);
  }
  for (const payment of [settled, returned]) {
    await book.hear('guoku.payment.settled.v1', { ...payment, bankReference: 'b-1' });
  }
  await book.hear('guoku.payment.returned.v1', {
    ...returned,
    returnId: v7(),
    afterSettlement: true,
    reason: { zh: '账号有误', en: 'wrong account' },
  });
}

describe('what must never happen', () => {
  test('every query of consistency/ has an error planted for it', () => {
    expect(queries.map(({ name }) => name).sort()).toEqual(Object.keys(plants).sort());
  });

  test.each(queries)('$name finds nothing on good books, and its planted error', async (query) => {
    expect((await admin.query(query.sql)).rows).toEqual([]);
    await admin.query('begin');
    try {
      await admin.query(plants[query.name] ?? '');
      const { rows } = await admin.query(query.sql);
      expect(rows.length).toBeGreaterThan(0);
    } finally {
      await admin.query('rollback');
    }
  });

  test('the service’s role can neither change nor delete a movement', async () => {
    const service = new pg.Client({ connectionString: book.database.url });
    await service.connect();
    try {
      for (const table of ['line_movement', 'line_mark_log', 'budget_line', 'planned_hold']) {
        for (const verb of [`update ${table} set mof_div_code = ''`, `delete from ${table}`]) {
          await expect(service.query(verb)).rejects.toThrow('permission denied');
        }
      }
    } finally {
      await service.end();
    }
  });

  test('the database itself refuses a balance below zero, whatever the rules say', async () => {
    await admin.query('begin');
    const overdrawn = admin.query(
      `update quota_line set available = available - 1000, held = held + 1000`,
    );
    await expect(overdrawn).rejects.toThrow('quota_line_available_check');
    await admin.query('rollback');
  });
});
