/**
 * A plain full-tableau simplex: maximise `objective x` with `rows x <= right`, `0 <= x <= upper`.
 * Dual method over bounded columns: a column at its upper bound is turned round (`upper - x`), so that
 * every column outside the basis is at zero.
 */

export interface Programme {
  readonly rows: readonly {
    readonly at: readonly number[];
    readonly by: readonly number[];
    readonly right: number;
  }[];
  readonly upper: readonly number[];
  readonly objective: readonly number[];
}

export interface Solution {
  readonly outcome: 'optimal' | 'infeasible' | 'stopped';
  readonly value: number;
  readonly x: readonly number[];
  /** What a column that lies at an end would bring if it left it: below zero at its lower end, above at the upper. */
  readonly prices: readonly number[];
  readonly pivots: number;
}

const ZERO = 1e-9;

class Tableau {
  private readonly width: number;
  private readonly height: number;
  private readonly cells: Float64Array[];
  private readonly right: Float64Array;
  private readonly reduced: Float64Array;
  private readonly basis: Int32Array;
  private readonly turned: Uint8Array;
  private readonly basic: Uint8Array;
  private readonly tolerance: number;
  pivots = 0;

  constructor(
    private readonly programme: Programme,
    private readonly upper: Float64Array,
  ) {
    const columns = programme.upper.length;
    this.height = programme.rows.length;
    this.width = columns + this.height;
    this.cells = programme.rows.map(({ at, by }, row) => {
      const line = new Float64Array(this.width);
      for (const [k, column] of at.entries()) line[column] = (line[column] ?? 0) + (by[k] ?? 0);
      line[columns + row] = 1;
      return line;
    });
    this.right = Float64Array.from(programme.rows, ({ right }) => right);
    this.reduced = new Float64Array(this.width);
    this.reduced.set(programme.objective);
    this.basis = Int32Array.from({ length: this.height }, (_, row) => columns + row);
    this.turned = new Uint8Array(this.width);
    this.basic = new Uint8Array(this.width).fill(1, columns);
    const largest = this.right.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    this.tolerance = Math.max(1e-6, largest * 1e-14);
    for (let column = 0; column < columns; column++) {
      if ((this.reduced[column] ?? 0) > 0) this.turn(column);
    }
  }

  /** Measures a column from its other bound. */
  private turn(column: number): void {
    const upper = this.upper[column] ?? 0;
    for (let row = 0; row < this.height; row++) {
      const line = this.cells[row];
      const cell = line?.[column] ?? 0;
      if (line === undefined || cell === 0) continue;
      this.right[row] = (this.right[row] ?? 0) - cell * upper;
      line[column] = -cell;
    }
    this.reduced[column] = -(this.reduced[column] ?? 0);
    this.turned[column] = 1 - (this.turned[column] ?? 0);
  }

  solve(pivotsMax: number): Solution['outcome'] {
    for (;;) {
      const row = this.worstRow();
      if (row < 0) return 'optimal';
      if (this.pivots >= pivotsMax) return 'stopped';
      const column = this.entering(row);
      if (column < 0) return 'infeasible';
      this.pivot(row, column);
    }
  }

  /** The row furthest out of its bounds, brought below zero; -1 where all are inside. */
  private worstRow(): number {
    let worst = this.tolerance;
    let found = -1;
    let over = false;
    for (let row = 0; row < this.height; row++) {
      const value = this.right[row] ?? 0;
      const above = value - (this.upper[this.basis[row] ?? 0] ?? 0);
      if (Math.max(-value, above) <= worst) continue;
      worst = Math.max(-value, above);
      found = row;
      over = above > -value;
    }
    if (over) this.turnBasic(found);
    return found;
  }

  /** Measures the basic variable of a row from its upper bound. */
  private turnBasic(row: number): void {
    const variable = this.basis[row] ?? 0;
    const line = this.cells[row];
    if (line === undefined) return;
    this.right[row] = (this.upper[variable] ?? 0) - (this.right[row] ?? 0);
    for (let column = 0; column < this.width; column++) line[column] = -(line[column] ?? 0);
    line[variable] = 1;
    this.turned[variable] = 1 - (this.turned[variable] ?? 0);
  }

  private entering(row: number): number {
    const line = this.cells[row];
    let found = -1;
    let best = Infinity;
    let size = 0;
    for (let column = 0; column < this.width; column++) {
      const cell = line?.[column] ?? 0;
      if (this.basic[column] === 1 || cell > -ZERO || this.upper[column] === 0) continue;
      const ratio = (this.reduced[column] ?? 0) / cell;
      if (ratio < best - 1e-12 || (ratio <= best + 1e-12 && -cell > size)) {
        best = Math.min(best, ratio);
        size = -cell;
        found = column;
      }
    }
    return found;
  }

  private pivot(row: number, column: number): void {
    this.pivots++;
    const line = this.cells[row];
    if (line === undefined) return;
    const size = line[column] ?? 1;
    const filled: number[] = [];
    for (let k = 0; k < this.width; k++) {
      const value = (line[k] ?? 0) / size;
      line[k] = Math.abs(value) < 1e-13 ? 0 : value;
      if (line[k] !== 0) filled.push(k);
    }
    const share = (this.right[row] ?? 0) / size;
    this.right[row] = share;
    for (let other = 0; other < this.height; other++) {
      const target = this.cells[other];
      const factor = target?.[column] ?? 0;
      if (other === row || target === undefined || factor === 0) continue;
      for (const k of filled) target[k] = (target[k] ?? 0) - factor * (line[k] ?? 0);
      target[column] = 0;
      this.right[other] = (this.right[other] ?? 0) - factor * share;
    }
    const price = this.reduced[column] ?? 0;
    if (price !== 0)
      for (const k of filled) this.reduced[k] = (this.reduced[k] ?? 0) - price * (line[k] ?? 0);
    this.reduced[column] = 0;
    this.basic[this.basis[row] ?? 0] = 0;
    this.basic[column] = 1;
    this.basis[row] = column;
  }

  prices(): number[] {
    return Array.from(this.programme.upper, (_, column) =>
      this.turned[column] === 1 ? -(this.reduced[column] ?? 0) : (this.reduced[column] ?? 0),
    );
  }

  values(): number[] {
    const values = Array.from(this.programme.upper, (_, column) =>
      this.turned[column] === 1 ? (this.upper[column] ?? 0) : 0,
    );
    for (const [row, column] of this.basis.entries()) {
      if (column >= values.length) continue;
      const value = this.right[row] ?? 0;
      values[column] = this.turned[column] === 1 ? (this.upper[column] ?? 0) - value : value;
    }
    return values;
  }
}

/** The optimum in parts of a fen; `stopped` after so many pivots. */
export function solveProgramme(programme: Programme, pivotsMax: number): Solution {
  const upper = new Float64Array(programme.upper.length + programme.rows.length).fill(Infinity);
  upper.set(programme.upper);
  const tableau = new Tableau(programme, upper);
  const outcome = tableau.solve(pivotsMax);
  const x = tableau.values();
  const value = x.reduce((sum, one, column) => sum + one * (programme.objective[column] ?? 0), 0);
  return { outcome, value, x, prices: tableau.prices(), pivots: tableau.pivots };
}
