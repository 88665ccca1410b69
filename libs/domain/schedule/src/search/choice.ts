/**
 * Bounded dual simplex over groups: every group puts all of its amount into its options or into none of
 * them, `sum a x <= b` over the rows. The rule that a group's options share its amount needs no row: a
 * group's `key` option takes what the others leave, and a basis holds differences from the keys. Whatever
 * the prices, keys that pay best make a basis dual feasible; a step passes over groups whose key changes
 * on the way as long as the dual gains.
 */
import { Breakpoints } from './breakpoints.js';
import type { Groups } from './groups.js';
import { Inverse } from './inverse.js';
import type { Aim } from './model.js';
import type { Prices, Rows } from './rows.js';

export type Outcome = 'optimal' | 'met' | 'infeasible' | 'stopped';

const PIVOT_LEAST = 1e-9;
const REINVERT_EVERY = 100;
/** Steps between two looks at the bound. */
const MET_EVERY = 8;
const HALF = 0.5;

export class ChoiceSimplex {
  steps = 0;
  private readonly rowCount: number;
  private readonly groupCount: number;
  private readonly right: Float64Array;
  private readonly key: Int32Array;
  /** By group, the slacks' behind. */
  private readonly basicsIn: Int32Array;
  /** Group (slacks behind) and option that is basic in each row. */
  private readonly basicGroup: Int32Array;
  private readonly basicOption: Int32Array;
  private readonly basic: Float64Array;
  private readonly inverse: Inverse;
  private readonly duals: Float64Array;
  private readonly breakpoints: Breakpoints;
  private sinceInversion = 0;
  private tolerance = 1e-6;
  private active = 0;
  private rank = 0;
  private aim: Aim = 'onTime';
  private shut: Uint8Array;

  constructor(
    private readonly groups: Groups,
    private readonly rows: Rows,
  ) {
    this.rowCount = rows.count;
    this.groupCount = groups.amounts.length;
    this.right = rows.right;
    const all = this.groupCount + this.rowCount;
    this.shut = new Uint8Array(groups.spots.length);
    this.key = new Int32Array(this.groupCount);
    this.basicsIn = new Int32Array(all);
    this.basicGroup = new Int32Array(this.rowCount);
    this.basicOption = new Int32Array(this.rowCount);
    this.basic = new Float64Array(this.rowCount);
    this.inverse = new Inverse(this.rowCount);
    this.duals = new Float64Array(this.rowCount);
    this.breakpoints = new Breakpoints(all + 1);
  }

  setRight(row: number, value: number): void {
    this.right[row] = value;
  }

  rightOf(row: number): number {
    return this.right[row] ?? 0;
  }

  /**
   * The best of an aim of a rank with those up to it taking part, from the basis of slacks. `met`: it
   * cannot be more than `known`, which some choice is known to reach. Options marked in `shut` are
   * closed; every group must have one that is not.
   */
  solve(rank: number, aim: Aim, stepsMax: number, known: number, shut: Uint8Array): Outcome {
    this.shut = shut;
    this.rank = rank;
    this.aim = aim;
    this.active = 0;
    while (this.active < this.groupCount && (this.groups.ranks[this.active] ?? 0) <= rank)
      this.active++;
    const largest = this.right.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    this.tolerance = Math.max(1e-6, largest * 1e-13);
    this.resetToSlacks();
    this.restKeys();
    this.restBasic();
    const last = this.steps + stepsMax;
    for (;;) {
      const leaving = this.leavingRow();
      if (leaving < 0) return 'optimal';
      if (this.steps >= last) return 'stopped';
      if (this.steps % MET_EVERY === 0 && this.bound(this.prices()) < known + HALF) return 'met';
      this.steps++;
      if (!this.pivot(leaving)) return this.follow(leaving, known) ? 'met' : 'infeasible';
      if (this.sinceInversion >= REINVERT_EVERY) this.reinvert();
    }
  }

  /** How much of its group's amount each option gets. */
  flows(): Float64Array {
    const flows = new Float64Array(this.groups.spots.length);
    const rest = Float64Array.from(this.groups.amounts);
    for (let row = 0; row < this.rowCount; row++) {
      const group = this.basicGroup[row] ?? 0;
      if (group >= this.groupCount) continue;
      const value = this.basic[row] ?? 0;
      rest[group] = (rest[group] ?? 0) - value;
      flows[this.basicOption[row] ?? 0] = Math.max(0, value);
    }
    for (let group = 0; group < this.active; group++)
      flows[this.key[group] ?? 0] = Math.max(0, rest[group] ?? 0);
    return flows;
  }

  /** The prices of the rows, none below zero. */
  prices(): Float64Array {
    return this.duals.map((price) => Math.max(0, price));
  }

  /** What no choice among open options can exceed, by the prices alone: true whatever rounding did. */
  bound(prices: Float64Array, shut = this.shut): number {
    const sums = this.rows.prices(prices);
    let sum = 0;
    for (let row = 0; row < this.rowCount; row++)
      sum += (prices[row] ?? 0) * (this.right[row] ?? 0);
    for (let group = 0; group < this.active; group++) {
      let best = -Infinity;
      const end = this.groups.starts[group + 1] ?? 0;
      for (let option = this.groups.starts[group] ?? 0; option < end; option++)
        if (shut[option] !== 1) best = Math.max(best, this.gain(sums, group, option));
      sum += best * (this.groups.amounts[group] ?? 0);
    }
    return sum;
  }

  /** What a fen in the option brings at those prices. */
  private gain(duals: Prices, group: number, option: number): number {
    return (
      this.rows.worth(this.rank, this.aim, group, option) - this.rows.use(duals, group, option)
    );
  }

  private resetToSlacks(): void {
    this.inverse.reset();
    this.basicsIn.fill(0);
    for (let group = 0; group < this.groupCount; group++) {
      let option = this.groups.starts[group] ?? 0;
      while (this.shut[option] === 1) option++;
      this.key[group] = option;
    }
    this.duals.fill(0);
    for (let row = 0; row < this.rowCount; row++) {
      this.basicGroup[row] = this.groupCount + row;
      this.basicOption[row] = 0;
      this.basicsIn[this.groupCount + row] = 1;
    }
    this.sinceInversion = 0;
  }

  /** Puts every group without basic options where it gains most. */
  private restKeys(): void {
    const duals = this.rows.prices(this.duals);
    for (let group = 0; group < this.active; group++) {
      if ((this.basicsIn[group] ?? 0) > 0) continue;
      let best = this.key[group] ?? 0;
      let most = this.gain(duals, group, best) + 1e-9;
      const end = this.groups.starts[group + 1] ?? 0;
      for (let option = this.groups.starts[group] ?? 0; option < end; option++) {
        const gain = this.gain(duals, group, option);
        if (gain <= most || this.shut[option] === 1) continue;
        most = gain;
        best = option;
      }
      this.key[group] = best;
    }
  }

  /** Values of the basic options from scratch. */
  private restBasic(): void {
    const rest = this.right.map((value) => -value);
    for (let group = 0; group < this.active; group++) {
      this.rows.addTo(rest, group, this.key[group] ?? 0, this.groups.amounts[group] ?? 0);
    }
    for (let row = 0; row < this.rowCount; row++) this.basic[row] = -this.inverse.times(row, rest);
  }

  /** The row of what is furthest below zero; a key that is gives its place to a basic option first. */
  private leavingRow(): number {
    const { basic, basicGroup, rowCount } = this;
    const sums = new Map<number, number>();
    let worst = -this.tolerance;
    let leaving = -1;
    let keyOf = -1;
    for (let row = 0; row < rowCount; row++) {
      const value = basic[row] ?? 0;
      const group = basicGroup[row] ?? 0;
      if (value < worst) {
        worst = value;
        leaving = row;
      }
      if (group < this.groupCount) sums.set(group, (sums.get(group) ?? 0) + value);
    }
    for (const [group, sum] of sums) {
      const value = (this.groups.amounts[group] ?? 0) - sum;
      if (value >= worst) continue;
      worst = value;
      keyOf = group;
    }
    return keyOf < 0 ? leaving : this.swapKey(keyOf, worst);
  }

  /** Makes a basic option the key of its group and the old key basic in its row. */
  private swapKey(group: number, keyValue: number): number {
    const { rowCount } = this;
    let place = -1;
    for (let row = 0; row < rowCount; row++) {
      if (this.basicGroup[row] !== group) continue;
      if (place < 0 || (this.basic[row] ?? 0) > (this.basic[place] ?? 0)) place = row;
    }
    const sum = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++)
      if (this.basicGroup[row] === group) this.inverse.addTo(sum, row, -1);
    this.inverse.put(place, sum);
    const option = this.basicOption[place] ?? 0;
    this.basicOption[place] = this.key[group] ?? 0;
    this.key[group] = option;
    this.basic[place] = keyValue;
    return place;
  }

  /** The group's option that catches up with its key first as the step grows; pushed where there is one. */
  private pushNext(group: number, line: Prices, duals: Prices): void {
    const key = this.key[group] ?? 0;
    const keyUse = this.rows.use(line, group, key);
    let keyGain = NaN;
    let ratio = Infinity;
    let steepest = 0;
    let found = -1;
    const end = this.groups.starts[group + 1] ?? 0;
    for (let option = this.groups.starts[group] ?? 0; option < end; option++) {
      const alpha = this.rows.use(line, group, option) - keyUse;
      if (alpha >= -PIVOT_LEAST || option === key || this.shut[option] === 1) continue;
      if (found < 0) keyGain = this.gain(duals, group, key);
      const own = Math.max(0, (keyGain - this.gain(duals, group, option)) / -alpha);
      if (own < ratio - 1e-12 || (own <= ratio + 1e-12 && alpha < steepest)) {
        ratio = own;
        steepest = alpha;
        found = option;
      }
    }
    if (found >= 0) this.breakpoints.push(ratio, group, found);
  }

  private pivot(leaving: number): boolean {
    const { rowCount, breakpoints } = this;
    const start = leaving * rowCount;
    const line = this.rows.prices(this.inverse.cells, start);
    const duals = this.rows.prices(this.duals);
    breakpoints.clear();
    for (let group = 0; group < this.active; group++) this.pushNext(group, line, duals);
    for (let row = 0; row < rowCount; row++) {
      const alpha = this.inverse.cells[start + row] ?? 0;
      if (alpha >= -PIVOT_LEAST || this.basicsIn[this.groupCount + row] === 1) continue;
      breakpoints.push(Math.max(0, this.duals[row] ?? 0) / -alpha, this.groupCount + row, 0);
    }
    const flipped = new Float64Array(rowCount);
    let missing = -(this.basic[leaving] ?? 0);
    let flips = 0;
    for (;;) {
      if (breakpoints.isEmpty) return false;
      const { group, option, ratio } = breakpoints;
      breakpoints.pop();
      const alpha =
        group < this.groupCount
          ? this.rows.use(line, group, option) - this.rows.use(line, group, this.key[group] ?? 0)
          : (this.inverse.cells[start + group - this.groupCount] ?? 0);
      const gained = -alpha * (this.groups.amounts[group] ?? Infinity);
      if ((this.basicsIn[group] ?? 0) === 0 && gained < missing - this.tolerance) {
        missing -= gained;
        this.flip(group, option, flipped);
        flips++;
        this.pushNext(group, line, duals);
        continue;
      }
      if (flips > 0) {
        for (let row = 0; row < rowCount; row++)
          this.basic[row] = (this.basic[row] ?? 0) - this.inverse.times(row, flipped);
      }
      this.enter(leaving, group, option, alpha, ratio);
      return true;
    }
  }

  /** No choice keeps the row: prices along its line go under any bound. Goes as far as `known` needs. */
  private follow(leaving: number, known: number): boolean {
    const start = Float64Array.from(this.duals);
    for (let far = 1 / 16; far < 1e6; far *= 4) {
      this.duals.set(start);
      this.inverse.addTo(this.duals, leaving, far);
      if (this.bound(this.prices()) < known + HALF) return true;
    }
    this.duals.set(start);
    return false;
  }

  private flip(group: number, option: number, flipped: Float64Array): void {
    const amount = this.groups.amounts[group] ?? 0;
    this.rows.addTo(flipped, group, this.key[group] ?? 0, -amount);
    this.rows.addTo(flipped, group, option, amount);
    this.key[group] = option;
  }

  /** The column of an option beyond its group's key. */
  private columnOf(group: number, option: number): Float64Array {
    const column = new Float64Array(this.rowCount);
    if (group >= this.groupCount) {
      column[group - this.groupCount] = 1;
      return column;
    }
    this.rows.addTo(column, group, option, 1);
    this.rows.addTo(column, group, this.key[group] ?? 0, -1);
    return column;
  }

  private enter(leaving: number, group: number, option: number, alpha: number, ratio: number) {
    const { rowCount, basic } = this;
    const column = this.columnOf(group, option);
    const direction = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++) direction[row] = this.inverse.times(row, column);
    const size = direction[leaving] ?? alpha;
    this.inverse.addTo(this.duals, leaving, ratio);
    const value = (basic[leaving] ?? 0) / size;
    for (let row = 0; row < rowCount; row++)
      basic[row] = (basic[row] ?? 0) - (direction[row] ?? 0) * value;
    basic[leaving] = value;
    const gone = this.basicGroup[leaving] ?? 0;
    this.basicsIn[gone] = (this.basicsIn[gone] ?? 0) - 1;
    this.basicsIn[group] = (this.basicsIn[group] ?? 0) + 1;
    this.basicGroup[leaving] = group;
    this.basicOption[leaving] = option;
    this.inverse.update(leaving, direction);
    this.sinceInversion++;
  }

  /** The inverse anew from the basis, so that rounding does not pile up. */
  private reinvert(): void {
    const { rowCount } = this;
    const wanted: { group: number; option: number }[] = [];
    const stays = new Uint8Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const group = this.basicGroup[row] ?? 0;
      if (group >= this.groupCount) stays[group - this.groupCount] = 1;
      else wanted.push({ group, option: this.basicOption[row] ?? 0 });
    }
    this.inverse.reset();
    for (let row = 0; row < rowCount; row++) {
      this.basicGroup[row] = this.groupCount + row;
      this.basicOption[row] = 0;
    }
    this.basicsIn.fill(0);
    for (let row = 0; row < rowCount; row++) this.basicsIn[this.groupCount + row] = 1;
    for (const { group, option } of wanted) this.insert(group, option, stays);
    this.sinceInversion = 0;
    this.restDuals();
    this.restKeys();
    this.restBasic();
  }

  private insert(group: number, option: number, stays: Uint8Array): void {
    const { rowCount } = this;
    const column = this.columnOf(group, option);
    const direction = new Float64Array(rowCount);
    let place = -1;
    for (let row = 0; row < rowCount; row++) {
      direction[row] = this.inverse.times(row, column);
      const isSlack = (this.basicGroup[row] ?? 0) >= this.groupCount;
      if (stays[row] === 1 || !isSlack) continue;
      if (place < 0 || Math.abs(direction[row] ?? 0) > Math.abs(direction[place] ?? 0)) place = row;
    }
    if (place < 0 || Math.abs(direction[place] ?? 0) < 1e-11) return;
    this.basicsIn[this.groupCount + place] = 0;
    this.basicsIn[group] = (this.basicsIn[group] ?? 0) + 1;
    this.basicGroup[place] = group;
    this.basicOption[place] = option;
    this.inverse.update(place, direction);
  }

  private restDuals(): void {
    this.duals.fill(0);
    for (let row = 0; row < this.rowCount; row++) {
      const group = this.basicGroup[row] ?? 0;
      if (group >= this.groupCount) continue;
      const own = this.rows.worth(this.rank, this.aim, group, this.basicOption[row] ?? 0);
      const cost = own - this.rows.worth(this.rank, this.aim, group, this.key[group] ?? 0);
      if (cost === 0) continue;
      this.inverse.addTo(this.duals, row, cost);
    }
  }
}
