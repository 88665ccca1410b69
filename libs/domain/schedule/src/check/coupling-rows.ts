/** What bundles share: the cash of the pools by each day, and the aims that the ranks above must reach. */
import type { RankResult } from '../plan.js';
import type { Bundles } from './bundles.js';
import type { Limits } from './limits.js';

/** Rows of one rank: kept, on time, total, lateness; -1 where it has none. */
const AIMS = 4;

export class CouplingRows {
  /** Right sides while no reserve counts. */
  readonly plain: number[] = [];
  private readonly pools: { readonly pool: number; readonly day: number }[] = [];
  /** By pool and day: its first row from that day on; rows of a pool follow one another by day. */
  private readonly first: Int32Array;
  private readonly end: Int32Array;
  private readonly held: Int32Array;
  private readonly dayCount: number;

  constructor(
    private readonly limits: Limits,
    readonly bundles: Bundles,
    told: readonly RankResult[],
  ) {
    this.dayCount = limits.dayAt.size;
    this.first = new Int32Array(limits.lines.length * this.dayCount).fill(-1);
    this.end = new Int32Array(limits.lines.length);
    const asked = this.asked();
    for (const pool of limits.lines.keys()) this.addPool(pool, asked);
    const last = limits.ranks.length - 1;
    this.held = new Int32Array(limits.ranks.length * AIMS).fill(-1);
    for (const [rank, { kept, onTime }] of limits.ranks.entries()) {
      const aims = told[rank];
      if (aims === undefined) continue;
      this.hold(rank, 0, aims.kept - kept);
      if (rank === last) continue;
      this.hold(rank, 1, aims.onTime - onTime);
      if (aims.total === aims.onTime) continue;
      this.hold(rank, 2, aims.total - onTime);
      this.held[rank * AIMS + 3] = this.plain.push(aims.lateness) - 1;
    }
  }

  get count(): number {
    return this.plain.length;
  }

  private hold(rank: number, aim: number, least: number): void {
    if (least > 0) this.held[rank * AIMS + aim] = this.plain.push(-least) - 1;
  }

  /** The most that could be asked of each pool by each day. */
  private asked(): Float64Array[] {
    const { bundles, dayCount, limits } = this;
    const daily = limits.lines.map(() => new Float64Array(dayCount));
    for (const [bundle, amount] of bundles.amounts.entries()) {
      const option = (bundles.starts[bundle] ?? 0) + 1;
      if (option === bundles.starts[bundle + 1]) continue;
      const day = bundles.days[option] ?? 0;
      for (const above of limits.lines[bundles.pools[bundle] ?? 0] ?? []) {
        const line = daily[above];
        if (line !== undefined) line[day] = (line[day] ?? 0) + amount;
      }
    }
    return daily.map((line) => {
      let sum = 0;
      return line.map((amount) => (sum += amount));
    });
  }

  /** A row for each day that more is asked for than it has, but where a later day has no more, so that it implies this. */
  private addPool(pool: number, asked: readonly Float64Array[]): void {
    const { dayCount, bundles } = this;
    const rows: number[] = [];
    let leastOpen = Infinity;
    let leastKept = Infinity;
    for (let day = dayCount - 1; day >= 0; day--) {
      const open = bundles.most[pool]?.[day] ?? 0;
      const kept = Math.min(open, this.keptOf(pool, day));
      const wanted = asked[pool]?.[day] ?? 0;
      if ((open < leastOpen || kept < leastKept) && wanted > Math.max(0, kept)) rows.push(day);
      leastOpen = Math.min(leastOpen, open);
      leastKept = Math.min(leastKept, kept);
    }
    let from = 0;
    for (const day of rows.reverse()) {
      for (; from <= day; from++) this.first[pool * dayCount + from] = this.count;
      this.pools.push({ pool, day });
      this.plain.push(bundles.most[pool]?.[day] ?? 0);
    }
    this.end[pool] = this.count;
  }

  /** What is open while the reserve counts. */
  private keptOf(pool: number, day: number): number {
    const { open, reserves } = this.limits;
    return (open[pool]?.[day] ?? 0) - (reserves[pool]?.amount[day] ?? 0);
  }

  /** Right sides where each pool's reserve counts from a day on. */
  rights(keptFrom: readonly number[]): Float64Array {
    const rights = Float64Array.from(this.plain);
    for (const [row, { pool, day }] of this.pools.entries()) {
      if (day < (keptFrom[pool] ?? Infinity)) continue;
      rights[row] = Math.min(rights[row] ?? 0, this.keptOf(pool, day));
    }
    return rights;
  }

  /** What a fen in each option uses at the rows' prices. */
  usesInto(target: Float64Array, prices: Float64Array): void {
    const { dayCount, limits, bundles, first, end, held } = this;
    const own = new Float64Array(first.length);
    for (const pool of limits.lines.keys()) {
      let sum = 0;
      let row = (end[pool] ?? 0) - 1;
      for (let spot = (pool + 1) * dayCount - 1; spot >= pool * dayCount; spot--) {
        const from = first[spot] ?? -1;
        if (from < 0) continue;
        for (; row >= from; row--) sum += prices[row] ?? 0;
        own[spot] = sum;
      }
    }
    const spots = new Float64Array(first.length);
    for (const [pool, line] of limits.lines.entries())
      for (const above of line)
        for (let day = 0; day < dayCount; day++) {
          const spot = pool * dayCount + day;
          spots[spot] = (spots[spot] ?? 0) + (own[above * dayCount + day] ?? 0);
        }
    const ofAim = Float64Array.from(held, (row) => (row < 0 ? 0 : (prices[row] ?? 0)));
    const { ranks, pools, starts, days, late, kept } = bundles;
    for (let bundle = 0; bundle < ranks.length; bundle++) {
      const spot = (pools[bundle] ?? 0) * dayCount;
      const aims = (ranks[bundle] ?? 0) * AIMS;
      const total = ofAim[aims + 2] ?? 0;
      const stop = starts[bundle + 1] ?? 0;
      for (let option = (starts[bundle] ?? 0) + 1; option < stop; option++) {
        const wait = late[option] ?? 0;
        let use = (spots[spot + (days[option] ?? 0)] ?? 0) - total;
        use += wait === 0 ? -(ofAim[aims + 1] ?? 0) : wait * (ofAim[aims + 3] ?? 0);
        if (kept[option] === 1) use -= ofAim[aims] ?? 0;
        target[option] = use;
      }
    }
  }

  /** Adds `amount` in an option of a bundle to the rows it uses. */
  addTo(target: Float64Array, bundle: number, option: number, amount: number): void {
    const { dayCount, limits, bundles, first, end, held } = this;
    const day = bundles.days[option] ?? -1;
    if (day < 0 || amount === 0) return;
    const add = (row: number, value: number) => {
      if (row >= 0) target[row] = (target[row] ?? 0) + value;
    };
    for (const above of limits.lines[bundles.pools[bundle] ?? 0] ?? []) {
      const from = first[above * dayCount + day] ?? -1;
      for (let row = from; row >= 0 && row < (end[above] ?? 0); row++) add(row, amount);
    }
    const aims = (bundles.ranks[bundle] ?? 0) * AIMS;
    const wait = bundles.late[option] ?? 0;
    if (bundles.kept[option] === 1) add(held[aims] ?? -1, -amount);
    add(held[aims + 2] ?? -1, -amount);
    if (wait === 0) add(held[aims + 1] ?? -1, -amount);
    else add(held[aims + 3] ?? -1, wait * amount);
  }
}
