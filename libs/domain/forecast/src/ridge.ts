import type { Position } from './position.js';

/** Dummies of one day: which are set; each has the strength of its group. */
export interface Row {
  readonly columns: Int32Array;
  readonly strengths: Float64Array;
}

/** Gives each dummy that it meets a column of its own. */
export class Dummies {
  private readonly columns = new Map<string, number>();

  get width(): number {
    return this.columns.size;
  }

  row(at: Position): Row {
    const set = dummiesOf(at);
    return {
      columns: Int32Array.from(set, ([name]) => {
        const known = this.columns.get(name);
        if (known !== undefined) return known;
        this.columns.set(name, this.columns.size);
        return this.columns.size - 1;
      }),
      strengths: Float64Array.from(set, ([, strength]) => strength),
    };
  }
}

/** Interactions with the month are held tighter, since each is seen once a year. */
const once = 0.7;

function dummiesOf(at: Position): [string, number][] {
  const { month, weekday, rank, rankFromEnd: end } = at;
  const set: [string, number][] = [
    [`rank ${rank}`, 1],
    [`end ${end}`, 1],
    [`weekday ${weekday}`, 1],
    [`month ${month}`, 1],
    [`rolled ${at.rolledFrom}`, 1],
    [`advanced ${at.advancedTo}`, 1],
    [`nth ${weekday} ${at.nth}`, 1],
    [`from15 ${at.from15}`, 1],
    [`from1 ${at.from1}`, 1],
    [`from3 ${at.from3}`, 1],
    [`month weekday ${month} ${weekday}`, 1],
    [`month rank ${month} ${rank <= end ? rank : -1 - end}`, once],
    [`month rolled ${month} ${at.rolledFrom}`, once],
    [`month advanced ${month} ${at.advancedTo}`, once],
    [`gap before ${at.gapBefore} ${weekday}`, 1],
    [`gap after ${at.gapAfter} ${weekday}`, 1],
  ];
  if (Math.abs(at.from15) <= 4) set.push([`month from15 ${month} ${at.from15}`, 1]);
  if (Math.abs(at.from1) <= 2) set.push([`month from1 ${month} ${at.from1}`, 1]);
  if (Math.abs(at.from3) <= 1) set.push([`month from3 ${month} ${at.from3}`, 1]);
  if (at.from15 === 0) set.push([`15 on ${weekday}`, 1]);
  if (at.from1 === 0) set.push([`1 on ${weekday}`, 1]);
  if (at.from3 === 0) set.push([`3 on ${weekday}`, 1]);
  if (end <= 2) set.push([`month end ${month} ${end}`, 1]);
  return set;
}

/** A fitted ridge regression on dummies. */
export interface Ridge {
  readonly mean: number;
  readonly weights: Float64Array;
}

/**
 * Weighted ridge regression (Hoerl and Kennard 1970), solved by conjugate gradients on the sparse
 * rows: no matrix is ever formed, and the order of every sum is fixed.
 */
export function fitRidge(
  rows: readonly Row[],
  width: number,
  targets: Float64Array,
  weights: Float64Array,
  penalty: number,
): Ridge {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < rows.length; i += 1) {
    total += weights[i] ?? 0;
    mean += (weights[i] ?? 0) * (targets[i] ?? 0);
  }
  mean = total > 0 ? mean / total : 0;
  const beta = new Float64Array(width);
  const left = new Float64Array(width);
  rows.forEach((row, i) => addRow(left, row, (weights[i] ?? 0) * ((targets[i] ?? 0) - mean)));
  const direction = Float64Array.from(left);
  let norm = dot(left, left);
  const enough = norm * 1e-8;
  for (let step = 0; step < 60 && norm > enough; step += 1) {
    const image = direction.map((value) => value * penalty);
    rows.forEach((row, i) => addRow(image, row, (weights[i] ?? 0) * along(row, direction)));
    const rate = norm / dot(direction, image);
    for (let c = 0; c < width; c += 1) {
      beta[c] = (beta[c] ?? 0) + rate * (direction[c] ?? 0);
      left[c] = (left[c] ?? 0) - rate * (image[c] ?? 0);
    }
    const next = dot(left, left);
    const turn = next / norm;
    for (let c = 0; c < width; c += 1) direction[c] = (left[c] ?? 0) + turn * (direction[c] ?? 0);
    norm = next;
  }
  return { mean, weights: beta };
}

/** The regression's value for a row; a dummy that the fit never met counts as nothing. */
export const ridgeValue = (ridge: Ridge, row: Row): number =>
  ridge.mean + along(row, ridge.weights);

function along(row: Row, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < row.columns.length; k += 1) {
    sum += (row.strengths[k] ?? 0) * (vector[row.columns[k] ?? 0] ?? 0);
  }
  return sum;
}

function addRow(into: Float64Array, row: Row, factor: number): void {
  for (let k = 0; k < row.columns.length; k += 1) {
    const column = row.columns[k] ?? 0;
    into[column] = (into[column] ?? 0) + factor * (row.strengths[k] ?? 0);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
