import fc from 'fast-check';
import { dayOf, monthOf, plusDays } from './day.js';
import { calendarOf } from './working-calendar.js';

const calendars = fc.constantFrom(calendarOf('us'), calendarOf('cn'), calendarOf('weekdays'));
const anyDay = fc.integer({ min: 0, max: 7300 }).map((n) => plusDays(dayOf('2007-01-01'), n));

describe('working days', () => {
  test('the nearest working day either way is worked, and nothing between is', () => {
    fc.assert(
      fc.property(calendars, anyDay, (calendar, day) => {
        const next = calendar.onOrAfter(day);
        const previous = calendar.onOrBefore(day);
        expect(previous <= day && day <= next).toBe(true);
        expect(calendar.workingDays(day, next)).toEqual([next]);
        expect(calendar.workingDays(previous, day)).toEqual([previous]);
      }),
    );
  });

  test('going some working days on and back returns to the same working day', () => {
    fc.assert(
      fc.property(calendars, anyDay, fc.nat({ max: 80 }), (calendar, day, count) => {
        const start = calendar.onOrAfter(day);
        const end = calendar.plusWorkingDays(start, count);
        expect(calendar.workingDays(start, end)).toHaveLength(count + 1);
        expect(calendar.plusWorkingDays(end, -count)).toBe(start);
      }),
    );
  });

  test('ranks from both ends of a month add up to its working days', () => {
    fc.assert(
      fc.property(calendars, anyDay, (calendar, day) => {
        const worked = calendar.workingDaysOfMonth(day);
        worked.forEach((workingDay, at) => {
          expect(monthOf(workingDay)).toBe(monthOf(day));
          expect(calendar.rankInMonth(workingDay)).toEqual({
            fromStart: at + 1,
            fromEnd: worked.length - at,
          });
        });
      }),
      { numRuns: 20 },
    );
  });

  test('from a closed day the count starts at the next or the last working day', () => {
    const cn = calendarOf('cn');
    expect(cn.plusWorkingDays(dayOf('2026-02-18'), 1)).toBe('2026-02-24');
    expect(cn.plusWorkingDays(dayOf('2026-02-18'), -1)).toBe('2026-02-14');
    expect(cn.plusWorkingDays(dayOf('2026-02-18'), 0)).toBe('2026-02-18');
  });

  test('August 2011 has 23 working days in the United States', () => {
    expect(calendarOf('us').workingDaysOfMonth(dayOf('2011-08-15'))).toHaveLength(23);
  });

  test('a closed day has no rank', () => {
    expect(() => calendarOf('us').rankInMonth(dayOf('2026-07-05'))).toThrow('not a working day');
  });
});

describe('overrides', () => {
  test('close and open single days, and of two about one day the later holds', () => {
    const calendar = calendarOf('cn', {
      days: [
        { day: dayOf('2026-03-09'), working: false },
        { day: dayOf('2026-02-16'), working: true },
        { day: dayOf('2026-03-10'), working: false },
        { day: dayOf('2026-03-10'), working: true },
      ],
    });
    expect(calendar.isWorkingDay(dayOf('2026-03-09'))).toBe(false);
    expect(calendar.isWorkingDay(dayOf('2026-03-10'))).toBe(true);
    expect(calendar.isWorkingDay(dayOf('2026-02-16'))).toBe(true);
    expect(calendar.holidayOn(dayOf('2026-02-16'))).toBeUndefined();
    expect(calendar.onOrAfter(dayOf('2026-03-08'))).toBe('2026-03-10');
  });

  test('an override list that closes everything is a fault, not an endless search', () => {
    const days = Array.from({ length: 800 }, (_, n) => ({
      day: plusDays(dayOf('2025-01-01'), n),
      working: false,
    }));
    expect(() => calendarOf('weekdays', { days }).onOrAfter(dayOf('2025-01-01'))).toThrow(
      RangeError,
    );
  });
});

describe('a year without published holidays', () => {
  const cn = calendarOf('cn');

  test('is said', () => {
    expect(cn.knows(2026)).toBe(true);
    expect(cn.knows(2027)).toBe(false);
    expect(cn.knows(2006)).toBe(false);
    expect(cn.provisionalYears(dayOf('2025-12-01'), dayOf('2028-01-31'))).toEqual([2027, 2028]);
    expect(cn.provisionalYears(dayOf('2025-12-01'), dayOf('2026-12-31'))).toEqual([]);
    expect(calendarOf('us').knows(2050)).toBe(true);
    expect(calendarOf('us').knows(1985)).toBe(false);
  });

  test('is answered by weekday until its notice is entered', () => {
    expect(cn.isWorkingDay(dayOf('2027-01-01'))).toBe(true);

    const told = calendarOf('cn', {
      days: [{ day: dayOf('2027-01-01'), working: false }],
      publishedYears: [2027],
    });
    expect(told.knows(2027)).toBe(true);
    expect(told.isWorkingDay(dayOf('2027-01-01'))).toBe(false);
  });
});

describe('the cut-off', () => {
  const us = calendarOf('us');

  test.each([
    ['2026-07-02', '16:29', '2026-07-02'],
    ['2026-07-02', '16:30', '2026-07-03'],
    ['2026-07-03', '17:00', '2026-07-06'],
    ['2026-07-04', '09:00', '2026-07-06'],
  ])('what arrives on %s at %s belongs to %s when the cut-off is 16:30', (day, time, business) => {
    expect(us.businessDay(dayOf(day), time, '16:30')).toBe(business);
  });

  test.each(['9:00', '24:00', '09:60', '0900'])('%s is no time of day', (time) => {
    expect(() => us.businessDay(dayOf('2026-07-02'), time, '16:30')).toThrow(RangeError);
  });
});
