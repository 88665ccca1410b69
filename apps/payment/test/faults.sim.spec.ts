import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf, monday, requestOf, tuesday } from './books.js';
import { RunningPayment } from './running-payment.js';

const folder = join(import.meta.dirname, '../consistency');
const firstSeed = Number(process.env['SEED'] ?? 1);
const names = Array.from({ length: 12 }, (_, nth) => `request ${nth}`);

/** What everybody's books say in the end, ids and times aside. */
async function booksOf(faulty: boolean, seed: number): Promise<unknown> {
  const faults = { duplicate: 0.4, delayMsMax: 80, lostConnection: 0.2, lostAcknowledgement: 0.2 };
  const payment = await RunningPayment.start(faulty ? { seed, ...faults } : { seed });
  try {
    const simulatedBank = { seed: 'faults', refusedPercent: 20, returnedPercent: 30, repeats: 2 };
    await payment.setUp({ day: monday }, { simulatedBank });
    const lines = names.map((name) => requestOf(name, { amount: '70.00' }));
    await payment.do('unit-1', 'FundRequestService.EnterBatch', { body: { lines } });
    for (const name of names) await payment.review(name);
    await payment.untilNone(`select 1 from fund_request where stage <> 'held'`);
    await payment.do('unit-1', 'FundRequestService.Withdraw', { path: { id: idOf('request 0') } });
    await payment.plan();
    await payment.instruct(monday);
    await payment.untilNone(
      `select 1 from payment where stage in ('asked', 'confirmed', 'recalling', 'sent')`,
    );
    await payment.turn(monday, tuesday, '500.00');
    // All that comes back has come, has been read, and quota has said what it thinks of it.
    for (const waiting of [
      'simulated_bank.instruction where return_from is not null',
      'simulated_bank.answer where seq > (select cursor::bigint from bank_cursor)',
      `payment where quota_word = 'awaited'`,
    ]) {
      await payment.untilNone(`select 1 from ${waiting}`);
    }
    await payment.untilNone('select 1 from outbox where published_at is null');
    for (const file of readdirSync(folder)) {
      expect([file, await payment.sql(readFileSync(join(folder, file), 'utf8'))]).toEqual([
        file,
        [],
      ]);
    }
    return await payment.sql(
      `select r.reference, r.stage, r.paid, r.outstanding, r.closed,
              (select string_agg(event ->> 'type', ' ' order by place) from fund_request_log l
                where l.request_id = r.id) as log
         from fund_request r order by r.reference`,
    );
  } finally {
    await payment.stop();
  }
}

test.each([firstSeed, firstSeed + 1])(
  'events that come twice, late, after others or with a lost acknowledgement change no book (seed %d)',
  async (seed) => {
    expect(await booksOf(true, seed)).toEqual(await booksOf(false, seed));
  },
  180_000,
);
