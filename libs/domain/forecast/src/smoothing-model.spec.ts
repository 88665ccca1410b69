import { fit, forecast, summarise } from './index.js';
import { minimise } from './minimise.js';
import { seasonalFactors } from './seasonal-factors.js';
import { uniforms } from './random.js';

const noCalendar = { isWorkingDay: () => true, knows: () => true };

function ahead(values: readonly number[], season: number, horizon: number) {
  const flows = values.map((amount, n) => ({ day: String(n + 1), amount: Math.round(amount) }));
  const series = [{ name: 'tax', direction: 'inflow' as const, flows }];
  const history = { origin: String(values.length), series };
  const model = fit(history, noCalendar, [], { frequency: 'none', season });
  const result = forecast(model, { horizon, paths: 400 });
  return { result, days: summarise(result.series[0]!, [0.1, 0.5, 0.9]) };
}

test('growth and season of a regular series go on', () => {
  const factors = [0.5, 1, 1.5, 1];
  const value = (n: number) => 1_000_000 * 1.01 ** n * (factors[n % 4] ?? 1);
  const { days } = ahead(
    Array.from({ length: 60 }, (_, n) => value(n)),
    4,
    8,
  );
  days.forEach(({ quantiles }, d) => {
    expect(Math.abs(quantiles[1]! / value(60 + d) - 1)).toBeLessThan(0.03);
  });
});

test('the band of a noisy level holds about as often as it says', () => {
  let held = 0;
  const seeds = Array.from({ length: 100 }, (_, seed) => seed + 1);
  for (const seed of seeds) {
    const draw = uniforms(seed);
    const values = Array.from({ length: 61 }, () => 100_000 + 20_000 * (draw() + draw() - 1));
    const { days } = ahead(values.slice(0, 60), 1, 1);
    const [low = 0, , high = 0] = days[0]!.quantiles;
    if (values[60]! >= low && values[60]! <= high) held += 1;
  }
  expect(held).toBeGreaterThanOrEqual(70);
  expect(held).toBeLessThanOrEqual(90);
});

test.each([
  ['all zero', new Array<number>(20).fill(0), 0],
  ['one giant', [...new Array<number>(30).fill(100), 1e9, ...new Array<number>(9).fill(100)], 100],
  ['of changing sign', Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? 500 : -500)), 0],
  ['that has only begun', [700], 700],
])('a series %s is forecast without a figure that is none', (_, values, usual) => {
  const { days } = ahead(values, 12, 6);
  for (const { mean, quantiles } of days) {
    for (const figure of [mean, ...quantiles]) expect(Number.isFinite(figure)).toBe(true);
    expect(Math.abs(quantiles[1]! - usual)).toBeLessThanOrEqual(1000);
  }
});

test('chance alone is no season', () => {
  const draw = uniforms(7);
  expect(
    seasonalFactors(
      Float64Array.from({ length: 60 }, () => 100 + draw()),
      12,
    ),
  ).toBeUndefined();
});

test('the lowest place of a bowl is found', () => {
  const [x = 0, y = 0] = minimise(
    ([a = 0, b = 0]) => (a - 3) ** 2 + 10 * (b + 1) ** 2,
    [0, 0],
    [1, 1],
    500,
  );
  expect([Math.round(x * 100), Math.round(y * 100)]).toEqual([300, -100]);
});
