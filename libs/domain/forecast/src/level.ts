/**
 * The level of some weeks: what their days bring together. Views that place single days well, by
 * their middles, add up to a poor sum; others that miss the days know the sum. So the blended days
 * keep their shape, and their sum is moved towards what other views of it say.
 */

/** Days whose sum is moved at once: about a month. */
export const levelDays = 20;

/** Shares of the regression alone, of last year's growth, and of what was lately missed. */
const plainShare = 0.5;
const growthShare = 0.1;
const missedShare = 0.25;
const missedDays = 125;
const missedDaysMin = 60;
/** The newest sums, one ending each day, say how large errors of sums are now. */
const recentSums = 300;
/** Levels go where they never were: sums ahead err by so much more than those out of sample did. */
const beyondSeen = 1.3;

/** One day: where two views place it, and how far off it usually is, all in one unit. */
export interface DayViews {
  readonly blended: number;
  /** By the regression alone, errors squared. */
  readonly plain: number;
  readonly width: number;
}

/**
 * Where the days of a block lie once their sum is moved; each day takes part by its width.
 * @param missed the mean error of a blended day lately
 * @param grown the sum that last year's growth would bring, if there is a year to tell
 */
export function levelled(
  block: readonly DayViews[],
  missed: number,
  grown: number | undefined,
): number[] {
  const blended = sumOf(block, (day) => day.blended);
  const widths = sumOf(block, ({ width }) => width);
  const own =
    plainShare * (sumOf(block, ({ plain }) => plain) - blended) +
    missedShare * missed * block.length;
  const shift = (1 - growthShare) * own + growthShare * ((grown ?? blended) - blended);
  return block.map((day) => day.blended + (widths > 0 ? (shift * day.width) / widths : 0));
}

/** Mean of the last errors before a place; too few of them say nothing. */
export function missedLately(errors: readonly number[], before: number): number {
  if (before < missedDaysMin) return 0;
  const recent = errors.slice(Math.max(0, before - missedDays), before);
  return sumOf(recent, (error) => error) / recent.length;
}

/**
 * By how much the mean shock of a block is stretched or shrunk, its days' deviations from it left
 * as they are: errors of recent sums against those of all sums out of sample.
 * @param errors of consecutive days, the last of them the newest
 */
export function sumStretch(errors: readonly number[]): number {
  const sizes: number[] = [];
  let sum = 0;
  errors.forEach((error, i) => {
    sum += error - (errors[i - levelDays] ?? 0);
    if (i + 1 >= levelDays) sizes.push(Math.abs(sum));
  });
  const all = meanOf(sizes);
  return all > 0 ? (beyondSeen * meanOf(sizes.slice(-recentSums))) / all : 1;
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

const meanOf = (values: readonly number[]): number =>
  sumOf(values, (value) => value) / Math.max(1, values.length);
