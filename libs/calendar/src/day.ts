/** A day of the calendar as text, `2026-03-09`. Texts of days sort as days do: `a < b` is right. */
export type Day = string & { readonly [dayBrand]: true };
declare const dayBrand: unique symbol;

const written = /^([12][0-9]{3})-([0-9]{2})-([0-9]{2})$/;
const dayMs = 86_400_000;

/** Whether a stranger's text is a day that exists, from the year 1000 to 2999. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string') return false;
  const [, year, month, date] = written.exec(text) ?? [];
  if (year === undefined || month === undefined || date === undefined) return false;
  return textAt(Date.UTC(Number(year), Number(month) - 1, Number(date))) === text;
}

/**
 * The day that `text` writes.
 *
 * @throws RangeError when there is no such day; a door asks {@link isDay} first
 */
export function dayOf(text: string): Day {
  if (!isDay(text)) throw new RangeError(`a day is written like '2026-03-09', not '${text}'`);
  return text;
}

/** The day `days` later, or earlier when negative. */
export function plusDays(day: Day, days: number): Day {
  return dayOf(textAt(Date.parse(day) + days * dayMs));
}

/** How many days `to` is after `from`; negative when it is before. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs;
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function weekday(day: Day): number {
  const fromSunday = new Date(day).getUTCDay();
  return fromSunday === 0 ? 7 : fromSunday;
}

/** For `Array.sort`. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** `2026-03` of `2026-03-09`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

export function firstOfMonth(day: Day): Day {
  return dayOf(`${monthOf(day)}-01`);
}

export function lastOfMonth(day: Day): Day {
  return plusDays(firstOfMonth(plusDays(firstOfMonth(day), 31)), -1);
}

function textAt(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : 'no day';
}
