export {
  compareDays,
  type Day,
  dayOf,
  daysBetween,
  firstOfMonth,
  isDay,
  lastOfMonth,
  monthOf,
  plusDays,
  weekday,
  yearOf,
} from './day.js';
export { type FiscalYear, fiscalYearOf, type FiscalYearStart } from './fiscal-year.js';
export {
  type CalendarName,
  calendarOf,
  type DayOverride,
  type Overrides,
  type WorkingCalendar,
} from './working-calendar.js';
