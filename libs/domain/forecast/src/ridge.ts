import type { MonthDate, Position } from './position.js';

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

/** Interactions are held tighter, since each of their dummies is seen less often. */
const tight = 0.7;
const tightest = 0.5;

function dummiesOf(at: Position): [string, number][] {
  const { month, weekday, rank, rankFromEnd: end } = at;
  const set: [string, number][] = [
    [`rank ${rank}`, 1],
    [`end ${end}`, 1],
    [`weekday ${weekday}`, 1],
    [`month ${month}`, 1],
    [`nth ${weekday} ${at.nth}`, 1],
    [`nth from end ${weekday} ${at.nthFromEnd}`, 1],
    [`fortnight ${at.fortnight}`, 1],
    [`gap before ${at.gapBefore} ${weekday}`, 1],
    [`gap after ${at.gapAfter} ${weekday}`, 1],
    [`month weekday ${month} ${weekday}`, tight],
    [`month rank ${month} ${rank <= end ? rank : -1 - end}`, tight],
    [`month nth ${month} ${weekday} ${at.nth}`, tightest],
  ];
  for (const due of at.rolled) set.push(...dueDummies('rolled', due, weekday));
  for (const due of at.advanced) set.push(...dueDummies('advanced', due, weekday));
  if (end === 0) {
    set.push(['last', 1], [`last ${month}`, 1]);
    set.push([`last quarter ${month % 3}`, 1], [`last ${weekday} weekday`, 1]);
  }
  for (const [name, distance] of [
    ['from15', at.from15],
    ['from1', at.from1],
    ['from3', at.from3],
  ] as const) {
    if (Math.abs(distance) > 5) continue;
    set.push([`${name} ${distance}`, 1]);
    set.push([`month ${name} ${month} ${distance}`, tight]);
    set.push([`weekday ${name} ${weekday} ${distance}`, tight]);
  }
  return set;
}

/** What falls due on a date moves on the day on which the calendar lets it. */
function dueDummies(how: string, { month, date }: MonthDate, weekday: number): [string, number][] {
  return [
    [`${how} ${date}`, 1],
    [`${how} ${date} weekday ${weekday}`, tight],
    [`month ${how} ${month} ${date}`, tight],
    [`quarter ${how} ${month % 3} ${date}`, tight],
  ];
}

/** A fitted ridge regression on dummies. */
export interface Ridge {
  readonly mean: number;
  readonly weights: Float64Array;
}

/** The dummies of many days end to end: day i's are those from `ends[i - 1]` to `ends[i]`. */
interface Flat {
  readonly ends: Int32Array;
  readonly columns: Int32Array;
  readonly strengths: Float64Array;
}

/** Days to learn from: their dummies, how many dummies there are, and what the days brought. */
export class Past {
  readonly flat: Flat;

  constructor(
    readonly rows: readonly Row[],
    readonly width: number,
    readonly targets: Float64Array,
  ) {
    let end = 0;
    const ends = Int32Array.from(rows, ({ columns }) => (end += columns.length));
    const columns = new Int32Array(end);
    const strengths = new Float64Array(end);
    rows.forEach((row, i) => {
      columns.set(row.columns, ends[i - 1] ?? 0);
      strengths.set(row.strengths, ends[i - 1] ?? 0);
    });
    this.flat = { ends, columns, strengths };
  }
}

/**
 * Weighted ridge regression (Hoerl and Kennard 1970), solved by conjugate gradients on the sparse
 * rows: no matrix is ever formed, and the order of every sum is fixed.
 * @param near a fit to start from, of a past that is much the same
 */
export function fitRidge(
  { flat, width, targets }: Past,
  weights: Float64Array,
  penalty: number,
  near?: Ridge,
): Ridge {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < targets.length; i += 1) {
    total += weights[i] ?? 0;
    mean += (weights[i] ?? 0) * (targets[i] ?? 0);
  }
  mean = total > 0 ? mean / total : 0;
  const beta = new Float64Array(width);
  const pull = new Float64Array(width);
  addRows(pull, flat, (i) => (weights[i] ?? 0) * ((targets[i] ?? 0) - mean));
  const enough = dot(pull, pull) * 1e-6;
  if (near !== undefined) {
    beta.set(near.weights);
    subtract(pull, imageOf(flat, weights, penalty, beta));
  }
  const direction = Float64Array.from(pull);
  let norm = dot(pull, pull);
  for (let step = 0; step < 60 && norm > enough; step += 1) {
    const image = imageOf(flat, weights, penalty, direction);
    const rate = norm / dot(direction, image);
    for (let c = 0; c < width; c += 1) {
      beta[c] = (beta[c] ?? 0) + rate * (direction[c] ?? 0);
      pull[c] = (pull[c] ?? 0) - rate * (image[c] ?? 0);
    }
    const next = dot(pull, pull);
    const turn = next / norm;
    for (let c = 0; c < width; c += 1) direction[c] = (pull[c] ?? 0) + turn * (direction[c] ?? 0);
    norm = next;
  }
  return { mean, weights: beta };
}

/** The matrix of the normal equations, penalty included, times a vector. */
function imageOf(
  { ends, columns, strengths }: Flat,
  weights: Float64Array,
  penalty: number,
  vector: Float64Array,
): Float64Array {
  const image = vector.map((value) => value * penalty);
  let from = 0;
  for (let i = 0; i < ends.length; i += 1) {
    const to = ends[i] ?? 0;
    const weight = weights[i] ?? 0;
    if (weight > 0) {
      let sum = 0;
      for (let k = from; k < to; k += 1) {
        sum += (strengths[k] ?? 0) * (vector[columns[k] ?? 0] ?? 0);
      }
      sum *= weight;
      for (let k = from; k < to; k += 1) {
        const column = columns[k] ?? 0;
        image[column] = (image[column] ?? 0) + sum * (strengths[k] ?? 0);
      }
    }
    from = to;
  }
  return image;
}

function addRows(
  into: Float64Array,
  { ends, columns, strengths }: Flat,
  factorOf: (i: number) => number,
): void {
  let from = 0;
  for (let i = 0; i < ends.length; i += 1) {
    const to = ends[i] ?? 0;
    const factor = factorOf(i);
    for (let k = from; k < to; k += 1) {
      const column = columns[k] ?? 0;
      into[column] = (into[column] ?? 0) + factor * (strengths[k] ?? 0);
    }
    from = to;
  }
}

function subtract(from: Float64Array, what: Float64Array): void {
  for (let c = 0; c < from.length; c += 1) from[c] = (from[c] ?? 0) - (what[c] ?? 0);
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

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
