import { type Day, dayOf, plusDays, yearOf } from './day.js';

/** Where a fiscal year begins: 1 January in China, 1 October for the US Treasury. */
export interface FiscalYearStart {
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 28, so that every year has it. */
  readonly day: number;
}

export interface FiscalYear {
  /** The calendar year in which it ends: fiscal 2026 of the US Treasury begins on 2025-10-01. */
  readonly name: number;
  readonly first: Day;
  readonly last: Day;
}

/** The fiscal year that `day` lies in. */
export function fiscalYearOf(day: Day, start: FiscalYearStart): FiscalYear {
  if (start.day > 28) throw new RangeError('a fiscal year begins on the 1st to the 28th');

  const startIn = (year: number): Day => {
    const two = (part: number): string => String(part).padStart(2, '0');
    return dayOf(`${year}-${two(start.month)}-${two(start.day)}`);
  };
  const year = yearOf(day);
  const begins = day < startIn(year) ? year - 1 : year;
  const last = plusDays(startIn(begins + 1), -1);
  return { name: yearOf(last), first: startIn(begins), last };
}
