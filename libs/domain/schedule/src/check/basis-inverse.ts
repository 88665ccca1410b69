/** The inverse of a basis of rows, dense, brought up to date column by column. */
export class BasisInverse {
  /** Cells changed or read so far. */
  touched = 0;
  private readonly cells: Float64Array;

  constructor(private readonly height: number) {
    this.cells = new Float64Array(height * height);
  }

  /** That of the rows' own slacks. */
  reset(): void {
    this.cells.fill(0);
    for (let row = 0; row < this.height; row++) this.cells[row * this.height + row] = 1;
  }

  put(row: number, values: Float64Array): void {
    this.cells.set(values, row * this.height);
  }

  /** Adds a row, so many times. */
  addRow(target: Float64Array, row: number, factor: number): void {
    const { cells, height } = this;
    for (let at = 0; at < height; at++)
      target[at] = (target[at] ?? 0) + factor * (cells[row * height + at] ?? 0);
  }

  /** A column as the basis sees it. */
  seen(column: Float64Array): Float64Array {
    const { cells, height } = this;
    const filled = [...column.keys()].filter((at) => column[at] !== 0);
    this.touched += filled.length * height;
    const seen = new Float64Array(height);
    for (let row = 0; row < height; row++) {
      let sum = 0;
      for (const at of filled) sum += (cells[row * height + at] ?? 0) * (column[at] ?? 0);
      seen[row] = sum;
    }
    return seen;
  }

  /** What the basis sees as `direction` takes the place of what was basic in a row. */
  replace(place: number, direction: Float64Array): void {
    const { cells, height } = this;
    const start = place * height;
    const by = direction[place] ?? 1;
    const filled: number[] = [];
    for (let at = 0; at < height; at++) {
      if (cells[start + at] === 0) continue;
      cells[start + at] = (cells[start + at] ?? 0) / by;
      filled.push(at);
    }
    for (let row = 0; row < height; row++) {
      const factor = direction[row] ?? 0;
      if (row === place || Math.abs(factor) < 1e-13) continue;
      for (const at of filled)
        cells[row * height + at] =
          (cells[row * height + at] ?? 0) - factor * (cells[start + at] ?? 0);
      this.touched += filled.length;
    }
  }
}
