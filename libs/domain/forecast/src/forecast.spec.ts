import { fit, forecast, netOf, planningInflow, cumulate, shortfall, summarise } from './index.js';
import { dayNumber, dayText, weekdayOf } from './day.js';

const calendar = {
  knows: () => true,
  isWorkingDay: (day: string) => weekdayOf(dayNumber(day)) <= 5,
};

/** Three years of weekdays: 100 yuan a day in, ten times that on the first working day. */
function monthlySeries(name: string, direction: 'inflow' | 'outflow') {
  const flows = [];
  let month = '';
  for (let n = dayNumber('2021-01-01'); n <= dayNumber('2023-12-29'); n += 1) {
    if (weekdayOf(n) > 5) continue;
    const day = dayText(n);
    flows.push({ day, amount: day.slice(0, 7) === month ? 10_000 : 100_000 });
    month = day.slice(0, 7);
  }
  return { name, direction, flows };
}

const history = {
  origin: '2023-12-29',
  series: [monthlySeries('tax', 'inflow'), monthlySeries('outlay', 'outflow')],
};

test('the first working day of the month is forecast as such', () => {
  const result = forecast(fit(history, calendar), { horizon: 30, paths: 50 });
  const [tax] = result.series;
  if (!tax) throw new Error('no series');
  const medians = new Map(summarise(tax, [0.5]).map(({ day, quantiles }) => [day, quantiles[0]]));
  for (const first of ['2024-01-01', '2024-02-01']) {
    expect(medians.get(first)).toBeGreaterThan(80_000);
  }
  expect(medians.get('2024-01-02')).toBeLessThan(20_000);
});

test('how far ahead one looks does not change what is seen nearer by, within the same weeks', () => {
  const model = fit(history, calendar);
  const [far] = forecast(model, { horizon: 40, paths: 20 }).series;
  const [near] = forecast(model, { horizon: 25, paths: 20 }).series;
  if (!far || !near) throw new Error('no series');
  expect([...near.values]).toEqual([...far.values.filter((_, i) => i % 40 < 25)]);
});

test('a known giant changes only its own day and the sums over it', () => {
  const giant = {
    series: 'outlay',
    direction: 'outflow' as const,
    day: '2024-01-10',
    amount: 5_000_000,
    source: 'bond-7',
  };
  const model = fit(history, calendar);
  const without = netOf(forecast(model, { horizon: 20, paths: 20 }));
  const withIt = netOf(forecast(model, { horizon: 20, paths: 20, known: [giant] }));
  const changed = summarise(without, [0.5]).filter(
    (day, d) => day.quantiles[0] !== summarise(withIt, [0.5])[d]?.quantiles[0],
  );
  expect(changed.map((day) => day.day)).toEqual(['2024-01-10']);
  const balance = cumulate(withIt, 'balance', 1_000_000);
  expect(shortfall(balance, 0, 0.5).firstDay).toBe('2024-01-10');
});

test('the planning inflow adds up to the cautious quantile of the sum', () => {
  const [tax] = forecast(fit(history, calendar), { horizon: 20, paths: 50 }).series;
  if (!tax) throw new Error('no series');
  const planned = planningInflow(tax, 0.1);
  expect(Math.min(...planned)).toBeGreaterThanOrEqual(0);
  expect(planned[0]).toBeGreaterThan(70_000);
});
