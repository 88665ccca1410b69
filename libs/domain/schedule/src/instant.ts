/** Days and instants as text, worked out without a clock or the platform's Date. */

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const COLON = ':'.charCodeAt(0);
const DASH = '-'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);
const PLUS = '+'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** Where seconds end and a fraction or the offset begins. */
const SECONDS_END = 19;

/** The number that stands at a place in so many digits; NaN where something else stands there. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Does the text begin with a day of the proleptic Gregorian calendar, as YYYY-MM-DD? */
function startsWithDay(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || Number.isNaN(year)) {
    return false;
  }
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= length;
}

/** Is it a day of the calendar, as YYYY-MM-DD? */
export function isDate(text: string): boolean {
  return text.length === 10 && startsWithDay(text);
}

/** Days since 0000-03-01, by the civil calendar. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leaps + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
}

/** Where the offset of an instant begins; NaN where its fraction has no digit. */
function offsetAt(text: string): number {
  if (text.charCodeAt(SECONDS_END) !== DOT) return SECONDS_END;
  let at = SECONDS_END + 1;
  while (digits(text, at, 1) >= 0) at++;
  return at > SECONDS_END + 1 ? at : NaN;
}

/** Minutes east of Greenwich; NaN where no offset stands there. */
function offsetMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (text.length === at + 1) return text[at] === 'Z' || text[at] === 'z' ? 0 : NaN;
  const isSigned = sign === PLUS || sign === DASH;
  if (text.length !== at + 6 || !isSigned || text.charCodeAt(at + 3) !== COLON) return NaN;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (!(hours < 24 && minutes < 60)) return NaN;
  return (hours * 60 + minutes) * (sign === DASH ? -1 : 1);
}

/** RFC 3339 with an offset, of a real day and time (a leap second may be told as :60). */
export function isInstant(text: string): boolean {
  const mark = text[10];
  return (
    startsWithDay(text) &&
    (mark === 'T' || mark === 't') &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    digits(text, 11, 2) < 24 &&
    digits(text, 14, 2) < 60 &&
    digits(text, 17, 2) <= 60 &&
    !Number.isNaN(offsetMinutes(text, offsetAt(text)))
  );
}

/**
 * Whole seconds by which instants sort; `null` is after all of them.
 * The instant must have passed `isInstant`; two notations of the same second give the same number.
 */
export function instantSeconds(instant: string | null): number {
  if (instant === null) return Infinity;
  const day = dayNumber(digits(instant, 0, 4), digits(instant, 5, 2), digits(instant, 8, 2));
  const minutes =
    digits(instant, 11, 2) * 60 +
    digits(instant, 14, 2) -
    offsetMinutes(instant, offsetAt(instant));
  return day * 86_400 + minutes * 60 + digits(instant, 17, 2);
}

/** Digits of the fraction of a second, without the zeros that say nothing. */
function fraction(instant: string): string {
  return instant.slice(SECONDS_END + 1, offsetAt(instant)).replace(/0+$/, '');
}

/** Below zero where `a` is before `b`; `null` is after all. */
export function compareInstants(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const seconds = instantSeconds(a) - instantSeconds(b);
  if (seconds !== 0) return seconds;
  const left = fraction(a);
  const right = fraction(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
