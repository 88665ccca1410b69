import { minimise } from './minimise.js';

/** Damped smoothing, fitted: where level and trend stand, and how far off it was at each step. */
export interface Damped {
  readonly level: number;
  readonly trend: number;
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
  readonly errors: Float64Array;
}

/** Parameters are searched for without bounds and mapped between them; this far out is far enough. */
const farOut = 6;
const within = (x = 0, low: number, high: number): number =>
  low + (high - low) / (1 + Math.exp(-x));
const isFarOut = (...all: readonly (number | undefined)[]): boolean =>
  all.some((x = 0) => Math.abs(x) > farOut);
/** How far a level is moved at first in a search. */
const reachOf = (level: number): number => Math.max(0.1, 0.1 * Math.abs(level));

/** Straight line by least squares through values at 0, 1, 2, … */
function lineThrough(values: Float64Array): { readonly at0: number; readonly slope: number } {
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let up = 0;
  let along = 0;
  values.forEach((value, t) => {
    up += (t - middle) * (value - mean);
    along += (t - middle) ** 2;
  });
  const slope = along === 0 ? 0 : up / along;
  return { at0: mean - slope * middle, slope };
}

/** Theta method (Assimakopoulos and Nikolopoulos 2000) as smoothing with half the trend (Hyndman and Billah 2003). */
export function thetaAhead(values: Float64Array, ahead: number): number[] {
  const run = (alpha: number, first: number) => {
    let level = first;
    let squares = 0;
    for (const value of values) {
      const error = value - level;
      squares += error * error;
      level += alpha * error;
    }
    return { level, squares };
  };
  const start = values[0] ?? 0;
  const [x, first = 0] = minimise(
    ([a, l = 0]) => (isFarOut(a) ? Infinity : run(within(a, 0.01, 0.99), l).squares),
    [0, start],
    [1, reachOf(start)],
    200,
  );
  const alpha = within(x, 0.01, 0.99);
  const { level } = run(alpha, first);
  const drift = lineThrough(values).slope / 2;
  const begun = (1 - (1 - alpha) ** values.length) / alpha;
  return Array.from({ length: ahead }, (_, h) => level + drift * (h + begun));
}

interface ThetaState {
  readonly level: number;
  readonly at0: number;
  readonly slope: number;
  readonly mean: number;
}

/** Dynamic optimised theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016). */
export function dynamicThetaAhead(values: Float64Array, ahead: number): number[] {
  const start = values[0] ?? 0;
  const [first = 0, a, b = 0] = minimise(
    ([l = 0, x, y = 0]) =>
      isFarOut(x, y)
        ? Infinity
        : runTheta(values, 0, l, within(x, 0.1, 0.99), 1 + Math.exp(y)).squares,
    [start, 0, 0],
    [reachOf(start), 1, 1],
    300,
  );
  return runTheta(values, ahead, first, within(a, 0.1, 0.99), 1 + Math.exp(b)).ahead;
}

function runTheta(
  values: Float64Array,
  ahead: number,
  first: number,
  alpha: number,
  theta: number,
): { readonly squares: number; readonly ahead: number[] } {
  let state: ThetaState = { level: first, at0: 0, slope: 0, mean: 0 };
  let squares = 0;
  const expected: number[] = [];
  for (let t = 0; t < values.length + ahead; t += 1) {
    const fading = (1 - alpha) ** t;
    const line = state.at0 * fading + state.slope * ((1 - fading * (1 - alpha)) / alpha);
    const middle = t === 0 ? state.level : state.level + (1 - 1 / theta) * line;
    const value = values[t] ?? middle;
    if (t > 0) squares += (value - middle) ** 2;
    if (t >= values.length) expected.push(middle);
    state = after(state, value, t, alpha);
  }
  return { squares, ahead: expected };
}

/** Level and the line through all values so far, once value t is known. */
function after(state: ThetaState, value: number, t: number, alpha: number): ThetaState {
  const mean = (t * state.mean + value) / (t + 1);
  const rise = (6 * (value - state.mean)) / (t + 1);
  const slope = t === 0 ? 0 : ((t - 1) * state.slope + rise) / (t + 2);
  const level = alpha * value + (1 - alpha) * state.level;
  return { level, at0: mean - (slope * (t + 2)) / 2, slope, mean };
}

/** Smoothing with a damped trend (Gardner and McKenzie 1985), by least squares of one step. */
export function fitDamped(values: Float64Array): Damped {
  const { at0, slope } = lineThrough(values.slice(0, 12));
  const reach = reachOf(at0 - slope);
  const read = ([a, b, p, level = 0, trend = 0]: readonly number[]) => ({
    alpha: within(a, 0.01, 0.99),
    beta: within(b, 0.001, 0.981),
    phi: within(p, 0.8, 0.98),
    level,
    trend,
  });
  const found = minimise(
    (x) => (isFarOut(...x.slice(0, 3)) ? Infinity : squaresOf(runDamped(values, read(x)).errors)),
    [0, -2, 1, at0 - slope, slope],
    [1, 1, 1, reach, reach / 10],
    500,
  );
  return runDamped(values, read(found));
}

const squaresOf = (errors: Float64Array): number =>
  errors.reduce((sum, error) => sum + error * error, 0);

function runDamped(values: Float64Array, start: Omit<Damped, 'errors'>): Damped {
  const { alpha, beta, phi } = start;
  let { level, trend } = start;
  const errors = values.map((value) => {
    const expected = level + phi * trend;
    const error = value - expected;
    level = expected + alpha * error;
    trend = phi * trend + alpha * beta * error;
    return error;
  });
  return { level, trend, alpha, beta, phi, errors };
}

/** What damped smoothing expects ahead, given errors that will be made on the way. */
export function dampedAhead(model: Damped, errors: Float64Array): Float64Array {
  const { alpha, beta, phi } = model;
  let { level, trend } = model;
  return errors.map((error) => {
    const expected = level + phi * trend;
    level = expected + alpha * error;
    trend = phi * trend + alpha * beta * error;
    return expected + error;
  });
}
