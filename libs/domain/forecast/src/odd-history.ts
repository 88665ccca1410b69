import { dayText } from './day.js';
import type { Panel, PanelSeries } from './panel.js';

/** So many times larger than any other day is no part of a pattern. */
const giantTimes = 10;
const giantsMax = 3;
/** Three weeks without a flow are a gap where other days hardly ever lack one. */
const gapDaysMin = 15;
const quietShareMax = 0.05;
const aroundDays = 10;

/**
 * The panel as a model may learn from it: single giants are replaced by what is usual around them,
 * gaps by the year before or after, and a series that has ended is one of nothing. Each is said.
 * What a regular series holds is not touched.
 */
export function soundPanel(panel: Panel, notes: string[]): Panel {
  const series = panel.series.map((each) => {
    const values = each.values.slice();
    levelGiants(each, values, panel.days, notes);
    const quiet = quietRuns(values, each.start);
    const quietDays = quiet.reduce((sum, { from, to }) => sum + to - from, 0);
    const zeros = values.slice(each.start).filter((value) => value === 0).length;
    const others = values.length - each.start - quietDays;
    const isUsual = zeros - quietDays <= quietShareMax * others && others > quietDays;
    if (quiet.length > 0 && isUsual) fillQuiet(each.name, values, quiet, { panel, each }, notes);
    return { ...each, values };
  });
  return { ...panel, series };
}

function levelGiants(
  { name, start }: PanelSeries,
  values: Float64Array,
  days: readonly number[],
  notes: string[],
): void {
  const bySize = Array.from(values.keys())
    .slice(start)
    .toSorted((a, b) => Math.abs(values[b] ?? 0) - Math.abs(values[a] ?? 0));
  const size = (n: number): number => Math.abs(values[bySize[n] ?? -1] ?? 0);
  let giants = 0;
  for (let n = 1; n <= giantsMax; n += 1) {
    if (size(n) > 0 && size(n - 1) > giantTimes * size(n)) giants = n;
  }
  for (const at of bySize.slice(0, giants)) {
    const around = values.slice(Math.max(start, at - aroundDays), at + aroundDays + 1).sort();
    values[at] = around[Math.floor(around.length / 2)] ?? 0;
    const day = dayText(days[at] ?? 0);
    notes.push(
      `${name}: ${day} is over ${giantTimes} times any usual day; nothing is learnt from it`,
    );
  }
}

interface Run {
  readonly from: number;
  /** The place after its last. */
  readonly to: number;
}

function quietRuns(values: Float64Array, start: number): Run[] {
  const runs: Run[] = [];
  let from = start;
  for (let at = start; at <= values.length; at += 1) {
    if (at < values.length && values[at] === 0) continue;
    if (at - from >= gapDaysMin) runs.push({ from, to: at });
    from = at + 1;
  }
  return runs;
}

function fillQuiet(
  name: string,
  values: Float64Array,
  runs: readonly Run[],
  { panel, each }: { readonly panel: Panel; readonly each: PanelSeries },
  notes: string[],
): void {
  const apart = aYearApart(panel.days, each.start);
  for (const { from, to } of runs) {
    const [first, last] = [dayText(panel.days[from] ?? 0), dayText(panel.days[to - 1] ?? 0)];
    if (to === values.length) {
      values.fill(0);
      notes.push(`${name}: no flow since ${first}, it is taken as ended`);
      return;
    }
    for (let at = from; at < to; at += 1) values[at] = values[apart(at) ?? -1] ?? 0;
    notes.push(`${name}: no flow from ${first} to ${last}, a year apart stands in for it`);
  }
}

/** The place of the same working day, counted from the start of the month, a year before, else after. */
function aYearApart(days: readonly number[], start: number): (at: number) => number | undefined {
  const keys: (readonly [month: number, rank: number])[] = [];
  days.forEach((day, at) => {
    const text = dayText(day);
    const month = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
    const before = keys[at - 1];
    keys.push([month, before?.[0] === month ? before[1] + 1 : 0]);
  });
  const places = new Map(keys.map(([month, rank], at) => [month * 32 + rank, at]));
  return (at) => {
    const [month = 0, rank = 0] = keys[at] ?? [];
    const found = [-12, 12].map((months) => {
      const key = (month + months) * 32;
      return places.get(key + rank) ?? places.get(key + rank - 1);
    });
    return found.find((place) => place !== undefined && place >= start);
  };
}
