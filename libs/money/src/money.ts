/**
 * An amount of the division's currency, kept as a whole number of fen (hundredths).
 *
 * The amount is a bigint, so sums are exact and no decimal library is needed. Text is the only
 * way in and out for people and wires; `-?digits.dd` is the one form, so equal amounts have equal
 * texts and a hash over a document does not depend on who wrote it.
 */

/** Why a door refused an amount, in order of precedence. */
export type MoneyFault = 'not_text' | 'not_canonical' | 'too_large';

/** What a door learns from {@link Money.parse}. */
export type MoneyReading = { ok: true; money: Money } | { ok: false; fault: MoneyFault };

const fenPerYuan = 100n;

/** Eighteen digits of yuan before the point: what `numeric(20,2)` holds. */
const fenLimit = 10n ** 18n * fenPerYuan;

/** No leading zeros, no plus sign, no exponent, always two decimals. */
const canonical = /^(-?)(0|[1-9][0-9]*)\.([0-9]{2})$/;

export class Money {
  static readonly zero: Money = new Money(0n);

  /** A plain property and not a `#fen`: jest's `toEqual` sees only properties. */
  private constructor(private readonly fen: bigint) {
    if (fen <= -fenLimit || fen >= fenLimit) {
      throw new RangeError(`an amount stays below 10^18 yuan either way, this one is ${fen} fen`);
    }
    Object.freeze(this);
  }

  /**
   * The amount that `text` writes, for amounts that our own code or database wrote.
   *
   * @throws TypeError when `text` is not a string, RangeError when it is not an amount
   */
  static of(text: string): Money {
    const reading = Money.parse(text);
    if (reading.ok) return reading.money;
    if (reading.fault === 'not_text') {
      throw new TypeError(`an amount is text such as '12.30', not a ${typeof text}`);
    }
    throw new RangeError(
      reading.fault === 'too_large'
        ? `an amount has at most 18 digits before the point: ${text}`
        : `an amount is written like '12.30' or '-0.05', not '${text}'`,
    );
  }

  /** The amount that a stranger wrote, or why it is none. Takes whatever a wire delivers. */
  static parse(text: unknown): MoneyReading {
    if (typeof text !== 'string') return { ok: false, fault: 'not_text' };

    const [, sign, yuan, cents] = canonical.exec(text) ?? [];
    if (sign === undefined || yuan === undefined || cents === undefined || text === '-0.00') {
      return { ok: false, fault: 'not_canonical' };
    }
    if (yuan.length > 18) return { ok: false, fault: 'too_large' };

    return { ok: true, money: new Money(BigInt(sign + yuan + cents)) };
  }

  /** The amount of so many whole fen. */
  static ofFen(fen: bigint): Money {
    if (typeof fen !== 'bigint') throw new TypeError(`fen are a bigint, not a ${typeof fen}`);
    return new Money(fen);
  }

  /**
   * The amount of so many whole fen in a plain number: the way back from the planner and forecaster.
   *
   * @throws RangeError when the number has a fraction or is too large to be exact
   */
  static ofPlainFen(fen: number): Money {
    if (!Number.isSafeInteger(fen)) {
      throw new RangeError(`plain fen are a whole number below 2^53, not ${fen}`);
    }
    return new Money(BigInt(fen));
  }

  static sum(amounts: Iterable<Money>): Money {
    let fen = 0n;
    for (const amount of amounts) fen += amount.fen;
    return new Money(fen);
  }

  static min(first: Money, ...rest: readonly Money[]): Money {
    return rest.reduce((least, next) => (next.fen < least.fen ? next : least), first);
  }

  static max(first: Money, ...rest: readonly Money[]): Money {
    return rest.reduce((most, next) => (next.fen > most.fen ? next : most), first);
  }

  plus(other: Money): Money {
    return new Money(this.fen + other.fen);
  }

  minus(other: Money): Money {
    return new Money(this.fen - other.fen);
  }

  negated(): Money {
    return new Money(-this.fen);
  }

  /**
   * Shares in proportion to `weights` that sum to the whole: each gets its share rounded towards
   * zero, and the fen left over go one each to the largest remainders, the earlier first on a tie.
   * The shares of a negative amount are the negated shares of the positive one.
   *
   * @param weights whole numbers, none negative, at least one positive
   * @throws RangeError when the weights are not such
   */
  allocate(weights: readonly (bigint | number)[]): Money[] {
    const parts = weights.map(BigInt);
    const whole = parts.reduce((sum, part) => sum + part, 0n);
    if (parts.some((part) => part < 0n) || whole === 0n) {
      throw new RangeError('weights are never negative, and at least one of them is positive');
    }

    const sign = this.isNegative() ? -1n : 1n;
    const size = sign * this.fen;
    const shares = parts.map((part) => (size * part) / whole);
    const left = size - shares.reduce((sum, share) => sum + share, 0n);

    const topped = new Set(
      parts
        .map((part, at) => ({ at, remainder: (size * part) % whole }))
        .sort((a, b) => order(b.remainder, a.remainder) || a.at - b.at)
        .slice(0, Number(left))
        .map(({ at }) => at),
    );
    return shares.map((share, at) => new Money(sign * (topped.has(at) ? share + 1n : share)));
  }

  isZero(): boolean {
    return this.fen === 0n;
  }

  isNegative(): boolean {
    return this.fen < 0n;
  }

  isPositive(): boolean {
    return this.fen > 0n;
  }

  /** Below zero, zero or above zero, as `Array.sort` wants it. */
  compare(other: Money): number {
    return order(this.fen, other.fen);
  }

  equals(other: Money): boolean {
    return this.fen === other.fen;
  }

  toFen(): bigint {
    return this.fen;
  }

  /**
   * Whole fen in a plain number: the way into the planner and forecaster, nowhere else.
   *
   * @throws RangeError from 2^53 fen (some 90 trillion yuan) on, where a number is no longer exact
   */
  toPlainFen(): number {
    const plain = Number(this.fen);
    if (!Number.isSafeInteger(plain)) {
      throw new RangeError(`${this.toString()} is too large for a plain number of fen`);
    }
    return plain;
  }

  toString(): string {
    const size = this.isNegative() ? -this.fen : this.fen;
    const digits = size.toString().padStart(3, '0');
    return `${this.isNegative() ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** `a < b` type-checks for objects and would compare texts; this makes it an error at run time. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new TypeError('Money is compared with compare() and added with plus()');
  }
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
