/**
 * Bounded dual simplex: maximises a linear objective over rows `sum a x <= b` and bounds on every
 * column. Every column has finite bounds, so that any basis can be made dual feasible by moving
 * columns to the other bound: a solved programme is solved again cheaply after its bounds, its right
 * sides or its objective change. Plain doubles, the same on every machine; the coefficients are
 * nearly all 0 and 1, so that most of what it computes is exact.
 */
import { type Column, entriesOf, pack, shortEntriesOf } from './column.js';

export type Outcome = 'optimal' | 'infeasible' | 'stopped';

const PIVOT_LEAST = 1e-9;
const DUAL_TOLERANCE = 1e-9;
const REINVERT_EVERY = 150;

export class Simplex {
  /** Pivots made since the start: the measure of work. */
  steps = 0;
  private readonly rowCount: number;
  private readonly columnCount: number;
  /** Columns by their single entries, chains spelt out. */
  private readonly starts: Int32Array;
  private readonly indices: Int32Array;
  private readonly values: Float64Array;
  /** The same columns in short: places in `sums`, which holds a line and, behind it, its sums along chains. */
  private readonly shortStarts: Int32Array;
  private readonly shortIndices: Int32Array;
  private readonly shortValues: Float64Array;
  private readonly sums: Float64Array;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly costs: Float64Array;
  private readonly reduced: Float64Array;
  /** Variable that is basic in each row; slack of row i is `columnCount + i`. */
  private readonly basis: Int32Array;
  private readonly rowOf: Int32Array;
  private readonly atUpper: Uint8Array;
  private readonly basic: Float64Array;
  private readonly inverse: Float64Array[];
  private readonly direction: Float64Array;
  private readonly alphas: Float64Array;
  private sinceInversion = 0;
  private readonly tolerance: number;

  constructor(
    columns: readonly Column[],
    private readonly right: Float64Array,
    /** Largest value each slack can take. */
    slackMost: Float64Array,
    /** The row after each row of a chain; -1 at its end. A chain's rows follow one another backwards. */
    private readonly next: readonly number[],
  ) {
    const rowCount = right.length;
    const columnCount = columns.length;
    this.rowCount = rowCount;
    this.columnCount = columnCount;
    const long = pack(columns.map((column) => entriesOf(column, next)));
    this.starts = long.starts;
    this.indices = long.indices;
    this.values = long.values;
    const short = pack(columns.map((column) => shortEntriesOf(column, rowCount)));
    this.shortStarts = short.starts;
    this.shortIndices = short.indices;
    this.shortValues = short.values;
    this.sums = new Float64Array(2 * rowCount);
    const all = columnCount + rowCount;
    this.lower = new Float64Array(all);
    this.upper = new Float64Array(all);
    for (const [j, column] of columns.entries()) this.upper[j] = column.upper;
    this.upper.set(slackMost, columnCount);
    this.costs = new Float64Array(all);
    this.reduced = new Float64Array(all);
    this.basis = new Int32Array(rowCount);
    this.rowOf = new Int32Array(all).fill(-1);
    this.atUpper = new Uint8Array(all);
    this.basic = new Float64Array(rowCount);
    this.inverse = Array.from({ length: rowCount }, () => new Float64Array(rowCount));
    this.direction = new Float64Array(rowCount);
    this.alphas = new Float64Array(all);
    this.resetToSlacks();
    const largest = slackMost.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    this.tolerance = Math.max(1e-6, largest * 1e-14);
  }

  setCosts(costs: ArrayLike<number>): void {
    this.costs.fill(0);
    for (let j = 0; j < this.columnCount; j++) this.costs[j] = costs[j] ?? 0;
    this.priceAll();
  }

  setBounds(column: number, lower: number, upper: number): void {
    this.lower[column] = lower;
    this.upper[column] = upper;
  }

  setRight(row: number, value: number): void {
    this.right[row] = value;
  }

  value(column: number): number {
    const row = this.rowOf[column] ?? -1;
    if (row >= 0) return this.basic[row] ?? 0;
    return (this.atUpper[column] === 1 ? this.upper[column] : this.lower[column]) ?? 0;
  }

  /** What one more unit of the column would add to the objective, were it free to move. */
  reducedCost(column: number): number {
    return (this.rowOf[column] ?? -1) >= 0 ? 0 : (this.reduced[column] ?? 0);
  }

  /** What one more unit of room in the row would be worth. */
  price(row: number): number {
    return -this.reducedCost(this.columnCount + row);
  }

  objective(): number {
    let sum = 0;
    for (let j = 0; j < this.columnCount; j++) {
      const cost = this.costs[j] ?? 0;
      if (cost !== 0) sum += cost * this.value(j);
    }
    return sum;
  }

  /** Solves from the basis at hand. Stops after `stepsMax` pivots, or below `cutoff`, where nobody needs it. */
  solve(stepsMax: number, cutoff = -Infinity): Outcome {
    this.restDual();
    this.restPrimal();
    const last = this.steps + stepsMax;
    for (;;) {
      const leaving = this.leavingRow();
      if (leaving < 0) return 'optimal';
      if (this.steps >= last) return 'stopped';
      this.steps++;
      const variable = this.basis[leaving] ?? 0;
      const below = (this.basic[leaving] ?? 0) < (this.lower[variable] ?? 0);
      const entering = this.enteringColumn(leaving, below);
      if (entering < 0) return 'infeasible';
      if (!this.pivot(leaving, entering, below)) {
        this.reinvert();
        continue;
      }
      if (cutoff !== -Infinity && this.steps % 8 === 0 && this.objective() < cutoff)
        return 'infeasible';
      if (this.sinceInversion >= REINVERT_EVERY) this.reinvert();
    }
  }

  private resetToSlacks(): void {
    this.rowOf.fill(-1);
    for (let row = 0; row < this.rowCount; row++) {
      this.basis[row] = this.columnCount + row;
      this.rowOf[this.columnCount + row] = row;
      this.inverse[row]?.fill(0);
      const line = this.inverse[row];
      if (line !== undefined) line[row] = 1;
    }
    this.sinceInversion = 0;
  }

  /** Reduced costs from scratch. */
  private priceAll(): void {
    const prices = new Float64Array(this.rowCount);
    for (let row = 0; row < this.rowCount; row++) {
      const cost = this.costs[this.basis[row] ?? 0] ?? 0;
      const line = this.inverse[row];
      if (cost === 0 || line === undefined) continue;
      for (let k = 0; k < this.rowCount; k++) prices[k] = (prices[k] ?? 0) + cost * (line[k] ?? 0);
    }
    this.sumChains(prices);
    for (let j = 0; j < this.columnCount; j++) {
      this.reduced[j] = (this.rowOf[j] ?? -1) >= 0 ? 0 : (this.costs[j] ?? 0) - this.dot(prices, j);
    }
    for (let row = 0; row < this.rowCount; row++) {
      const slack = this.columnCount + row;
      this.reduced[slack] = (this.rowOf[slack] ?? -1) >= 0 ? 0 : -(prices[row] ?? 0);
    }
  }

  /** Puts a line, and its sums from each row to the end of its chain, where `shortDot` finds them. */
  private sumChains(line: Float64Array): void {
    const { sums, rowCount, next } = this;
    for (let row = 0; row < rowCount; row++) {
      const after = next[row] ?? -1;
      const here = line[row] ?? 0;
      sums[row] = here;
      sums[rowCount + row] = after < 0 ? here : here + (sums[rowCount + after] ?? 0);
    }
  }

  private shortDot(column: number): number {
    let sum = 0;
    const end = this.shortStarts[column + 1] ?? 0;
    for (let k = this.shortStarts[column] ?? 0; k < end; k++) {
      sum += (this.sums[this.shortIndices[k] ?? 0] ?? 0) * (this.shortValues[k] ?? 0);
    }
    return sum;
  }

  private dot(line: Float64Array, column: number): number {
    let sum = 0;
    const end = this.starts[column + 1] ?? 0;
    for (let k = this.starts[column] ?? 0; k < end; k++) {
      sum += (line[this.indices[k] ?? 0] ?? 0) * (this.values[k] ?? 0);
    }
    return sum;
  }

  /** Puts every column outside the basis to the bound that its reduced cost asks for. */
  private restDual(): void {
    const all = this.columnCount + this.rowCount;
    for (let j = 0; j < all; j++) {
      const cost = this.reduced[j] ?? 0;
      if (cost > DUAL_TOLERANCE) this.atUpper[j] = 1;
      else if (cost < -DUAL_TOLERANCE) this.atUpper[j] = 0;
    }
  }

  /** Values of the basic variables from scratch. */
  private restPrimal(): void {
    const rest = Float64Array.from(this.right);
    for (let j = 0; j < this.columnCount; j++) {
      if ((this.rowOf[j] ?? -1) >= 0) continue;
      const value = (this.atUpper[j] === 1 ? this.upper[j] : this.lower[j]) ?? 0;
      if (value === 0) continue;
      const end = this.starts[j + 1] ?? 0;
      for (let k = this.starts[j] ?? 0; k < end; k++) {
        const row = this.indices[k] ?? 0;
        rest[row] = (rest[row] ?? 0) - value * (this.values[k] ?? 0);
      }
    }
    for (let row = 0; row < this.rowCount; row++) {
      const slack = this.columnCount + row;
      if ((this.rowOf[slack] ?? -1) >= 0 || this.atUpper[slack] !== 1) continue;
      rest[row] = (rest[row] ?? 0) - (this.upper[slack] ?? 0);
    }
    for (let row = 0; row < this.rowCount; row++) {
      const line = this.inverse[row];
      let sum = 0;
      if (line !== undefined) {
        for (let k = 0; k < this.rowCount; k++) {
          const value = line[k] ?? 0;
          if (value !== 0) sum += value * (rest[k] ?? 0);
        }
      }
      this.basic[row] = sum;
    }
  }

  private leavingRow(): number {
    let worst = this.tolerance;
    let leaving = -1;
    for (let row = 0; row < this.rowCount; row++) {
      const variable = this.basis[row] ?? 0;
      const value = this.basic[row] ?? 0;
      const off = Math.max(
        (this.lower[variable] ?? 0) - value,
        value - (this.upper[variable] ?? 0),
      );
      if (off > worst) {
        worst = off;
        leaving = row;
      }
    }
    return leaving;
  }

  /** The column whose reduced cost gives way first; -1 where none can mend the row. */
  private enteringColumn(leaving: number, below: boolean): number {
    const line = this.inverse[leaving];
    if (line === undefined) return -1;
    let entering = -1;
    let bestRatio = Infinity;
    let bestSize = 0;
    const all = this.columnCount + this.rowCount;
    this.sumChains(line);
    for (let j = 0; j < all; j++) {
      if ((this.rowOf[j] ?? -1) >= 0) continue;
      const alpha = j < this.columnCount ? this.shortDot(j) : (line[j - this.columnCount] ?? 0);
      this.alphas[j] = alpha;
      const size = Math.abs(alpha);
      if (size < PIVOT_LEAST || this.lower[j] === this.upper[j]) continue;
      const rising = alpha < 0 === below;
      if (rising === (this.atUpper[j] === 1)) continue;
      const ratio = Math.abs(this.reduced[j] ?? 0) / size;
      if (ratio < bestRatio - 1e-12 || (ratio <= bestRatio + 1e-12 && size > bestSize + 1e-12)) {
        bestRatio = Math.min(ratio, bestRatio);
        bestSize = size;
        entering = j;
      }
    }
    return entering;
  }

  private pivot(leaving: number, entering: number, below: boolean): boolean {
    this.solveDirection(entering);
    const size = this.direction[leaving] ?? 0;
    const alpha = this.alphas[entering] ?? 0;
    if (Math.abs(size - alpha) > 1e-6 * (1 + Math.abs(alpha)) && this.sinceInversion > 0)
      return false;
    const variable = this.basis[leaving] ?? 0;
    const bound = (below ? this.lower[variable] : this.upper[variable]) ?? 0;
    const move = ((this.basic[leaving] ?? 0) - bound) / size;
    const value = this.value(entering) + move;
    this.updateReduced(entering, variable, alpha);
    for (let row = 0; row < this.rowCount; row++) {
      const step = this.direction[row] ?? 0;
      if (step !== 0) this.basic[row] = (this.basic[row] ?? 0) - step * move;
    }
    this.basic[leaving] = value;
    this.basis[leaving] = entering;
    this.rowOf[entering] = leaving;
    this.rowOf[variable] = -1;
    this.atUpper[variable] = below ? 0 : 1;
    this.updateInverse(leaving, size);
    this.sinceInversion++;
    return true;
  }

  private updateReduced(entering: number, leavingVariable: number, alpha: number): void {
    const theta = (this.reduced[entering] ?? 0) / alpha;
    const all = this.columnCount + this.rowCount;
    if (theta !== 0) {
      for (let j = 0; j < all; j++) {
        if ((this.rowOf[j] ?? -1) >= 0) continue;
        this.reduced[j] = (this.reduced[j] ?? 0) - theta * (this.alphas[j] ?? 0);
      }
    }
    this.reduced[entering] = 0;
    this.reduced[leavingVariable] = -theta;
  }

  /** Entering column seen through the basis. */
  private solveDirection(column: number): void {
    const { direction, rowCount } = this;
    if (column >= this.columnCount) {
      const k = column - this.columnCount;
      for (let row = 0; row < rowCount; row++) direction[row] = this.inverse[row]?.[k] ?? 0;
      return;
    }
    for (let row = 0; row < rowCount; row++) {
      const line = this.inverse[row];
      direction[row] = line === undefined ? 0 : this.dot(line, column);
    }
  }

  private updateInverse(leaving: number, size: number): void {
    const { rowCount, direction } = this;
    const pivotLine = this.inverse[leaving];
    if (pivotLine === undefined) return;
    const filled: number[] = [];
    for (let k = 0; k < rowCount; k++) {
      const value = pivotLine[k] ?? 0;
      if (value === 0) continue;
      pivotLine[k] = value / size;
      filled.push(k);
    }
    for (let row = 0; row < rowCount; row++) {
      const factor = direction[row] ?? 0;
      const line = this.inverse[row];
      if (row === leaving || factor === 0 || line === undefined) continue;
      for (const k of filled) {
        const value = (line[k] ?? 0) - factor * (pivotLine[k] ?? 0);
        line[k] = Math.abs(value) < 1e-13 ? 0 : value;
      }
    }
  }

  /** The inverse anew from the basis' columns, so that rounding does not pile up. */
  private reinvert(): void {
    const wanted = [...this.basis].filter((variable) => variable < this.columnCount);
    const slackStays = new Uint8Array(this.rowCount);
    for (const variable of this.basis) {
      if (variable >= this.columnCount) slackStays[variable - this.columnCount] = 1;
    }
    this.resetToSlacks();
    for (const column of wanted) {
      this.solveDirection(column);
      let best = -1;
      for (let row = 0; row < this.rowCount; row++) {
        if (slackStays[row] === 1 || (this.basis[row] ?? 0) < this.columnCount) continue;
        if (best < 0 || Math.abs(this.direction[row] ?? 0) > Math.abs(this.direction[best] ?? 0))
          best = row;
      }
      const size = best < 0 ? 0 : (this.direction[best] ?? 0);
      if (Math.abs(size) < 1e-11) continue;
      this.rowOf[this.basis[best] ?? 0] = -1;
      this.basis[best] = column;
      this.rowOf[column] = best;
      this.updateInverse(best, size);
    }
    this.sinceInversion = 0;
    this.priceAll();
    this.restDual();
    this.restPrimal();
  }
}
