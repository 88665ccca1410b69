/**
 * The best whole payments among a few requests, all others being decided: every choice of one half of them beside
 * every choice of the other. Sums that must be met exactly find each other by a number that both halves add to.
 */
import type { Ask } from '../terms.js';
import { type Choice, type Ends, Half, endsOf } from './half.js';
import type { Model, Option } from './model.js';
import { AIMS } from './model.js';
import type { Ranges, Sides } from './propagate.js';
import type { Window } from './windows.js';

/** Choices of one half at most, of 28 bytes each; so many pairs at most are looked at. */
const STATES_MAX = 1 << 20;
const PAIRS_MAX = 1 << 23;
/** Choices and pairs that cost what a step of the search does. */
export const WORK_PER_STEP = 1000;
/** Pairs that cost what it does to try one against the limits. */
const PAIRS_PER_TRIAL = 30;
/** Amounts are whole; sums of them are off by far less. */
const NEAR = 1e-3;

/** What is asked: payments within the ranges that are worth more than `value`. */
export interface Question {
  readonly model: Model;
  readonly ranges: Ranges;
  readonly sides: Sides;
  readonly costs: Float64Array;
  readonly windows: readonly Window[];
  readonly value: number;
  /** What a unit in a column gains at the programme's optimum, and how much of that may be lost. */
  readonly reducedCost: (column: number) => number;
  readonly margin: number;
  readonly statesMax?: number;
  readonly pairsMax?: number;
}

/** The best payments; `null` where nothing is worth more. */
export interface Answer {
  readonly value: number;
  readonly paid: readonly Option[] | null;
  /** False where there were more pairs than are looked at: others may be worth even more. */
  readonly isWhole: boolean;
}

/** A request to be decided, with the options that are open to it. */
export interface Item {
  readonly ask: Ask;
  readonly open: readonly Option[];
}

/** What is added up over columns, and between what it must lie, less what is decided. */
interface Sum {
  readonly weights: ReadonlyMap<number, number>;
  readonly low: number;
  readonly high: number;
}

/** Requests that the ranges leave open; `null` where whole payments alone do not tell. */
export function itemsOf({ byAsk, switches }: Model, { lower, upper }: Ranges): Item[] | null {
  if (switches.size > 0) return null;
  const items: Item[] = [];
  for (const [ask, options] of byAsk) {
    const open = options.filter(({ column }) => (lower[column] ?? 0) < (upper[column] ?? 0));
    if (open.length === 0) continue;
    if (ask.divisible) return null;
    items.push({ ask, open });
  }
  return items;
}

/** How many choices the items leave, as a power of two. */
export function bitsOf(items: readonly Item[]): number {
  return items.reduce((bits, { open }) => bits + Math.log2(open.length + 1), 0);
}

export class Halves {
  /** Choices and pairs looked at. */
  work = 0;
  private readonly sums: readonly Sum[];
  private readonly exact: readonly number[];
  private readonly ends: Ends;
  /** Worth of what is decided. */
  private readonly base: number;
  /** Rows of pools that the items could break: what is left of them, and their places here. */
  private readonly room: Float64Array;
  private readonly places: ReadonlyMap<number, number>;

  constructor(
    private readonly question: Question,
    private readonly items: readonly Item[],
  ) {
    const { costs, ranges } = question;
    this.base = costs.reduce((sum, cost, column) => sum + cost * (ranges.lower[column] ?? 0), 0);
    this.sums = sumsOf(question);
    this.exact = this.sums.flatMap(({ low, high }, at) => (low === high ? [at] : []));
    this.ends = {
      low: Float64Array.from(this.sums, ({ low }) => low - NEAR),
      high: Float64Array.from(this.sums, ({ high }) => high + NEAR),
    };
    const rows = bindingRows(question, items);
    this.room = Float64Array.from(rows.values(), (left) => left + NEAR);
    this.places = new Map([...rows.keys()].map((row, place) => [row, place]));
  }

  /** The best; `null` where there are too many choices to tell. */
  best(): Answer | null {
    if (this.exact.length === 0) return null;
    const [left, right] = halved(this.items).map((items) =>
      items.map((one) => this.choicesOf(one)),
    );
    if (left === undefined || right === undefined) return null;
    const first = this.half(left, right);
    if (first === null) return null;
    const second = this.half(right, left);
    return second === null ? null : this.join(first, second);
  }

  private half(own: Choice[][], others: Choice[][]): Half | null {
    const { margin, statesMax = STATES_MAX } = this.question;
    const limits = { room: this.room, ends: this.ends, others: endsOf(others, this.sums.length) };
    const half = new Half(own, limits, margin, statesMax);
    const isWhole = half.enumerate();
    this.work += half.work;
    return isWhole ? half : null;
  }

  /** Not to be paid, or on one of the days. */
  private choicesOf({ ask, open }: Item): Choice[] {
    const { model, costs } = this.question;
    return [null, ...open].map((option): Choice => {
      const column = option?.column ?? -1;
      const amount = option === null ? 0 : ask.amount;
      const sums = Float64Array.from(
        this.sums,
        ({ weights }) => (weights.get(column) ?? 0) * amount,
      );
      return {
        option,
        amount,
        worth: (costs[column] ?? 0) * amount,
        penalty: this.penaltyOf(open, option),
        key: this.keyOf(sums),
        sums,
        rows: Int32Array.from(rowsOf(model, column).flatMap((row) => this.places.get(row) ?? [])),
      };
    });
  }

  /** What the programme's value loses by the choice. */
  private penaltyOf(open: readonly Option[], chosen: Option | null): number {
    let penalty = 0;
    for (const option of open) {
      const cost = this.question.reducedCost(option.column) * option.ask.amount;
      if (option === chosen ? cost < 0 : cost > 0) penalty += Math.abs(cost);
    }
    return penalty;
  }

  /** One number of all exact sums; that of two choices is the sum of theirs, past 2^32 begun anew. */
  private keyOf(sums: Float64Array): number {
    return this.exact.reduce((key, at, which) => {
      const sum = sums[at] ?? 0;
      const rest = sum - Math.floor(sum / 2 ** 32) * 2 ** 32;
      return (key + Math.imul(rest | 0, factorOf(which))) | 0;
    }, 0);
  }

  /** The best pair of choices that meets the exact sums. */
  private join(left: Half, right: Half): Answer {
    const table = right.byKey();
    const target = this.keyOf(Float64Array.from(this.sums, ({ high }) => high));
    const { margin, pairsMax = PAIRS_MAX } = this.question;
    let best = this.question.value;
    let paid: Option[] | null = null;
    let pairs = 0;
    for (let at = 0; at < left.count && pairs <= pairsMax; at++) {
      const wanted = (target - (left.keys[at] ?? 0)) | 0;
      const worth = this.base + (left.worths[at] ?? 0);
      const spare = margin - (left.penalties[at] ?? 0);
      for (let other = table.first(wanted); other >= 0; other = table.after(other)) {
        pairs++;
        if (pairs > pairsMax) break;
        if (right.keys[other] !== wanted || (right.penalties[other] ?? 0) > spare) continue;
        const value = worth + (right.worths[other] ?? 0);
        if (value < best + 0.5) continue;
        const chosen = [...left.chosen(at), ...right.chosen(other)];
        pairs += PAIRS_PER_TRIAL;
        if (!this.holds(chosen)) continue;
        best = value;
        paid = chosen.flatMap(({ option }) => option ?? []);
      }
    }
    this.work += pairs;
    return { value: best, paid, isWhole: pairs <= pairsMax };
  }

  /** Do all limits and sums hold with those choices? */
  private holds(chosen: readonly Choice[]): boolean {
    const left = Float64Array.from(this.room);
    const sums = new Float64Array(this.sums.length);
    for (const choice of chosen) {
      for (const row of choice.rows) left[row] = (left[row] ?? 0) - choice.amount;
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (choice.sums[at] ?? 0);
    }
    const { low, high } = this.ends;
    return (
      left.every((value) => value >= 0) &&
      sums.every((value, at) => value <= (high[at] ?? 0) && value >= (low[at] ?? 0))
    );
  }
}

/** An odd number for each exact sum. */
function factorOf(which: number): number {
  return (Math.imul(which, 0x3c6ef372) + 0x9e3779b1) | 0;
}

/** Rows of pools that a payment in the column takes from. */
function rowsOf({ columns, next }: Model, column: number): number[] {
  const rows: number[] = [];
  for (const first of columns[column]?.chains ?? [])
    for (let row = first; row >= 0; row = next[row] ?? -1) rows.push(row);
  return rows;
}

/** Rows that the items could break, and what is left of them. */
function bindingRows(
  { model, ranges, sides }: Question,
  items: readonly Item[],
): Map<number, number> {
  const left = Float64Array.from(sides.right);
  for (const [column, amount] of ranges.lower.entries()) {
    if (amount === 0) continue;
    for (const row of rowsOf(model, column)) left[row] = (left[row] ?? 0) - amount;
  }
  const asked = new Float64Array(left.length);
  for (const { ask, open } of items) {
    const rows = new Set(open.flatMap(({ column }) => rowsOf(model, column)));
    for (const row of rows) asked[row] = (asked[row] ?? 0) + ask.amount;
  }
  const rows = new Map<number, number>();
  for (const row of model.poolRows.keys())
    if ((asked[row] ?? 0) > Math.max(0, left[row] ?? 0)) rows.set(row, left[row] ?? 0);
  return rows;
}

/** The sums that payments worth more must have. */
function sumsOf({ model, ranges, sides, windows }: Question): Sum[] {
  const sums: Sum[] = [];
  const add = (weights: Map<number, number>, low: number, high: number) => {
    let fixed = 0;
    let isOpen = false;
    for (const [column, weight] of weights) {
      fixed += weight * (ranges.lower[column] ?? 0);
      isOpen ||= ranges.lower[column] !== ranges.upper[column];
    }
    if (isOpen || fixed < low || fixed > high)
      sums.push({ weights, low: low - fixed, high: high - fixed });
  };
  for (const { options, low, high } of windows) {
    const columns = [...options.values()].flat().map(({ column }) => column);
    add(new Map(columns.map((column) => [column, 1])), low, high);
  }
  for (const [rank, own] of model.holdRows.entries())
    for (const aim of AIMS) {
      const row = own[aim];
      const least = sides.least[row] ?? -Infinity;
      // Where the best is known as well, there is a window.
      if (row < 0 || ((aim === 'onTime' || aim === 'total') && least > -Infinity)) continue;
      const sign = aim === 'lateness' ? 1 : -1;
      const weights = [...(model.aims[rank]?.[aim] ?? [])].flatMap((weight, column) =>
        weight === 0 ? [] : [[column, sign * weight] as const],
      );
      add(new Map(weights), least, sides.right[row] ?? Infinity);
    }
  return sums;
}

/** Requests of one pool together, so that its limits cut one half short; the larger first in each half. */
function halved(items: readonly Item[]): [Item[], Item[]] {
  const sorted = [...items].sort((a, b) => a.ask.pool - b.ask.pool || a.ask.due - b.ask.due);
  const all = bitsOf(sorted);
  let bits = 0;
  const count = sorted.findIndex((item) => {
    const own = bitsOf([item]);
    bits += own;
    return bits - own / 2 > all / 2;
  });
  const bySize = (a: Item, b: Item) => b.ask.amount - a.ask.amount;
  const middle = count < 0 ? sorted.length : count;
  return [sorted.slice(0, middle).sort(bySize), sorted.slice(middle).sort(bySize)];
}
