import fc from 'fast-check';
import { Money } from './money.js';

const limitFen = 10n ** 20n;
const anyMoney = fc.bigInt({ min: -limitFen + 1n, max: limitFen - 1n }).map(Money.ofFen);
/** Small enough that a few of them can be added without leaving the range. */
const smallMoney = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map(Money.ofFen);
const weights = fc
  .array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 30 })
  .filter((list) => list.some((weight) => weight > 0));

const texts = (amounts: Money[]) => amounts.map(String);

describe('money is written in one way only', () => {
  test.each(['0.00', '0.05', '-0.05', '1.00', '-12.30', '1234.56', '999999999999999999.99'])(
    'accepts %s and writes it back unchanged',
    (text) => {
      expect(Money.of(text).toString()).toBe(text);
      expect(JSON.stringify({ amount: Money.of(text) })).toBe(`{"amount":"${text}"}`);
    },
  );

  test.each([
    ['', 'not_canonical'],
    ['1', 'not_canonical'],
    ['1.5', 'not_canonical'],
    ['1.234', 'not_canonical'],
    ['.50', 'not_canonical'],
    ['+1.00', 'not_canonical'],
    ['01.00', 'not_canonical'],
    ['-0.00', 'not_canonical'],
    ['1e3', 'not_canonical'],
    ['1e3.00', 'not_canonical'],
    ['1,000.00', 'not_canonical'],
    [' 1.00', 'not_canonical'],
    ['1.00\n', 'not_canonical'],
    ['１.00', 'not_canonical'],
    ['NaN', 'not_canonical'],
    ['1000000000000000000.00', 'too_large'],
    ['-1000000000000000000.00', 'too_large'],
    [1, 'not_text'],
    [1n, 'not_text'],
    [null, 'not_text'],
    [undefined, 'not_text'],
    [['1.00'], 'not_text'],
  ])('refuses %p as %s', (text, fault) => {
    expect(Money.parse(text)).toEqual({ ok: false, fault });
  });

  test('a number for money neither compiles nor runs', () => {
    // @ts-expect-error a number is not text
    expect(() => Money.of(12.3)).toThrow(TypeError);
    // @ts-expect-error a number is not a bigint
    expect(() => Money.ofFen(12)).toThrow(TypeError);
    expect(() => Money.of('12.3')).toThrow("written like '12.30'");
  });

  test('parse after print gives the same amount', () => {
    fc.assert(
      fc.property(anyMoney, (money) => {
        expect(Money.parse(money.toString())).toEqual({ ok: true, money });
      }),
    );
  });

  test('print after parse gives the same text, for every text that parses', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?[0-9]{1,19}\.[0-9]{1,3}$/), (text) => {
        const reading = Money.parse(text);
        if (reading.ok) expect(reading.money.toString()).toBe(text);
      }),
    );
  });
});

describe('arithmetic', () => {
  test('addition is associative and commutative, and subtraction undoes it', () => {
    fc.assert(
      fc.property(smallMoney, smallMoney, smallMoney, (a, b, c) => {
        expect(a.plus(b).plus(c)).toEqual(a.plus(b.plus(c)));
        expect(a.plus(b)).toEqual(b.plus(a));
        expect(a.plus(b).minus(b)).toEqual(a);
        expect(a.plus(a.negated())).toEqual(Money.zero);
        expect(Money.sum([a, b, c])).toEqual(a.plus(b).plus(c));
      }),
    );
  });

  test('order agrees with subtraction', () => {
    fc.assert(
      fc.property(smallMoney, smallMoney, (a, b) => {
        const difference = a.minus(b);
        expect(a.compare(b) < 0).toBe(difference.isNegative());
        expect(a.compare(b) > 0).toBe(difference.isPositive());
        expect(a.equals(b)).toBe(difference.isZero());
        expect(Money.min(a, b).compare(Money.max(a, b))).toBeLessThanOrEqual(0);
        expect(Money.min(a, b).plus(Money.max(a, b))).toEqual(a.plus(b));
      }),
    );
  });

  test('cents are exact where floating point is not', () => {
    expect(Money.of('0.10').plus(Money.of('0.20'))).toEqual(Money.of('0.30'));
    expect(Money.of('999999999999999999.98').plus(Money.of('0.01')).toString()).toBe(
      '999999999999999999.99',
    );
  });

  test('the sum of nothing is zero', () => {
    expect(Money.sum([])).toEqual(Money.zero);
  });

  test('leaving the range is an error, not a wrong amount', () => {
    const most = Money.of('999999999999999999.99');
    expect(() => most.plus(Money.of('0.01'))).toThrow(RangeError);
    expect(() => most.negated().minus(Money.of('0.01'))).toThrow('below 10^18 yuan');
    expect(() => Money.ofFen(limitFen)).toThrow(RangeError);
    expect(Money.sum([most, most, most.negated()])).toEqual(most);
  });

  test('an amount cannot be changed, and two different amounts are not equal to jest', () => {
    expect(() => Object.assign(Money.of('1.00'), { fen: 5n })).toThrow(TypeError);
    expect(Money.of('1.00')).not.toEqual(Money.of('1.01'));
  });

  test('operators on amounts are refused at run time', () => {
    expect(() => Money.of('9.00') < Money.of('10.00')).toThrow('compare()');
    expect(`${Money.of('9.00')}`).toBe('9.00');
  });
});

describe('plain numbers of fen, for the planner and the forecaster', () => {
  test('go there and back unchanged below 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (fen) => {
        expect(Money.ofPlainFen(fen).toPlainFen()).toBe(fen === 0 ? 0 : fen);
      }),
    );
  });

  test.each([0.5, 2 ** 53, -(2 ** 53), NaN, Infinity])('%p is refused', (fen) => {
    expect(() => Money.ofPlainFen(fen)).toThrow(RangeError);
  });

  test('from 2^53 fen on an amount does not become a number', () => {
    expect(Money.ofFen(2n ** 53n - 1n).toPlainFen()).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => Money.ofFen(2n ** 53n).toPlainFen()).toThrow(RangeError);
    expect(() => Money.ofFen(-(2n ** 53n)).toPlainFen()).toThrow(RangeError);
  });
});

describe('allocation', () => {
  test.each([
    ['10.00', [1, 1, 1], ['3.34', '3.33', '3.33']],
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0.00']],
    ['-10.00', [1, 1, 1], ['-3.34', '-3.33', '-3.33']],
    ['1.00', [0, 7, 0], ['0.00', '1.00', '0.00']],
    ['1.00', [2, 1], ['0.67', '0.33']],
    ['0.01', [1, 2], ['0.00', '0.01']],
    ['0.00', [3, 4], ['0.00', '0.00']],
    ['999999999999999999.99', [1n, 10n ** 30n], ['0.00', '999999999999999999.99']],
  ])('%s by %p gives %p', (total, by, shares) => {
    expect(texts(Money.of(total).allocate(by))).toEqual(shares);
  });

  test('shares sum to the whole, and none strays a fen from its exact proportion', () => {
    fc.assert(
      fc.property(anyMoney, weights, (money, by) => {
        const shares = money.allocate(by);
        expect(Money.sum(shares)).toEqual(money);

        const whole = by.reduce((sum, weight) => sum + BigInt(weight), 0n);
        shares.forEach((share, at) => {
          const error = share.toFen() * whole - money.toFen() * BigInt(by[at]!);
          expect(error < whole && -error < whole).toBe(true);
        });
      }),
    );
  });

  test('a larger weight never gets a smaller share, and a negative whole mirrors a positive one', () => {
    fc.assert(
      fc.property(anyMoney, weights, (money, by) => {
        const sizes = Money.max(money, money.negated()).allocate(by);
        by.forEach((weight, at) =>
          by.forEach((other, below) => {
            if (weight > other) expect(sizes[at]!.compare(sizes[below]!)).toBeGreaterThanOrEqual(0);
          }),
        );
        expect(texts(money.negated().allocate(by))).toEqual(
          money.allocate(by).map((share) => share.negated().toString()),
        );
      }),
      { numRuns: 40 },
    );
  });

  test.each([[[]], [[0, 0]], [[1, -1]], [[0.5, 1]], [[NaN]]])('weights %p are refused', (by) => {
    expect(() => Money.of('1.00').allocate(by)).toThrow(RangeError);
  });
});
