/**
 * The inverse of a basis, brought up to date column by column. The column of a row whose slack is basic is a single one,
 * so that only the columns of the others are kept: in a long horizon most limits are not reached.
 */
export class Inverse {
  /** By column: its cells, once it was filled; all zero where it is not filled now. */
  private readonly columns: (Float64Array | undefined)[];
  /** By column: the row of its single one; -1 where it is filled. */
  private readonly ones: Int32Array;
  /** By row: the column whose single one it holds; -1 where it holds none. */
  private readonly slacks: Int32Array;
  private readonly filled = new Set<number>();

  constructor(private readonly size: number) {
    this.columns = new Array<Float64Array | undefined>(size);
    this.ones = new Int32Array(size);
    this.slacks = new Int32Array(size);
    this.reset();
  }

  /** The basis of slacks. */
  reset(): void {
    const { size } = this;
    for (const column of this.filled) this.cellsOf(column).fill(0);
    this.filled.clear();
    for (let row = 0; row < size; row++) this.ones[row] = this.slacks[row] = row;
  }

  private cellsOf(column: number): Float64Array {
    return (this.columns[column] ??= new Float64Array(this.size));
  }

  /** A vector as the basis sees it. */
  seen(vector: Float64Array): Float64Array {
    const { ones, size } = this;
    const seen = new Float64Array(size);
    for (let column = 0; column < size; column++) {
      const value = vector[column] ?? 0;
      if (value === 0) continue;
      const one = ones[column] ?? 0;
      if (one >= 0) {
        seen[one] = (seen[one] ?? 0) + value;
        continue;
      }
      const cells = this.cellsOf(column);
      for (let row = 0; row < size; row++) seen[row] = (seen[row] ?? 0) + (cells[row] ?? 0) * value;
    }
    return seen;
  }

  /** Adds a row, so many times, to a vector. */
  addTo(target: Float64Array, row: number, factor: number): void {
    const slack = this.slacks[row] ?? -1;
    if (slack >= 0) target[slack] = (target[slack] ?? 0) + factor;
    for (const column of this.filled)
      target[column] = (target[column] ?? 0) + factor * (this.cellsOf(column)[row] ?? 0);
  }

  /** Puts a row that holds no single one. */
  put(row: number, values: Float64Array): void {
    for (const column of this.filled) this.cellsOf(column)[row] = values[column] ?? 0;
  }

  /**
   * After what was basic in a row was changed for a column that the basis sees as `direction`.
   *
   * @param gone the row whose slack it was, or -1
   * @param come the row whose slack the column is, or -1
   */
  update(leaving: number, direction: Float64Array, gone: number, come: number): void {
    const { size, filled } = this;
    if (gone >= 0) {
      this.ones[gone] = -1;
      filled.add(gone);
      this.cellsOf(gone)[leaving] = 1;
    }
    const by = direction[leaving] ?? 1;
    for (const column of filled) {
      const cells = this.cellsOf(column);
      const own = cells[leaving] ?? 0;
      if (own === 0) continue;
      const share = own / by;
      for (let row = 0; row < size; row++) {
        const factor = direction[row] ?? 0;
        if (factor === 0) continue;
        const value = (cells[row] ?? 0) - factor * share;
        cells[row] = Math.abs(value) < 1e-13 ? 0 : value;
      }
      cells[leaving] = share;
    }
    this.slacks[leaving] = come;
    if (come < 0) return;
    this.ones[come] = leaving;
    filled.delete(come);
    this.cellsOf(come).fill(0);
  }
}
