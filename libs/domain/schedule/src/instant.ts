/** Instants as sortable text, worked out without a clock or the platform's Date. */

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Is this a day of the proleptic Gregorian calendar? */
export function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= length;
}

/** Days since 0000-03-01, by the civil calendar. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leaps + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
}

/** Last of all, for requests without an instant. */
const NEVER = '~';

/**
 * Text that sorts as the instant does; `null` sorts last.
 * The instant must have passed `isInstant`; two notations of the same instant give the same text.
 */
export function instantKey(instant: string | null): string {
  if (instant === null) return NEVER;
  const parts = INSTANT.exec(instant);
  if (parts === null) return NEVER;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map(Number);
  const offset =
    (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0)) * (parts[8] === '-' ? -1 : 1);
  const seconds =
    dayNumber(year, month, day) * 86_400 + hour * 3600 + (minute - offset) * 60 + second + 1e9;
  return `${String(seconds).padStart(13, '0')}.${(parts[7] ?? '').replace(/0+$/, '')}`;
}

/** RFC 3339 with an offset, of a real day and time (a leap second may be told as :60). */
export function isInstant(text: string): boolean {
  const parts = INSTANT.exec(text);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map(Number);
  const offsetRight = Number(parts[9] ?? 0) < 24 && Number(parts[10] ?? 0) < 60;
  return isDay(year, month, day) && hour < 24 && minute < 60 && second <= 60 && offsetRight;
}
