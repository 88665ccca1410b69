import { Features, type Placed } from './features.js';
import { Dummies, fitRidge, ridgeValue, type Row } from './ridge.js';
import { fitTrees, treesValue } from './trees.js';

/** What a series does on a day, on the mean, seen from a place in its history. */
export type Location = (target: Placed, origin: number) => number;

const yearDays = 251;
const halfLifeYears = 3;
const ridgePenalty = 1;
const growth = { trees: 100, depth: 4, rate: 0.08, leafDaysMin: 4, penalty: 2 };

/** Dummies and tree rows of a series' history: made once, used by every fit on a part of it. */
export interface Prepared {
  readonly placed: readonly Placed[];
  readonly values: Float64Array;
  readonly start: number;
  readonly features: Features;
  readonly dummies: Dummies;
  readonly rows: readonly Row[];
  readonly columns: readonly Float64Array[];
}

/** A training day is seen from 1 to 40 days before it, as the future will be. */
const seenFrom = (place: number): number => place - 1 - ((place * 7) % 40);

export function prepare(placed: readonly Placed[], values: Float64Array, start: number): Prepared {
  const features = new Features(placed, values, start);
  const dummies = new Dummies();
  const rows = placed.map(({ at }) => dummies.row(at));
  const table = placed.map((target, i) => features.rowFor(target, Math.max(start, seenFrom(i))));
  const columns = (table[0] ?? []).map((_, f) => Float64Array.from(table, (row) => row[f] ?? 0));
  return { placed, values, start, features, dummies, rows, columns };
}

/** Fits ridge and trees on the days up to and including place `last`, and blends them by half. */
export function fitLocation(series: Prepared, last: number): Location {
  const { features, dummies, start } = series;
  const from = Math.min(last, start + 30);
  const count = last + 1 - from;
  const unitAt = (i: number): number => features.scaleAt(Math.max(start, i - 10));
  const targets = Float64Array.from(
    { length: count },
    (_, k) => (series.values[from + k] ?? 0) / unitAt(from + k),
  );
  const weights = Float64Array.from(
    { length: count },
    (_, k) => 0.5 ** ((count - 1 - k) / (yearDays * halfLifeYears)),
  );
  const rows = series.rows.slice(from, last + 1);
  const ridge = fitRidge(rows, dummies.width, targets, weights, ridgePenalty);
  const columns = series.columns.map((column) => column.slice(from, last + 1));
  const trees = fitTrees(columns, targets, weights, growth);
  return (target, origin) => {
    const linear = ridgeValue(ridge, dummies.row(target.at));
    const boosted = treesValue(trees, features.rowFor(target, origin));
    return features.scaleAt(origin) * (0.5 * linear + 0.5 * boosted);
  };
}
