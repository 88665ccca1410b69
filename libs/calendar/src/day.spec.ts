import fc from 'fast-check';
import { compareDays, type Day, dayOf, daysBetween, firstOfMonth, isDay } from './day.js';
import { lastOfMonth, monthOf, plusDays, weekday, yearOf } from './day.js';
import { fiscalYearOf } from './fiscal-year.js';

const anyDay = fc
  .integer({ min: -20_000, max: 60_000 })
  .map((n) => plusDays(dayOf('2000-01-01'), n));

describe('a day', () => {
  test.each(['2024-02-29', '2000-02-29', '1999-12-31', '2026-01-01'])('%s exists', (text) => {
    expect(isDay(text)).toBe(true);
  });

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    '2026-01-01\n',
    ' 2026-01-01',
    '0999-01-01',
    '3000-01-01',
    '',
    20_260_101,
    null,
    undefined,
  ])('%p is none', (text) => {
    expect(isDay(text)).toBe(false);
  });

  test('text that is no day is refused with the form to use', () => {
    expect(() => dayOf('1 March')).toThrow("written like '2026-03-09'");
    // @ts-expect-error plain text is not yet a day
    const unchecked: Day = '2026-03-09';
    expect(isDay(unchecked)).toBe(true);
  });

  test('steps there and back, and order agrees with distance', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -40_000, max: 40_000 }), (day, days) => {
        const other = plusDays(day, days);
        expect(daysBetween(day, other)).toBe(days);
        expect(plusDays(other, -days)).toBe(day);
        expect(Math.sign(compareDays(other, day))).toBe(Math.sign(days));
        expect(weekday(plusDays(day, 1))).toBe((weekday(day) % 7) + 1);
      }),
    );
  });

  test.each([
    ['2026-11-23', 1],
    ['2000-01-01', 6],
    ['1969-07-20', 7],
  ])('%s is weekday %i', (day, wanted) => {
    expect(weekday(dayOf(day))).toBe(wanted);
  });

  test.each([
    ['2024-02-10', '2024-02-01', '2024-02-29'],
    ['2025-12-31', '2025-12-01', '2025-12-31'],
    ['2026-01-31', '2026-01-01', '2026-01-31'],
  ])('the month of %s runs from %s to %s', (day, first, last) => {
    expect(firstOfMonth(dayOf(day))).toBe(first);
    expect(lastOfMonth(dayOf(day))).toBe(last);
    expect(monthOf(dayOf(day))).toBe(first.slice(0, 7));
  });
});

describe('a fiscal year', () => {
  const january = { month: 1, day: 1 };
  const october = { month: 10, day: 1 };
  const april = { month: 4, day: 6 };

  test.each([
    ['2026-01-01', january, 2026, '2026-01-01', '2026-12-31'],
    ['2026-12-31', january, 2026, '2026-01-01', '2026-12-31'],
    ['2011-08-15', october, 2011, '2010-10-01', '2011-09-30'],
    ['2011-10-01', october, 2012, '2011-10-01', '2012-09-30'],
    ['2024-04-05', april, 2024, '2023-04-06', '2024-04-05'],
    ['2024-04-06', april, 2025, '2024-04-06', '2025-04-05'],
  ])('%s by a year beginning on %p is in %i, from %s to %s', (day, start, name, first, last) => {
    expect(fiscalYearOf(dayOf(day), start)).toEqual({ name, first, last });
  });

  test('the day before its first day belongs to the year before', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(january, october, april), (day, start) => {
        const year = fiscalYearOf(day, start);
        expect(year.first <= day && day <= year.last).toBe(true);
        expect(fiscalYearOf(plusDays(year.first, -1), start).name).toBe(year.name - 1);
        expect(yearOf(year.last)).toBe(year.name);
      }),
    );
  });

  test('it may not begin on a day that some years lack', () => {
    expect(() => fiscalYearOf(dayOf('2024-02-29'), { month: 2, day: 29 })).toThrow(RangeError);
  });
});
