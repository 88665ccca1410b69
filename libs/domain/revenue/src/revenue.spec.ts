import { Money } from '@guoku/money';
import fc from 'fast-check';
import {
  type Collection,
  type CollectionState,
  decideCollection,
  decideReceipt,
  decideReversal,
  readReport,
  type Receipt,
  type ReceiptState,
  REPORT_COLUMNS,
} from './index.js';

const line: Receipt = {
  receiptId: 'r-1',
  valueDate: '2026-03-09',
  accountCode: '21',
  itemCode: '1010101',
  fundTypeCode: '111',
  agencyCode: null,
  amount: Money.of('12.30'),
  reference: 'D/1',
};
const fresh: ReceiptState = {
  sameReference: undefined,
  sameId: undefined,
  knowsAccount: true,
  knowsItem: true,
  knowsFundType: true,
  knowsAgency: true,
  today: '2026-03-09',
};

describe('a line of the treasury’s report is taken in once, or refused with the first reason that applies', () => {
  // prettier-ignore
  test.each<[string, Partial<ReceiptState>, Partial<Receipt>, string]>([
    ['a line that fits', {}, {}, 'taken'],
    ['a refund that the report shows', {}, { amount: Money.of('-1.00') }, 'taken'],
    ['money of an earlier day, booked today', {}, { valueDate: '2026-03-06' }, 'taken'],
    ['the same line again', { sameReference: line }, {}, 'repeated'],
    ['the same line again under another id', { sameReference: line }, { receiptId: 'r-2' }, 'repeated'],
    ['its reference with another amount', { sameReference: line }, { amount: Money.of('12.31') }, 'receipt_differs'],
    ['its reference with another unit', { sameReference: line }, { agencyCode: '101001' }, 'receipt_differs'],
    ['its id with another reference', { sameId: line }, { reference: 'D/2' }, 'receipt_differs'],
    ['a repetition comes before unknown codes', { sameReference: line, knowsItem: false }, {}, 'repeated'],
    ['an unknown account', { knowsAccount: false, knowsItem: false }, {}, 'account_unknown'],
    ['an item that the year does not have', { knowsItem: false, knowsFundType: false }, {}, 'item_unknown'],
    ['an unknown fund nature', { knowsFundType: false, knowsAgency: false }, {}, 'fund_type_unknown'],
    ['an unknown unit', { knowsAgency: false }, { amount: Money.zero }, 'agency_unknown'],
    ['nothing', {}, { amount: Money.zero, valueDate: '2026-03-10' }, 'amount_zero'],
    ['money of a day that has not come', {}, { valueDate: '2026-03-10' }, 'value_date_ahead'],
  ])('%s', (_, state, over, answer) => {
    const decision = decideReceipt({ ...fresh, ...state }, { ...line, ...over });
    const given = decision.ok ? (decision.repeated ? 'repeated' : 'taken') : decision.refusal;
    expect(given).toBe(answer);
  });
});

const paid: Collection = {
  collectionId: 'c-1',
  billNo: '9900020000000000001X',
  date: '2026-03-09',
  itemCode: '1030427',
  fundTypeCode: '111',
  agencyCode: '101001',
  amount: Money.of('80.00'),
};
const noCollection: CollectionState = {
  earlier: undefined,
  knowsItem: true,
  knowsFundType: true,
  knowsAgency: true,
  today: '2026-03-09',
};

describe('a bill is paid once', () => {
  // prettier-ignore
  test.each<[string, Partial<CollectionState>, Partial<Collection>, string]>([
    ['a bill that is paid', {}, {}, 'taken'],
    ['told again', { earlier: paid }, {}, 'repeated'],
    ['told again with another amount', { earlier: paid }, { amount: Money.of('81.00') }, 'collection_differs'],
    ['an item that the year does not have', { knowsItem: false, knowsFundType: false }, {}, 'item_unknown'],
    ['an unknown fund nature', { knowsFundType: false, knowsAgency: false }, {}, 'fund_type_unknown'],
    ['an unknown unit', { knowsAgency: false }, { amount: Money.zero }, 'agency_unknown'],
    ['nothing paid', {}, { amount: Money.zero, date: '2026-03-10' }, 'amount_not_positive'],
    ['paid on a day that has not come', {}, { date: '2026-03-10' }, 'date_ahead'],
  ])('%s', (_, state, over, answer) => {
    const decision = decideCollection({ ...noCollection, ...state }, { ...paid, ...over });
    const given = decision.ok ? (decision.repeated ? 'repeated' : 'taken') : decision.refusal;
    expect(given).toBe(answer);
  });
});

describe('a wrong entry is cancelled by its negated amount', () => {
  const entry = { amount: Money.of('12.30'), reversalOf: null, reversedBy: null };
  test.each([
    ['one that stands', entry, { ok: true, amount: Money.of('-12.30') }],
    [
      'one that was cancelled before',
      { ...entry, reversedBy: 'r-2' },
      { ok: true, earlier: 'r-2' },
    ],
    ['a reversal', { ...entry, reversalOf: 'r-0' }, { ok: false, refusal: 'reversal_of_reversal' }],
    ['none', undefined, { ok: false, refusal: 'entry_unknown' }],
  ])('%s', (_, before, answer) => expect(decideReversal(before)).toEqual(answer));
});

describe('the treasury’s report as a file', () => {
  const header = [...REPORT_COLUMNS];
  const good = ['2026-03-09', '21', '1010101', '111', '', '12.30', 'D/1'];
  const read = (...rows: string[][]) =>
    readReport(rows.map((cells, at) => ({ row: at + 1, cells })));
  const faultsOf = (...rows: string[][]) =>
    read(...rows).faults.map(({ row, column, code }) => `${row} ${column} ${code}`);

  test('its columns may stand in any order, and the unit may be missing', () => {
    const { lines, faults } = read([...header].reverse(), [...good].reverse());
    expect(faults).toEqual([]);
    const { receiptId: _receiptId, ...content } = line;
    expect(lines).toEqual([{ ...content, row: 2 }]);
  });

  // prettier-ignore
  test.each<[string, string[][], string[]]>([
    ['no line', [header], ['0  empty_file']],
    ['a column missing, one unknown, one twice', [[...header.slice(1), 'amount', 'note'], good], ['1 valueDate column_missing', '1 note column_unknown', '1 amount column_twice']],
    ['a cell too few and one too many', [header, good.slice(1), [...good, 'x']], ['2  cells_too_few', '3  cells_too_many']],
    ['every bad cell is named', [header, ['2026-02-30', '', 'x'.repeat(65), '111', '', '12.3', 'D/2']], ['2 valueDate day_invalid', '2 accountCode cell_empty', '2 itemCode cell_too_long', '2 amount money_invalid']],
    ['a reference twice', [header, good, good], ['3 reference line_twice']],
  ])('%s', (_, rows, faults) => expect(faultsOf(...rows)).toEqual(faults));

  test('whatever the cells are, a line is either read or named with its fault', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom(...good));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 9 }), { minLength: 1 }), (body) => {
        const { lines, faults } = read(header, ...body);
        const told = new Set([...lines, ...faults].map(({ row }) => row));
        expect(told).toEqual(new Set(body.map((_cells, at) => at + 2)));
      }),
    );
  });
});
