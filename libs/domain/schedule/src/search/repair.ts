/**
 * Dual simplex over groups: from a basis that was best until right sides changed or options were closed to the best
 * one that keeps them. A step passes over groups whose key changes on the way as long as the dual gains.
 */
import { Breakpoints } from './breakpoints.js';
import type { ChoiceBasis } from './choice-basis.js';

/** `met`: nothing can be better than what is known. */
export type Outcome = 'optimal' | 'met' | 'infeasible' | 'stopped';

const PIVOT_LEAST = 1e-9;
const REINVERT_EVERY = 100;
/** Steps between two looks at the bound. */
const MET_EVERY = 8;
const HALF = 0.5;
/** A row that is broken by a fen may have to outweigh a whole rank. */
const FAR_MAX = 1e12;

export class Repair {
  steps = 0;
  private readonly breakpoints: Breakpoints;
  private readonly gains: Float64Array;
  private readonly uses: Float64Array;

  constructor(private readonly basis: ChoiceBasis) {
    this.breakpoints = new Breakpoints(basis.groupCount + basis.rowCount + 1);
    this.gains = new Float64Array(basis.groups.cellOptions.length);
    this.uses = new Float64Array(basis.groups.cellOptions.length);
  }

  /** Until all rows are kept, so many changes of the basis at most. `known`: what some choice is known to reach. */
  run(stepsMax: number, known: number): Outcome {
    const { basis } = this;
    this.openKeys();
    basis.restKeys();
    basis.restBasic();
    const last = this.steps + stepsMax;
    for (;;) {
      const leaving = this.leavingRow();
      if (leaving < 0) return 'optimal';
      if (this.steps >= last) return 'stopped';
      if (this.steps % MET_EVERY === 0 && basis.bound(basis.prices()) < known + HALF) return 'met';
      this.steps++;
      const sign = (basis.basic[leaving] ?? 0) < 0 ? 1 : -1;
      if (!this.pivot(leaving, sign))
        return this.follow(leaving, sign, known) ? 'met' : 'infeasible';
      if (basis.sinceInversion >= REINVERT_EVERY) {
        basis.reinvert();
        basis.restKeys();
        basis.restBasic();
      }
    }
  }

  /** A closed key gives its place to a basic option that is open. */
  private openKeys(): void {
    const { basis } = this;
    for (let group = 0; group < basis.active; group++) {
      if ((basis.basicsIn[group] ?? 0) === 0 || basis.shut[basis.key[group] ?? 0] !== 1) continue;
      basis.swapKey(group, basis.keyValue(group));
    }
  }

  /** The row of what is furthest out of its limits; a key that is gives its place to a basic option first. */
  private leavingRow(): number {
    const { basis } = this;
    const { basic, basicGroup, basicOption, shut, rowCount, groupCount } = basis;
    const sums = new Map<number, number>();
    let worst = basis.tolerance;
    let leaving = -1;
    let keyOf = -1;
    for (let row = 0; row < rowCount; row++) {
      const value = basic[row] ?? 0;
      const group = basicGroup[row] ?? 0;
      const isShut = group < groupCount && shut[basicOption[row] ?? 0] === 1;
      const off = isShut ? Math.abs(value) : -value;
      if (off > worst) {
        worst = off;
        leaving = row;
      }
      if (group < groupCount) sums.set(group, (sums.get(group) ?? 0) + value);
    }
    for (const [group, sum] of sums) {
      const off = sum - (basis.amounts[group] ?? 0);
      if (off <= worst) continue;
      worst = off;
      keyOf = group;
    }
    return keyOf < 0 ? leaving : basis.swapKey(keyOf, -worst);
  }

  /** The group's option that catches up with its key first as the step grows; pushed where there is one. */
  private pushNext(group: number): void {
    const { basis, gains, uses } = this;
    const { starts, cells } = basis.groups;
    const key = basis.key[group] ?? 0;
    const keyCell = cells[key] ?? 0;
    const keyUse = uses[keyCell] ?? 0;
    const keyGain = gains[keyCell] ?? 0;
    let ratio = Infinity;
    let steepest = 0;
    let found = -1;
    const end = starts[group + 1] ?? 0;
    for (let option = starts[group] ?? 0; option < end; option++) {
      const cell = cells[option] ?? 0;
      const alpha = (uses[cell] ?? 0) - keyUse;
      if (alpha >= -PIVOT_LEAST || option === key || basis.shut[option] === 1) continue;
      const own = Math.max(0, (keyGain - (gains[cell] ?? 0)) / -alpha);
      if (own < ratio - 1e-12 || (own <= ratio + 1e-12 && alpha < steepest)) {
        ratio = own;
        steepest = alpha;
        found = option;
      }
    }
    if (found >= 0) this.breakpoints.push(ratio, group, found);
  }

  private pivot(leaving: number, sign: number): boolean {
    const { basis, breakpoints, uses } = this;
    const { rowCount, groupCount, groups } = basis;
    const line = new Float64Array(rowCount);
    basis.inverse.addTo(line, leaving, sign);
    basis.rows.useCells(uses, basis.cells, line);
    basis.gainsInto(this.gains, basis.duals);
    breakpoints.clear();
    for (let group = 0; group < basis.active; group++) this.pushNext(group);
    for (let row = 0; row < rowCount; row++) {
      const alpha = line[row] ?? 0;
      if (alpha >= -PIVOT_LEAST || basis.basicsIn[groupCount + row] === 1) continue;
      breakpoints.push(Math.max(0, basis.duals[row] ?? 0) / -alpha, groupCount + row, 0);
    }
    const flipped = new Float64Array(rowCount);
    let missing = Math.abs(basis.basic[leaving] ?? 0);
    let flips = 0;
    for (;;) {
      if (breakpoints.isEmpty) return false;
      const { group, option, ratio } = breakpoints;
      breakpoints.pop();
      const alpha =
        group < groupCount
          ? (uses[groups.cells[option] ?? 0] ?? 0) -
            (uses[groups.cells[basis.key[group] ?? 0] ?? 0] ?? 0)
          : (line[group - groupCount] ?? 0);
      const gained = -alpha * (basis.amounts[group] ?? Infinity);
      if ((basis.basicsIn[group] ?? 0) === 0 && gained < missing - basis.tolerance) {
        missing -= gained;
        this.flip(group, option, flipped);
        flips++;
        this.pushNext(group);
        continue;
      }
      if (flips > 0) {
        const moved = basis.inverse.seen(flipped);
        for (let row = 0; row < rowCount; row++)
          basis.basic[row] = (basis.basic[row] ?? 0) - (moved[row] ?? 0);
      }
      this.enter(leaving, { group, option }, alpha * sign, ratio * sign);
      return true;
    }
  }

  /**
   * No choice keeps the row: prices along its line go under any bound. Goes as far as `known` needs, and beyond what
   * such prices lose by rounding.
   */
  private follow(leaving: number, sign: number, known: number): boolean {
    const { basis } = this;
    const start = Float64Array.from(basis.duals);
    for (let far = 1 / 16; far < FAR_MAX; far *= 4) {
      basis.duals.set(start);
      basis.inverse.addTo(basis.duals, leaving, far * sign);
      if (basis.bound(basis.prices()) + far * basis.tolerance < known + HALF) return true;
    }
    basis.duals.set(start);
    return false;
  }

  private flip(group: number, option: number, flipped: Float64Array): void {
    const { basis } = this;
    const amount = basis.amounts[group] ?? 0;
    basis.rows.addTo(flipped, group, basis.key[group] ?? 0, -amount);
    basis.rows.addTo(flipped, group, option, amount);
    basis.key[group] = option;
  }

  private enter(
    leaving: number,
    { group, option }: { readonly group: number; readonly option: number },
    alpha: number,
    ratio: number,
  ): void {
    const { basis } = this;
    const { rowCount, basic } = basis;
    const direction = basis.inverse.seen(basis.columnOf(group, option));
    const size = direction[leaving] ?? alpha;
    basis.inverse.addTo(basis.duals, leaving, ratio);
    const value = (basic[leaving] ?? 0) / size;
    for (let row = 0; row < rowCount; row++)
      basic[row] = (basic[row] ?? 0) - (direction[row] ?? 0) * value;
    basic[leaving] = value;
    basis.replace(leaving, group, option, direction);
  }
}
