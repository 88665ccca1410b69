import { Features, type Placed } from './features.js';
import { Dummies, fitRidge, ridgeValue, Past, type Ridge, type Row } from './ridge.js';
import { binned, fitTrees, treesValue, type Binned, type Growth } from './trees.js';

/**
 * Views of what a day will bring, in units of the mean day of the year before the origin; they err
 * differently, so that a blend of the first two errs less. The third tells the level of some weeks.
 */
export interface Expected {
  /** A regression on the calendar, corrected by trees: what adds up, day by day. */
  readonly calendar: number;
  /** Trees alone: what the same positions brought lately. */
  readonly recent: number;
  /** The regression alone, errors squared and a longer memory: poor on days, good on sums. */
  readonly plain: number;
}

/** What a series is expected to do on a day, seen from a place in its history. */
export type Views = (target: Placed, origin: number) => Expected;

const yearDays = 251;
const ridgeHalfLifeYears = 2;
const plainHalfLifeYears = 4;
const treesHalfLifeYears = 3;
const ridgePenalty = 1;
/** Cross-fitting: blocks of days that one regression leaves out, dealt to so many regressions. */
const blockDays = 40;
const parts = 4;
/** An error beyond this many days' mean size pulls the regression no harder. */
const robustReach = 0.5;
const growth = { rate: 0.05, leafMin: 1.5, penalty: 1 };
const correctionGrowth: Growth = { ...growth, trees: 200, depth: 5, reach: 0.3 };
const recentGrowth: Growth = { ...growth, trees: 240, depth: 6, reach: 1 };

/** Dummies and tree rows of a series' history: made once, used by every fit on a part of it. */
export interface Prepared {
  readonly placed: readonly Placed[];
  readonly values: Float64Array;
  readonly start: number;
  readonly features: Features;
  readonly dummies: Dummies;
  readonly rows: readonly Row[];
  readonly table: Binned;
}

/** A training day is seen from 1 to 25 days before it, as the future will be. */
const seenFrom = (place: number): number => place - 1 - ((place * 7) % 25);

export function prepare(placed: readonly Placed[], values: Float64Array, start: number): Prepared {
  const features = new Features(placed, values, start);
  const dummies = new Dummies();
  const rows = placed.map(({ at }) => dummies.row(at));
  const table = placed.map((target, i) => features.rowFor(target, Math.max(start, seenFrom(i))));
  const columns = (table[0] ?? []).map((_, f) => Float64Array.from(table, (row) => row[f] ?? 0));
  return { placed, values, start, features, dummies, rows, table: binned(columns) };
}

/**
 * Fits the days up to and including place `last`. The trees that correct the ridge regression
 * learn from errors that it makes on days which it was not fitted on, since those on its own days
 * would be too small.
 * @param pace how many small steps of the trees are taken at once: faster, and a little coarser
 */
export function fitViews(series: Prepared, last: number, pace: number): Views {
  const { features, dummies, start, values } = series;
  const from = Math.min(last, start + 30);
  const targets = Float64Array.from(
    { length: last + 1 - from },
    (_, k) => (values[from + k] ?? 0) / features.scaleAt(Math.max(start, from + k - 10)),
  );
  const rows = series.rows.slice(from, last + 1);
  const past = new Past(rows, dummies.width, targets);
  const fade = fading(targets.length, ridgeHalfLifeYears);
  const first = fitRidge(past, fade, ridgePenalty);
  const ridgeWeights = heldBack(past, fade, first);
  const ridge = fitRidge(past, ridgeWeights, ridgePenalty, first);
  const plain = fitRidge(past, fading(targets.length, plainHalfLifeYears), ridgePenalty, first);
  const linear = crossFitted(past, ridgeWeights, ridge);
  const weights = fading(targets.length, treesHalfLifeYears);
  const missed = targets.map((target, k) => target - (linear[k] ?? 0));
  const columns = series.table.columns.map((column) => column.subarray(from, last + 1));
  const table = { cuts: series.table.cuts, columns };
  const added = binned([linear]);
  const both = { cuts: [...table.cuts, ...added.cuts], columns: [...columns, ...added.columns] };
  const correction = fitTrees(both, missed, weights, at(pace, correctionGrowth));
  const trees = fitTrees(table, targets, weights, at(pace, recentGrowth));
  return (target, origin) => {
    const row = features.rowFor(target, origin);
    const set = dummies.row(target.at);
    const expected = ridgeValue(ridge, set);
    return {
      calendar: expected + treesValue(correction, [...row, expected]),
      recent: treesValue(trees, row),
      plain: ridgeValue(plain, set),
    };
  };
}

/** Weights with which no day pulls harder than an error of `robustReach` would (Huber 1964). */
function heldBack({ rows, targets }: Past, weights: Float64Array, fit: Ridge): Float64Array {
  const held = Float64Array.from(weights);
  rows.forEach((row, k) => {
    const error = Math.abs((targets[k] ?? 0) - ridgeValue(fit, row));
    if (error > robustReach) held[k] = ((weights[k] ?? 0) * robustReach) / error;
  });
  return held;
}

const at = (pace: number, { trees, rate, ...growth }: Growth): Growth => ({
  ...growth,
  trees: Math.round(trees / pace),
  rate: rate * pace,
});

/** Weights of so many days, the last one's 1, halved every so many years back. */
const fading = (days: number, halfLifeYears: number): Float64Array =>
  Float64Array.from(
    { length: days },
    (_, k) => 0.5 ** ((days - 1 - k) / (yearDays * halfLifeYears)),
  );

/** The regression's value of each day, from a fit without the blocks of days that it is in. */
function crossFitted(past: Past, weights: Float64Array, whole: Ridge): Float64Array {
  const partOf = (k: number): number => Math.floor((weights.length - 1 - k) / blockDays) % parts;
  const out = new Float64Array(weights.length);
  for (let part = 0; part < parts; part += 1) {
    const kept = weights.map((weight, k) => (partOf(k) === part ? 0 : weight));
    const ridge = fitRidge(past, kept, ridgePenalty, whole);
    past.rows.forEach((row, k) => {
      if (partOf(k) === part) out[k] = ridgeValue(ridge, row);
    });
  }
  return out;
}
