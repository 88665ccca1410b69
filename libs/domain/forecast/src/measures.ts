import { splitErrors, type ErrorParts } from './error-split.js';
import {
  across,
  cumulate,
  lowestOfFirst,
  quantileOfSorted,
  sumOfFirst,
  type SeriesPaths,
} from './paths.js';

/** How often the bands held on the days `from`..`to` ahead. */
export interface Coverage {
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly covered80: number;
  readonly covered95: number;
}

/** Errors of one series over all origins, in fen. */
export interface SeriesScore {
  readonly series: string;
  readonly origins: number;
  /** Mean pinball loss over days and the quantiles 5, 10, 25, 50, 75, 90, 95 %. */
  readonly pinball: number;
  /** Mean absolute error of the median, over the mean absolute amount. */
  readonly wape: number;
  /** Mean absolute error of the median, over the mean change within a week up to each origin. */
  readonly mase: number;
  /** Mean absolute error of the median of the sum over the window. */
  readonly sumError: number;
  /** Mean pinball loss of the quantiles of that sum. */
  readonly sumPinball: number;
  /** Mean absolute error of the median of the lowest cumulated amount in the window. */
  readonly lowestError: number;
  readonly sumCovered80: number;
  readonly coverage: readonly Coverage[];
  /** Mean pinball loss and mean absolute error on the h-th day ahead. */
  readonly byHorizon: readonly { readonly pinball: number; readonly error: number }[];
  /** For each of the levels of a forecast: the share of days on which no more came than that quantile. */
  readonly calibration: readonly { readonly level: number; readonly below: number }[];
  /** All errors of the medians by cause: their sum adds up to the error, their size says how much. */
  readonly causes: { readonly sum: ErrorParts; readonly size: ErrorParts };
}

/** What came after an origin, and how much the series changed within a week before it. */
export interface Outcome {
  readonly came: readonly number[];
  readonly usualChange: number;
}

const scored = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const levels = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];
const buckets = [
  [1, 5],
  [6, 20],
  [21, 60],
] as const;
const noCause: ErrorParts = { timing: 0, amount: 0, missing: 0, unplanned: 0 };
/** Money that moves within a week is late, not lost. */
const reachDays = 5;

interface DayTally {
  n: number;
  pinball: number;
  missed: number;
  in80: number;
  in95: number;
}

/** Adds up the errors of one series, origin by origin. */
export class Tally {
  private origins = 0;
  private moved = 0;
  private scaled = 0;
  private sumMissed = 0;
  private sumPinball = 0;
  private lowestMissed = 0;
  private sumCovered = 0;
  private readonly below = levels.map(() => 0);
  private readonly causes = { sum: { ...noCause }, size: { ...noCause } };
  private readonly days: DayTally[];

  constructor(
    private readonly series: string,
    horizon: number,
    private readonly window: number,
  ) {
    const none = { n: 0, pinball: 0, missed: 0, in80: 0, in95: 0 };
    this.days = Array.from({ length: horizon }, () => ({ ...none }));
  }

  add(paths: SeriesPaths, { came, usualChange }: Outcome): void {
    this.origins += 1;
    const medians = came.map((amount, d) => this.addDay(d, across(paths, d).sort(), amount));
    const missed = came.reduce((sum, amount, d) => sum + Math.abs(amount - (medians[d] ?? 0)), 0);
    this.scaled += usualChange > 0 ? missed / came.length / usualChange : 0;
    for (const parts of splitErrors(medians.map(Math.round), came, reachDays)) {
      for (const cause of ['timing', 'amount', 'missing', 'unplanned'] as const) {
        this.causes.sum = add(this.causes.sum, cause, parts[cause]);
        this.causes.size = add(this.causes.size, cause, Math.abs(parts[cause]));
      }
    }
    this.addWindow(paths, came.slice(0, this.window));
  }

  private addDay(d: number, sorted: Float64Array, amount: number): number {
    const median = quantileOfSorted(sorted, 0.5);
    const day = this.days[d];
    if (day === undefined) return median;
    this.moved += Math.abs(amount);
    day.n += 1;
    day.pinball += pinballOf(sorted, amount);
    day.missed += Math.abs(amount - median);
    day.in80 += within(sorted, amount, 0.1, 0.9);
    day.in95 += within(sorted, amount, 0.025, 0.975);
    levels.forEach((level, l) => {
      if (amount <= quantileOfSorted(sorted, level)) this.below[l] = (this.below[l] ?? 0) + 1;
    });
    return median;
  }

  private addWindow(paths: SeriesPaths, came: readonly number[]): void {
    const sums = across(sumOfFirst(paths, came.length), 0).sort();
    const sum = came.reduce((total, amount) => total + amount, 0);
    this.sumMissed += Math.abs(sum - quantileOfSorted(sums, 0.5));
    this.sumPinball += pinballOf(sums, sum);
    this.sumCovered += within(sums, sum, 0.1, 0.9);
    const lows = across(lowestOfFirst(cumulate(paths, ''), '', came.length), 0).sort();
    this.lowestMissed += Math.abs(lowestOf(came) - quantileOfSorted(lows, 0.5));
  }

  score(): SeriesScore {
    const { days, origins } = this;
    const points = total(days, ({ n }) => n);
    return {
      series: this.series,
      origins,
      pinball: total(days, ({ pinball }) => pinball) / points,
      wape: total(days, ({ missed }) => missed) / this.moved,
      mase: this.scaled / origins,
      sumError: this.sumMissed / origins,
      sumPinball: this.sumPinball / origins,
      lowestError: this.lowestMissed / origins,
      sumCovered80: this.sumCovered / origins,
      coverage: buckets.flatMap(([from, to]) => {
        const part = days.slice(from - 1, to);
        const n = total(part, (day) => day.n);
        if (n === 0) return [];
        const covered80 = total(part, ({ in80 }) => in80) / n;
        const covered95 = total(part, ({ in95 }) => in95) / n;
        return { from, to: Math.min(to, days.length), days: n, covered80, covered95 };
      }),
      byHorizon: days.map(({ n, pinball, missed }) => ({
        pinball: pinball / n,
        error: missed / n,
      })),
      calibration: levels.map((level, l) => ({ level, below: (this.below[l] ?? 0) / points })),
      causes: this.causes,
    };
  }
}

function add(parts: ErrorParts, cause: keyof ErrorParts, amount: number): ErrorParts {
  return { ...parts, [cause]: parts[cause] + amount };
}

const total = (days: readonly DayTally[], of: (day: DayTally) => number): number =>
  days.reduce((sum, day) => sum + of(day), 0);

function pinballOf(sorted: Float64Array, came: number): number {
  const losses = scored.map((level) => {
    const error = came - quantileOfSorted(sorted, level);
    return Math.max(level * error, (level - 1) * error);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / scored.length;
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
