/**
 * Sums that must be met: whole requests of a rank must add up to what is held of it, no less and, where
 * that is proven best, no more. With few requests left to decide, all their sums are looked at.
 */
import type { Ask } from '../terms.js';
import type { Model, Option } from './model.js';
import type { Ranges } from './propagate.js';
import { subsetSums } from './sums.js';

/** So many requests have 2^11 sums a half, about what a pivot costs. */
const ITEMS_MAX = 22;
/** More ways than this of adding up say little about single requests. */
const WAYS_MAX = 64;

/** Payments of a rank that count together, and between what their sum must lie. */
export interface Window {
  readonly options: ReadonlyMap<Ask, readonly Option[]>;
  readonly low: number;
  readonly high: number;
}

/** The options of a rank that `counts` holds for, by request. */
export function optionsOf(
  model: Model,
  rank: number,
  counts: (option: Option) => boolean,
): Map<Ask, Option[]> {
  const found = new Map<Ask, Option[]>();
  for (const [ask, options] of model.byAsk) {
    if (ask.rank !== rank) continue;
    const own = options.filter(counts);
    if (own.length > 0) found.set(ask, own);
  }
  return found;
}

/**
 * Narrows the ranges in place to the requests that may still add up; -1 where nothing does, otherwise how
 * many columns were fixed.
 */
export function narrowSums(window: Window, { lower, upper }: Ranges): number {
  const free: { amount: number; options: Option[] }[] = [];
  let fixed = 0;
  for (const [ask, options] of window.options) {
    const open: Option[] = [];
    let isPaid = false;
    for (const option of options) {
      const { column } = option;
      if ((lower[column] ?? 0) < (upper[column] ?? 0)) open.push(option);
      else if (!ask.divisible && (lower[column] ?? 0) > 0) isPaid = true;
      else if (ask.divisible) fixed += lower[column] ?? 0;
    }
    if (isPaid) fixed += ask.amount;
    else if (open.length > 0) {
      if (ask.divisible || free.length === ITEMS_MAX) return 0;
      free.push({ amount: ask.amount, options: open });
    }
  }
  const amounts = free.map(({ amount }) => amount);
  const [low, high] = [window.low - fixed, window.high - fixed];
  if (isLoose(amounts, low, high)) return 0;
  const ways = waysBetween(amounts, low, high);
  if (ways === null) return 0;
  if (ways.count === 0) return -1;
  let changes = 0;
  for (const [at, { options }] of free.entries()) {
    const [first, second] = options;
    if (((ways.some >>> at) & 1) === 0) {
      for (const { column } of options) upper[column] = lower[column] ?? 0;
      changes++;
    } else if (((ways.all >>> at) & 1) === 1 && first !== undefined && second === undefined) {
      lower[first.column] = upper[first.column] ?? 0;
      changes++;
    }
  }
  return changes;
}

/** Would chance alone make more sums between the two than could tell anything? */
function isLoose(items: readonly number[], low: number, high: number): boolean {
  const all = items.reduce((sum, item) => sum + item, 0);
  if (low <= 0 && high >= 0) return items.every((item) => item <= high);
  return 2 ** items.length * (high - low + 1) > WAYS_MAX * (all + 1);
}

interface Ways {
  readonly count: number;
  /** Bits of the items that are in one way at least, and of those that are in every one. */
  readonly some: number;
  readonly all: number;
}

/** The subsets with a sum from `low` to `high`; `null` where there are too many to tell. */
function waysBetween(items: readonly number[], low: number, high: number): Ways | null {
  const half = items.length >> 1;
  const left = subsetSums(items.slice(0, half));
  const right = subsetSums(items.slice(half));
  let count = 0;
  let some = 0;
  let all = -1;
  let top = right.sums.length - 1;
  for (let k = 0; k < left.sums.length; k++) {
    const sum = left.sums[k] ?? 0;
    while (top >= 0 && sum + (right.sums[top] ?? 0) > high) top--;
    for (let at = top; at >= 0 && sum + (right.sums[at] ?? 0) >= low; at--) {
      const bits = (left.bits[k] ?? 0) | ((right.bits[at] ?? 0) << half);
      some |= bits;
      all &= bits;
      if (++count > WAYS_MAX) return null;
    }
  }
  return { count, some, all };
}
