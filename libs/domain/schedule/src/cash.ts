/** The cash left in every pool on every day, while payments are made and taken back. */
import type { Fen } from './problem.js';
import { NO_PARTS, type Served } from './served.js';
import type { Ask, Terms } from './terms.js';

/** Where the least headroom lies. */
export interface Tightest {
  readonly headroom: Fen;
  readonly pool: number;
  readonly day: number;
}

export class Cash {
  /** Paid by the end of each day, per pool, descendants included. */
  private readonly paid: Float64Array[];
  /** How many payments to tiers outside the reserve were made on each day. */
  private readonly outside: Int32Array[];
  /** First day from which the reserve is kept; the number of days where it is not. */
  private readonly outsideFrom: Int32Array;

  /** `closed`: days from which reserves are kept in any case, per pool; the number of days where only payments close them. */
  constructor(
    private readonly terms: Terms,
    private readonly closed: Int32Array = new Int32Array(terms.pools.length).fill(terms.dayCount),
  ) {
    this.paid = terms.pools.map(() => new Float64Array(terms.dayCount));
    this.outside = terms.pools.map(() => new Int32Array(terms.dayCount));
    this.outsideFrom = closed.slice();
  }

  /** The cash after all those payments, added up at once. */
  static after(terms: Terms, served: Served): Cash {
    const cash = new Cash(terms);
    for (const ask of terms.asks) {
      for (const { day, amount } of served[ask.order] ?? NO_PARTS) {
        for (const pool of terms.lines[ask.pool] ?? []) {
          const paid = cash.paid[pool];
          if (paid !== undefined) paid[day] = (paid[day] ?? 0) + amount;
          if (cash.isOutside(pool, ask.tier)) cash.countOutside(pool, day, 1);
        }
      }
    }
    for (const paid of cash.paid) {
      for (let day = 1; day < paid.length; day++)
        paid[day] = (paid[day] ?? 0) + (paid[day - 1] ?? 0);
    }
    return cash;
  }

  /** Paid out of the pool and its descendants by the end of the day. */
  paidBy(pool: number, day: number): Fen {
    return this.paid[pool]?.[day] ?? 0;
  }

  /** Headroom of one pool at the end of a day, as a payment of that tier would have to leave it. */
  private over(pool: number, day: number, outsider: boolean): Fen {
    const { open, reserve } = this.terms;
    const left = (open[pool]?.[day] ?? 0) - (this.paid[pool]?.[day] ?? 0);
    return outsider || day >= (this.outsideFrom[pool] ?? 0)
      ? left - (reserve[pool]?.[day] ?? 0)
      : left;
  }

  /** What may still be paid out of a pool by the end of a day. */
  room(pool: number, day: number): Fen {
    return this.over(pool, day, false);
  }

  private isOutside(pool: number, tier: number): boolean {
    return tier > (this.terms.insideTiers[pool] ?? 99);
  }

  /** The most that the request could be paid on that day without breaking anything. */
  headroom(ask: Ask, from: number): Fen {
    const { open, reserve, dayCount, lines } = this.terms;
    let least = Infinity;
    for (const pool of lines[ask.pool] ?? []) {
      const opens = open[pool];
      const paid = this.paid[pool];
      const kept = reserve[pool];
      if (opens === undefined || paid === undefined || kept === undefined) continue;
      const reserveFrom = this.isOutside(pool, ask.tier) ? 0 : (this.outsideFrom[pool] ?? 0);
      for (let day = from; day < dayCount; day++) {
        const left =
          (opens[day] ?? 0) - (paid[day] ?? 0) - (day >= reserveFrom ? (kept[day] ?? 0) : 0);
        if (left < least) least = left;
      }
    }
    return least;
  }

  /** The least headroom from a day on: first such day, lowest such pool. */
  tightest(ask: Ask, from: number, countReserve = true): Tightest {
    let best: Tightest = { headroom: Infinity, pool: ask.pool, day: from };
    const line = this.terms.lines[ask.pool] ?? [];
    for (let day = from; day < this.terms.dayCount; day++) {
      for (const pool of line) {
        const counted = this.over(pool, day, this.isOutside(pool, ask.tier));
        const headroom = countReserve
          ? counted
          : (this.terms.open[pool]?.[day] ?? 0) - this.paidBy(pool, day);
        if (headroom < best.headroom) best = { headroom, pool, day };
      }
    }
    return best;
  }

  pay(ask: Ask, day: number, amount: Fen): void {
    this.move(ask, day, amount, 1);
  }

  takeBack(ask: Ask, day: number, amount: Fen): void {
    this.move(ask, day, -amount, -1);
  }

  private move(ask: Ask, day: number, amount: Fen, count: number): void {
    const { dayCount, lines } = this.terms;
    for (const pool of lines[ask.pool] ?? []) {
      const paid = this.paid[pool];
      if (paid === undefined) continue;
      for (let at = day; at < dayCount; at++) paid[at] = (paid[at] ?? 0) + amount;
      if (this.isOutside(pool, ask.tier)) this.countOutside(pool, day, count);
    }
  }

  private countOutside(pool: number, day: number, count: number): void {
    const outside = this.outside[pool];
    if (outside === undefined) return;
    outside[day] = (outside[day] ?? 0) + count;
    if (count > 0) {
      this.outsideFrom[pool] = Math.min(this.outsideFrom[pool] ?? 0, day);
    } else if (outside[day] === 0 && this.outsideFrom[pool] === day) {
      const next = outside.findIndex((payments) => payments > 0);
      const closed = this.closed[pool] ?? 0;
      this.outsideFrom[pool] = next < 0 ? closed : Math.min(next, closed);
    }
  }
}
