/** Rows that limit what a pool and its descendants pay up to a day: those of a pool follow one another by day. */
import type { Terms } from '../terms.js';

export class Ladder {
  /** Per spot of a pool by itself: its first row from that day on. */
  private readonly first: Int32Array;
  private readonly end: Int32Array;
  /** Pools, each after the one above it. */
  private readonly topDown: readonly number[];

  constructor(private readonly terms: Terms) {
    const { pools, dayCount } = terms;
    this.first = new Int32Array(pools.length * dayCount).fill(-1);
    this.end = new Int32Array(pools.length);
    const depth = (pool: number) => terms.lines[pool]?.length ?? 0;
    this.topDown = [...pools.keys()].sort((a, b) => depth(a) - depth(b));
  }

  /** Rows of a pool for these days, ascending, numbered from `row` on. */
  put(pool: number, days: readonly number[], row: number): void {
    const { dayCount } = this.terms;
    let from = 0;
    for (const [at, day] of days.entries())
      for (; from <= day; from++) this.first[pool * dayCount + from] = row + at;
    this.end[pool] = row + days.length;
  }

  /** By spot: what a fen paid there uses of its pool and all above, from that day on. */
  prices(line: Float64Array, offset: number): Float64Array {
    const { pools, dayCount, lines } = this.terms;
    const spots = new Float64Array(pools.length * dayCount);
    for (const pool of this.topDown) {
      const above = lines[pool]?.[1];
      let sum = 0;
      let row = (this.end[pool] ?? 0) - 1;
      for (let day = dayCount - 1; day >= 0; day--) {
        const spot = pool * dayCount + day;
        const first = this.first[spot] ?? -1;
        if (first >= 0) for (; row >= first; row--) sum += line[offset + row] ?? 0;
        const own = first < 0 ? 0 : sum;
        spots[spot] = above === undefined ? own : own + (spots[above * dayCount + day] ?? 0);
      }
    }
    return spots;
  }

  /** Adds what is paid at a spot to the rows it uses. */
  addTo(target: Float64Array, spot: number, amount: number): void {
    const { dayCount, lines } = this.terms;
    const day = spot % dayCount;
    for (const above of lines[Math.floor(spot / dayCount)] ?? []) {
      const first = this.first[above * dayCount + day] ?? -1;
      if (first < 0) continue;
      for (let row = first; row < (this.end[above] ?? 0); row++)
        target[row] = (target[row] ?? 0) + amount;
    }
  }
}
