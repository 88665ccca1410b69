import { dayNumber, dayText, weekdayOf } from './day.js';
import { fit, forecast, summarise } from './index.js';
import { uniforms } from './random.js';

const weekdays = {
  knows: () => true,
  isWorkingDay: (day: string) => weekdayOf(dayNumber(day)) <= 5,
};

const draw = uniforms(3);
const regular = new Map<string, number>();
for (let n = dayNumber('2022-01-03'); n <= dayNumber('2024-12-31'); n += 1) {
  if (weekdayOf(n) > 5) continue;
  const day = dayText(n);
  const amount = (Number(day.slice(8)) <= 3 ? 500_000 : 100_000) + Math.round(10_000 * draw());
  regular.set(day, amount);
}

function medians(change: (day: string, amount: number) => number | undefined) {
  const flows = [...regular].flatMap(([day, amount]) => {
    const changed = change(day, amount);
    return changed === undefined ? [] : [{ day, amount: changed }];
  });
  const other = {
    name: 'other',
    direction: 'inflow' as const,
    flows: [...regular].map(([day]) => ({ day, amount: 1000 })),
  };
  const series = [{ name: 'tax', direction: 'inflow' as const, flows }, other];
  const result = forecast(fit({ origin: '2024-12-31', series }, weekdays), {
    horizon: 20,
    paths: 100,
  });
  const days = summarise(result.series[0]!, [0.5]).map(({ quantiles }) => quantiles[0]!);
  return { days, notes: result.notes };
}
const usual = medians((_, amount) => amount);

/** Each day within a third of the size that the regular series has on it. */
const alike = (days: readonly number[]) =>
  days.every((median, d) => Math.abs(median - usual.days[d]!) < usual.days[d]! / 3);

test('a regular series is learnt from as it is', () => {
  expect(usual.notes).toEqual([]);
  expect(Math.max(...usual.days)).toBeGreaterThan(300_000);
});

test('one giant changes no other day, and is named', () => {
  const { days, notes } = medians((day, amount) => (day === '2023-07-14' ? 1e11 : amount));
  expect(alike(days)).toBe(true);
  expect(notes).toEqual([
    'tax: 2023-07-14 is over 10 times any usual day; nothing is learnt from it',
  ]);
});

test('a gap of a month is filled, and said', () => {
  const { days, notes } = medians((day, amount) =>
    day.startsWith('2024-05') ? undefined : amount,
  );
  expect(alike(days)).toBe(true);
  expect(notes).toEqual([
    'tax: no flow from 2024-05-01 to 2024-05-31, a year apart stands in for it',
  ]);
});

test('a series that ended brings nothing any more, and that is said', () => {
  const { days, notes } = medians((day, amount) => (day > '2024-08-30' ? undefined : amount));
  expect(days).toEqual(days.map(() => 0));
  expect(notes[0]).toBe('tax: no flow since 2024-09-02, it is taken as ended');
});

test('a series with few flows a year has no gaps', () => {
  const { notes } = medians((day, amount) => (day.endsWith('-15') ? amount : undefined));
  expect(notes).toEqual([]);
});

test('a break of level and a change of sign are followed', () => {
  const level = medians((day, amount) => (day >= '2024-01-01' ? 5 * amount : amount));
  expect(level.days[10]).toBeGreaterThan(3 * usual.days[10]!);
  const sign = medians((_, amount) => -amount);
  expect(
    sign.days.every((median, d) => Math.abs(median + usual.days[d]!) < usual.days[d]! / 3),
  ).toBe(true);
});
