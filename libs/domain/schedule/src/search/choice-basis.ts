/**
 * A basis of the programme over groups: every group puts all of its amount into its options or into none
 * of them, `sum a x <= b` over the rows. The rule that a group's options share its amount needs no row: a
 * group's `key` option takes what the others leave, and a basis holds differences from the keys.
 */
import type { Groups } from './groups.js';
import { Inverse } from './inverse.js';
import type { Aim } from './model.js';
import type { Rows } from './rows.js';

/** What tells a basis: keys by group, and what is basic in each row. */
export interface SavedBasis {
  readonly key: Int32Array;
  readonly basicGroup: Int32Array;
  readonly basicOption: Int32Array;
}

export class ChoiceBasis {
  readonly rowCount: number;
  readonly groupCount: number;
  readonly right: Float64Array;
  /** What each group has to give; nothing where it was fixed. */
  readonly amounts: Float64Array;
  readonly key: Int32Array;
  /** By group, the slacks' behind. */
  readonly basicsIn: Int32Array;
  /** Group (slacks behind) and option that is basic in each row. */
  readonly basicGroup: Int32Array;
  readonly basicOption: Int32Array;
  readonly basic: Float64Array;
  readonly inverse: Inverse;
  /** Prices of the rows at this basis; a slack outside it may have one below zero. */
  readonly duals: Float64Array;
  /** Options that are closed. */
  shut: Uint8Array;
  /** How many groups take part, from the first on, and how many cells they use. */
  active = 0;
  cells = 1;
  tolerance = 1e-6;
  sinceInversion = 0;
  /** What a fen is worth in each cell. */
  private readonly worths: Float64Array;

  constructor(
    readonly groups: Groups,
    readonly rows: Rows,
  ) {
    this.rowCount = rows.count;
    this.groupCount = groups.amounts.length;
    this.right = rows.right;
    this.amounts = groups.amounts.slice();
    this.shut = new Uint8Array(groups.spots.length);
    this.key = new Int32Array(this.groupCount);
    this.basicsIn = new Int32Array(this.groupCount + this.rowCount);
    this.basicGroup = new Int32Array(this.rowCount);
    this.basicOption = new Int32Array(this.rowCount);
    this.basic = new Float64Array(this.rowCount);
    this.inverse = new Inverse(this.rowCount);
    this.duals = new Float64Array(this.rowCount);
    this.worths = new Float64Array(groups.cellOptions.length);
    this.reset();
  }

  /** The basis of slacks, nobody being paid. */
  reset(): void {
    for (let group = 0; group < this.groupCount; group++)
      this.key[group] = this.groups.starts[group] ?? 0;
    this.toSlacks();
    this.duals.fill(0);
    this.restBasic();
  }

  private toSlacks(): void {
    this.inverse.reset();
    this.basicsIn.fill(0);
    for (let row = 0; row < this.rowCount; row++) {
      this.basicGroup[row] = this.groupCount + row;
      this.basicOption[row] = 0;
      this.basicsIn[this.groupCount + row] = 1;
    }
    this.sinceInversion = 0;
  }

  /** What is to be made most of: an aim of a rank, the groups up to it taking part; `null`: nothing. */
  setAim(rank: number, aim: Aim | null): void {
    const { ranks, cellEnds } = this.groups;
    this.active = 0;
    while (this.active < this.groupCount && (ranks[this.active] ?? 0) <= rank) this.active++;
    this.cells = cellEnds[this.active - 1] ?? 1;
    for (let cell = 1; cell < this.cells; cell++)
      this.worths[cell] = aim === null ? 0 : this.rows.worthOf(rank, aim, cell);
    const largest = this.right.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    this.tolerance = Math.max(1e-6, largest * 1e-13);
    this.restBasic();
    this.restDuals();
  }

  save(): SavedBasis {
    const { key, basicGroup, basicOption } = this;
    return { key: key.slice(), basicGroup: basicGroup.slice(), basicOption: basicOption.slice() };
  }

  restore(saved: SavedBasis): void {
    this.key.set(saved.key);
    this.basicGroup.set(saved.basicGroup);
    this.basicOption.set(saved.basicOption);
    this.reinvert();
  }

  /** What a fen in each cell brings at those prices. */
  gainsInto(target: Float64Array, prices: Float64Array): void {
    this.rows.useCells(target, this.cells, prices);
    for (let cell = 1; cell < this.cells; cell++)
      target[cell] = (this.worths[cell] ?? 0) - (target[cell] ?? 0);
  }

  worth(option: number): number {
    return this.worths[this.groups.cells[option] ?? 0] ?? 0;
  }

  /** What is reached at this basis. */
  value(): number {
    let sum = 0;
    const { amounts } = this;
    for (let group = 0; group < this.active; group++)
      sum += (amounts[group] ?? 0) * this.worth(this.key[group] ?? 0);
    for (let row = 0; row < this.rowCount; row++) {
      const group = this.basicGroup[row] ?? 0;
      if (group >= this.groupCount) continue;
      const more = this.worth(this.basicOption[row] ?? 0) - this.worth(this.key[group] ?? 0);
      sum += more * (this.basic[row] ?? 0);
    }
    return sum;
  }

  /** The best of a group's open options at those gains. */
  bestOption(group: number, gains: Float64Array): number {
    const { starts, cells } = this.groups;
    let best = -1;
    let most = -Infinity;
    const end = starts[group + 1] ?? 0;
    for (let option = starts[group] ?? 0; option < end; option++) {
      const gain = gains[cells[option] ?? 0] ?? 0;
      if (gain <= most || this.shut[option] === 1) continue;
      most = gain;
      best = option;
    }
    return best;
  }

  /** Puts every group without basic options where it gains most. */
  restKeys(): void {
    const gains = new Float64Array(this.cells);
    this.gainsInto(gains, this.duals);
    const { cells } = this.groups;
    for (let group = 0; group < this.active; group++) {
      if ((this.basicsIn[group] ?? 0) > 0) continue;
      const key = this.key[group] ?? 0;
      const best = this.bestOption(group, gains);
      const more = (gains[cells[best] ?? 0] ?? 0) - (gains[cells[key] ?? 0] ?? 0);
      if (more > 1e-9 || this.shut[key] === 1) this.key[group] = best;
    }
  }

  /** Values of the basic options from scratch. */
  restBasic(): void {
    const rest = this.right.map((value) => -value);
    for (let group = 0; group < this.active; group++)
      this.rows.addTo(rest, group, this.key[group] ?? 0, this.amounts[group] ?? 0);
    for (const [row, value] of this.inverse.seen(rest).entries()) this.basic[row] = -value;
  }

  /** The column of an option beyond its group's key, or of a slack. */
  columnOf(group: number, option: number): Float64Array {
    const column = new Float64Array(this.rowCount);
    if (group >= this.groupCount) {
      column[group - this.groupCount] = 1;
      return column;
    }
    this.rows.addTo(column, group, option, 1);
    this.rows.addTo(column, group, this.key[group] ?? 0, -1);
    return column;
  }

  /** An option or slack takes the place of what is basic in a row; prices and values are the caller's. */
  replace(place: number, group: number, option: number, direction: Float64Array): void {
    const gone = this.basicGroup[place] ?? 0;
    this.basicsIn[gone] = (this.basicsIn[gone] ?? 0) - 1;
    this.basicsIn[group] = (this.basicsIn[group] ?? 0) + 1;
    this.basicGroup[place] = group;
    this.basicOption[place] = option;
    const { groupCount } = this;
    this.inverse.update(
      place,
      direction,
      Math.max(-1, gone - groupCount),
      Math.max(-1, group - groupCount),
    );
    this.sinceInversion++;
  }

  /** What a group's key has. */
  keyValue(group: number): number {
    let value = this.amounts[group] ?? 0;
    for (let row = 0; row < this.rowCount; row++)
      if (this.basicGroup[row] === group) value -= this.basic[row] ?? 0;
    return value;
  }

  /** Makes a basic option the key of its group and the old key, which has `keyValue`, basic in its row. */
  swapKey(group: number, keyValue: number): number {
    const { rowCount } = this;
    let place = -1;
    let most = -Infinity;
    for (let row = 0; row < rowCount; row++) {
      if (this.basicGroup[row] !== group) continue;
      const isShut = this.shut[this.basicOption[row] ?? 0] === 1;
      const value = isShut ? -1e300 : (this.basic[row] ?? 0);
      if (place >= 0 && value <= most) continue;
      most = value;
      place = row;
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

  /** How much of its group's amount each option gets. */
  flows(): Float64Array {
    const flows = new Float64Array(this.groups.spots.length);
    const rest = this.amounts.slice();
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
  bound(prices: Float64Array): number {
    const gains = new Float64Array(this.cells);
    this.gainsInto(gains, prices);
    let sum = 0;
    for (let row = 0; row < this.rowCount; row++)
      sum += (prices[row] ?? 0) * (this.right[row] ?? 0);
    for (let group = 0; group < this.active; group++) {
      const best = this.bestOption(group, gains);
      if (best < 0) return -Infinity;
      sum += (gains[this.groups.cells[best] ?? 0] ?? 0) * (this.amounts[group] ?? 0);
    }
    return sum;
  }

  /** The inverse anew from the basis, so that rounding does not pile up. */
  reinvert(): void {
    const { rowCount } = this;
    const wanted: { group: number; option: number }[] = [];
    const stays = new Uint8Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const group = this.basicGroup[row] ?? 0;
      if (group >= this.groupCount) stays[group - this.groupCount] = 1;
      else wanted.push({ group, option: this.basicOption[row] ?? 0 });
    }
    this.toSlacks();
    for (const { group, option } of wanted) this.insert(group, option, stays);
    this.sinceInversion = 0;
    this.restBasic();
    this.restDuals();
  }

  private insert(group: number, option: number, stays: Uint8Array): void {
    const direction = this.inverse.seen(this.columnOf(group, option));
    let place = -1;
    let most = -1;
    for (let row = 0; row < this.rowCount; row++) {
      const size = Math.abs(direction[row] ?? 0);
      if (size <= most || stays[row] === 1) continue;
      if ((this.basicGroup[row] ?? 0) < this.groupCount) continue;
      most = size;
      place = row;
    }
    if (most < 1e-11) return;
    this.replace(place, group, option, direction);
  }

  private restDuals(): void {
    this.duals.fill(0);
    for (let row = 0; row < this.rowCount; row++) {
      const group = this.basicGroup[row] ?? 0;
      if (group >= this.groupCount) continue;
      const cost = this.worth(this.basicOption[row] ?? 0) - this.worth(this.key[group] ?? 0);
      if (cost !== 0) this.inverse.addTo(this.duals, row, cost);
    }
  }
}
