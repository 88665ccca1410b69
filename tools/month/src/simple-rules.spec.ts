import { firstComeFirstServed, wholeDays, type Bill } from './simple-rules.js';

const bill = (reference: string, due: string, amount: bigint): Bill => ({
  reference,
  tier: 1,
  due,
  latest: '03',
  amount,
});
const cash = { days: ['01', '02', '03'], opening: 10n, receipts: [5n, 5n, 5n] };

describe('simple rules on the same cash', () => {
  it.each<[string, Bill[], Record<string, string>, Record<string, string>]>([
    [
      'the first in the queue waits and nobody overtakes',
      [bill('a', '01', 8n), bill('b', '01', 4n), bill('c', '01', 1n)],
      { a: '01', b: '02', c: '02' },
      { a: '02', b: '02', c: '02' },
    ],
    [
      'a receipt can be paid out from the next day on',
      [bill('a', '01', 15n)],
      { a: '02' },
      { a: '02' },
    ],
    ['what never fits is never paid', [bill('a', '01', 21n)], {}, {}],
    ['nothing is paid before it is due', [bill('a', '03', 1n)], { a: '03' }, { a: '03' }],
    [
      'a later day waits for an earlier one',
      [bill('a', '01', 19n), bill('b', '02', 1n)],
      { a: '03', b: '03' },
      { a: '03', b: '03' },
    ],
  ])('%s', (_, bills, served, byDay) => {
    expect(Object.fromEntries(firstComeFirstServed(bills, cash))).toEqual(served);
    expect(Object.fromEntries(wholeDays(bills, cash))).toEqual(byDay);
  });
});
