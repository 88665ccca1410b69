import { arbitraries, eventually, table, TestClock } from '@guoku/testing';
import { isDay } from '@guoku/calendar';
import { Money } from '@guoku/money';
import fc from 'fast-check';

describe('a table makes one test per row', () => {
  const seen: number[] = [];
  table(
    [
      { a: 1, b: 2, sum: 3 },
      { a: 2, b: 2, sum: 4 },
    ],
    ({ a, b, sum }) => {
      seen.push(sum);
      expect(a + b).toBe(sum);
    },
  );
  it('and runs every row', () => expect(seen).toEqual([3, 4]));
});

it('a check is repeated until it holds, and its last error is told when it never does', async () => {
  let count = 0;
  await eventually(() => expect((count += 1)).toBe(3));
  const never = eventually(() => expect(1).toBe(2), { withinMs: 50 });
  await expect(never).rejects.toThrow('Expected: 2');
});

it('a test clock stands still until it is moved', () => {
  const clock = new TestClock('2026-11-24T01:00:00Z');
  clock.forward({ days: 1, hours: 1, ms: 1 });
  expect(clock.now().toISOString()).toBe('2026-11-25T02:00:00.001Z');
});

it('arbitrary amounts, days and codes are ones that their doors accept', () => {
  const { money, day, mofDivCode } = arbitraries;
  fc.assert(
    fc.property(money(), day(), mofDivCode(), (amount, someDay, code) => {
      expect(Money.parse(amount.toString()).ok).toBe(true);
      expect(isDay(someDay)).toBe(true);
      expect(code).toMatch(/^\d{9}$/);
    }),
  );
});
