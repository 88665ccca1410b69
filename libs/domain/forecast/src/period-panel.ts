import type { History, KnownFlow } from './history.js';
import type { Panel, PanelSeries } from './panel.js';
import { laterLabels, periodNumber, type Frequency } from './periods.js';

/** A panel of periods without a calendar, and how its periods are written. */
export interface PeriodPanel {
  readonly panel: Panel;
  readonly labels: readonly string[];
}

/**
 * Puts every series on the periods up to the origin, numbered from 0, and takes the known flows
 * out. A period without a row inside a series is filled with the one a season before, or with the
 * one before; after its last row a series brings nothing. Both are said.
 */
export function periodPanel(
  history: History,
  known: readonly KnownFlow[],
  { frequency, season }: { readonly frequency: Frequency; readonly season: number },
  notes: string[],
): PeriodPanel {
  const last = periodNumber(frequency, history.origin) ?? Infinity;
  const numberOf = (label: string): number => periodNumber(frequency, label) ?? Infinity;
  const rows = history.series.map((series) => ({
    ...series,
    flows: series.flows.filter(({ day }) => numberOf(day) <= last),
  }));
  const labels = labelsOf(
    rows.flatMap(({ flows }) => flows.map(({ day }) => day)),
    frequency,
  );
  const place = new Map(labels.map((label, at) => [numberOf(label), at]));
  const series = rows.map(({ name, direction, flows }): PanelSeries => {
    const taken = flows.map(({ day, amount }) => ({ at: place.get(numberOf(day)) ?? 0, amount }));
    const values = new Float64Array(labels.length).fill(Number.NaN);
    for (const { at, amount } of taken) values[at] = amount;
    fill(values, season, name, notes);
    for (const flow of known) {
      const at = flow.series === name ? place.get(numberOf(flow.day)) : undefined;
      if (at !== undefined) values[at] = (values[at] ?? 0) - flow.amount;
    }
    const start = taken.reduce((least, { at }) => Math.min(least, at), labels.length);
    return { name, direction, start, values };
  });
  return { panel: { origin: labels.length - 1, days: labels.map((_, at) => at), series }, labels };
}

/** All periods from the first to the last, those without a row included; `none` has no such. */
function labelsOf(found: readonly string[], frequency: Frequency): string[] {
  const numberOf = (label: string): number => periodNumber(frequency, label) ?? 0;
  const named = [...new Map(found.map((label) => [numberOf(label), label]))].sort(
    ([a], [b]) => a - b,
  );
  if (frequency === 'none') return named.map(([, label]) => label);
  return named.flatMap(([number, label], at) => {
    const next = named[at + 1]?.[0] ?? number + 1;
    return [label, ...laterLabels(frequency, [label], next - number - 1)];
  });
}

function fill(values: Float64Array, season: number, name: string, notes: string[]): void {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  let filled = 0;
  for (let at = 0; at < values.length; at += 1) {
    if (!Number.isNaN(values[at])) continue;
    if (at < first || at > last) {
      values[at] = 0;
      continue;
    }
    filled += 1;
    values[at] = values[at - season >= first ? at - season : at - 1] ?? 0;
  }
  if (filled > 0)
    notes.push(`${name}: ${filled} periods without a row are taken as a season before`);
  const ended = values.length - 1 - last;
  if (first >= 0 && ended > 0) {
    notes.push(`${name}: the last ${ended} periods have no row and count as nothing moved`);
  }
}
