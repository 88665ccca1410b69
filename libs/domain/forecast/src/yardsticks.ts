import type { Forecaster } from './backtest.js';
import type { FitOptions } from './fit.js';
import { panelOf, type Panel } from './panel.js';
import type { SeriesPaths } from './paths.js';
import { periodPanel } from './period-panel.js';
import { positionsOf } from './position.js';
import { dailyTimeline, periodTimeline, type Ahead } from './timeline.js';
import { dayText } from './day.js';
import { WorkingDays } from './working-days.js';

/** Every day ahead brings what the last day brought. */
export const naive = (options: FitOptions = {}): Forecaster =>
  copying(options, ({ panel, ahead }) => ahead.numbers.map(() => panel.days.length - 1));

/**
 * Working days bring what the same working day, counted from the start of the month, of the same
 * month last year brought; other periods what their place in the season brought last.
 */
export const seasonalNaive = (options: FitOptions = {}): Forecaster =>
  copying(options, (place) => {
    const length = place.panel.days.length;
    if (place.working !== undefined) return lastYear(place.panel, place.ahead, place.working);
    const season = Math.min(options.season ?? 1, length);
    return place.ahead.numbers.map((_, n) => length - season + (n % season));
  });

interface Place {
  readonly panel: Panel;
  readonly ahead: Ahead;
  readonly working: WorkingDays | undefined;
}

/** A forecast of one path that copies days of the past. */
function copying(
  { frequency = 'daily', season = 1 }: FitOptions,
  donors: (place: Place) => number[],
): Forecaster {
  return (history, calendar, horizon) => {
    const working = frequency === 'daily' ? new WorkingDays(calendar) : undefined;
    const laid =
      working === undefined
        ? periodPanel(history, [], { frequency, season }, [])
        : { panel: panelOf(history, [], working, []), labels: [] };
    const timeline =
      working === undefined
        ? periodTimeline(frequency, laid.labels)
        : dailyTimeline(history.origin, working);
    const ahead = timeline.after(horizon);
    const from = donors({ panel: laid.panel, ahead, working });
    const series = laid.panel.series.map(({ name, direction, values }): SeriesPaths => ({
      name,
      direction,
      days: ahead.labels,
      values: Float64Array.from(from, (at) => values[at] ?? 0),
    }));
    return { origin: history.origin, days: ahead.labels, paths: 1, series, notes: [] };
  };
}

function lastYear(panel: Panel, ahead: Ahead, working: WorkingDays): number[] {
  const key = (day: number, years: number): string => {
    const text = dayText(day);
    return `${Number(text.slice(0, 4)) - years}${text.slice(4, 7)}`;
  };
  const places = new Map<string, number>();
  positionsOf(panel.days, working).forEach(({ rank }, at) => {
    places.set(`${key(panel.days[at] ?? 0, 0)} ${rank}`, at);
  });
  return positionsOf(ahead.numbers, working).map(({ rank }, n) => {
    const month = key(ahead.numbers[n] ?? 0, 1);
    // A month that had fewer working days gives its last one.
    for (let r = rank; r >= 0; r -= 1) {
      const at = places.get(`${month} ${r}`);
      if (at !== undefined) return at;
    }
    return panel.days.length - 1;
  });
}
