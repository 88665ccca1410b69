/** The inverse of a basis, dense, brought up to date column by column. */
export class Inverse {
  readonly cells: Float64Array;

  constructor(private readonly size: number) {
    this.cells = new Float64Array(size * size);
    this.reset();
  }

  /** The basis of slacks. */
  reset(): void {
    this.cells.fill(0);
    for (let row = 0; row < this.size; row++) this.cells[row * this.size + row] = 1;
  }

  /** One of its rows times a vector. */
  times(row: number, vector: Float64Array): number {
    const { cells, size } = this;
    let sum = 0;
    const start = row * size;
    for (let k = 0; k < size; k++) sum += (cells[start + k] ?? 0) * (vector[k] ?? 0);
    return sum;
  }

  /** Adds a row, so many times, to a vector. */
  addTo(target: Float64Array, row: number, factor: number): void {
    const { cells, size } = this;
    const start = row * size;
    for (let k = 0; k < size; k++) target[k] = (target[k] ?? 0) + factor * (cells[start + k] ?? 0);
  }

  /** Puts a row. */
  put(row: number, values: Float64Array): void {
    this.cells.set(values, row * this.size);
  }

  /** After the basic column of a row was changed for one that the basis sees as `direction`. */
  update(leaving: number, direction: Float64Array): void {
    const { cells, size } = this;
    const start = leaving * size;
    const by = direction[leaving] ?? 1;
    const filled: number[] = [];
    for (let k = 0; k < size; k++) {
      const value = cells[start + k] ?? 0;
      if (value === 0) continue;
      cells[start + k] = value / by;
      filled.push(k);
    }
    for (let row = 0; row < size; row++) {
      const factor = direction[row] ?? 0;
      if (row === leaving || factor === 0) continue;
      const at = row * size;
      for (const k of filled) {
        const value = (cells[at + k] ?? 0) - factor * (cells[start + k] ?? 0);
        cells[at + k] = Math.abs(value) < 1e-13 ? 0 : value;
      }
    }
  }
}
