import { dayText, weekdayOf } from './day.js';
import type { WorkingDays } from './working-days.js';

/** A date of the year without its year. */
export interface MonthDate {
  readonly month: number;
  readonly date: number;
}

/** Where a working day stands in the calendar: all that the model knows of a day beyond its past. */
export interface Position {
  readonly month: number;
  readonly weekday: number;
  readonly date: number;
  /** Working-day rank in the month from its start and from its end, from 0. */
  readonly rank: number;
  readonly rankFromEnd: number;
  /** Days since the working day before, and to the next one. */
  readonly gapBefore: number;
  readonly gapAfter: number;
  /** Days between the two working days before. */
  readonly gapEarlier: number;
  /** Which of its weekday in the month, from 1: benefits follow "second Wednesday". */
  readonly nth: number;
  /** The same counted from the month's end. */
  readonly nthFromEnd: number;
  /** Day of a fortnight that never stops: wages are paid every second week. */
  readonly fortnight: number;
  /** Dates whose money comes in today, and dates whose payments go out today, closed days with it. */
  readonly rolled: readonly MonthDate[];
  readonly advanced: readonly MonthDate[];
  /** First date whose money comes in today: closed days before today roll onto it. */
  readonly rolledFrom: number;
  /** Last date whose payments go out today: closed days after today are paid before. */
  readonly advancedTo: number;
  /** Working days from the 15th as it rolls forward, and from the 1st and 3rd as paid ahead. */
  readonly from15: number;
  readonly from1: number;
  readonly from3: number;
  /** The same from the 5th, 10th, 20th and 25th, rolled forward, and the 15th, paid ahead. */
  readonly fromOthers: readonly number[];
  /** A holiday just before or after, and that of the neighbouring working day. */
  readonly afterHoliday: number;
  readonly beforeHoliday: number;
}

const near = 8;
const clip = (n: number): number => Math.max(-near, Math.min(near, n));
const dateOf = (day: number): number => Number(dayText(day).slice(8));
const monthKey = (day: number): string => dayText(day).slice(0, 7);

/** Positions of consecutive working days; a month around them is looked at as well. */
export function positionsOf(days: readonly number[], calendar: WorkingDays): Position[] {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const wide = calendar.between(first - 45, last + 45);
  const gaps = wide.map((day, i) => day - (wide[i - 1] ?? day - 1));
  const on15 = anchors(wide, gaps, 15, false);
  const on1 = anchors(wide, gaps, 1, true);
  const on3 = anchors(wide, gaps, 3, true);
  const others = [5, 10, 20, 25].map((date) => anchors(wide, gaps, date, false));
  others.push(anchors(wide, gaps, 15, true));
  const ranks = ranksOf(wide);
  const wanted = new Set(days);
  return wide.flatMap((day, i) => {
    if (!wanted.has(day)) return [];
    const weekday = weekdayOf(day);
    const gapBefore = gaps[i] ?? 1;
    const gapAfter = gaps[i + 1] ?? 1;
    const date = dateOf(day);
    return {
      month: Number(dayText(day).slice(5, 7)),
      weekday,
      date,
      rank: ranks.fromStart[i] ?? 0,
      rankFromEnd: ranks.fromEnd[i] ?? 0,
      gapBefore,
      gapAfter,
      gapEarlier: gaps[i - 1] ?? 1,
      nth: Math.ceil(date / 7),
      nthFromEnd: Math.ceil((lastDateOf(day) - date + 1) / 7),
      fortnight: day % 14,
      rolled: datesOf(day - gapBefore + 1, day),
      advanced: datesOf(day, day + gapAfter - 1),
      rolledFrom: dateOf(day - gapBefore + 1),
      advancedTo: dateOf(day + gapAfter - 1),
      from15: distance(on15, i),
      from1: distance(on1, i),
      from3: distance(on3, i),
      fromOthers: others.map((places) => distance(places, i)),
      afterHoliday: gapBefore > (weekday === 1 ? 3 : 1) ? 1 : 0,
      beforeHoliday: gapAfter > (weekday === 5 ? 3 : 1) ? 1 : 0,
    };
  });
}

function datesOf(from: number, to: number): MonthDate[] {
  return Array.from({ length: to - from + 1 }, (_, n) => {
    const text = dayText(from + n);
    return { month: Number(text.slice(5, 7)), date: Number(text.slice(8)) };
  });
}

function lastDateOf(day: number): number {
  const date = dateOf(day);
  let last = day + Math.max(0, 28 - date);
  while (dateOf(last + 1) !== 1) last += 1;
  return dateOf(last);
}

function ranksOf(days: readonly number[]): { fromStart: number[]; fromEnd: number[] } {
  const months = days.map(monthKey);
  const fromStart: number[] = [];
  months.forEach((month, i) => {
    fromStart.push(i > 0 && month === months[i - 1] ? (fromStart[i - 1] ?? 0) + 1 : 0);
  });
  const fromEnd = new Array<number>(days.length).fill(0);
  for (let i = days.length - 2; i >= 0; i -= 1) {
    fromEnd[i] = months[i] === months[i + 1] ? (fromEnd[i + 1] ?? 0) + 1 : 0;
  }
  return { fromStart, fromEnd };
}

/** Places of the working days on which a date of the month falls, paid ahead or rolled forward. */
function anchors(days: number[], gaps: number[], date: number, ahead: boolean): number[] {
  const found: number[] = [];
  days.forEach((day, i) => {
    const from = ahead ? day : day - (gaps[i] ?? 1) + 1;
    const to = ahead ? day + (gaps[i + 1] ?? 1) - 1 : day;
    for (let each = from; each <= to; each += 1) {
      if (dateOf(each) === date) found.push(i);
    }
  });
  return found;
}

function distance(places: readonly number[], i: number): number {
  let best = near;
  for (const place of places) {
    if (Math.abs(i - place) < Math.abs(best)) best = i - place;
  }
  return clip(best);
}
