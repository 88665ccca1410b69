/**
 * The State Council's notices on holidays of 2007 to 2026, one row a holiday: first day off, how
 * many days off, which holiday, and the weekend days that are worked to make up for it.
 * Source and licence: cn-notices.md.
 */
export const cnNotices = `
2007-01-01 3 new_year
2007-02-18 7 spring_festival 2007-02-17 2007-02-25
2007-05-01 7 labour_day 2007-04-28 2007-04-29
2007-10-01 7 national_day 2007-09-29 2007-09-30
2007-12-30 3 new_year 2007-12-29
2008-02-06 7 spring_festival 2008-02-02 2008-02-03
2008-04-04 3 tomb_sweeping
2008-05-01 3 labour_day 2008-05-04
2008-06-07 3 dragon_boat
2008-09-13 3 mid_autumn
2008-09-29 7 national_day 2008-09-27 2008-09-28
2009-01-01 3 new_year 2009-01-04
2009-01-25 7 spring_festival 2009-01-24 2009-02-01
2009-04-04 3 tomb_sweeping
2009-05-01 3 labour_day
2009-05-28 3 dragon_boat 2009-05-31
2009-10-01 8 national_day 2009-09-27 2009-10-10
2010-01-01 3 new_year
2010-02-13 7 spring_festival 2010-02-20 2010-02-21
2010-04-03 3 tomb_sweeping
2010-05-01 3 labour_day
2010-06-14 3 dragon_boat 2010-06-12 2010-06-13
2010-09-22 3 mid_autumn 2010-09-19 2010-09-25
2010-10-01 7 national_day 2010-09-26 2010-10-09
2011-01-01 3 new_year
2011-02-02 7 spring_festival 2011-01-30 2011-02-12
2011-04-03 3 tomb_sweeping 2011-04-02
2011-04-30 3 labour_day
2011-06-04 3 dragon_boat
2011-09-10 3 mid_autumn
2011-10-01 7 national_day 2011-10-08 2011-10-09
2012-01-01 3 new_year 2011-12-31
2012-01-22 7 spring_festival 2012-01-21 2012-01-29
2012-04-02 3 tomb_sweeping 2012-03-31 2012-04-01
2012-04-29 3 labour_day 2012-04-28
2012-06-22 3 dragon_boat
2012-09-30 8 national_day 2012-09-29
2013-01-01 3 new_year 2013-01-05 2013-01-06
2013-02-09 7 spring_festival 2013-02-16 2013-02-17
2013-04-04 3 tomb_sweeping 2013-04-07
2013-04-29 3 labour_day 2013-04-27 2013-04-28
2013-06-10 3 dragon_boat 2013-06-08 2013-06-09
2013-09-19 3 mid_autumn 2013-09-22
2013-10-01 7 national_day 2013-09-29 2013-10-12
2014-01-01 1 new_year
2014-01-31 7 spring_festival 2014-01-26 2014-02-08
2014-04-05 1 tomb_sweeping
2014-04-07 1 tomb_sweeping
2014-05-01 3 labour_day 2014-05-04
2014-06-02 1 dragon_boat
2014-09-08 1 mid_autumn
2014-10-01 7 national_day 2014-09-28 2014-10-11
2015-01-01 3 new_year 2015-01-04
2015-02-18 7 spring_festival 2015-02-15 2015-02-28
2015-04-05 2 tomb_sweeping
2015-05-01 1 labour_day
2015-06-20 1 dragon_boat
2015-06-22 1 dragon_boat
2015-09-03 3 victory_day 2015-09-06
2015-09-27 1 mid_autumn
2015-10-01 7 national_day 2015-10-10
2016-01-01 1 new_year
2016-02-07 7 spring_festival 2016-02-06 2016-02-14
2016-04-04 1 tomb_sweeping
2016-05-01 2 labour_day
2016-06-09 3 dragon_boat 2016-06-12
2016-09-15 3 mid_autumn 2016-09-18
2016-10-01 7 national_day 2016-10-08 2016-10-09
2017-01-01 2 new_year
2017-01-27 7 spring_festival 2017-01-22 2017-02-04
2017-04-02 3 tomb_sweeping 2017-04-01
2017-05-01 1 labour_day
2017-05-28 3 dragon_boat 2017-05-27
2017-10-01 8 national_day 2017-09-30
2018-01-01 1 new_year
2018-02-15 7 spring_festival 2018-02-11 2018-02-24
2018-04-05 3 tomb_sweeping 2018-04-08
2018-04-29 3 labour_day 2018-04-28
2018-06-18 1 dragon_boat
2018-09-24 1 mid_autumn
2018-10-01 7 national_day 2018-09-29 2018-09-30
2018-12-30 3 new_year 2018-12-29
2019-02-04 7 spring_festival 2019-02-02 2019-02-03
2019-04-05 1 tomb_sweeping
2019-05-01 4 labour_day 2019-04-28 2019-05-05
2019-06-07 1 dragon_boat
2019-09-13 1 mid_autumn
2019-10-01 7 national_day 2019-09-29 2019-10-12
2020-01-01 1 new_year
2020-01-24 10 spring_festival 2020-01-19
2020-04-04 3 tomb_sweeping
2020-05-01 5 labour_day 2020-04-26 2020-05-09
2020-06-25 3 dragon_boat 2020-06-28
2020-10-01 8 national_day 2020-09-27 2020-10-10
2021-01-01 3 new_year
2021-02-11 7 spring_festival 2021-02-07 2021-02-20
2021-04-03 3 tomb_sweeping
2021-05-01 5 labour_day 2021-04-25 2021-05-08
2021-06-12 3 dragon_boat
2021-09-19 3 mid_autumn 2021-09-18
2021-10-01 7 national_day 2021-09-26 2021-10-09
2022-01-01 3 new_year
2022-01-31 7 spring_festival 2022-01-29 2022-01-30
2022-04-03 3 tomb_sweeping 2022-04-02
2022-04-30 5 labour_day 2022-04-24 2022-05-07
2022-06-03 3 dragon_boat
2022-09-10 3 mid_autumn
2022-10-01 7 national_day 2022-10-08 2022-10-09
2022-12-31 3 new_year
2023-01-21 7 spring_festival 2023-01-28 2023-01-29
2023-04-05 1 tomb_sweeping
2023-04-29 5 labour_day 2023-04-23 2023-05-06
2023-06-22 3 dragon_boat 2023-06-25
2023-09-29 8 national_day 2023-10-07 2023-10-08
2024-01-01 1 new_year
2024-02-10 8 spring_festival 2024-02-04 2024-02-18
2024-04-04 3 tomb_sweeping 2024-04-07
2024-05-01 5 labour_day 2024-04-28 2024-05-11
2024-06-10 1 dragon_boat
2024-09-15 3 mid_autumn 2024-09-14
2024-10-01 7 national_day 2024-09-29 2024-10-12
2025-01-01 1 new_year
2025-01-28 8 spring_festival 2025-01-26 2025-02-08
2025-04-04 3 tomb_sweeping
2025-05-01 5 labour_day 2025-04-27
2025-05-31 3 dragon_boat
2025-10-01 8 national_day 2025-09-28 2025-10-11
2026-01-01 3 new_year 2026-01-04
2026-02-15 9 spring_festival 2026-02-14 2026-02-28
2026-04-04 3 tomb_sweeping
2026-05-01 5 labour_day 2026-05-09
2026-06-19 3 dragon_boat
2026-09-25 3 mid_autumn
2026-10-01 7 national_day 2026-09-20 2026-10-10
`;

/** The first and the last year whose notice is in the table. */
export const cnNoticeYears = { first: 2007, last: 2026 } as const;
