import { eventually } from '@guoku/testing';
import { v7 } from 'uuid';
import { mofDivCode, RunningRevenue, today, tokenOf } from './running-revenue.js';

let revenue: RunningRevenue;
let chief: string;
beforeAll(async () => {
  revenue = await RunningRevenue.start();
  chief = await tokenOf('chief-1');
});
afterAll(() => revenue.stop());

interface Receipt {
  readonly receiptId: string;
  readonly amount: string;
  readonly reversalOf: string | null;
  readonly reversedBy: string | null;
}
interface File {
  readonly fileId: string;
  readonly taken: number;
}

let lines = 0;
/** A line that is not there yet. */
const line = (over: object = {}) => {
  lines += 1;
  const codes = { accountCode: '21', itemCode: '1010101', fundTypeCode: '111' };
  return { valueDate: today, ...codes, amount: '12.30', reference: `D/${lines}`, ...over };
};
const enter = (...receipts: object[]) =>
  revenue.ask('ReceiptService.Enter', { body: { receipts } });
const entered = async (over: object = {}): Promise<Receipt> => {
  const { receipts } = await revenue.get<{ receipts: [Receipt] }>('ReceiptService.Enter', {
    body: { receipts: [line(over)] },
  });
  return receipts[0];
};

describe('receipts', () => {
  test('are booked on the open business day with their value date, and announced', async () => {
    const id = v7();
    const given = line({ valueDate: '2026-03-06', agencyCode: '101001', accountCode: '22' });
    const reply = await enter({ id, ...given });
    expect(reply).toMatchObject({ status: 201, body: { taken: 1, repeated: 0 } });
    const { reference: _reference, ...content } = given;
    const told = await revenue.said('received');
    expect(told.at(-1)).toEqual({ receiptId: id, date: today, poolCode: 'direct', ...content });
  });

  test('that are here already count once, in the same call and in a later one', async () => {
    const given = line();
    expect((await enter(given, given)).body).toMatchObject({ taken: 1, repeated: 1 });
    const before = await revenue.checksum('receipt%');
    expect((await enter(given)).body).toMatchObject({ taken: 0, repeated: 1 });
    expect(await revenue.checksum('receipt%')).toBe(before);
  });

  test('50 clients who bring the same line at once bring it once', async () => {
    const given = line();
    const replies = await Promise.all(Array.from({ length: 50 }, () => enter(given)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(50);
    const { rows } = await revenue.admin.query(
      'select 1 from receipt where reference = $1 union all select 1 from outbox where data->>$2 = $3',
      [
        given.reference,
        'receiptId',
        (replies[0]?.body as { receipts: [Receipt] }).receipts[0].receiptId,
      ],
    );
    expect(rows).toHaveLength(2);
  });

  test('one that is refused refuses all of the call, and names its line', async () => {
    const before = await revenue.checksum('receipt%');
    expect(await enter(line(), line({ itemCode: '9999999' }))).toMatchObject({
      status: 422,
      code: 'item_unknown',
      body: { errors: [{ pointer: '#/receipts/1' }], itemCode: '9999999' },
    });
    expect(await revenue.checksum('receipt%')).toBe(before);
  });

  test('in a batch stand for themselves, unless it is atomic', async () => {
    const [good, bad] = [line(), line({ valueDate: '2026-03-10' })];
    const batch = (atomic: boolean, ...all: object[]) =>
      revenue.ask('ReceiptService.EnterBatch', { body: { atomic, lines: all } });
    expect(await batch(true, good, bad)).toMatchObject({ status: 422, code: 'batch_refused' });
    expect((await batch(false, good, bad)).body).toMatchObject({
      accepted: 1,
      refused: 1,
      lines: [{ ok: true }, { index: 1, ok: false, code: 'value_date_ahead' }],
    });
  });

  test('are cancelled by their negated amount, once, by another person', async () => {
    const { receiptId } = await entered({ amount: '80.00' });
    const asked = { path: { receiptId }, body: { reason: '录入有误' } };
    expect(await revenue.ask('ReceiptService.Reverse', asked)).toMatchObject({
      status: 403,
      code: 'duty_conflict',
    });
    const options = { token: chief };
    const reversal = await revenue.get<Receipt>('ReceiptService.Reverse', asked, options);
    expect(reversal).toMatchObject({ amount: '-80.00', reversalOf: receiptId });
    expect((await revenue.said<Receipt>('received')).at(-1)).toMatchObject({
      receiptId: reversal.receiptId,
      amount: '-80.00',
      reversalOf: receiptId,
    });
    const again = await revenue.get<Receipt>('ReceiptService.Reverse', asked, options);
    expect(again.receiptId).toBe(reversal.receiptId);
    const path = { receiptId: reversal.receiptId };
    expect(await revenue.ask('ReceiptService.Reverse', { ...asked, path }, options)).toMatchObject({
      code: 'reversal_of_reversal',
    });
    const { reversedBy } = await revenue.get<Receipt>('ReceiptService.Get', {
      path: { receiptId },
    });
    expect(reversedBy).toBe(reversal.receiptId);
  });

  test('are summed per day, and asOf tells the sums of that instant', async () => {
    const totals = (query = {}) =>
      revenue.get<{ items: object[] }>('ReceiptService.ListTotals', {
        query: { from: '2026-02-01', to: '2026-02-28', ...query },
      });
    const at = (valueDate: string, over: object) => entered({ valueDate, ...over });
    const first = await at('2026-02-10', { amount: '10.00' });
    const asOf = revenue.clock.now().toISOString();
    await at('2026-02-10', { amount: '5.50', itemCode: '1030427', agencyCode: '101001' });
    await at('2026-02-11', { amount: '-1.00' });
    const reverse = { path: { receiptId: first.receiptId }, body: { reason: 'x' } };
    await revenue.get('ReceiptService.Reverse', reverse, { token: chief });

    expect((await totals()).items).toEqual([
      { valueDate: '2026-02-10', code: null, count: 3, amount: '5.50' },
      { valueDate: '2026-02-11', code: null, count: 1, amount: '-1.00' },
    ]);
    expect((await totals({ groupBy: 'itemCode', limit: 1 })).items).toEqual([
      { valueDate: '2026-02-10', code: '1010101', count: 2, amount: '0.00' },
    ]);
    expect((await totals({ asOf })).items).toEqual([
      { valueDate: '2026-02-10', code: null, count: 1, amount: '10.00' },
    ]);
  });

  test('of another unit are neither seen nor entered by a unit', async () => {
    const { receiptId } = await entered({ agencyCode: '101001' });
    const token = await tokenOf('unit-2', { agencyCode: '202001' });
    const path = { receiptId };
    expect(await revenue.ask('ReceiptService.Get', { path }, { token })).toMatchObject({
      status: 404,
    });
    const body = { receipts: [line({ agencyCode: '101001' })] };
    expect(await revenue.ask('ReceiptService.Enter', { body }, { token })).toMatchObject({
      status: 403,
      code: 'not_own_unit',
    });
  });
});

describe('the treasury’s report as a file', () => {
  const columns = 'valueDate,accountCode,itemCode,fundTypeCode,agencyCode,amount,reference';
  const file = (...rows: string[]) => ({
    name: 'report.csv',
    content: `${[columns, ...rows].join('\n')}\n`,
  });
  const row = (reference: string, amount = '12.30') =>
    `${today},21,1010101,111,,${amount},${reference}`;
  const take = (body: object) => revenue.ask('ReceiptFileService.Take', { body });

  test('is taken in whole, and the same content again changes nothing and answers as before', async () => {
    const given = file(row('F/1'), row('F/2', '-2.00'));
    const first = await take(given);
    expect(first).toMatchObject({ status: 201, body: { lineCount: 2, taken: 2, total: '10.30' } });
    const before = [await revenue.checksum('receipt%'), await revenue.checksum('outbox')];
    const again = await take({ ...given, name: 'sent again.csv' });
    expect(again.body).toEqual(first.body);
    expect([await revenue.checksum('receipt%'), await revenue.checksum('outbox')]).toEqual(before);
    const { fileId } = first.body as File;
    const page = await revenue.get<{ items: object[] }>('ReceiptService.List', {
      query: { fileId },
    });
    expect(page.items).toHaveLength(2);
  });

  test('also as the body itself, with the line ends of another system', async () => {
    const { content } = file(row('F/3'));
    const response = await fetch(`${revenue.url}/v1/receipt-files?name=raw.csv`, {
      method: 'POST',
      headers: {
        'content-type': 'text/csv',
        authorization: `Bearer ${await tokenOf('clerk-1')}`,
        'idempotency-key': v7(),
      },
      body: content.replaceAll('\n', '\r\n'),
    });
    expect(await response.json()).toMatchObject({ name: 'raw.csv', taken: 1 });
    expect((await take({ name: 'x', content })).body).toMatchObject({ name: 'raw.csv' });
  });

  test('a line that is here counts once; one that differs is an error with its line', async () => {
    await take(file(row('F/10')));
    expect((await take(file(row('F/10'), row('F/11')))).body).toMatchObject({
      lineCount: 2,
      taken: 1,
    });
    const before = await revenue.checksum('receipt%');
    expect(await take(file(row('F/12'), row('F/11', '99.00')))).toMatchObject({
      status: 409,
      code: 'receipt_differs',
      body: { errors: [{ pointer: '#/lines/3' }], reference: 'F/11' },
    });
    expect(await revenue.checksum('receipt%')).toBe(before);
  });

  test('every fault is named by line and column, and no line is taken in', async () => {
    const before = await revenue.checksum();
    const bad = file(row('F/20'), `2026-02-30,21,1010101,111,,12.345,F/21`, 'too,few');
    expect(await take(bad)).toMatchObject({
      status: 422,
      code: 'file_faulty',
      body: {
        errors: [
          { pointer: '#/lines/3/valueDate', code: 'day_invalid' },
          { pointer: '#/lines/3/amount', code: 'money_invalid' },
          { pointer: '#/lines/4', code: 'cells_too_few' },
        ],
      },
    });
    expect(await take({ name: 'x', content: 'a,"b\nc' })).toMatchObject({ code: 'file_faulty' });
    expect(await revenue.checksum()).toBe(before);
  });
});

describe('collections', () => {
  interface Collection {
    readonly collectionId: string;
  }
  let bills = 0;
  const bill = (over: object = {}) => {
    bills += 1;
    const codes = { itemCode: '1030427', fundTypeCode: '111', agencyCode: '101001' };
    return { billNo: `99000200000000000${bills}`, date: today, ...codes, amount: '80.00', ...over };
  };
  const note = (body: object, options = {}) =>
    revenue.ask('CollectionService.Enter', { body }, options);

  test('say that a payer paid, which is no receipt', async () => {
    const received = (await revenue.said('received')).length;
    const given = bill();
    const { collectionId } = (await note(given)).body as Collection;
    expect((await revenue.said('collected')).at(-1)).toEqual({ collectionId, ...given });
    expect((await revenue.said('received')).length).toBe(received);
  });

  test('of the same bill count once, and with another content are refused', async () => {
    const given = bill();
    const first = (await note(given)).body as Collection;
    expect(await note(given)).toMatchObject({
      status: 200,
      body: { collectionId: first.collectionId },
    });
    expect(await note({ ...given, amount: '81.00' })).toMatchObject({
      status: 409,
      code: 'collection_differs',
    });
  });

  test('are cancelled by another person; then the bill may be paid again', async () => {
    const given = bill();
    const { collectionId } = (await note(given)).body as Collection;
    const asked = { path: { collectionId }, body: { reason: '银行撤销' } };
    expect(await revenue.ask('CollectionService.Reverse', asked)).toMatchObject({
      code: 'duty_conflict',
    });
    await revenue.get('CollectionService.Reverse', asked, { token: chief });
    expect((await revenue.said('collected')).at(-1)).toMatchObject({
      amount: '-80.00',
      reversalOf: collectionId,
    });
    expect(await note({ ...given, amount: '81.00' })).toMatchObject({ status: 201 });
  });

  test('of another unit are not noted by a unit', async () => {
    const token = await tokenOf('unit-2', { agencyCode: '202001' });
    expect(await note(bill(), { token })).toMatchObject({ status: 403, code: 'not_own_unit' });
  });
});

test('the business day that payment opens becomes the day on which receipts are booked', async () => {
  const next = '2026-03-10';
  const event = {
    specversion: '1.0',
    id: v7(),
    source: '/guoku/payment',
    type: 'guoku.business-day.opened.v1',
    subject: next,
    time: '2026-03-10T00:00:00Z',
    datacontenttype: 'application/json',
    actor: 'treasurer-1',
    mofdivcode: mofDivCode,
    data: { day: next, month: '2026-03' },
  };
  const message = { key: `${mofDivCode}/${next}`, value: JSON.stringify(event) };
  await revenue.broker.publish([{ topic: 'guoku.payment.v1', messages: [message, message] }]);
  await eventually(async () => expect(await entered()).toMatchObject({ date: next }));
});

test('the cashier, of whom payment tells, may not keep the record of receipts', async () => {
  const event = {
    specversion: '1.0',
    id: v7(),
    source: '/guoku/payment',
    type: 'guoku.payment.instructed.v1',
    subject: v7(),
    time: '2026-03-10T00:00:00Z',
    datacontenttype: 'application/json',
    actor: 'cashier-1',
    mofdivcode: mofDivCode,
    data: {
      paymentId: v7(),
      requestId: v7(),
      bgtId: v7(),
      amount: '1.00',
      poolCode: 'tsa',
      accountCode: '21',
      date: today,
      planId: v7(),
    },
  };
  const message = { key: `${mofDivCode}/p`, value: JSON.stringify(event) };
  await revenue.broker.publish([{ topic: 'guoku.payment.v1', messages: [message] }]);
  const token = await tokenOf('cashier-1');
  await eventually(async () => {
    const body = { receipts: [line({ id: v7() })] };
    const reply = await revenue.ask('ReceiptService.Enter', { body }, { token, dryRun: true });
    expect(reply).toMatchObject({ status: 403, code: 'duty_conflict' });
  });
});
