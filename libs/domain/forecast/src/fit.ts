import type { History, KnownFlow, WorkingCalendar } from './history.js';
import type { Model } from './model.js';
import { soundPanel } from './odd-history.js';
import { panelOf } from './panel.js';
import type { Forecast, SeriesPaths } from './paths.js';
import { periodPanel } from './period-panel.js';
import { periodSimulator } from './period-simulator.js';
import type { Frequency } from './periods.js';
import { simulatorOf } from './simulators.js';
import { dailyTimeline, periodTimeline } from './timeline.js';
import { WorkingDays } from './working-days.js';

/** How the history is spaced in time. */
export interface FitOptions {
  /** Working days of the calendar unless given; the others take no calendar. */
  readonly frequency?: Frequency;
  /** Periods of one cycle where the frequency is not daily, such as 12 for months; 1 unless given. */
  readonly season?: number;
}

/**
 * Fits the modelled part of every series on days up to the origin.
 * @param known flows with a date and size of their own; those up to the origin are taken out of
 *   the history, the others are added by `forecast`
 */
export function fit(
  history: History,
  calendar: WorkingCalendar,
  known: readonly KnownFlow[] = [],
  { frequency = 'daily', season = 1 }: FitOptions = {},
): Model {
  const notes: string[] = [];
  const { origin } = history;
  const named = history.series.map(({ name, direction }) => ({ name, direction }));
  if (frequency === 'daily') {
    const working = new WorkingDays(calendar);
    const panel = soundPanel(panelOf(history, known, working, notes), notes);
    const simulator = simulatorOf(panel, working, notes);
    return { origin, series: named, notes, simulator, timeline: dailyTimeline(origin, working) };
  }
  const { panel, labels } = periodPanel(history, known, { frequency, season }, notes);
  const simulator = periodSimulator(panel, season, notes);
  const timeline = periodTimeline(frequency, labels);
  return { origin, series: named, notes, simulator, timeline };
}

/** How far to look ahead, and with how many paths. */
export interface ForecastOptions {
  /** Working days, or periods, after the origin. */
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
  const { numbers, labels } = model.timeline.after(horizon);
  const modelled = model.simulator.simulate(numbers, paths, seed);
  const series: SeriesPaths[] = model.series.map(({ name, direction }, s) => ({
    name,
    direction,
    days: labels,
    values: (modelled[s] ?? new Float64Array(paths * horizon)).map(Math.round),
  }));
  const notes = [...model.notes];
  for (const flow of known) {
    if (!model.timeline.isPast(flow.day)) addKnown(flow, model, series, { labels, paths }, notes);
  }
  for (const year of model.timeline.unknownYears()) {
    notes.push(`${year}: holidays are not published, weekdays are taken for working days`);
  }
  return { origin: model.origin, days: labels, paths, series, notes };
}

function addKnown(
  flow: KnownFlow,
  { timeline }: Model,
  series: SeriesPaths[],
  { labels, paths }: { readonly labels: readonly string[]; readonly paths: number },
  notes: string[],
): void {
  let target = series.find(({ name }) => name === flow.series);
  if (target === undefined) {
    const values = new Float64Array(paths * labels.length);
    target = { name: flow.series, direction: flow.direction, days: labels, values };
    series.push(target);
  }
  const settled = timeline.settled(flow);
  if (timeline.isPast(settled)) {
    notes.push(`${flow.series}: ${flow.day} is a closed day, ${flow.source} was due before it`);
  }
  const d = labels.indexOf(settled);
  if (d < 0) return;
  for (let i = d; i < target.values.length; i += labels.length) {
    target.values[i] = (target.values[i] ?? 0) + flow.amount;
  }
}
