import { dayNumber, dayText, weekdayOf } from './day.js';
import { fit, forecast } from './fit.js';
import type { History, KnownFlow, WorkingCalendar } from './history.js';
import {
  across,
  cumulate,
  lowestOfFirst,
  netOf,
  quantileOfSorted,
  sumOfFirst,
  type Forecast,
  type SeriesPaths,
} from './paths.js';
import { WorkingDays } from './working-days.js';

/** A forecaster under test: it is given the history cut at the origin, and nothing else. */
export type Forecaster = (history: History, calendar: WorkingCalendar, horizon: number) => Forecast;

/** The forecaster of this library, for `backtest`. */
export const ours =
  (paths = 500, known: readonly KnownFlow[] = []): Forecaster =>
  (history, calendar, horizon) =>
    forecast(fit(history, calendar, known), { horizon, paths });

/** Errors of one series over all origins, in fen; `points` is for the whole horizon. */
export interface SeriesScore {
  readonly series: string;
  /** Mean pinball loss over days and the quantiles 5, 10, 25, 50, 75, 90, 95 %. */
  readonly pinball: number;
  /** Mean absolute error of the median, over the mean absolute amount. */
  readonly wape: number;
  /** Mean absolute error of the median of the sum over the horizon. */
  readonly sumError: number;
  /** Mean pinball loss of the quantiles of that sum. */
  readonly sumPinball: number;
  /** Mean absolute error of the median of the lowest cumulated amount. */
  readonly lowestError: number;
  readonly sumCovered80: number;
  readonly coverage: readonly Coverage[];
}

/** How often the bands held on the days `from`..`to` ahead. */
export interface Coverage {
  readonly from: number;
  readonly to: number;
  readonly covered80: number;
  readonly covered95: number;
}

const scored = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const buckets = [
  [1, 5],
  [6, 20],
  [21, 60],
] as const;

/** The last working day of each week from `from` to `to` that has `horizon` days of history after it. */
export function weeklyOrigins(
  history: History,
  calendar: WorkingCalendar,
  from: string,
  to: string,
  horizon: number,
): string[] {
  const working = new WorkingDays(calendar);
  const last = dayNumber(history.origin);
  return working.between(dayNumber(from), dayNumber(to)).flatMap((day) => {
    const next = working.onOrAfter(day + 1);
    const ends = next - day >= 8 - weekdayOf(day);
    if (!ends || (working.after(day, horizon).at(-1) ?? last + 1) > last) return [];
    return [dayText(day)];
  });
}

/**
 * Forecasts from each origin with the history cut there and compares with what came. The days
 * after an origin are not in the object that the forecaster is given.
 */
export function backtest(
  history: History,
  calendar: WorkingCalendar,
  forecaster: Forecaster,
  origins: readonly string[],
  horizon: number,
): SeriesScore[] {
  const tallies = new Map<string, Tally>();
  for (const origin of origins) {
    const expected = forecaster(cutAt(history, origin), calendar, horizon);
    const seen = [...expected.series, netOf(expected)];
    const came = actualOf(history, expected);
    for (const paths of seen) {
      const tally = tallies.get(paths.name) ?? new Tally(paths.name, horizon);
      tallies.set(paths.name, tally);
      tally.add(paths, came.get(paths.name) ?? []);
    }
  }
  return [...tallies.values()].map((tally) => tally.score());
}

/** The history as it stood at the end of a day. */
export function cutAt(history: History, origin: string): History {
  const series = history.series.flatMap((each) => {
    const flows = each.flows.filter(({ day }) => day <= origin);
    return flows.length === 0 ? [] : [{ ...each, flows }];
  });
  return { origin, series };
}

function actualOf(history: History, expected: Forecast): Map<string, number[]> {
  const place = new Map(expected.days.map((day, d) => [day, d]));
  const net = expected.days.map(() => 0);
  const came = new Map([['net', net]]);
  for (const { name, direction, flows } of history.series) {
    const amounts = expected.days.map(() => 0);
    for (const { day, amount } of flows) {
      const d = place.get(day);
      if (d === undefined) continue;
      amounts[d] = (amounts[d] ?? 0) + amount;
      net[d] = (net[d] ?? 0) + (direction === 'inflow' ? amount : -amount);
    }
    came.set(name, amounts);
  }
  return came;
}

class Tally {
  private points = 0;
  private origins = 0;
  private pinball = 0;
  private missed = 0;
  private moved = 0;
  private sumMissed = 0;
  private sumPinball = 0;
  private lowestMissed = 0;
  private sumCovered = 0;
  private readonly days: { n: number; in80: number; in95: number }[];

  constructor(
    private readonly series: string,
    horizon: number,
  ) {
    this.days = Array.from({ length: horizon }, () => ({ n: 0, in80: 0, in95: 0 }));
  }

  add(paths: SeriesPaths, came: readonly number[]): void {
    this.origins += 1;
    came.forEach((amount, d) => {
      const sorted = across(paths, d).sort();
      const day = this.days[d];
      if (day === undefined) return;
      this.points += 1;
      this.pinball += pinballOf(sorted, amount);
      this.missed += Math.abs(amount - quantileOfSorted(sorted, 0.5));
      this.moved += Math.abs(amount);
      day.n += 1;
      day.in80 += within(sorted, amount, 0.1, 0.9);
      day.in95 += within(sorted, amount, 0.025, 0.975);
    });
    const window = came.length;
    const sums = across(sumOfFirst(paths, window), 0).sort();
    const sum = came.reduce((total, amount) => total + amount, 0);
    this.sumMissed += Math.abs(sum - quantileOfSorted(sums, 0.5));
    this.sumPinball += pinballOf(sums, sum);
    this.sumCovered += within(sums, sum, 0.1, 0.9);
    const lows = across(lowestOfFirst(cumulate(paths, ''), '', window), 0).sort();
    this.lowestMissed += Math.abs(lowestOf(came) - quantileOfSorted(lows, 0.5));
  }

  score(): SeriesScore {
    return {
      series: this.series,
      pinball: this.pinball / this.points,
      wape: this.missed / this.moved,
      sumError: this.sumMissed / this.origins,
      sumPinball: this.sumPinball / this.origins,
      lowestError: this.lowestMissed / this.origins,
      sumCovered80: this.sumCovered / this.origins,
      coverage: buckets.flatMap(([from, to]) => {
        const part = this.days.slice(from - 1, to);
        const n = part.reduce((total, day) => total + day.n, 0);
        if (n === 0) return [];
        const covered80 = part.reduce((total, day) => total + day.in80, 0) / n;
        const covered95 = part.reduce((total, day) => total + day.in95, 0) / n;
        return { from, to: Math.min(to, this.days.length), covered80, covered95 };
      }),
    };
  }
}

function pinballOf(sorted: Float64Array, came: number): number {
  const losses = scored.map((level) => {
    const error = came - quantileOfSorted(sorted, level);
    return Math.max(level * error, (level - 1) * error);
  });
  return losses.reduce((total, loss) => total + loss, 0) / scored.length;
}

const within = (sorted: Float64Array, came: number, low: number, high: number): number =>
  came >= quantileOfSorted(sorted, low) && came <= quantileOfSorted(sorted, high) ? 1 : 0;

function lowestOf(came: readonly number[]): number {
  let running = 0;
  let lowest = Infinity;
  for (const amount of came) {
    running += amount;
    lowest = Math.min(lowest, running);
  }
  return lowest;
}
