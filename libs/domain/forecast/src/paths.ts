import type { Direction } from './history.js';

/**
 * Joint sample paths of one series: `values[path * days.length + d]` in fen. Path p of one series
 * belongs to path p of every other series of the same forecast, so sums over series and days have
 * the distribution that the quantiles of single days cannot give.
 */
export interface SeriesPaths {
  readonly name: string;
  readonly direction: Direction;
  readonly days: readonly string[];
  readonly values: Float64Array;
}

/** A forecast: one set of joint paths per series, known flows included. */
export interface Forecast {
  readonly origin: string;
  readonly days: readonly string[];
  readonly paths: number;
  readonly series: readonly SeriesPaths[];
  /** What had to be done for odd input, a sentence each; empty in the ordinary case. */
  readonly notes: readonly string[];
}

/** One day of a series: mean and quantiles in the order they were asked for, in fen. */
export interface DayQuantiles {
  readonly day: string;
  readonly mean: number;
  readonly quantiles: readonly number[];
}

/** The quantiles that a forecast carries unless others are asked for. */
export const usualQuantiles = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975] as const;

/** Quantile of sorted numbers, linear between order statistics (type 7 of Hyndman and Fan 1996). */
export function quantileOfSorted(sorted: ArrayLike<number>, level: number): number {
  const place = (sorted.length - 1) * level;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0;
  return low + (high - low) * (place - below);
}

/** All paths' values on one day. */
export function across(paths: SeriesPaths, day: number): Float64Array {
  const width = paths.days.length;
  const count = width === 0 ? 0 : paths.values.length / width;
  const out = new Float64Array(count);
  for (let p = 0; p < count; p += 1) out[p] = paths.values[p * width + day] ?? 0;
  return out;
}

/** Mean and quantiles of each day. */
export function summarise(
  paths: SeriesPaths,
  quantiles: readonly number[] = usualQuantiles,
): DayQuantiles[] {
  return paths.days.map((day, d) => {
    const sorted = across(paths, d).sort();
    let sum = 0;
    for (const value of sorted) sum += value;
    return {
      day,
      mean: sum / sorted.length,
      quantiles: quantiles.map((level) => quantileOfSorted(sorted, level)),
    };
  });
}

/** Path-wise weighted sum of series, e.g. the inflow of one pool, or its net. */
export function combine(
  forecast: Forecast,
  name: string,
  weightOf: (series: SeriesPaths) => number,
): SeriesPaths {
  const values = new Float64Array(forecast.paths * forecast.days.length);
  for (const series of forecast.series) {
    const weight = weightOf(series);
    if (weight === 0) continue;
    for (let i = 0; i < values.length; i += 1) {
      values[i] = (values[i] ?? 0) + weight * (series.values[i] ?? 0);
    }
  }
  return { name, direction: 'inflow', days: forecast.days, values };
}

/** Inflows less outflows of all series. */
export const netOf = (forecast: Forecast): SeriesPaths =>
  combine(forecast, 'net', (series) => (series.direction === 'inflow' ? 1 : -1));

/** Running sums along each path, starting from `opening`: of a net, the balance at each day's end. */
export function cumulate(paths: SeriesPaths, name: string, opening = 0): SeriesPaths {
  const width = paths.days.length;
  const values = new Float64Array(paths.values.length);
  let running = opening;
  for (let i = 0; i < values.length; i += 1) {
    if (i % width === 0) running = opening;
    running += paths.values[i] ?? 0;
    values[i] = running;
  }
  return { ...paths, name, values };
}

/** The sum of the first `window` days, dated on the last of them. */
export function sumOfFirst(paths: SeriesPaths, window: number): SeriesPaths {
  const totals = cumulate(paths, '');
  const last = Math.min(window, paths.days.length) - 1;
  return onDay(totals, `${paths.name}:sum${window}`, last, across(totals, last));
}

/** The lowest value within the first `window` days, dated on the last of them. */
export function lowestOfFirst(paths: SeriesPaths, name: string, window: number): SeriesPaths {
  const width = paths.days.length;
  const last = Math.min(window, width) - 1;
  const lowest = across(paths, 0);
  for (let d = 1; d <= last; d += 1) {
    for (let p = 0; p < lowest.length; p += 1) {
      lowest[p] = Math.min(lowest[p] ?? 0, paths.values[p * width + d] ?? 0);
    }
  }
  return onDay(paths, name, last, lowest);
}

function onDay(paths: SeriesPaths, name: string, d: number, values: Float64Array): SeriesPaths {
  return { name, direction: paths.direction, days: paths.days.slice(d, d + 1), values };
}

/** Sums by calendar month, dated on the month's last forecast day. */
export const sumsByMonth = (paths: SeriesPaths): SeriesPaths =>
  sumsByGroup(paths, (day) => day.slice(0, 7));

/** Sums of consecutive days of one group, dated on the group's last forecast day. */
export function sumsByGroup(paths: SeriesPaths, groupOf: (day: string) => string): SeriesPaths {
  const width = paths.days.length;
  const groups = paths.days.map(groupOf);
  const ends = groups.flatMap((group, d) => (group === groups[d + 1] ? [] : [d]));
  const count = width === 0 ? 0 : paths.values.length / width;
  const values = new Float64Array(count * ends.length);
  for (let p = 0; p < count; p += 1) {
    let d = 0;
    ends.forEach((end, group) => {
      let sum = 0;
      for (; d <= end; d += 1) sum += paths.values[p * width + d] ?? 0;
      values[p * ends.length + group] = sum;
    });
  }
  return { ...paths, days: ends.map((d) => paths.days[d] ?? ''), values };
}
