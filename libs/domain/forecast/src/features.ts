import { dayText } from './day.js';
import type { Position } from './position.js';

/** A working day with its position. */
export interface Placed {
  readonly day: number;
  readonly at: Position;
}

const yearDays = 251;
const keysOfMonth = 64;
/** Growth over a year is that of so many days; one that is doubled or halved is another series. */
const growthDays = 125;
const growthMost = 2;

/** When days of different months count as the same: each gives a key below 64 within a month. */
const samePosition: readonly ((at: Position) => number)[] = [
  ({ rank }) => rank,
  ({ rankFromEnd }) => rankFromEnd,
  ({ weekday, nth }) => weekday * 8 + nth,
  ({ from15 }) => from15 + 8,
  ({ from1 }) => from1 + 8,
  ({ from3 }) => from3 + 8,
];

/**
 * What the trees see of a target day from an origin: its position, and what the same position
 * brought in recent months and former years, in units of the last year's mean size. Nothing after
 * the origin's place in the history is read.
 */
export class Features {
  private readonly byPosition = samePosition.map(() => new Map<number, number>());
  private readonly places: Int32Array;
  private readonly firstDay: number;
  private readonly sums: Float64Array;
  private readonly sizes: Float64Array;

  constructor(
    placed: readonly Placed[],
    private readonly values: Float64Array,
    private readonly start: number,
  ) {
    this.firstDay = placed[0]?.day ?? 0;
    this.places = new Int32Array((placed.at(-1)?.day ?? 0) - this.firstDay + 1).fill(-1);
    this.sums = new Float64Array(values.length + 1);
    this.sizes = new Float64Array(values.length + 1);
    placed.forEach(({ day, at }, i) => {
      const month = monthOf(day) * keysOfMonth;
      samePosition.forEach((keyOf, kind) => {
        this.byPosition[kind]?.set(month + keyOf(at), i);
      });
      this.places[day - this.firstDay] = i;
      this.sums[i + 1] = (this.sums[i] ?? 0) + (values[i] ?? 0);
      this.sizes[i + 1] = (this.sizes[i] ?? 0) + Math.abs(values[i] ?? 0);
    });
    for (let n = this.places.length - 2; n >= 0; n -= 1) {
      if (this.places[n] === -1) this.places[n] = this.places[n + 1] ?? -1;
    }
  }

  /** Mean size of a day in the year up to a place: the unit in which all is modelled. */
  scaleAt(origin: number): number {
    return this.meanBefore(this.sizes, Math.max(origin, this.start + 60), yearDays) || 1;
  }

  rowFor({ day, at }: Placed, origin: number): number[] {
    const unit = this.scaleAt(origin);
    const month = monthOf(day);
    const alike = samePosition.flatMap((keyOf, kind) => {
      const key = keyOf(at);
      const months = this.lags(kind, month, key, [1, 2, 3], origin);
      const years = this.lags(kind, month, key, [12, 24, 36], origin);
      return [months[0] ?? 0, mean(months), years[0] ?? 0, mean(years)];
    });
    const ranks = this.lags(0, month, at.rank, [1, 2, 3, 4, 5, 6], origin);
    const ends = this.lags(1, month, at.rankFromEnd, [1, 2, 3, 4, 5, 6], origin);
    const rankYears = this.lags(0, month, at.rank, [12, 24, 36], origin);
    const endYears = this.lags(1, month, at.rankFromEnd, [12, 24, 36], origin);
    const dates = this.daysBefore(day, [365, 731, 1096], origin);
    const weeks = this.daysBefore(day, [364, 728, 1092], origin);
    const four = this.daysBefore(day, [28, 56, 84, 112], origin);
    const weekly = this.daysBefore(day, [7, 14, 21, 28, 35, 42, 49, 56], origin);
    const inUnits = [
      ...alike,
      ...[dates, weeks, four].flatMap((lags) => [lags[0] ?? 0, mean(lags.slice(0, 3))]),
      mean(ranks),
      mean(ends),
      median([...ranks.slice(0, 3), ...ends.slice(0, 3)]),
      median([...rankYears, ...endYears, ...dates, ...weeks]),
      mean(weekly.slice(0, 4)),
      median(weekly.slice(0, 6)),
      this.meanBefore(this.sums, origin, 20),
      this.meanBefore(this.sums, origin, 60),
      ...[20, 60, 125].map((days) => this.growth(origin, days)),
    ].map((amount) => amount / unit);
    return [...positionNumbers(at), ...inUnits];
  }

  /**
   * What the days `ahead`..`ahead + days - 1` after an origin bring if each brings what it did a
   * year before, grown as the last half year has; undefined without a year that tells.
   */
  grown(origin: number, ahead: number, days: number): number | undefined {
    const years = Math.ceil((ahead + days - 1) / yearDays);
    const from = origin - years * yearDays + ahead;
    const before = origin - yearDays;
    if (Math.min(before - growthDays, from) < this.start) return undefined;
    const then = this.meanBefore(this.sums, before, growthDays);
    const now = this.meanBefore(this.sums, origin, growthDays);
    if (then <= 0 || now <= then / growthMost || now >= then * growthMost) return undefined;
    const past = this.meanBefore(this.sums, from + days - 1, days) * days;
    return (past * (now / then) ** years) / this.scaleAt(origin);
  }

  /** How much more a day brought lately than the same span did a year before. */
  private growth(origin: number, days: number): number {
    const before = Math.max(this.start, origin - yearDays);
    return this.meanBefore(this.sums, origin, days) - this.meanBefore(this.sums, before, days);
  }

  private lags(
    kind: number,
    month: number,
    key: number,
    back: readonly number[],
    origin: number,
  ): number[] {
    const places = this.byPosition[kind];
    return back.flatMap((months) => {
      const from = (month - months) * keysOfMonth + key;
      // The last ranks of a long month are missing in a short one.
      const place = places?.get(from) ?? (kind < 2 ? places?.get(from - 1) : undefined);
      return this.valueAt(place, origin);
    });
  }

  private daysBefore(day: number, back: readonly number[], origin: number): number[] {
    return back.flatMap((days) => this.valueAt(this.places[day - days - this.firstDay], origin));
  }

  private valueAt(place: number | undefined, origin: number): number[] {
    if (place === undefined || place > origin || place < this.start) return [];
    return [this.values[place] ?? 0];
  }

  private meanBefore(sums: Float64Array, place: number, days: number): number {
    const from = Math.max(this.start, place + 1 - days);
    return ((sums[place + 1] ?? 0) - (sums[from] ?? 0)) / Math.max(1, place + 1 - from);
  }
}

/** The position alone, as numbers for the trees. */
export function positionNumbers(at: Position): number[] {
  return [
    at.month,
    at.weekday,
    at.date,
    at.rank,
    at.rankFromEnd,
    at.gapBefore,
    at.gapAfter,
    at.gapEarlier,
    at.nth,
    at.rolledFrom,
    at.advancedTo,
    at.from15,
    at.from1,
    at.from3,
    ...at.fromOthers,
    at.afterHoliday,
    at.beforeHoliday,
    at.month % 3,
    at.fortnight,
    at.nthFromEnd,
  ];
}

function monthOf(day: number): number {
  const text = dayText(day);
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[half] ?? 0)
    : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
