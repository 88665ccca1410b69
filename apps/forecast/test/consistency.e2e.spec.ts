import { eventually } from '@guoku/testing';
import { v7 } from 'uuid';
import { consistency, statement } from './books.js';
import { RunningForecast } from './running-forecast.js';

/** For each query an error that it should find; planted as superuser and rolled back. */
const plants: Record<string, string> = {
  'announcements.sql': `delete from outbox where type = 'guoku.forecast.published.v1'`,
  'flows-against-statement.sql': `delete from flow_movement where source_kind = 'receipt'`,
  'snapshot-complete.sql': `delete from snapshot_day where series = 'inflow' and pool_code = 'general'
                              and day = (select max(day) from snapshot_day)`,
  'statement-chain.sql': `update statement set opening = opening + 1, closing = closing + 1
                           where date = '2026-03-09'`,
};

let running: RunningForecast;
beforeAll(async () => {
  running = await RunningForecast.start();
  await running.setUp();
  await running.post('ForecastService.Run', { horizonDays: 5 });
  await aDay();
}, 60_000);
afterAll(() => running.stop());

/** 70.00 came in, and the statement says so. */
async function aDay(): Promise<void> {
  const day = '2026-03-09';
  await running.say({
    type: 'guoku.revenue.received.v1',
    data: {
      receiptId: v7(),
      date: day,
      valueDate: day,
      accountCode: '21',
      poolCode: 'general',
      itemCode: '10101',
      fundTypeCode: '111',
      amount: '70.00',
    },
  });
  const monday = statement('21', day, '5000.00', { receipts: '70.00' });
  await running.post('StatementService.Receive', monday);
  await running.post('StatementService.Receive', statement('22', day, '800.00'));
  await eventually(async () => {
    const query = { from: day };
    expect(await running.get('FlowService.List', { query })).toMatchObject({
      items: [{ amount: '70.00' }],
    });
  });
}

test('every query of consistency/ has an error planted for it', () => {
  expect(consistency.map(({ name }) => name).sort()).toEqual(Object.keys(plants).sort());
});

test.each(consistency)(
  '$name finds nothing on good books, and its planted error',
  async (query) => {
    expect((await running.admin.query(query.sql)).rows).toEqual([]);
    await running.admin.query('begin');
    try {
      await running.admin.query(plants[query.name] ?? '');
      expect((await running.admin.query(query.sql)).rows.length).toBeGreaterThan(0);
    } finally {
      await running.admin.query('rollback');
    }
  },
);

test('the database itself refuses a statement that does not add up', async () => {
  await expect(
    running.admin.query(`update statement set closing = closing + 0.01`),
  ).rejects.toThrow('statement_check');
});
