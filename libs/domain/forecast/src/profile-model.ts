import { dayText } from './day.js';
import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { uniforms } from './random.js';
import type { WorkingDays } from './working-days.js';

interface Month {
  readonly key: number;
  readonly days: readonly number[];
}

/**
 * The calendar profile: each path lives through each month ahead as a month of the past went, the
 * same one for all series, by working-day rank (from the start in the first half, from the end in
 * the second), brought to the level of the last year. Quantiles are the empirical ones of what
 * those positions brought; correlations of days and series are those of the months themselves.
 */
export function profileModel(
  panel: Panel,
  chosen: readonly number[],
  calendar: WorkingDays,
): Simulator {
  const wanted = chosen.flatMap((s) => panel.series[s] ?? []);
  const place = new Map(panel.days.map((day, index) => [day, index]));
  const past = monthsOf(panel.days).slice(1, -1);
  const levels = wanted.map((series) =>
    past.map((_, m) => levelBefore(series.values, place, past, m)),
  );
  return {
    name: 'profile',
    simulate(days, paths, seed) {
      const draw = uniforms(seed);
      const out = wanted.map(() => new Float64Array(paths * days.length));
      const ahead = monthsOf(wholeMonths(days, calendar));
      const donors = ahead.map((month) => donorsFor(month.key, past));
      const at = new Map(days.map((day, index) => [day, index]));
      for (let p = 0; p < paths; p += 1) {
        ahead.forEach((month, m) => {
          const pool = donors[m] ?? [];
          const donor = pool[Math.floor(draw() * pool.length)];
          const from = donor === undefined ? undefined : past[donor];
          if (donor === undefined || from === undefined) return;
          month.days.forEach((day, rank) => {
            const d = at.get(day);
            if (d === undefined) return;
            const source = place.get(sameRank(month, from, rank)) ?? 0;
            wanted.forEach((series, s) => {
              const scale = scaleTo(levels[s] ?? [], donor);
              const target = out[s];
              if (target) target[p * days.length + d] = scale * (series.values[source] ?? 0);
            });
          });
        });
      }
      return out;
    },
  };
}

function monthsOf(days: readonly number[]): Month[] {
  const months: { key: number; days: number[] }[] = [];
  for (const day of days) {
    const text = dayText(day);
    const key = Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
    const last = months.at(-1);
    if (last?.key === key) last.days.push(day);
    else months.push({ key, days: [day] });
  }
  return months;
}

function wholeMonths(days: readonly number[], calendar: WorkingDays): number[] {
  const first = days[0] ?? 0;
  const last = days.at(-1) ?? 0;
  const from = first - Number(dayText(first).slice(8)) + 1;
  let to = last;
  while (dayText(to + 1).slice(0, 7) === dayText(last).slice(0, 7)) to += 1;
  return calendar.between(from, to);
}

/** The same month of the last four years and the last six months; all there is when that is little. */
function donorsFor(key: number, past: readonly Month[]): number[] {
  const all = past.map((_, m) => m);
  const near = all.filter((m) => {
    const other = past[m]?.key ?? 0;
    return (key - other) % 12 === 0 && key - other <= 48;
  });
  return near.length >= 3 ? [...near, ...all.slice(-2)] : all.slice(-12);
}

function sameRank(month: Month, donor: Month, rank: number): number {
  const fromEnd = month.days.length - 1 - rank;
  const place = rank <= fromEnd ? rank : donor.days.length - 1 - fromEnd;
  return donor.days[Math.max(0, Math.min(place, donor.days.length - 1))] ?? 0;
}

/** Mean absolute amount per day over the twelve months up to and including month `m`. */
function levelBefore(
  values: Float64Array,
  place: ReadonlyMap<number, number>,
  months: readonly Month[],
  m: number,
): number {
  let sum = 0;
  let count = 0;
  for (const month of months.slice(Math.max(0, m - 11), m + 1)) {
    for (const day of month.days) {
      sum += Math.abs(values[place.get(day) ?? 0] ?? 0);
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function scaleTo(levels: readonly number[], donor: number): number {
  const now = levels.at(-1) ?? 0;
  const then = levels[donor] ?? 0;
  return then === 0 ? 1 : Math.min(3, Math.max(1 / 3, now / then));
}
