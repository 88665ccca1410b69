import {
  fit,
  forecast,
  type History,
  type SeriesHistory,
  type WorkingCalendar,
} from '@guoku/domain-forecast';
import { columns } from '../show.js';

/** Time and memory of one size of input. */
export interface Growth {
  readonly years: number;
  readonly series: number;
  readonly fitSeconds: number;
  readonly forecastSeconds: number;
  /** Resident memory after the forecast. */
  readonly memoryMb: number;
}

const HORIZON = 90;

/** How time and memory grow with years and with series: fit, then 90 days ahead with 1,000 paths. */
export function benchGrowth(
  history: History,
  calendar: WorkingCalendar,
  full: boolean,
  say: (line: string) => void,
): Growth[] {
  const sizes: readonly (readonly [years: number, series: number])[] = [
    ...([
      [3, 1],
      [5, 1],
      [10, 1],
      [13, 1],
      [10, 2],
      [10, 4],
    ] as const),
    ...(full
      ? ([
          [10, 10],
          [10, 40],
        ] as const)
      : []),
  ];
  // What runs first pays for the compiler, so that one run goes before the clock.
  measure(copies(history, 3, 1), calendar);
  const found = sizes.map(([years, count]) => ({
    ...{ years, series: count },
    ...measure(copies(history, years, count), calendar),
  }));
  const rows = found.map(({ years, series, fitSeconds, forecastSeconds, memoryMb }) => [
    `${years} years, ${series} series`,
    fitSeconds.toFixed(2),
    forecastSeconds.toFixed(2),
    String(memoryMb),
  ]);
  const lines = columns([['size', 'fit s', '90 days x 1,000 paths s', 'MB resident'], ...rows]);
  for (const line of ['', ...lines, '']) say(line);
  return found;
}

function measure(history: History, calendar: WorkingCalendar) {
  const began = performance.now();
  const model = fit(history, calendar);
  const fitted = performance.now();
  forecast(model, { horizon: HORIZON, paths: 1000 });
  const done = performance.now();
  return {
    fitSeconds: (fitted - began) / 1000,
    forecastSeconds: (done - fitted) / 1000,
    memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
}

/** The last years of the series, as often as asked, each a little different. */
function copies({ origin, series }: History, years: number, count: number): History {
  const from = `${Number(origin.slice(0, 4)) - years}${origin.slice(4)}`;
  const many = Array.from({ length: count }, (_, n): SeriesHistory => {
    const model = series[n % series.length];
    const flows = (model?.flows ?? [])
      .filter(({ day }) => day > from)
      .map(({ day, amount }, at) => ({ day, amount: amount + ((at * (n + 7)) % 101) }));
    return { name: `series ${n}`, direction: model?.direction ?? 'inflow', flows };
  });
  return { origin, series: many };
}
