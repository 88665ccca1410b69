/**
 * What follows from the limits alone, without a programme: requests that the rest leaves no room for,
 * and those without which an aim that is held could not be reached.
 */
import type { Model } from './model.js';

/** Amounts are whole; sums of them are off by far less. */
const NEAR = 1e-3;
/** A pass that changes nothing is the last; so many change more than the programme could gain by them. */
const PASSES_MAX = 12;

/** The range of every column. */
export interface Ranges {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Rows as they stand: `least <= sum <= right`. */
export interface Sides {
  readonly right: Float64Array;
  /** -Infinity where there is none. */
  readonly least: Float64Array;
}

export class Propagation {
  /** Single entries by row; the objective lies behind the rows. */
  private readonly starts: Int32Array;
  private readonly entryColumns: Int32Array;
  private readonly entryValues: Float64Array;
  private readonly rowCount: number;
  /** 1 where a column is paid wholly or not at all. */
  readonly isWhole: Uint8Array;
  private readonly paid: Float64Array;
  /** What is left of each row, and the least of that from its day on. */
  private readonly left: Float64Array;
  private readonly room: Float64Array;
  private readonly added: Float64Array;

  constructor(
    private readonly model: Model,
    costs: Float64Array,
  ) {
    const { columns, options, right } = model;
    this.rowCount = right.length;
    const byRow: { column: number; value: number }[][] = [...right, 0].map(() => []);
    for (const [column, { rows, values }] of columns.entries()) {
      for (const [at, row] of rows.entries()) byRow[row]?.push({ column, value: values[at] ?? 0 });
      const cost = costs[column] ?? 0;
      if (cost !== 0) byRow[this.rowCount]?.push({ column, value: -cost });
    }
    this.starts = new Int32Array(byRow.length + 1);
    for (const [row, list] of byRow.entries())
      this.starts[row + 1] = (this.starts[row] ?? 0) + list.length;
    this.entryColumns = Int32Array.from(byRow.flat(), ({ column }) => column);
    this.entryValues = Float64Array.from(byRow.flat(), ({ value }) => value);
    this.isWhole = new Uint8Array(columns.length);
    for (const { ask, column } of options) if (!ask.divisible) this.isWhole[column] = 1;
    this.paid = new Float64Array(this.rowCount);
    this.left = new Float64Array(this.rowCount);
    this.room = new Float64Array(this.rowCount);
    this.added = new Float64Array(this.rowCount);
  }

  /**
   * Narrows the ranges in place; false where no payments are left. `worth`: the objective must reach it.
   */
  narrow(ranges: Ranges, sides: Sides, worth: number): boolean {
    for (let pass = 0; pass < PASSES_MAX; pass++) {
      let changes = this.narrowPools(ranges, sides);
      for (let row = 0; row <= this.rowCount && changes >= 0; row++) {
        const most = row === this.rowCount ? -worth : (sides.right[row] ?? 0);
        const least = row === this.rowCount ? -Infinity : (sides.least[row] ?? -Infinity);
        const own = this.narrowRow(row, ranges, least, most);
        changes = own < 0 ? own : changes + own;
      }
      if (changes < 0) return false;
      if (changes === 0) return true;
    }
    return true;
  }

  /** Do the pools have room for those payments beside what must be paid? Of ranges just narrowed. */
  fits(
    payments: readonly { readonly ask: { readonly amount: number }; readonly column: number }[],
  ): boolean {
    const { added, left, rowCount } = this;
    const { columns, next } = this.model;
    added.fill(0);
    for (const { ask, column } of payments) {
      for (const first of columns[column]?.chains ?? [])
        added[first] = (added[first] ?? 0) + ask.amount;
    }
    for (let row = rowCount - 1; row >= 0; row--) {
      const more = added[row] ?? 0;
      if (more === 0) continue;
      if (more > (left[row] ?? 0) + NEAR) return false;
      const later = next[row] ?? -1;
      if (later >= 0) added[later] = (added[later] ?? 0) + more;
    }
    return true;
  }

  /** How many columns the row fixes; -1 where it cannot be kept. */
  private narrowRow(row: number, { lower, upper }: Ranges, least: number, most: number): number {
    const start = this.starts[row] ?? 0;
    const end = this.starts[row + 1] ?? 0;
    if (start === end) return 0;
    let low = 0;
    let high = 0;
    for (let at = start; at < end; at++) {
      const column = this.entryColumns[at] ?? 0;
      const value = this.entryValues[at] ?? 0;
      low += value * ((value > 0 ? lower[column] : upper[column]) ?? 0);
      high += value * ((value > 0 ? upper[column] : lower[column]) ?? 0);
    }
    const above = most - low + NEAR;
    const below = high - least + NEAR;
    if (above < 0 || below < 0) return -1;
    if (high - low <= above && high - low <= below) return 0;
    let changes = 0;
    for (let at = start; at < end; at++) {
      const column = this.entryColumns[at] ?? 0;
      const range = (upper[column] ?? 0) - (lower[column] ?? 0);
      if (range === 0 || this.isWhole[column] !== 1) continue;
      const value = this.entryValues[at] ?? 0;
      const move = Math.abs(value) * range;
      if (move > above && move > below) return -1;
      if (move <= above && move <= below) continue;
      if (value > 0 === move > above) upper[column] = lower[column] ?? 0;
      else lower[column] = upper[column] ?? 0;
      changes++;
    }
    return changes;
  }

  /** The same for the rows of pools, whose payments add up along their chains. */
  private narrowPools({ lower, upper }: Ranges, { right }: Sides): number {
    const { columns, next } = this.model;
    const { paid, left, room } = this;
    paid.fill(0);
    for (let column = 0; column < columns.length; column++) {
      const amount = lower[column] ?? 0;
      if (amount === 0) continue;
      for (const first of columns[column]?.chains ?? []) paid[first] = (paid[first] ?? 0) + amount;
    }
    for (let row = this.rowCount - 1; row >= 0; row--) {
      const later = next[row] ?? -1;
      if (later >= 0) paid[later] = (paid[later] ?? 0) + (paid[row] ?? 0);
    }
    for (let row = 0; row < this.rowCount; row++) {
      const later = next[row] ?? -1;
      const here = (right[row] ?? 0) - (paid[row] ?? 0);
      left[row] = here;
      room[row] = later < 0 ? here : Math.min(here, room[later] ?? 0);
    }
    let changes = 0;
    for (let column = 0; column < columns.length; column++) {
      const least = lower[column] ?? 0;
      const range = (upper[column] ?? 0) - least;
      if (range === 0 && least === 0) continue;
      for (const first of columns[column]?.chains ?? []) {
        const most = (room[first] ?? 0) + NEAR;
        if (most < 0 && least > 0) return -1;
        if (range <= most || this.isWhole[column] !== 1) continue;
        if (upper[column] === least) continue;
        upper[column] = least;
        changes++;
      }
    }
    return changes;
  }
}
