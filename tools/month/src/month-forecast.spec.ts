import { forecastDays, forecastMonth } from './month-forecast.js';
import { readMonthSample } from './month-sample.js';

test('the forecast of August 2011 sees days before its origin only, and stands beside what came', async () => {
  const sample = await readMonthSample('samples/us-august-2011', '2011-08-31');
  const forecast = forecastMonth(sample);
  const days = forecastDays(forecast);
  expect(days.map(({ day }) => day)).toEqual(sample.days);
  expect(forecast.came.at(-1)! - forecast.came[0]!).toBeLessThan(0);
  // Eight days of ten lie in a band of 80 % on average; a month is one draw, so that half is asked for.
  const held = days.filter(
    ({ low, high, came }) => Number(low) <= Number(came) && Number(came) <= Number(high),
  );
  expect(held.length).toBeGreaterThan(days.length / 2);
}, 60_000);
