import { type Day, firstOfMonth, lastOfMonth, plusDays, weekday, yearOf } from './day.js';
import { cnHolidays, type Holidays, usHolidays, weekdaysOnly } from './holidays.js';

export type CalendarName = 'us' | 'cn' | 'weekdays';

/** What a division's own office decided about one day; it outranks the published calendar. */
export interface DayOverride {
  readonly day: Day;
  readonly working: boolean;
}

export interface Overrides {
  /** In order of entry: of two about one day the later holds. */
  readonly days?: readonly DayOverride[];
  /** Years whose published holidays have been entered in `days`, and so are known from now on. */
  readonly publishedYears?: readonly number[];
}

/** The working days of the Federal Reserve (`us`), of China (`cn`), or plain Monday to Friday. */
export function calendarOf(name: CalendarName, overrides: Overrides = {}): WorkingCalendar {
  const holidays = { us: usHolidays, cn: cnHolidays, weekdays: () => weekdaysOnly }[name]();
  return new WorkingCalendar(holidays, overrides);
}

/**
 * Which days are worked. In a year without published holidays it answers by weekday, and says so:
 * `knows(year)` is false and `provisionalYears` names it. Whoever shows or stores such an answer
 * marks it provisional.
 */
export class WorkingCalendar {
  private readonly overrides: ReadonlyMap<Day, boolean>;
  private readonly publishedYears: ReadonlySet<number>;

  constructor(
    private readonly holidays: Holidays,
    { days = [], publishedYears = [] }: Overrides,
  ) {
    this.overrides = new Map(days.map(({ day, working }) => [day, working]));
    this.publishedYears = new Set(publishedYears);
  }

  /** Whether this year's holidays are published; if not, its working days are provisional. */
  knows(year: number): boolean {
    return this.holidays.knows(year) || this.publishedYears.has(year);
  }

  /** The years from `from` to `to` whose working days are provisional. */
  provisionalYears(from: Day, to: Day): number[] {
    const years = Array.from(
      { length: Math.max(0, yearOf(to) - yearOf(from) + 1) },
      (_, nth) => yearOf(from) + nth,
    );
    return years.filter((year) => !this.knows(year));
  }

  isWorkingDay(day: Day): boolean {
    const override = this.overrides.get(day);
    if (override !== undefined) return override;
    if (this.holidays.holidayOn(day) !== undefined) return false;
    return weekday(day) <= 5 || this.holidays.isMadeUp(day);
  }

  /** The holiday a closed day belongs to, weekend days inside it too: `spring_festival`. */
  holidayOn(day: Day): string | undefined {
    return this.isWorkingDay(day) ? undefined : this.holidays.holidayOn(day);
  }

  /** The first working day not before `day`. */
  onOrAfter(day: Day): Day {
    return this.seek(day, 1);
  }

  /** The last working day not after `day`. */
  onOrBefore(day: Day): Day {
    return this.seek(day, -1);
  }

  /**
   * The `count`-th working day after `day`, or before it when `count` is negative. Zero gives the
   * day itself, worked or not.
   */
  plusWorkingDays(day: Day, count: number): Day {
    const step = Math.sign(count);
    let reached = day;
    for (let left = Math.abs(count); left > 0; left -= 1) {
      reached = this.seek(plusDays(reached, step), step);
    }
    return reached;
  }

  /** The working days from `from` to `to`, both included, ascending. */
  workingDays(from: Day, to: Day): Day[] {
    const days: Day[] = [];
    for (let day = from; day <= to; day = plusDays(day, 1)) {
      if (this.isWorkingDay(day)) days.push(day);
    }
    return days;
  }

  /** The working days of the month that `day` lies in. */
  workingDaysOfMonth(day: Day): Day[] {
    return this.workingDays(firstOfMonth(day), lastOfMonth(day));
  }

  /**
   * Which working day of its month `day` is, counted from 1 from either end.
   *
   * @throws RangeError when it is not worked
   */
  rankInMonth(day: Day): { fromStart: number; fromEnd: number } {
    if (!this.isWorkingDay(day)) throw new RangeError(`${day} is not a working day`);
    return {
      fromStart: this.workingDays(firstOfMonth(day), day).length,
      fromEnd: this.workingDays(day, lastOfMonth(day)).length,
    };
  }

  /**
   * The business day of something that arrives on `day` at `time`: that day if it is worked and the
   * cut-off is not reached, else the next working day.
   *
   * @param time local time of the division, `HH:MM`; so is `cutOff`
   */
  businessDay(day: Day, time: string, cutOff: string): Day {
    for (const text of [time, cutOff]) {
      if (!/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text)) {
        throw new RangeError(`a time of day is written like '16:30', not '${text}'`);
      }
    }
    return this.onOrAfter(time < cutOff ? day : plusDays(day, 1));
  }

  /** Ends because no override list closes every day; a year of closed days is taken for a fault. */
  private seek(from: Day, step: number): Day {
    for (let day = from, left = 366; left > 0; day = plusDays(day, step), left -= 1) {
      if (this.isWorkingDay(day)) return day;
    }
    throw new RangeError(`no working day within a year of ${from}`);
  }
}
