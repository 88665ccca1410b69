import { Features } from './features.js';
import { positionsOf } from './position.js';
import { dayNumber, weekdayOf } from './day.js';
import { WorkingDays } from './working-days.js';

const working = new WorkingDays({
  knows: () => true,
  isWorkingDay: (day) => weekdayOf(dayNumber(day)) <= 5,
});
const days = working.between(dayNumber('2020-01-01'), dayNumber('2023-06-30'));
const at = positionsOf(days, working);
const placed = days.flatMap((day, i) => {
  const position = at[i];
  return position === undefined ? [] : [{ day, at: position }];
});
const last = days.length - 1;
const featuresOf = (valueAt: (i: number) => number, start = 0): Features =>
  new Features(
    placed,
    Float64Array.from(days, (_, i) => valueAt(i)),
    start,
  );

const half = (i: number): number => (i > last - 125 ? 120 : 100);
const unit = (125 * 120 + 126 * 100) / 251;

test('a series that grew by a fifth brings a fifth more than a year ago, in mean days', () => {
  expect(featuresOf(half).grown(last, 1, 20)).toBeCloseTo((20 * 100 * 1.2) / unit, 9);
});

test('days over a year ahead bring what they did two years before, grown twice', () => {
  expect(featuresOf(half).grown(last, 241, 20)).toBeCloseTo((20 * 100 * 1.2 ** 2) / unit, 9);
});

test('what a season brought a year ago it brings again, on its own days', () => {
  const season = featuresOf((i) => (i > last - 251 && i <= last - 231 ? 300 : 100));
  const mean = (20 * 300 + 231 * 100) / 251;
  expect(season.grown(last, 1, 20)).toBeCloseTo((20 * 300) / mean, 9);
  expect(season.grown(last, 21, 20)).toBeCloseTo((20 * 100) / mean, 9);
});

test('growth says nothing of a series that is doubled, halved, negative or young', () => {
  const grownOf = (now: number, then: number, start = 0): number | undefined =>
    featuresOf((i) => (i > last - 251 ? now : then), start).grown(last, 1, 20);
  expect(grownOf(190, 100)).toBeDefined();
  expect(grownOf(200, 100)).toBeUndefined();
  expect(grownOf(50, 100)).toBeUndefined();
  expect(grownOf(-100, -100)).toBeUndefined();
  expect(grownOf(0, 0)).toBeUndefined();
  expect(grownOf(100, 100, last - 251 - 125)).toBeDefined();
  expect(grownOf(100, 100, last - 251 - 124)).toBeUndefined();
});
