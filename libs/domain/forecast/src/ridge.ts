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

/** Days to learn from: their dummies, how many dummies there are, and what the days brought. */
export interface Past {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly targets: Float64Array;
}

/**
 * Weighted ridge regression (Hoerl and Kennard 1970), solved by conjugate gradients on the sparse
 * rows: no matrix is ever formed, and the order of every sum is fixed.
 * @param near a fit to start from, of a past that is much the same
 */
export function fitRidge(
  { rows, width, targets }: Past,
  weights: Float64Array,
  penalty: number,
  near?: Ridge,
): Ridge {
  let total = 0;
  let mean = 0;
  for (let i = 0; i < rows.length; i += 1) {
    total += weights[i] ?? 0;
    mean += (weights[i] ?? 0) * (targets[i] ?? 0);
  }
  mean = total > 0 ? mean / total : 0;
  const pull = new Float64Array(width);
  rows.forEach((row, i) => {
    addRow(pull, row, (weights[i] ?? 0) * ((targets[i] ?? 0) - mean));
  });
  const enough = dot(pull, pull) * 1e-6;
  const beta = near === undefined ? new Float64Array(width) : Float64Array.from(near.weights);
  const left = pull;
  if (near !== undefined) {
    rows.forEach((row, i) => addRow(left, row, -(weights[i] ?? 0) * along(row, beta)));
    for (let c = 0; c < width; c += 1) left[c] = (left[c] ?? 0) - penalty * (beta[c] ?? 0);
  }
  const direction = Float64Array.from(left);
  let norm = dot(left, left);
  for (let step = 0; step < 60 && norm > enough; step += 1) {
    const image = direction.map((value) => value * penalty);
    rows.forEach((row, i) => {
      const weight = weights[i] ?? 0;
      if (weight > 0) addRow(image, row, weight * along(row, direction));
    });
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
