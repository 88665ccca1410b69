/**
 * Sums that must be met: whole requests of a rank must add up to what is held of it, no less and, where
 * that is proven best, no more. With few requests left to decide, all their sums are looked at.
 */
import type { Ask } from '../terms.js';
import type { Model, Option } from './model.js';
import type { Ranges } from './propagate.js';
import { type SubsetSumsKept, subsetsBetween } from './sums.js';

/** So many requests have 2^13 sums, what some pivots cost; twice as many are looked at, in halves. */
const HALF_MAX = 13;
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
  kept: SubsetSumsKept,
  fits: (payments: readonly Option[]) => boolean,
): Ways | null {
  const found = itemsOf(window, ranges);
  if (found === null) return null;
  const { left, right, fixed } = found;
  const items = [...left, ...right];
  const between = { low: window.low - fixed, high: window.high - fixed };
  if (isLoose(items, between)) return null;
  const halves = [kept.of(left.map(amountOf)), kept.of(right.map(amountOf))] as const;
  const bits = subsetsBetween(halves, left.length, between, WAYS_MAX);
  if (bits === null) return null;
  const last = items.map(({ open }) => open.slice(-1));
  const paidIn = (way: number) => last.flatMap((one, at) => (isIn(way, at) ? one : []));
  return { items, bits: bits.filter((way) => fits(paidIn(way))) };
}

function amountOf({ ask }: Item): number {
  return ask.amount;
}

/**
 * What is still to be decided in a window, every other request in one half, so that a half stays the same while
 * one of the other is decided; and the sum of what is decided. `null` where that cannot be told.
 */
function itemsOf(
  window: Window,
  { lower, upper }: Ranges,
): { left: Item[]; right: Item[]; fixed: number } | null {
  let [half, other]: [Item[], Item[]] = [[], []];
  const [left, right] = [half, other];
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
      if (ask.divisible || half.length === HALF_MAX) return null;
      half.push({ ask, open });
    }
    [half, other] = [other, half];
  }
  return { left, right, fixed };
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
function isLoose(
  items: readonly Item[],
  { low, high }: { readonly low: number; readonly high: number },
): boolean {
  const all = items.reduce((sum, { ask }) => sum + ask.amount, 0);
  return 2 ** items.length * (high - low + 1) > 4 * WAYS_MAX * (all + 1);
}
