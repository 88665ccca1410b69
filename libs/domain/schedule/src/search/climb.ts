/**
 * Primal simplex over groups: from a basis that keeps all rows to the best one. After one aim is held the basis
 * still keeps them, so that the next aim takes few steps.
 */
import type { ChoiceBasis } from './choice-basis.js';

const PIVOT_LEAST = 1e-9;
const GAIN_LEAST = 1e-9;
const REINVERT_EVERY = 100;
/** So many changes of the basis between two looks at all options. */
const PIVOTS_PER_LOOK = 12;

/** An option that would bring more than what its group's key has; a slack where the group is behind the last one. */
interface Candidate {
  readonly group: number;
  readonly option: number;
  readonly promise: number;
}

/** What stops a step: a basic option, or the key of a group; neither where the group changes its key. */
interface Stop {
  readonly far: number;
  readonly row: number;
  readonly group: number;
}

export class Climb {
  steps = 0;
  private readonly gains: Float64Array;
  /** By group: what a unit of the entering option takes from its basic options. */
  private readonly drained: Float64Array;

  constructor(private readonly basis: ChoiceBasis) {
    this.gains = new Float64Array(basis.groups.cellOptions.length);
    this.drained = new Float64Array(basis.groupCount);
  }

  /** `optimal`, or `stopped` after so many changes of the basis. */
  run(stepsMax: number): 'optimal' | 'stopped' {
    const { basis } = this;
    const last = this.steps + stepsMax;
    let isFresh = false;
    for (;;) {
      if (basis.sinceInversion >= REINVERT_EVERY) basis.reinvert();
      const candidates = this.look();
      if (candidates.length === 0) {
        if (isFresh || basis.sinceInversion === 0) return 'optimal';
        basis.reinvert();
        isFresh = true;
        continue;
      }
      if (this.steps >= last) return 'stopped';
      const before = this.steps;
      let moved = false;
      for (const candidate of candidates) {
        if (this.steps >= last || this.steps - before >= PIVOTS_PER_LOOK) break;
        moved = this.enter(candidate) || moved;
      }
      if (!moved) return 'stopped';
      isFresh = false;
    }
  }

  /** What would bring more, the most promising first. */
  private look(): Candidate[] {
    const { basis, gains } = this;
    const { groups, groupCount, rowCount } = basis;
    basis.gainsInto(gains, basis.duals);
    const found: Candidate[] = [];
    for (let group = 0; group < basis.active; group++) {
      const key = gains[groups.cells[basis.key[group] ?? 0] ?? 0] ?? 0;
      const option = basis.bestOption(group, gains);
      const more = (gains[groups.cells[option] ?? 0] ?? 0) - key;
      if (more > GAIN_LEAST && (basis.amounts[group] ?? 0) > 0)
        found.push({ group, option, promise: more * (basis.amounts[group] ?? 0) });
    }
    for (let row = 0; row < rowCount; row++) {
      const more = -(basis.duals[row] ?? 0);
      if (more > GAIN_LEAST && (basis.basicsIn[groupCount + row] ?? 0) === 0)
        found.push({ group: groupCount + row, option: 0, promise: Infinity });
    }
    return found.sort((a, b) => b.promise - a.promise);
  }

  private moreOf({ group, option }: Candidate, column: Float64Array): number {
    const { basis } = this;
    const isSlack = group >= basis.groupCount;
    let more = isSlack ? 0 : basis.worth(option) - basis.worth(basis.key[group] ?? 0);
    for (let row = 0; row < basis.rowCount; row++)
      more -= (basis.duals[row] ?? 0) * (column[row] ?? 0);
    return more;
  }

  private enter(candidate: Candidate): boolean {
    const { basis } = this;
    const { group, option } = candidate;
    const column = basis.columnOf(group, option);
    const more = this.moreOf(candidate, column);
    if (more <= GAIN_LEAST) return false;
    const direction = basis.inverse.seen(column);
    const stop = this.stopOf(group, direction);
    if (stop === null) return false;
    if (stop.row < 0 && stop.group === group && (basis.basicsIn[group] ?? 0) === 0) {
      this.move(direction, stop.far);
      basis.key[group] = option;
      return true;
    }
    this.steps++;
    if (stop.row >= 0) {
      this.move(direction, stop.far);
      this.take(stop.row, candidate, direction, { more, value: stop.far });
      return true;
    }
    // A key that is used up first gives its place to a basic option, and leaves as basic.
    const keyValue = basis.keyValue(stop.group);
    const place = basis.swapKey(stop.group, keyValue);
    const turned = stop.group === group ? basis.columnOf(group, option) : column;
    const anew = basis.inverse.seen(turned);
    if (Math.abs(anew[place] ?? 0) < PIVOT_LEAST) return false;
    this.move(anew, stop.far);
    this.take(place, candidate, anew, { more: this.moreOf(candidate, turned), value: stop.far });
    return true;
  }

  private move(direction: Float64Array, far: number): void {
    const { basic, rowCount } = this.basis;
    if (far === 0) return;
    for (let row = 0; row < rowCount; row++)
      basic[row] = (basic[row] ?? 0) - (direction[row] ?? 0) * far;
  }

  private take(
    place: number,
    { group, option }: Candidate,
    direction: Float64Array,
    { more, value }: { readonly more: number; readonly value: number },
  ): void {
    const { basis } = this;
    const size = direction[place] ?? 1;
    basis.inverse.addTo(basis.duals, place, more / size);
    basis.basic[place] = value;
    basis.replace(place, group, option, direction);
  }

  /** How far the entering option may go; of what stops it nearly first, the largest pivot. */
  private stopOf(entering: number, direction: Float64Array): Stop | null {
    const { basis, drained } = this;
    const { basic, basicGroup, groupCount, rowCount, tolerance } = basis;
    const touched: number[] = [];
    if (entering < groupCount) touched.push(entering);
    for (let row = 0; row < rowCount; row++) {
      const group = basicGroup[row] ?? 0;
      const size = direction[row] ?? 0;
      if (group >= groupCount || size === 0) continue;
      if (drained[group] === 0 && group !== entering) touched.push(group);
      drained[group] = (drained[group] ?? 0) + size;
    }
    let limit = Infinity;
    for (let row = 0; row < rowCount; row++) {
      const size = direction[row] ?? 0;
      if (size > PIVOT_LEAST)
        limit = Math.min(limit, (Math.max(0, basic[row] ?? 0) + tolerance) / size);
    }
    const keys = touched.map((group) => {
      const rate = (group === entering ? 1 : 0) - (drained[group] ?? 0);
      drained[group] = 0;
      return { group, rate, value: rate > PIVOT_LEAST ? basis.keyValue(group) : 0 };
    });
    for (const { rate, value } of keys)
      if (rate > PIVOT_LEAST) limit = Math.min(limit, (Math.max(0, value) + tolerance) / rate);
    if (limit === Infinity) return null;
    let best: Stop | null = null;
    let largest = 0;
    for (const { group, rate, value } of keys) {
      if (rate <= PIVOT_LEAST || Math.max(0, value) / rate > limit || rate <= largest) continue;
      largest = rate;
      best = { far: Math.max(0, value) / rate, row: -1, group };
    }
    for (let row = 0; row < rowCount; row++) {
      const size = direction[row] ?? 0;
      const value = Math.max(0, basic[row] ?? 0);
      if (size <= PIVOT_LEAST || value / size > limit || size <= largest) continue;
      largest = size;
      best = { far: value / size, row, group: -1 };
    }
    return best;
  }
}
