/** The rows of a programme over groups: limits of pools by day, and aims of ranks above held at values. */
import type { Fen } from '../problem.js';
import type { Aims } from '../served.js';
import type { Terms } from '../terms.js';
import type { Cut, Cuts } from './cuts.js';
import type { Groups } from './groups.js';
import { Ladder } from './ladder.js';
import { AIMS, type Aim } from './model.js';

/** Prices of rows, summed so that an option is priced by a few additions. */
export interface Prices {
  /** By spot: what a fen paid there uses of its pool and all above, from that day on. */
  readonly spots: Float64Array;
  /** The same of what cuts count, on due days only; `null` where there is no cut. */
  readonly dueSpots: Float64Array | null;
  /** By rank and aim. */
  readonly held: Float64Array;
}

/** What a row limits. */
type Subject =
  | { readonly pool: number; readonly day: number }
  | { readonly rank: number; readonly aim: Aim }
  | { readonly cut: Cut };

/** A limit that could be reached. */
interface Binding {
  readonly pool: number;
  readonly day: number;
  readonly room: Fen;
  /** Of what is asked for. */
  readonly share: number;
}

/** A pivot looks at all rows that are reached: far more than the pools and days of a treasury have. */
const POOL_ROWS_MAX = 1000;

/**
 * Those of the limits that leave the least share of what is asked for, in the order given. Without the others the
 * programme allows more than can be paid: what it bounds stays bounded, less closely.
 */
function tightest(binding: readonly Binding[]): readonly Binding[] {
  if (binding.length <= POOL_ROWS_MAX) return binding;
  const byShare = [...binding].sort(
    (a, b) => a.share - b.share || a.pool - b.pool || a.day - b.day,
  );
  const kept = new Set(byShare.slice(0, POOL_ROWS_MAX));
  return binding.filter((row) => kept.has(row));
}

export class Rows {
  readonly subjects: Subject[] = [];
  private readonly rights: Fen[] = [];
  private readonly limits: Ladder;
  private readonly cuts: Ladder | null;
  /** By cell: 1 where cuts count it. */
  private readonly isCut: Uint8Array;
  /** Row of a rank's aim; -1 where there is none. */
  private readonly holds: Int32Array;
  /** Rank of each cell. */
  private readonly rankOf: Int32Array;

  constructor(
    private readonly terms: Terms,
    private readonly groups: Groups,
    cuts: Cuts,
  ) {
    const { ranks } = terms;
    this.limits = new Ladder(terms);
    this.addPools(cuts);
    this.holds = new Int32Array(ranks.length * AIMS.length).fill(-1);
    const open = new Set(groups.ranks);
    for (const rank of open) for (const aim of AIMS) this.addHold(rank, aim);
    this.cuts = cuts.rows.length === 0 ? null : this.addCuts(cuts);
    this.rankOf = new Int32Array(groups.cellOptions.length);
    for (const [group, rank] of groups.ranks.entries()) {
      const end = groups.starts[group + 1] ?? 0;
      for (let option = (groups.starts[group] ?? 0) + 1; option < end; option++)
        this.rankOf[groups.cells[option] ?? 0] = rank;
    }
    this.isCut = Uint8Array.from(groups.cellOptions, (option, cell) => {
      const isOnDue = cell > 0 && groups.late[option] === 0 && groups.kept[option] === 0;
      return isOnDue ? (cuts.counted[this.rankOf[cell] ?? 0] ?? 0) : 0;
    });
  }

  /** How often a pool and a day meet. */
  get spotCount(): number {
    return this.terms.pools.length * this.terms.dayCount;
  }

  get count(): number {
    return this.rights.length;
  }

  get right(): Float64Array {
    return Float64Array.from(this.rights);
  }

  row(rank: number, aim: Aim): number {
    return this.holds[rank * AIMS.length + AIMS.indexOf(aim)] ?? -1;
  }

  private addHold(rank: number, aim: Aim): void {
    this.holds[rank * AIMS.length + AIMS.indexOf(aim)] = this.count;
    this.subjects.push({ rank, aim });
    this.rights.push(0);
  }

  /** The most that could be asked of each pool by each day. */
  private wanted(): Float64Array {
    const { dayCount, lines, pools } = this.terms;
    const { starts, spots, amounts } = this.groups;
    const wanted = new Float64Array(pools.length * dayCount);
    for (const [group, amount] of amounts.entries()) {
      const start = (starts[group] ?? 0) + 1;
      let earliest = dayCount;
      const pool = Math.floor((spots[start] ?? 0) / dayCount);
      for (let option = start; option < (starts[group + 1] ?? 0); option++)
        earliest = Math.min(earliest, (spots[option] ?? 0) % dayCount);
      for (const above of lines[pool] ?? []) {
        for (let day = earliest; day < dayCount; day++)
          wanted[above * dayCount + day] = (wanted[above * dayCount + day] ?? 0) + amount;
      }
    }
    return wanted;
  }

  private addPools({ plain }: Cuts): void {
    const wanted = this.wanted();
    const pools = [...this.terms.pools.keys()];
    const binding = pools.flatMap((pool) => this.bindingOf(pool, plain[pool], wanted));
    const rows = Map.groupBy(tightest(binding), ({ pool }) => pool);
    for (const pool of pools) {
      const own = rows.get(pool) ?? [];
      this.limits.put(
        pool,
        own.map(({ day }) => day),
        this.count,
      );
      for (const { day, room } of own) {
        this.subjects.push({ pool, day });
        this.rights.push(room);
      }
    }
  }

  /** The days of a pool that no later day with as little room implies, and that more is asked for than it has. */
  private bindingOf(
    pool: number,
    plain: Float64Array | undefined,
    wanted: Float64Array,
  ): Binding[] {
    const { dayCount } = this.terms;
    const binding: Binding[] = [];
    let least = Infinity;
    for (let day = dayCount - 1; day >= 0; day--) {
      const room = plain?.[day] ?? 0;
      // Where nobody can be paid by then, the row may even be broken: the pool is under its floor.
      const asked = wanted[pool * dayCount + day] ?? 0;
      if (room < least && asked > 0 && room < asked)
        binding.push({ pool, day, room, share: room / asked });
      least = Math.min(least, room);
    }
    return binding.reverse();
  }

  private addCuts({ rows }: Cuts): Ladder {
    const ladder = new Ladder(this.terms);
    for (const pool of this.terms.pools.keys()) {
      const own = rows.filter((cut) => cut.pool === pool);
      ladder.put(
        pool,
        own.map(({ day }) => day),
        this.count,
      );
      for (const cut of own) {
        this.subjects.push({ cut });
        this.rights.push(cut.most);
      }
    }
    return ladder;
  }

  /** Sums prices along days and up the tree, once for all options. */
  prices(line: Float64Array, offset = 0): Prices {
    const spots = this.limits.prices(line, offset);
    const dueSpots = this.cuts?.prices(line, offset) ?? null;
    const held = Float64Array.from(this.holds, (row) => (row < 0 ? 0 : (line[offset + row] ?? 0)));
    return { spots, dueSpots, held };
  }

  /** What one fen in a cell uses, at those prices. */
  useOf(prices: Prices, cell: number): number {
    const { cellOptions, spots, late, kept } = this.groups;
    if (cell === 0) return 0;
    const option = cellOptions[cell] ?? 0;
    const base = (this.rankOf[cell] ?? 0) * 4;
    const { held, dueSpots } = prices;
    const days = late[option] ?? 0;
    const spot = spots[option] ?? 0;
    let sum = (prices.spots[spot] ?? 0) - (held[base + 2] ?? 0);
    if (dueSpots !== null && this.isCut[cell] === 1) sum += dueSpots[spot] ?? 0;
    if (kept[option] === 1) sum -= held[base] ?? 0;
    if (days === 0) sum -= held[base + 1] ?? 0;
    else sum += days * (held[base + 3] ?? 0);
    return sum;
  }

  /** What one fen in each of the first cells uses, at the prices of a line. */
  useCells(target: Float64Array, count: number, line: Float64Array, offset = 0): void {
    const prices = this.prices(line, offset);
    for (let cell = 1; cell < count; cell++) target[cell] = this.useOf(prices, cell);
  }

  /** Adds `amount` in the option to the rows it uses. */
  addTo(target: Float64Array, group: number, option: number, amount: number): void {
    const { ranks, spots, late, kept, cells } = this.groups;
    const spot = spots[option] ?? -1;
    if (spot < 0) return;
    this.limits.addTo(target, spot, amount);
    if (this.isCut[cells[option] ?? 0] === 1) this.cuts?.addTo(target, spot, amount);
    const base = (ranks[group] ?? 0) * 4;
    const days = late[option] ?? 0;
    const add = (hold: number, value: number): void => {
      const row = this.holds[base + hold] ?? -1;
      if (row >= 0) target[row] = (target[row] ?? 0) + value;
    };
    if (kept[option] === 1) add(0, -amount);
    if (days === 0) add(1, -amount);
    else add(3, days * amount);
    add(2, -amount);
  }

  /** What one fen in a cell is worth for an aim of a rank. */
  worthOf(rank: number, aim: Aim, cell: number): number {
    if (cell === 0 || this.rankOf[cell] !== rank) return 0;
    const { cellOptions, kept, late } = this.groups;
    const option = cellOptions[cell] ?? 0;
    if (aim === 'total') return 1;
    if (aim === 'kept') return kept[option] ?? 0;
    const days = late[option] ?? 0;
    if (aim === 'onTime') return days === 0 ? 1 : 0;
    return -days;
  }

  /** The right side that holds an aim at a value. */
  static held(aim: Aim, values: Aims): number {
    return aim === 'lateness' ? values.lateness : -values[aim];
  }
}
