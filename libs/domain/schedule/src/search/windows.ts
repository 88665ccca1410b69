/**
 * Sums that must be met: whole requests of a rank must add up to what is held of it, no less and, where
 * that is proven best, no more. With few requests left to decide, all their sums are looked at.
 */
import type { Ask } from '../terms.js';
import type { Model, Option } from './model.js';
import type { Ranges } from './propagate.js';
import { subsetsBetween } from './sums.js';

/** So many requests have 2^13 sums a half, what some pivots cost. */
const ITEMS_MAX = 26;
/** More ways than this of adding up are not looked at one by one. */
const WAYS_MAX = 600;

/** Payments of a rank that count together, and between what their sum must lie. */
export interface Window {
  readonly options: ReadonlyMap<Ask, readonly Option[]>;
  readonly low: number;
  readonly high: number;
}

/** A request that may be among those of a window, with the days of it that are open. */
interface Item {
  readonly ask: Ask;
  readonly open: readonly Option[];
}

/** All ways to meet a window: those of the items whose bits are set. */
export interface Ways {
  readonly items: readonly Item[];
  readonly bits: readonly number[];
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
 * The ways to meet a window that the pools have room for, nothing else being paid than must be; `null` where
 * there are too many requests or ways to tell.
 */
export function waysOf(
  window: Window,
  ranges: Ranges,
  fits: (payments: readonly Option[]) => boolean,
): Ways | null {
  const found = itemsOf(window, ranges);
  if (found === null) return null;
  const { items, fixed } = found;
  const amounts = items.map(({ ask }) => ask.amount);
  const [low, high] = [window.low - fixed, window.high - fixed];
  if (isLoose(amounts, low, high)) return null;
  const bits = subsetsBetween(amounts, low, high, WAYS_MAX);
  if (bits === null) return null;
  const last = items.map(({ open }) => open.slice(-1));
  return {
    items,
    bits: bits.filter((way) => fits(last.flatMap((one, at) => (isIn(way, at) ? one : [])))),
  };
}

/** What is still to be decided in a window, and the sum of what is not; `null` where that cannot be told. */
function itemsOf(
  window: Window,
  { lower, upper }: Ranges,
): { items: Item[]; fixed: number } | null {
  const items: Item[] = [];
  let fixed = 0;
  for (const [ask, options] of window.options) {
    let isPaid = false;
    const open: Option[] = [];
    for (const option of options) {
      const least = lower[option.column] ?? 0;
      if (least < (upper[option.column] ?? 0)) open.push(option);
      else if (ask.divisible) fixed += least;
      else if (least > 0) isPaid = true;
    }
    if (isPaid) fixed += ask.amount;
    else if (open.length > 0) {
      if (ask.divisible || items.length === ITEMS_MAX) return null;
      items.push({ ask, open });
    }
  }
  return { items, fixed };
}

function isIn(way: number, at: number): boolean {
  return ((way >>> at) & 1) === 1;
}

/** Narrows the ranges in place to what some of the ways have; how many columns that fixes. */
export function narrowTo({ items, bits }: Ways, { lower, upper }: Ranges): number {
  const some = bits.reduce((all, way) => all | way, 0);
  const every = bits.reduce((all, way) => all & way, -1);
  let changes = 0;
  for (const [at, { open }] of items.entries()) {
    const [first, second] = open;
    if (!isIn(some, at)) {
      for (const { column } of open) upper[column] = lower[column] ?? 0;
      changes++;
    } else if (isIn(every, at) && first !== undefined && second === undefined) {
      lower[first.column] = upper[first.column] ?? 0;
      changes++;
    }
  }
  return changes;
}

/** The ranges that are left in each of the ways; together they are all. `null` where one is left as it was. */
export function rangesOf(model: Model, { items, bits }: Ways, ranges: Ranges): Ranges[] | null {
  const all: Ranges[] = [];
  for (const way of bits) {
    let changes = 0;
    const lower = Float64Array.from(ranges.lower);
    const upper = Float64Array.from(ranges.upper);
    for (const [at, { ask, open }] of items.entries()) {
      const [first, second] = open;
      const shut = isIn(way, at)
        ? (model.byAsk.get(ask) ?? []).filter((option) => !open.includes(option))
        : open;
      for (const { column } of shut) {
        if (upper[column] !== lower[column]) changes++;
        upper[column] = lower[column] ?? 0;
      }
      if (!isIn(way, at) || first === undefined || second !== undefined) continue;
      lower[first.column] = upper[first.column] ?? 0;
      changes++;
    }
    if (changes === 0) return null;
    all.push({ lower, upper });
  }
  return all;
}

/** Would chance alone make more sums between the two than could tell anything? */
function isLoose(items: readonly number[], low: number, high: number): boolean {
  const all = items.reduce((sum, item) => sum + item, 0);
  return 2 ** items.length * (high - low + 1) > 4 * WAYS_MAX * (all + 1);
}
