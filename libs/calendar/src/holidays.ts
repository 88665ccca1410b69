import { cnNotices, cnNoticeYears } from './cn-notices.js';
import { type Day, dayOf, lastOfMonth, plusDays, weekday } from './day.js';

/** How one country's days differ from plain weekdays. */
export interface Holidays {
  /** Whether the holidays of this year are published. */
  knows(year: number): boolean;
  /** The holiday that a closed day belongs to, such as `spring_festival`. */
  holidayOn(day: Day): string | undefined;
  /** Whether this day, of a weekend, is worked to make up for a holiday. */
  isMadeUp(day: Day): boolean;
}

export const weekdaysOnly: Holidays = {
  knows: () => true,
  holidayOn: () => undefined,
  isMadeUp: () => false,
};

/** Holidays of the People's Republic of China by the State Council's yearly notices. */
export function cnHolidays(): Holidays {
  const closed = new Map<string, string>();
  const madeUp = new Set<string>();
  for (const row of cnNotices.trim().split('\n')) {
    const [first = '', days, name = '', ...worked] = row.split(' ');
    for (let nth = 0; nth < Number(days); nth += 1) closed.set(plusDays(dayOf(first), nth), name);
    for (const day of worked) madeUp.add(day);
  }
  return {
    knows: (year) => year >= cnNoticeYears.first && year <= cnNoticeYears.last,
    holidayOn: (day) => closed.get(day),
    isMadeUp: (day) => madeUp.has(day),
  };
}

/**
 * Holidays of the Federal Reserve Banks by their standing rule, which is the same back to 1986 but
 * for Juneteenth. A holiday on a Sunday is kept on Monday; one on a Saturday is not moved. Good
 * Friday, the Friday before a Saturday holiday and days of national mourning are working days.
 * Checked against every date of the US Treasury's daily statements from 2005-10-03 to 2018-12-31.
 */
export function usHolidays(): Holidays {
  const byYear = new Map<number, Map<Day, string>>();
  return {
    knows: (year) => year >= 1986,
    holidayOn: (day) => {
      const year = Number(day.slice(0, 4));
      const known = byYear.get(year) ?? usHolidaysOf(year);
      byYear.set(year, known);
      return known.get(day);
    },
    isMadeUp: () => false,
  };
}

function usHolidaysOf(year: number): Map<Day, string> {
  return new Map([
    [fixed(year, '01-01'), 'new_year'],
    [nthWeekday(year, '01', 1, 3), 'martin_luther_king'],
    [nthWeekday(year, '02', 1, 3), 'presidents_day'],
    [lastMonday(year, '05'), 'memorial_day'],
    ...(year >= 2022 ? [juneteenth(year)] : []),
    [fixed(year, '07-04'), 'independence_day'],
    [nthWeekday(year, '09', 1, 1), 'labor_day'],
    [nthWeekday(year, '10', 1, 2), 'columbus_day'],
    [fixed(year, '11-11'), 'veterans_day'],
    [nthWeekday(year, '11', 4, 4), 'thanksgiving'],
    [fixed(year, '12-25'), 'christmas'],
  ]);
}

function juneteenth(year: number): [Day, string] {
  return [fixed(year, '06-19'), 'juneteenth'];
}

function fixed(year: number, monthAndDate: string): Day {
  const day = dayOf(`${year}-${monthAndDate}`);
  return weekday(day) === 7 ? plusDays(day, 1) : day;
}

function nthWeekday(year: number, month: string, wanted: number, nth: number): Day {
  const first = dayOf(`${year}-${month}-01`);
  return plusDays(first, ((wanted - weekday(first) + 7) % 7) + 7 * (nth - 1));
}

function lastMonday(year: number, month: string): Day {
  const last = lastOfMonth(dayOf(`${year}-${month}-01`));
  return plusDays(last, 1 - weekday(last));
}
