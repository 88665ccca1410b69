import { dayText, weekdayOf } from './day.js';
import { fit, forecast, type FitOptions } from './fit.js';
import type { History, KnownFlow, WorkingCalendar } from './history.js';
import { Tally, type Outcome, type SeriesScore } from './measures.js';
import { panelOf, type Panel } from './panel.js';
import { netOf, type Forecast } from './paths.js';
import { periodPanel } from './period-panel.js';
import { periodNumber, type Frequency } from './periods.js';
import { WorkingDays } from './working-days.js';

/** A forecaster under test: it is given the history cut at the origin, and nothing else. */
export type Forecaster = (history: History, calendar: WorkingCalendar, horizon: number) => Forecast;

/** The forecaster of this library, for `backtest`. */
export const ours =
  (paths = 500, known: readonly KnownFlow[] = [], options: FitOptions = {}): Forecaster =>
  (history, calendar, horizon) =>
    forecast(fit(history, calendar, known, options), { horizon, paths, known });

/** What came, from the first period to the last, and how the periods are written. */
export interface FlowRecord {
  readonly history: History;
  readonly calendar: WorkingCalendar;
  readonly frequency: Frequency;
  readonly season: number;
  readonly panel: Panel;
  readonly labels: readonly string[];
}

/** Lays the whole history out for a backtest. */
export function recordOf(
  history: History,
  calendar: WorkingCalendar,
  { frequency = 'daily', season = 1 }: FitOptions = {},
): FlowRecord {
  const whole = { history, calendar, frequency, season };
  if (frequency !== 'daily') {
    return { ...whole, ...periodPanel(history, [], { frequency, season }, []) };
  }
  const panel = panelOf(history, [], new WorkingDays(calendar), []);
  return { ...whole, panel, labels: panel.days.map(dayText) };
}

/**
 * Origins from `from` to `to` that have `horizon` periods of history after them: the last working
 * day of each week, or every period where the frequency is not daily.
 */
export function originsOf(record: FlowRecord, from: string, to: string, horizon: number): string[] {
  const { panel, labels, frequency } = record;
  const numberOf = (label: string): number => periodNumber(frequency, label) ?? 0;
  const [first, last] = [numberOf(from), numberOf(to)];
  return labels.filter((label, at) => {
    const next = panel.days[at + 1];
    const day = panel.days[at] ?? 0;
    if (next === undefined || at + horizon >= labels.length) return false;
    const endsWeek = frequency !== 'daily' || next - day >= 8 - weekdayOf(day);
    return endsWeek && numberOf(label) >= first && numberOf(label) <= last;
  });
}

/** From where, how far, and over how many periods sums and lows are measured. */
export interface BacktestPlan {
  readonly origins: readonly string[];
  readonly horizon: number;
  /** The first 20 periods, or the whole horizon if that is shorter, unless given. */
  readonly window?: number;
  /** Told after each origin. */
  readonly onOrigin?: (done: number, of: number) => void;
}

/**
 * Forecasts from each origin with the history cut there and compares with what came. The days
 * after an origin are not in the object that the forecaster is given.
 */
export function backtest(
  record: FlowRecord,
  forecaster: Forecaster,
  { origins, horizon, window = Math.min(20, horizon), onOrigin }: BacktestPlan,
): SeriesScore[] {
  const tallies = new Map<string, Tally>();
  origins.forEach((origin, done) => {
    const cut = cutAt(record.history, origin, record.frequency);
    const expected = forecaster(cut, record.calendar, horizon);
    const outcomes = outcomesOf(record, cut, record.labels.indexOf(origin), horizon);
    const series = outcomes.has('net') ? [...expected.series, netOf(expected)] : expected.series;
    for (const paths of series) {
      const outcome = outcomes.get(paths.name);
      if (outcome === undefined) continue;
      const tally = tallies.get(paths.name) ?? new Tally(paths.name, horizon, window);
      tallies.set(paths.name, tally);
      tally.add(paths, outcome);
    }
    onOrigin?.(done + 1, origins.length);
  });
  return [...tallies.values()].map((tally) => tally.score());
}

/** The history as it stood at the end of a period. */
export function cutAt(history: History, origin: string, frequency: Frequency = 'daily'): History {
  const last = periodNumber(frequency, origin) ?? 0;
  const series = history.series.flatMap((each) => {
    const flows = each.flows.filter(({ day }) => (periodNumber(frequency, day) ?? 0) <= last);
    return flows.length === 0 ? [] : [{ ...each, flows }];
  });
  return { origin, series };
}

/**
 * Whether a forecaster looks behind the origin when it is given more than it should be: it must
 * answer the same, byte for byte, from the cut history and from one with other figures behind it.
 */
export function peeks(
  { history, calendar, frequency }: FlowRecord,
  forecaster: Forecaster,
  origin: string,
  horizon: number,
): boolean {
  const last = periodNumber(frequency, origin) ?? 0;
  const doctored = history.series.map((series) => ({
    ...series,
    flows: series.flows.map((flow) =>
      (periodNumber(frequency, flow.day) ?? 0) > last ? { ...flow, amount: 7 - flow.amount } : flow,
    ),
  }));
  const answers = [
    cutAt(history, origin, frequency),
    { origin, series: history.series },
    { origin, series: doctored },
  ].map((given) => bytesOf(forecaster(given, calendar, horizon)));
  return answers.some((answer) => answer !== answers[0]);
}

const bytesOf = (answer: Forecast): string =>
  JSON.stringify({
    ...answer,
    series: answer.series.map((series) => ({ ...series, values: [...series.values] })),
  });

/** What came after the origin of each series that had begun, and of the net where money goes both ways. */
function outcomesOf(
  { panel, season, frequency }: FlowRecord,
  cut: History,
  origin: number,
  horizon: number,
): Map<string, Outcome> {
  const begun = new Set(cut.series.map(({ name }) => name));
  const series = panel.series.filter(({ name }) => begun.has(name));
  const net = new Float64Array(panel.days.length);
  for (const { direction, values } of series) {
    values.forEach((value, at) => {
      net[at] = (net[at] ?? 0) + (direction === 'inflow' ? value : -value);
    });
  }
  const both = new Set(series.map(({ direction }) => direction)).size === 2;
  const starts = series.map(({ start }) => start);
  const all = both ? [...series, { name: 'net', values: net, start: Math.min(...starts) }] : series;
  const apart = frequency === 'daily' ? 5 : season;
  return new Map(
    all.map(({ name, values, start }) => {
      const came = [...values.slice(origin + 1, origin + 1 + horizon)];
      return [name, { came, usualChange: usualChangeOf(values, start, origin, apart) }];
    }),
  );
}

function usualChangeOf(values: Float64Array, start: number, last: number, apart: number): number {
  let sum = 0;
  for (let at = start + apart; at <= last; at += 1) {
    sum += Math.abs((values[at] ?? 0) - (values[at - apart] ?? 0));
  }
  return sum / Math.max(1, last - start - apart + 1);
}
