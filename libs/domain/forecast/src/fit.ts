import { dayNumber, dayText } from './day.js';
import type { History, KnownFlow, WorkingCalendar } from './history.js';
import type { Model } from './model.js';
import { dayTexts, panelOf, settledOn } from './panel.js';
import type { Forecast, SeriesPaths } from './paths.js';
import { simulatorOf } from './simulators.js';
import { WorkingDays } from './working-days.js';

/**
 * Fits the modelled part of every series on days up to the origin.
 * @param known flows with a date and size of their own; those up to the origin are taken out of
 *   the history, the others are added by `forecast`
 */
export function fit(
  history: History,
  calendar: WorkingCalendar,
  known: readonly KnownFlow[] = [],
): Model {
  const working = new WorkingDays(calendar);
  const notes: string[] = [];
  const panel = panelOf(history, known, working, notes);
  return {
    origin: history.origin,
    series: panel.series.map(({ name, direction }) => ({ name, direction })),
    notes,
    simulator: simulatorOf(panel, working, notes),
    working,
  };
}

/** How far to look ahead, and with how many paths. */
export interface ForecastOptions {
  /** Working days after the origin. */
  readonly horizon: number;
  /** Joint sample paths; 1000 unless given. */
  readonly paths?: number;
  /** The same seed gives the same bytes; 1 unless given. */
  readonly seed?: number;
  /** Known flows after the origin; a series named only here is forecast from them alone. */
  readonly known?: readonly KnownFlow[];
}

/** Joint paths of every series for the working days after the origin, known flows added. */
export function forecast(model: Model, options: ForecastOptions): Forecast {
  const { horizon, paths = 1000, seed = 1, known = [] } = options;
  const origin = dayNumber(model.origin);
  const days = model.working.after(origin, horizon);
  const texts = dayTexts(days);
  const modelled = model.simulator.simulate(days, paths, seed);
  const series: SeriesPaths[] = model.series.map(({ name, direction }, s) => ({
    name,
    direction,
    days: texts,
    values: (modelled[s] ?? new Float64Array(paths * horizon)).map(Math.round),
  }));
  const notes = [...model.notes];
  for (const flow of known) {
    if (dayNumber(flow.day) <= origin) continue;
    let target = series.find(({ name }) => name === flow.series);
    if (target === undefined) {
      target = {
        name: flow.series,
        direction: flow.direction,
        days: texts,
        values: new Float64Array(paths * horizon),
      };
      series.push(target);
    }
    const settled = settledOn(flow, model.working);
    const d = texts.indexOf(dayText(settled));
    if (settled <= origin) {
      notes.push(`${flow.series}: ${flow.day} is a closed day, ${flow.source} was due before it`);
    }
    if (d < 0) continue;
    for (let i = d; i < target.values.length; i += horizon) {
      target.values[i] = (target.values[i] ?? 0) + flow.amount;
    }
  }
  for (const year of model.working.unknownYears()) {
    notes.push(`${year}: holidays are not published, weekdays are taken for working days`);
  }
  return { origin: model.origin, days: texts, paths, series, notes };
}
