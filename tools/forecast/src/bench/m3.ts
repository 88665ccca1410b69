import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { across, fit, forecast, quantileOfSorted } from '@guoku/domain-forecast';
import { columns } from '../show.js';

interface M3Series {
  readonly period: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Mean sMAPE over all forecast points, in per cent. */
export interface M3Figures {
  readonly period: string;
  readonly series: number;
  readonly ours: number;
  readonly seasonalNaive: number;
}

const SEASON = new Map([
  ['MONTHLY', 12],
  ['QUARTERLY', 4],
]);

/** Recomputed from the original forecasts of the competition, by the same measure. */
const PUBLISHED = [
  ['Theta', 13.89, 8.96],
  ['ForecastPro', 13.9, 9.82],
  ['COMB S-H-D', 14.47, 9.22],
  ['B-J automatic', 14.8, 10.26],
  ['NAIVE2', 16.89, 9.95],
] as const;

const noCalendar = { isWorkingDay: () => true, knows: () => true };
const FEN = 100;

/** The monthly and quarterly series of the M3 competition through the same library; a tenth unless `full`. */
export function benchM3(file: URL, full: boolean, say: (line: string) => void): M3Figures[] {
  const all = readM3(file);
  const figures = ['MONTHLY', 'QUARTERLY'].map((period): M3Figures => {
    const chosen = all
      .filter((each) => each.period === period)
      .filter((_, n) => full || n % 10 === 0);
    const began = performance.now();
    const season = SEASON.get(period) ?? 1;
    const own = meanError(chosen, (each) => medians(each, season));
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`  M3 ${period.toLowerCase()}, ${chosen.length} series: ${seconds} s`);
    const seasonalNaive = meanError(chosen, ({ before, after }) =>
      after.map((_, n) => before[before.length - season + (n % season)] ?? 0),
    );
    return { period, series: chosen.length, ours: own, seasonalNaive };
  });
  const cell = (of: (each: M3Figures) => number): string[] =>
    figures.map((each) => of(each).toFixed(2));
  const lines = columns([
    ['M3, sMAPE', 'monthly', 'quarterly'],
    ['guoku', ...cell(({ ours }) => ours)],
    ['seasonal naive', ...cell(({ seasonalNaive }) => seasonalNaive)],
    ['asked for at most', '13.70', 'seasonal naive'],
    ...PUBLISHED.map(([name, ...published]) => [name, ...published.map((each) => each.toFixed(2))]),
  ]);
  for (const line of ['', ...lines, '']) say(line);
  return figures;
}

function readM3(file: URL): M3Series[] {
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, period = '', , before = '', after = ''] = line.split(',');
      const numbers = (cell: string): number[] => cell.split(' ').map(Number);
      return { period, before: numbers(before), after: numbers(after) };
    });
}

function medians({ before, after }: M3Series, season: number): number[] {
  const flows = before.map((value, n) => ({ day: String(n + 1), amount: Math.round(value * FEN) }));
  const series = [{ name: 'm3', direction: 'inflow' as const, flows }];
  const history = { origin: String(before.length), series };
  const model = fit(history, noCalendar, [], { frequency: 'none', season });
  const [ahead] = forecast(model, { horizon: after.length, paths: 300 }).series;
  if (ahead === undefined) return [];
  return after.map((_, d) => quantileOfSorted(across(ahead, d).sort(), 0.5) / FEN);
}

function meanError(
  all: readonly M3Series[],
  forecastOf: (series: M3Series) => readonly number[],
): number {
  const errors = all.flatMap((series) => {
    const expected = forecastOf(series);
    return series.after.map((came, n) => {
      const said = expected[n] ?? 0;
      return (200 * Math.abs(came - said)) / (Math.abs(came) + Math.abs(said) || 1);
    });
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}
