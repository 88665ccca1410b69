import { dayNumber } from './day.js';
import type { Direction, History, KnownFlow } from './history.js';
import type { WorkingDays } from './working-days.js';

/** A series on the common grid of working days; `start` is its first day's place in the grid. */
export interface PanelSeries {
  readonly name: string;
  readonly direction: Direction;
  readonly start: number;
  /** Modelled amounts, known flows taken out, one per working day of the whole grid. */
  readonly values: Float64Array;
}

/** History as a rectangle: working days up to the origin by series. */
export interface Panel {
  readonly origin: number;
  readonly days: readonly number[];
  readonly series: readonly PanelSeries[];
}

/**
 * Puts every series on the working days up to the origin and takes the known flows out. What was
 * booked on a closed day counts on the next working day; days after the origin are not looked at.
 */
export function panelOf(
  history: History,
  known: readonly KnownFlow[],
  calendar: WorkingDays,
  notes: string[],
): Panel {
  const origin = dayNumber(history.origin);
  const cut = history.series.map((series) => ({
    ...series,
    flows: series.flows.filter((flow) => dayNumber(flow.day) <= origin),
  }));
  const first = cut.reduce(
    (earliest, series) =>
      series.flows.reduce((least, flow) => Math.min(least, dayNumber(flow.day)), earliest),
    origin,
  );
  const days = calendar.between(first, origin);
  const place = new Map(days.map((day, index) => [day, index]));
  const series = cut.map(({ name, direction, flows }) => {
    const values = new Float64Array(days.length);
    let start = days.length;
    let moved = 0;
    for (const flow of flows) {
      const index = place.get(calendar.onOrAfter(dayNumber(flow.day)));
      // What came after the last working day belongs to a day that is still ahead.
      if (index === undefined) continue;
      if (!calendar.isWorking(dayNumber(flow.day))) moved += 1;
      start = Math.min(start, index);
      values[index] = (values[index] ?? 0) + flow.amount;
    }
    if (moved > 0)
      notes.push(`${name}: ${moved} flows on closed days count on the next working day`);
    for (const flow of known) {
      if (flow.series !== name || dayNumber(flow.day) > origin) continue;
      const index = place.get(settledOn(flow, calendar));
      if (index !== undefined) values[index] = (values[index] ?? 0) - flow.amount;
    }
    return { name, direction, start, values };
  });
  return { origin, days, series };
}

/** The working day on which a known flow moves: out before a closed day, in after it. */
export function settledOn(flow: KnownFlow, calendar: WorkingDays): number {
  const due = dayNumber(flow.day);
  return flow.direction === 'outflow' ? calendar.onOrBefore(due) : calendar.onOrAfter(due);
}
