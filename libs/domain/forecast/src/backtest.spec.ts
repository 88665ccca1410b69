import fc from 'fast-check';
import {
  backtest,
  fit,
  forecast,
  type Forecaster,
  naive,
  originsOf,
  ours,
  peeks,
  recordOf,
  seasonalNaive,
  splitErrors,
} from './index.js';
import { dayNumber, dayText, weekdayOf } from './day.js';

const calendar = {
  knows: () => true,
  isWorkingDay: (day: string) => weekdayOf(dayNumber(day)) <= 5,
};

/** Two and a half years of weekdays: more on the first days of a month, and never the same. */
function weekdays(name: string, direction: 'inflow' | 'outflow', salt: number) {
  const flows = [];
  for (let n = dayNumber('2021-01-01'); n <= dayNumber('2023-06-30'); n += 1) {
    if (weekdayOf(n) > 5) continue;
    const day = dayText(n);
    const amount = (Number(day.slice(8)) <= 3 ? 90_000 : 10_000) + ((n * salt) % 701);
    flows.push({ day, amount });
  }
  return { name, direction, flows };
}

const history = {
  origin: '2023-06-30',
  series: [weekdays('tax', 'inflow', 37), weekdays('outlay', 'outflow', 53)],
};
const record = recordOf(history, calendar);
const origin = '2023-03-31';

/** Forecasts what comes, wherever it is in what it was given; else what the last day brought. */
const peeker: Forecaster = (given, days, horizon) => {
  const honest = naive()(given, days, horizon);
  const series = honest.series.map((paths) => {
    const flows = given.series.find(({ name }) => name === paths.name)?.flows ?? [];
    const known = new Map(flows.map(({ day, amount }) => [day, amount]));
    const values = paths.values.map((value, d) => known.get(paths.days[d] ?? '') ?? value);
    return { ...paths, values };
  });
  return { ...honest, series };
};

test('a backtest hands a model nothing behind the origin, so that peeking gains nothing', () => {
  const plan = { origins: originsOf(record, '2023-03-01', '2023-05-31', 10), horizon: 10 };
  expect(plan.origins).toHaveLength(13);
  expect(backtest(record, peeker, plan)).toEqual(backtest(record, naive(), plan));
});

test('a model that peeks when it is given the whole history is caught by its bytes', () => {
  expect(peeks(record, peeker, origin, 10)).toBe(true);
  expect(peeks(record, naive(), origin, 10)).toBe(false);
  expect(peeks(record, seasonalNaive(), origin, 10)).toBe(false);
});

test.each(['daily', 'monthly'] as const)(
  'what stands behind the origin changes no byte of our %s forecast',
  (frequency) => {
    const months = history.series.map((series) => ({
      ...series,
      flows: series.flows.filter(({ day }) => day.endsWith('-15') || day.endsWith('-16')),
    }));
    const monthly = months.map((series) => ({
      ...series,
      flows: [...new Map(series.flows.map((f) => [f.day.slice(0, 7), f])).values()],
    }));
    const given = frequency === 'daily' ? history : { ...history, series: monthly };
    const options = { frequency, season: 12 };
    const whole = recordOf(given, calendar, options);
    const at = frequency === 'daily' ? origin : (whole.labels.at(-5) ?? '');
    expect(peeks(whole, ours(20, [], options), at, 4)).toBe(false);
  },
);

test('measures of a forecast that is off by the same amount every day are that amount', () => {
  const off = 500;
  const late: Forecaster = (given, days, horizon) => {
    const cheat = peeker(history, days, horizon);
    const ahead = naive()(given, days, horizon);
    const series = ahead.series.map((paths) => {
      const flows = history.series.find(({ name }) => name === paths.name)?.flows ?? [];
      const came = new Map(flows.map(({ day, amount }) => [day, amount]));
      return {
        ...paths,
        values: paths.values.map((_, d) => (came.get(paths.days[d] ?? '') ?? 0) - off),
      };
    });
    return { ...cheat, days: ahead.days, series };
  };
  const scores = backtest(record, late, { origins: [origin], horizon: 10 });
  const tax = scores.find(({ series }) => series === 'tax')!;
  expect(tax.pinball).toBe(off / 2);
  expect(tax.sumError).toBe(10 * off);
  expect(tax.causes.sum).toEqual({ timing: 0, amount: 10 * off, missing: 0, unplanned: 0 });
  expect(tax.coverage.map(({ from, to, covered80 }) => [from, to, covered80])).toEqual([
    [1, 5, 0],
    [6, 10, 0],
  ]);
  // Receipts and outlays are both off by the same, so that the net is right.
  expect(scores.find(({ series }) => series === 'net')!.pinball).toBe(0);
});

test('the causes of an error add up to it to the fen, whatever was expected and came', () => {
  const fen = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
  const day = fc.tuple(fc.oneof(fc.constant(0), fen), fc.oneof(fc.constant(0), fen));
  fc.assert(
    fc.property(fc.array(day, { maxLength: 30 }), fc.integer({ min: 0, max: 8 }), (days, reach) => {
      const expected = days.map(([value]) => value);
      const came = days.map(([, value]) => value);
      const parts = splitErrors(expected, came, reach);
      expect(parts.map((p) => p.timing + p.amount + p.missing + p.unplanned)).toEqual(
        days.map(([a, b]) => b - a + 0),
      );
      expect(parts.reduce((sum, { timing }) => sum + timing, 0)).toBe(0);
    }),
  );
});

test('each cause is told from the others', () => {
  expect(splitErrors([100, 0, 50, 40], [0, 100, 70, 0], 1)).toEqual([
    { timing: -100, amount: 0, missing: 0, unplanned: 0 },
    { timing: 100, amount: 0, missing: 0, unplanned: 0 },
    { timing: 20, amount: 0, missing: 0, unplanned: 0 },
    { timing: -20, amount: 0, missing: -20, unplanned: 0 },
  ]);
  expect(splitErrors([0, 10], [300, 12], 5)).toEqual([
    { timing: 0, amount: 0, missing: 0, unplanned: 300 },
    { timing: 0, amount: 2, missing: 0, unplanned: 0 },
  ]);
});

test('periods go on in the way they are written', () => {
  const monthly = {
    origin: '2020-12',
    series: [{ name: 'a', direction: 'inflow' as const, flows: [] }],
  };
  for (const [frequency, flows, next] of [
    ['monthly', ['2020-11', '2020-12'], ['2021-01', '2021-02']],
    ['monthly', ['2020-11-30', '2020-12-31'], ['2021-01-31', '2021-02-28']],
    ['weekly', ['2020-12-18', '2020-12-25'], ['2021-01-01', '2021-01-08']],
    ['hourly', ['2020-12-31T22:00', '2020-12-31T23:00'], ['2021-01-01T00:00', '2021-01-01T01:00']],
    ['none', ['1', '2'], ['3', '4']],
    ['none', ['2020-07-01', '2020-10-01'], ['2021-01-01', '2021-04-01']],
  ] as const) {
    const series = [{ ...monthly.series[0]!, flows: flows.map((day) => ({ day, amount: 1 })) }];
    const model = fit({ origin: flows[1], series }, calendar, [], { frequency });
    expect(forecast(model, { horizon: 2, paths: 3 }).days).toEqual(next);
  }
});
