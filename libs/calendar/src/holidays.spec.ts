import { type Day, dayOf, plusDays, weekday } from './day.js';
import { calendarOf } from './working-calendar.js';

/**
 * The weekdays without a daily statement of the US Treasury, 2005-10-03 to 2018-12-31, as read from
 * the statements themselves (public domain): month and date, one row a year.
 */
const weekdaysWithoutStatement = `
  2005 10-10 11-11 11-24 12-26
  2006 01-02 01-16 02-20 05-29 07-04 09-04 10-09 11-23 12-25
  2007 01-01 01-15 02-19 05-28 07-04 09-03 10-08 11-12 11-22 12-25
  2008 01-01 01-21 02-18 05-26 07-04 09-01 10-13 11-11 11-27 12-25
  2009 01-01 01-19 02-16 05-25 09-07 10-12 11-11 11-26 12-25
  2010 01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25
  2011 01-17 02-21 05-30 07-04 09-05 10-10 11-11 11-24 12-26
  2012 01-02 01-16 02-20 05-28 07-04 09-03 10-08 11-12 11-22 12-25
  2013 01-01 01-21 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25
  2014 01-01 01-20 02-17 05-26 07-04 09-01 10-13 11-11 11-27 12-25
  2015 01-01 01-19 02-16 05-25 09-07 10-12 11-11 11-26 12-25
  2016 01-01 01-18 02-15 05-30 07-04 09-05 10-10 11-11 11-24 12-26
  2017 01-02 01-16 02-20 05-29 07-04 09-04 10-09 11-23 12-25
  2018 01-01 01-15 02-19 05-28 07-04 09-03 10-08 11-12 11-22 12-25
`;

function span(from: string, to: string): Day[] {
  const days: Day[] = [];
  for (let day = dayOf(from); day <= dayOf(to); day = plusDays(day, 1)) days.push(day);
  return days;
}

describe('us: the Federal Reserve', () => {
  const us = calendarOf('us');

  test('every working day of 2005 to 2018 has a statement, and no other day has one', () => {
    const gaps = new Set(
      weekdaysWithoutStatement
        .trim()
        .split('\n')
        .flatMap((row) => {
          const [year, ...dates] = row.trim().split(' ');
          return dates.map((date) => `${year}-${date}`);
        }),
    );
    expect(gaps.size).toBeGreaterThan(120);
    for (const day of span('2005-10-03', '2018-12-31')) {
      expect([day, us.isWorkingDay(day)]).toEqual([day, weekday(day) <= 5 && !gaps.has(day)]);
    }
  });

  test.each([
    ['2026-07-03', true, 'the Friday before a Saturday holiday is worked'],
    ['2021-07-05', false, 'a Sunday holiday is kept on Monday'],
    ['2026-04-03', true, 'Good Friday is worked'],
    ['2020-06-19', true, 'Juneteenth was not yet a holiday of the Reserve Banks'],
    ['2022-06-20', false, 'Juneteenth is kept from 2022'],
    ['2018-12-05', true, 'a national day of mourning is worked'],
    ['2026-11-27', true, 'the day after Thanksgiving is worked'],
  ])('%s worked: %p, because %s', (day, working) => {
    expect(us.isWorkingDay(dayOf(day))).toBe(working);
  });

  test('a closed day names its holiday', () => {
    expect(us.holidayOn(dayOf('2026-11-26'))).toBe('thanksgiving');
    expect(us.holidayOn(dayOf('2026-07-04'))).toBe('independence_day');
    expect(us.holidayOn(dayOf('2026-11-28'))).toBeUndefined();
    expect(us.holidayOn(dayOf('2021-06-19'))).toBeUndefined();
  });
});

describe('cn: the notices of the State Council', () => {
  const cn = calendarOf('cn');

  test.each([
    [2007, 249, 19, 7],
    [2008, 251, 16, 5],
    [2009, 250, 17, 6],
    [2010, 250, 19, 8],
    [2011, 250, 16, 6],
    [2012, 249, 18, 6],
    [2013, 250, 23, 12],
    [2014, 250, 16, 5],
    [2015, 249, 17, 5],
    [2016, 250, 17, 6],
    [2017, 249, 16, 5],
    [2018, 250, 18, 7],
    [2019, 250, 17, 6],
    [2020, 249, 19, 6],
    [2021, 250, 18, 7],
    [2022, 249, 18, 7],
    [2023, 249, 18, 7],
    [2024, 251, 19, 8],
    [2025, 248, 18, 5],
    [2026, 248, 19, 6],
  ])(
    '%i has %i working days: %i weekdays off, %i weekend days worked',
    (year, worked, off, madeUp) => {
      const days = span(`${year}-01-01`, `${year}-12-31`);
      const working = days.filter((day) => cn.isWorkingDay(day));
      expect(working).toHaveLength(worked);
      expect(days.filter((day) => weekday(day) <= 5 && !cn.isWorkingDay(day))).toHaveLength(off);
      expect(working.filter((day) => weekday(day) > 5)).toHaveLength(madeUp);
    },
  );

  test.each([
    ['2026-02-14', true, 'the Saturday before the Spring Festival is made up'],
    ['2026-02-15', false, 'the Spring Festival'],
    ['2026-02-23', false, 'the last day of the Spring Festival'],
    ['2026-02-24', true, 'the day after the Spring Festival'],
    ['2020-01-31', false, 'the Spring Festival that was extended'],
    ['2011-12-31', true, 'a day made up for a holiday of the next year'],
  ])('%s worked: %p, %s', (day, working) => {
    expect(cn.isWorkingDay(dayOf(day))).toBe(working);
  });

  test('every day of a holiday bears its name, weekends inside it too', () => {
    expect(span('2024-02-09', '2024-02-18').filter((day) => cn.holidayOn(day))).toEqual(
      span('2024-02-10', '2024-02-17'),
    );
    expect(cn.holidayOn(dayOf('2024-02-10'))).toBe('spring_festival');
  });
});
