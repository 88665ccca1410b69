/** What the pools allow once some payments are certain. */
import type { Fen } from '../problem.js';
import { NO_PARTS, type Served } from '../served.js';
import type { Ask, Terms } from '../terms.js';

/** Between which days outsiders are first paid, per pool; the number of days: never. */
export interface FirstOutside {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Right sides of pool rows under what is frozen. */
export class Limits {
  readonly plain: Float64Array[];
  readonly reserved: Float64Array[];
  readonly outsideFrom: Int32Array;

  constructor(
    private readonly terms: Terms,
    frozen: readonly Ask[],
    served: Served,
    /** What is looked at of all plans: nobody outside is paid before `from`, and reserves are kept from `to` on. */
    private readonly outside: FirstOutside | null = null,
  ) {
    this.plain = terms.open.map((line) => Float64Array.from(line));
    this.outsideFrom =
      outside?.to.slice() ?? new Int32Array(terms.pools.length).fill(terms.dayCount);
    for (const ask of frozen) {
      for (const { day, amount } of served[ask.order] ?? NO_PARTS) this.take(ask, day, amount);
    }
    this.reserved = this.plain.map((line, pool) =>
      line.map((left, day) => left - (terms.reserve[pool]?.[day] ?? 0)),
    );
    this.closeReserves();
  }

  private take(ask: Ask, day: number, amount: Fen): void {
    for (const pool of this.terms.lines[ask.pool] ?? []) {
      const line = this.plain[pool];
      for (let at = day; line !== undefined && at < line.length; at++)
        line[at] = (line[at] ?? 0) - amount;
      if (ask.tier > (this.terms.insideTiers[pool] ?? 99)) {
        this.outsideFrom[pool] = Math.min(this.outsideFrom[pool] ?? 0, day);
      }
    }
  }

  /** From an outsider's payment on, the reserve counts for everybody. */
  private closeReserves(): void {
    for (const [pool, line] of this.plain.entries()) {
      for (let day = this.outsideFrom[pool] ?? 0; day < line.length; day++) {
        line[day] = this.reserved[pool]?.[day] ?? 0;
      }
    }
  }

  /** The most that one payment on that day could be, everything else left undone. */
  most(ask: Ask, day: number): Fen {
    let least = Infinity;
    for (const pool of this.terms.lines[ask.pool] ?? []) {
      const outsider = ask.tier > (this.terms.insideTiers[pool] ?? 99);
      if (outsider && day < (this.outside?.from[pool] ?? 0)) return 0;
      const line = outsider ? this.reserved[pool] : this.plain[pool];
      for (let at = day; line !== undefined && at < line.length; at++)
        least = Math.min(least, line[at] ?? 0);
    }
    return least;
  }
}
