import { v7 } from 'uuid';
import { QuotaBook } from './quota-book.js';

let book: QuotaBook;
beforeAll(async () => {
  book = await QuotaBook.open(40);
});
afterAll(() => book.close());

describe('200 clients hold the same line at once', () => {
  test('exactly what fits is held, not a fen more', async () => {
    const bgtId = await book.allot('1000.00');
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => book.hold(bgtId, v7(), '7.00')),
    );

    const held = answers.filter(({ ok }) => ok);
    expect(held).toHaveLength(142);
    const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal.code]));
    expect(new Set(refusals)).toEqual(new Set(['available_exceeded']));
    expect(await book.stand(bgtId)).toBe('6 0 994 0 0 0');
  }, 60_000);

  test('the same request asked 50 times at once is held once', async () => {
    const bgtId = await book.allot('100.00');
    const requestId = v7();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => book.hold(bgtId, requestId, '30.00')),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await book.stand(bgtId)).toBe('70 0 30 0 0 0');
    expect(await book.said(requestId)).toEqual(['held']);
  });

  test('the same request on two lines at once is held on one of them', async () => {
    const first = await book.allot('100.00');
    const second = await book.allot('100.00');
    for (let round = 0; round < 10; round += 1) {
      const requestId = v7();
      const answers = await Promise.allSettled([
        book.hold(first, requestId, '1.00'),
        book.hold(second, requestId, '1.00'),
      ]);
      const held = answers.filter(({ status, ...rest }) => 'value' in rest && rest.value.ok);
      expect([round, held.length]).toEqual([round, 1]);
    }
  });
});
