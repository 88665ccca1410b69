import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { RunningRevenue, today, tokenOf } from './running-revenue.js';

const folder = join(import.meta.dirname, '../consistency');
const queries = readdirSync(folder).map((name) => ({
  name,
  sql: readFileSync(join(folder, name), 'utf8'),
}));

/** For each query an error that it should find; planted as superuser and rolled back. */
const plants: Record<string, string> = {
  'receipt-files.sql': 'update receipt set file_id = null where file_id is not null',
  'receipt-reversals.sql': `update receipt set item_code = '1010101' where reversal_of is not null`,
  'receipt-references.sql': `drop index receipt_reference;
                             update receipt set reference = 'D/1' where reversal_of is null`,
  'bills-paid-once.sql': `update collection set bill_no = 'B1'`,
  'announcements.sql': `delete from outbox where type = 'guoku.revenue.collected.v1'`,
};

let revenue: RunningRevenue;
beforeAll(async () => {
  revenue = await RunningRevenue.start();
  const token = await tokenOf('chief-1');
  const codes = { itemCode: '1030427', fundTypeCode: '111', agencyCode: '101001' };
  const line = { valueDate: today, accountCode: '21', ...codes, amount: '12.30' };
  const receipts = ['D/1', 'D/2'].map((reference) => ({ ...line, reference }));
  const entered = await revenue.get<{ receipts: { receiptId: string }[] }>('ReceiptService.Enter', {
    body: { receipts },
  });
  const path = { receiptId: entered.receipts[0]?.receiptId ?? '' };
  const body = { reason: '录入有误' };
  await revenue.get('ReceiptService.Reverse', { path, body }, { token });
  const content = [
    'valueDate,accountCode,itemCode,fundTypeCode,agencyCode,amount,reference',
    `${today},21,1010101,111,,1.00,F/1`,
  ].join('\n');
  await revenue.get('ReceiptFileService.Take', { body: { name: 'report.csv', content } });
  for (const billNo of ['B1', 'B2']) {
    const bill = { billNo, date: today, ...codes, amount: '80.00' };
    await revenue.get('CollectionService.Enter', { body: bill });
  }
});
afterAll(() => revenue.stop());

test('every query of consistency/ has an error planted for it', () => {
  expect(queries.map(({ name }) => name).sort()).toEqual(Object.keys(plants).sort());
});

test.each(queries)('$name finds nothing on good books, and its planted error', async (query) => {
  const { admin } = revenue;
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

test('the service’s role can neither change nor delete what came in', async () => {
  const service = new pg.Client({ connectionString: revenue.database.url });
  await service.connect();
  try {
    for (const table of ['receipt', 'receipt_file', 'collection']) {
      for (const verb of [`update ${table} set mof_div_code = ''`, `delete from ${table}`]) {
        await expect(service.query(verb)).rejects.toThrow('permission denied');
      }
    }
  } finally {
    await service.end();
  }
});
