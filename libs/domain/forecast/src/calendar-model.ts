import { positionNumbers, type Placed } from './features.js';
import { levelDays, levelled, missedLately, sumStretch, type DayViews } from './level.js';
import { fitViews, prepare, type Expected, type Prepared } from './location.js';
import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { positionsOf } from './position.js';
import { uniforms } from './random.js';
import { binned, fitTrees, treesValue, type Growth } from './trees.js';
import type { WorkingDays } from './working-days.js';

/** Fewer days of history than this leave the profile to do it. */
export const calendarDaysMin = 500;

const learnDaysMin = 375;
const foldDays = 251;
const foldsMax = 4;
const foldPace = 2;
/** Shares of the second view that are tried. */
const shares = [0, 0.25, 0.5, 0.75];
const blockDays = 63;
/** Of all places at which a block may begin, the share that lie most alike in their month. */
const alikeShare = 0.2;
/** Errors kept out of sample are seen from the middle of the next month's horizon. */
const seenAhead = 10;
const spreadGrowth: Growth = {
  trees: 60,
  depth: 3,
  rate: 0.1,
  leafMin: 6,
  penalty: 6,
  reach: Infinity,
};

/** Where a day lies and how far off it usually is, in mean days of the last year. */
interface Lie {
  readonly middle: number;
  readonly width: number;
}

interface Fitted {
  readonly series: Prepared;
  /** The working days after the history, whole blocks of them. */
  readonly lies: (targets: readonly Placed[]) => Lie[];
  /** Errors over their spread on the last days of the history, out of sample. */
  readonly shocks: Float64Array;
  /** What the mean shock of a block is multiplied by. */
  readonly stretch: number;
}

/**
 * The calendar model: what a day brings is its location (ridge and boosted trees on the calendar)
 * plus its spread times a shock; shocks are the out-of-sample errors of fits on earlier parts of
 * the history, drawn in blocks of consecutive days, the same block for all series, so that errors
 * of neighbouring days and of the series belong together as they did. Both are held to the level:
 * the middles add up to what other views say of their sum, and so do the shocks.
 */
export function calendarModel(
  panel: Panel,
  chosen: readonly number[],
  calendar: WorkingDays,
): Simulator {
  const at = positionsOf(panel.days, calendar);
  const placed = panel.days.flatMap((day, i) => {
    const position = at[i];
    return position === undefined ? [] : [{ day, at: position }];
  });
  const fitted = chosen.flatMap((s) => {
    const series = panel.series[s];
    return series === undefined ? [] : [fitSeries(prepare(placed, series.values, series.start))];
  });
  const shared = Math.min(...fitted.map(({ shocks }) => shocks.length));
  return {
    name: 'calendar',
    simulate(days, paths, seed) {
      const more = (levelDays - (days.length % levelDays)) % levelDays;
      const whole = [...days, ...calendar.after(days.at(-1) ?? 0, more)];
      const positions = positionsOf(whole, calendar);
      const targets = whole.flatMap((day, d) => {
        const position = positions[d];
        return position === undefined ? [] : [{ day, at: position }];
      });
      const donors = donorsOf(targets, paths, placed.slice(placed.length - shared), seed);
      return fitted.map((each) => {
        const values = pathsOf(each, targets, donors, shared);
        return values.filter((_, i) => i % whole.length < days.length);
      });
    },
  };
}

/**
 * For each path and day, the place of its shock among the days that have one. A block begins
 * where its first day lies in the month much as the target does, since what is late on a large
 * day is caught up with on the days after it.
 */
function donorsOf(
  targets: readonly Placed[],
  paths: number,
  past: readonly Placed[],
  seed: number,
): Int32Array {
  const draw = uniforms(seed);
  const width = targets.length;
  const donors = new Int32Array(width * paths);
  const blocks = targets.flatMap((target, from) => {
    if (from % blockDays !== 0) return [];
    const length = Math.min(blockDays, width - from, past.length);
    return [{ from, length, starts: startsAlike(target, past, length) }];
  });
  for (let p = 0; p < paths; p += 1) {
    for (const { from, length, starts } of blocks) {
      const first = starts[Math.floor(draw() * starts.length)] ?? 0;
      for (let k = 0; k < Math.min(blockDays, width - from); k += 1) {
        donors[p * width + from + k] = first + (k % length);
      }
    }
  }
  return donors;
}

/** Where a block of so many past days may begin; of those that are as much alike, the latest. */
function startsAlike({ at }: Placed, past: readonly Placed[], length: number): number[] {
  const starts = past.slice(0, past.length - length + 1).map((start, first) => ({
    first,
    apart: Math.abs(start.at.rank - at.rank) + Math.abs(start.at.rankFromEnd - at.rankFromEnd),
  }));
  starts.sort((a, b) => a.apart - b.apart || b.first - a.first);
  return starts.slice(0, Math.ceil(starts.length * alikeShare)).map(({ first }) => first);
}

function pathsOf(
  { series, lies, shocks, stretch }: Fitted,
  targets: readonly Placed[],
  donors: Int32Array,
  shared: number,
): Float64Array {
  const days = lies(targets);
  const middles = Float64Array.from(days, ({ middle }) => middle);
  const widths = Float64Array.from(days, ({ width }) => width);
  const unit = series.features.scaleAt(series.placed.length - 1);
  const late = shocks.length - shared;
  const values = Float64Array.from(donors, (donor) => shocks[late + donor] ?? 0);
  for (let from = 0; from < values.length; from += levelDays) {
    let sum = 0;
    let most = 0;
    for (let i = from; i < from + levelDays; i += 1) {
      const width = widths[i % days.length] ?? 0;
      sum += width * (values[i] ?? 0);
      most += width;
    }
    const added = most > 0 ? ((stretch - 1) * sum) / most : 0;
    for (let i = from; i < from + levelDays; i += 1) {
      const d = i % days.length;
      values[i] = unit * ((middles[d] ?? 0) + (widths[d] ?? 0) * ((values[i] ?? 0) + added));
    }
  }
  return values;
}

function fitSeries(series: Prepared): Fitted {
  const { features, placed } = series;
  const last = placed.length - 1;
  const seen = outOfSample(series, last);
  const first = last + 1 - seen.length;
  const share = bestShare(seen);
  const blended = seen.map((each) => blend(each, share));
  const missed = seen.map(({ came }, i) => came - (blended[i] ?? 0));
  const spread = spreadOf(placed.slice(first), missed, blended);
  const viewsOf = (expected: Expected, target: Placed | undefined): DayViews => {
    const middle = blend(expected, share);
    const width = target === undefined ? 0 : spread(target, middle);
    return { blended: middle, plain: expected.plain, width };
  };
  const past = seen.map((each, i) => viewsOf(each, placed[first + i]));
  const middles = past.map((day) => day.blended);
  for (let from = past.length % levelDays; from < past.length; from += levelDays) {
    const block = past.slice(from, from + levelDays);
    const grown = features.grown(first + from - 1, 1, levelDays);
    middles.splice(from, levelDays, ...levelled(block, missedLately(missed, from), grown));
  }
  const errors = seen.map(({ came }, i) => came - (middles[i] ?? 0));
  const views = fitViews(series, last, 1);
  return {
    series,
    shocks: Float64Array.from(errors, (error, i) => {
      const width = past[i]?.width ?? 0;
      return width > 0 ? error / width : 0;
    }),
    stretch: sumStretch(errors),
    lies: (targets) => {
      const days = targets.map((target) => viewsOf(views(target, last), target));
      return days.flatMap((_, from) => {
        if (from % levelDays !== 0) return [];
        const block = days.slice(from, from + levelDays);
        const grown = features.grown(last, from + 1, levelDays);
        const lie = levelled(block, missedLately(missed, missed.length), grown);
        return block.map(({ width }, d) => ({ middle: lie[d] ?? 0, width }));
      });
    },
  };
}

/** What came on a day, and what each view of it had expected before. */
interface Seen extends Expected {
  readonly came: number;
}

/** The last days of the history as seen by fits that end before them. */
function outOfSample(series: Prepared, last: number): Seen[] {
  const earliest = Math.max(series.start + learnDaysMin, last - foldDays * foldsMax);
  const seen: Seen[] = [];
  for (let from = earliest + 1; from <= last; from += foldDays) {
    const views = fitViews(series, from - 1, foldPace);
    for (let i = from; i <= Math.min(last, from + foldDays - 1); i += 1) {
      const target = series.placed[i];
      if (target === undefined) continue;
      const origin = i - seenAhead;
      const came = (series.values[i] ?? 0) / series.features.scaleAt(origin);
      seen.push({ came, ...views(target, origin) });
    }
  }
  return seen;
}

const blend = ({ calendar, recent }: Expected, share: number): number =>
  calendar + share * (recent - calendar);

/** The share of the second view with which the days out of sample were met best. */
function bestShare(seen: readonly Seen[]): number {
  const missed = shares.map((share) =>
    seen.reduce((sum, each) => sum + Math.abs(each.came - blend(each, share)), 0),
  );
  return shares[missed.indexOf(Math.min(...missed))] ?? 0;
}

function spreadOf(
  targets: readonly Placed[],
  errors: readonly number[],
  middles: readonly number[],
): (target: Placed, location: number) => number {
  const sizes = Float64Array.from(errors, Math.abs);
  const usual = sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
  const rows = targets.map((target, i) => [...positionNumbers(target.at), middles[i] ?? 0]);
  const columns = (rows[0] ?? []).map((_, f) => Float64Array.from(rows, (row) => row[f] ?? 0));
  const trees = fitTrees(
    binned(columns),
    sizes,
    new Float64Array(sizes.length).fill(1),
    spreadGrowth,
  );
  return (target, location) =>
    Math.max(usual / 4, treesValue(trees, [...positionNumbers(target.at), location]));
}
