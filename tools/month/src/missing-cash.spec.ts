import { missingCash } from './missing-cash.js';
import type { Bill } from './simple-rules.js';

const bill = (due: string, amount: bigint, latest = due): Bill => ({
  reference: `${due} ${String(amount)}`,
  tier: 1,
  due,
  latest,
  amount,
});
const cash = { days: ['01', '02', '04', '05'], opening: 10n, receipts: [5n, 5n, 5n, 5n] };
const due = (one: Bill) => one.due;
const latest = (one: Bill) => one.latest;

describe('the least cash that would have paid all', () => {
  it('is nothing where what came in holds every bill on its day', () => {
    expect(missingCash([bill('01', 10n), bill('02', 5n), bill('05', 10n)], cash, due)).toEqual([]);
  });

  it('rises on each day on which the bills so far exceed the cash so far by more than before', () => {
    // Cash before each day's own receipts: 10, 15, 20, 25; bills so far: 12, 15, 26, 26.
    const bills = [bill('01', 12n), bill('02', 3n), bill('04', 11n)];
    expect(missingCash(bills, cash, due)).toEqual([
      { day: '01', amount: 2n },
      { day: '04', amount: 6n },
    ]);
  });

  it('is smaller by the last days than by the due days', () => {
    const bills = [bill('01', 12n, '02'), bill('02', 3n, '05'), bill('04', 11n, '05')];
    // By their last days: 0, 12, 12, 26 against 10, 15, 20, 25.
    expect(missingCash(bills, cash, latest)).toEqual([{ day: '05', amount: 1n }]);
  });

  it('takes a day between working days as the one before it, and after the month as its last', () => {
    expect(missingCash([bill('03', 16n)], cash, due)).toEqual([{ day: '02', amount: 1n }]);
    expect(missingCash([bill('05', 27n, '31')], cash, latest)).toEqual([{ day: '05', amount: 2n }]);
  });

  it('leaves out what falls due after the month', () => {
    expect(missingCash([bill('06', 99n, '31')], cash, latest)).toEqual([]);
  });
});
