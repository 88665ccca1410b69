import type { EventData } from '@guoku/contracts';
import { v7 } from 'uuid';
import { QuotaBook } from './quota-book.js';

let book: QuotaBook;
let bgtId: string;
let requestId: string;
beforeAll(async () => {
  book = await QuotaBook.open();
});
afterAll(() => book.close());
/** Each test has a line of 100.00 for itself, and a request that holds 60.00 of it. */
beforeEach(async () => {
  bgtId = await book.allot('100.00');
  requestId = v7();
  await submit(requestId, '60.00');
});

const submit = (request: string, amount: string, over = {}) =>
  book.hear('guoku.fund-request.submitted.v1', {
    requestId: request,
    bgtId,
    amount,
    due: '2026-03-16',
    latest: '2026-03-31',
    ...over,
  });
const withdraw = () => book.hear('guoku.fund-request.withdrawn.v1', { requestId, bgtId });
const payment = (paymentId: string, amount: string) => ({
  paymentId,
  requestId,
  bgtId,
  amount,
  poolCode: 'tsa',
  accountCode: '21',
  date: '2026-03-16',
  valueDate: '2026-03-16',
});
const settle = (paymentId: string, amount: string) =>
  book.hear('guoku.payment.settled.v1', { ...payment(paymentId, amount), bankReference: 'b-1' });
const giveBack = (
  paymentId: string,
  amount: string,
  over: Partial<EventData<'guoku.payment.returned.v1'>> = {},
) =>
  book.hear('guoku.payment.returned.v1', {
    ...payment(paymentId, amount),
    returnId: v7(),
    afterSettlement: true,
    reason: { zh: '账号有误', en: 'wrong account' },
    ...over,
  });

describe('what payment says of a fund request', () => {
  test('a submitted request holds its quota, and the held event carries the line’s codes', async () => {
    expect(await book.stand(bgtId)).toBe('40 0 60 0 0 0');
    const [event] = await book.read<{ data: EventData<'guoku.quota.held.v1'>; key: string }>(
      'select data, aggregate_id as key from outbox where subject = :requestId',
      { requestId },
    );
    expect(event).toMatchObject({
      key: requestId,
      data: { requestId, bgtId, amount: '60.00', line: { sbSign: 'wages', mofDepCode: 'edu' } },
    });
  });

  test('one that does not fit is refused with what is still available', async () => {
    const next = v7();
    await submit(next, '40.01');
    const [event] = await book.read<{ type: string; data: object }>(
      'select type, data from outbox where subject = :next',
      { next },
    );
    expect(event).toMatchObject({
      type: 'guoku.quota.refused.v1',
      data: { code: 'available_exceeded', available: '40.00', amount: '40.01' },
    });
    await submit(next, '40.00');
    expect(await book.said(next)).toEqual(['refused', 'held']);
  });

  test('one that is due in another fiscal year is refused', async () => {
    const next = v7();
    await submit(next, '1.00', { due: '2027-01-04' });
    expect(await book.said(next)).toEqual(['refused']);
  });

  test('one for a line that does not exist is refused', async () => {
    const next = v7();
    await submit(next, '1.00', { bgtId: v7() });
    expect(await book.said(next)).toEqual(['refused']);
  });

  test('withdrawn twice: what was held is released once', async () => {
    await withdraw();
    await withdraw();
    expect(await book.stand(bgtId)).toBe('100 0 0 0 0 0');
    expect(await book.said(requestId)).toEqual(['held', 'released']);
  });

  test('withdrawn though it was refused: nothing happens', async () => {
    requestId = v7();
    await withdraw();
    expect(await book.said(requestId)).toEqual([]);
  });

  test('carried over: the rest moves to the next request in one step, however often it is told', async () => {
    await settle(v7(), '25.00');
    const nextRequestId = v7();
    const carried = { requestId, nextRequestId, bgtId, amount: '35.00', month: '2026-04' };
    await book.hear('guoku.fund-request.carried-over.v1', carried);
    await book.hear('guoku.fund-request.carried-over.v1', carried);
    expect(await book.stand(bgtId)).toBe('40 0 35 0 25 0');
    expect(await book.said(requestId)).toEqual(['held', 'spent', 'released']);
    expect(await book.said(nextRequestId)).toEqual(['held']);
  });

  test('carried over into another year: the next request is refused, the hold stays', async () => {
    const nextRequestId = v7();
    const carried = { requestId, nextRequestId, bgtId, amount: '60.00', month: '2027-01' };
    await book.hear('guoku.fund-request.carried-over.v1', carried);
    expect(await book.stand(bgtId)).toBe('40 0 60 0 0 0');
    expect(await book.said(nextRequestId)).toEqual(['refused']);
  });
});

describe('what payment says of payments', () => {
  test('confirmed and settled in two parts: held, in transit, spent', async () => {
    const [first, second] = [v7(), v7()];
    await book.confirm(requestId, first, '20.00');
    await book.confirm(requestId, second, '40.00');
    expect(await book.stand(bgtId)).toBe('40 0 0 60 0 0');
    await settle(first, '20.00');
    expect(await book.stand(bgtId)).toBe('40 0 0 40 20 0');
    await settle(second, '40.00');
    expect(await book.stand(bgtId)).toBe('40 0 0 0 60 0');
    expect(await book.said(requestId)).toEqual(['held', 'spent', 'spent']);
  });

  test('refused by the bank: the hold simply stands again, and nothing is said', async () => {
    const paymentId = v7();
    await book.confirm(requestId, paymentId, '20.00');
    await giveBack(paymentId, '20.00', { afterSettlement: false });
    expect(await book.stand(bgtId)).toBe('40 0 60 0 0 0');
    expect(await book.said(requestId)).toEqual(['held']);
  });

  test('returned in the same year: held again for the request, so that it can be planned again', async () => {
    const paymentId = v7();
    await settle(paymentId, '20.00');
    await giveBack(paymentId, '20.00');
    await giveBack(paymentId, '20.00');
    expect(await book.stand(bgtId)).toBe('40 0 60 0 0 20');
    expect(await book.said(requestId)).toEqual(['held', 'spent', 'returned']);
  });

  test('returned in a later year: nothing is restored', async () => {
    const paymentId = v7();
    await settle(paymentId, '20.00');
    await giveBack(paymentId, '20.00', { date: '2027-01-05' });
    expect(await book.stand(bgtId)).toBe('40 0 40 0 20 0');
    const [event] = await book.read<{ restored: boolean }>(
      `select data -> 'restored' as restored from outbox where type = 'guoku.quota.returned.v1'
          and subject = :requestId`,
      { requestId },
    );
    expect(event?.restored).toBe(false);
  });

  test('a return that comes before its settlement takes effect with it', async () => {
    const paymentId = v7();
    await giveBack(paymentId, '20.00');
    expect(await book.said(requestId)).toEqual(['held']);
    await settle(paymentId, '20.00');
    expect(await book.stand(bgtId)).toBe('40 0 60 0 0 20');
    expect(await book.said(requestId)).toEqual(['held', 'spent', 'returned']);
  });

  test('money that left without quota is an error that is parked, and changes nothing', async () => {
    await expect(settle(v7(), '60.01')).rejects.toThrow('hold_exceeded');
    requestId = v7();
    await expect(settle(v7(), '1.00')).rejects.toThrow('hold_unknown');
    expect(await book.stand(bgtId)).toBe('40 0 60 0 0 0');
  });
});

describe('what payment says of plans and days', () => {
  test('a hold that an approved plan promised is marked as planned', async () => {
    const other = v7();
    await submit(other, '10.00');
    const item = (id: string, payments: { date: string; amount: string }[]) => ({
      requestId: id,
      bgtId,
      status: payments.length > 0 ? ('on-time' as const) : ('deferred' as const),
      payments,
    });
    await book.hear('guoku.plan.approved.v1', {
      planId: v7(),
      day: '2026-03-09',
      digest: '0'.repeat(64),
      approvedBy: 'director-1',
      items: [item(requestId, [{ date: '2026-03-16', amount: '60.00' }]), item(other, [])],
    });
    const rows = await book.read<{ id: string }>(
      'select request_id as id from planned_hold where request_id in (:requestId, :other)',
      { requestId, other },
    );
    expect(rows).toEqual([{ id: requestId }]);
    const deeds = await book.read<{ duty: string }>(
      `select duty from duty_record where person = 'director-1'`,
    );
    expect(deeds).toEqual([{ duty: 'plan.approve' }]);
  });

  test('an opened day becomes today, and a late word of it changes nothing', async () => {
    const day = { day: '2026-03-10', month: '2026-03' };
    await book.hear('guoku.business-day.closed.v1', day);
    await book.hear('guoku.business-day.opened.v1', day);
    const [row] = await book.read<{ state: string }>(
      `select state from business_day_copy where day = '2026-03-10'`,
    );
    expect(row?.state).toBe('closed');
  });
});
