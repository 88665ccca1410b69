import { Money } from '@guoku/money';
import { Forecaster } from '../src/forecast/forecaster.js';
import { eve, history } from './books.js';

/** Eight series of two years: enough to be noticed, whichever model fits them. */
const task = {
  origin: eve,
  horizonDays: 90,
  quantile: 0.1,
  seed: 1,
  alarm: 0.1,
  calendar: 'weekdays' as const,
  overrides: [],
  pools: [{ poolCode: 'tsa', opening: 0, floor: 0 }],
  series: Array.from({ length: 8 }, (_, at) => ({
    poolCode: 'tsa',
    series: `item-${at}`,
    direction: 'inflow' as const,
    flows: history
      .filter(({ poolCode }) => poolCode === 'funds')
      .map(({ day, amount }) => ({ day, amount: Money.of(amount).toPlainFen() })),
  })),
  committed: [],
};

test('calls are answered while a forecast is computed, and each gets the same outlook', async () => {
  const forecaster = new Forecaster();
  const begunMs = performance.now();
  let longestMs = 0;
  const done = new AbortController();
  const work = Promise.all([forecaster.outlook(task), forecaster.outlook(task)]).finally(() =>
    done.abort(),
  );
  while (!done.signal.aborted) {
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 1));
    longestMs = Math.max(longestMs, performance.now() - before);
  }
  const tookMs = performance.now() - begunMs;
  const [first, second] = await work;
  expect(first.days).toHaveLength(90);
  expect(second).toEqual(first);
  expect(longestMs).toBeLessThan(tookMs / 2);
}, 120_000);

test('a forecast that fails is told to whoever asked for it, and the next one is computed', async () => {
  const forecaster = new Forecaster();
  const broken = forecaster.outlook({ ...task, origin: 'no day' });
  const next = forecaster.outlook({ ...task, series: [] });
  await expect(broken).rejects.toThrow();
  expect((await next).days).toHaveLength(90);
});
