import { levelDays, levelled, missedLately, sumStretch } from './level.js';
import { uniforms } from './random.js';

const block = Array.from({ length: levelDays }, (_, d) => ({
  blended: d === 3 ? 9 : 1,
  plain: d === 3 ? 8 : 1.5,
  width: d === 3 ? 5 : 0.25,
}));
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

test('the sum moves by nine twentieths towards the regression, a quarter of the errors, a tenth of growth', () => {
  const moved = sum(levelled(block, 0.2, 38)) - 28;
  expect(moved).toBeCloseTo(0.9 * (0.5 * 8.5 + 0.25 * 0.2 * 20) + 0.1 * 10, 9);
});

test('each day takes part by how far off it usually is', () => {
  const shifts = levelled(block, 0, undefined).map(
    (middle, d) => middle - (block[d]?.blended ?? 0),
  );
  expect(shifts[3]).toBeCloseTo(20 * (shifts[0] ?? 0), 9);
  expect(sum(shifts)).toBeCloseTo(0.45 * 8.5, 9);
});

test('a series that is never off stays where it is', () => {
  const sure = block.map((day) => ({ ...day, width: 0 }));
  expect(levelled(sure, 1, 50)).toEqual(sure.map(({ blended }) => blended));
});

test('errors before a place say nothing while there are too few, and only the last half year counts', () => {
  const errors = [...new Array<number>(200).fill(8), ...new Array<number>(125).fill(2)];
  expect(missedLately(errors, 59)).toBe(0);
  expect(missedLately(errors, 60)).toBe(8);
  expect(missedLately(errors, errors.length)).toBe(2);
});

test('shocks of sums are narrower after a calm year, and wider after a wild one', () => {
  const draw = uniforms(7);
  const errors = (days: number, size: number): number[] =>
    Array.from({ length: days }, () => size * (draw() - 0.5));
  const alike = sumStretch(errors(1000, 1));
  expect(alike).toBeGreaterThan(1.1);
  expect(alike).toBeLessThan(1.5);
  expect(sumStretch([...errors(700, 2), ...errors(320, 1)])).toBeLessThan(1);
  expect(sumStretch([...errors(700, 1), ...errors(320, 2)])).toBeGreaterThan(1.6);
  expect(sumStretch(errors(levelDays - 1, 1))).toBe(1);
});
