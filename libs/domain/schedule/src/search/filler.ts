/** Works on one aim at the optimum of its programme: which limits bind, what fills them, what sums can reach. */
import { type Served, rankAims } from '../served.js';
import type { Ask } from '../terms.js';
import { type Swap, fill } from './fill.js';
import type { Aim, Model, Option } from './model.js';
import type { Simplex } from './simplex.js';
import { ITEMS_MAX, largestNotAbove, sumsBetween } from './sums.js';

/** How far an aim can go. */
export interface Limits {
  /** Nothing whole is worth more. */
  readonly most: number;
  /** The most that whole payments can be worth where the programme reaches so much. */
  readonly attainable: (value: number) => number;
}

/** How many requests are exchanged together, round by round. */
const ROUNDS = [16, 20, 24, 24, 26, 26, 28, 28, 30] as const;
/** Above this the window of sums is too wide to list. */
const WINDOW_MAX = 1_000_000;

/** One aim of one rank, to be brought up to `target`. */
export interface Task {
  readonly rank: number;
  readonly aim: Aim;
  readonly target: number;
  /** What the programme's value may lose by an exchange. */
  readonly margin: number;
}

export class Filler {
  /** Reduced cost of every option's column at the programme's optimum, kept from further pivots. */
  private readonly reduced: Float64Array;
  /** Rows of pools that have a price there. */
  private readonly binding: readonly number[];

  constructor(
    private readonly model: Model,
    /** Whose payments count. */
    private readonly asks: readonly Ask[],
    simplex: Simplex,
  ) {
    this.reduced = Float64Array.from(model.columns, (_, column) => simplex.reducedCost(column));
    this.binding = [...model.poolRows.keys()].filter((row) => simplex.price(row) > 1e-7);
  }

  /** Exchanges requests of the rank until the target is met or the rounds are over. */
  fill(served: Served, task: Task, rounds: number, isAllowed: (served: Served) => boolean): Served {
    let best = served;
    const worth = (payments: Served) => this.worth(payments, task);
    for (const [round, size] of ROUNDS.slice(0, rounds).entries()) {
      for (const row of this.binding) {
        const wanted = task.target - worth(best);
        if (wanted <= 0) return best;
        const room = Math.min(wanted, this.slack(row, best));
        if (room <= 0) continue;
        const swaps = this.swapsIn(row, best, task);
        if (swaps.length === 0) continue;
        const { terms } = this.model;
        const better = fill({ terms, asks: this.asks, served: best }, swaps, room, { size, round });
        if (better !== null && worth(better) > worth(best) && isAllowed(better)) best = better;
      }
    }
    return best;
  }

  private worth(served: Served, { rank, aim }: Task): number {
    return rankAims(this.model.terms.ranks[rank]?.asks ?? [], served)[aim];
  }

  private slack(row: number, served: Served): number {
    const spot = this.model.poolRows.get(row);
    if (spot === undefined) return 0;
    let left = this.model.right[row] ?? 0;
    for (const ask of this.model.byAsk.keys()) {
      if (!(this.model.terms.lines[ask.pool] ?? []).includes(spot.pool)) continue;
      for (const { day, amount } of served[ask.order] ?? []) if (day <= spot.day) left -= amount;
    }
    return left;
  }

  /** Requests of the rank that the row lets in or keeps out, each with the day it would be paid. */
  private swapsIn(row: number, served: Served, { rank, aim, margin }: Task): Swap[] {
    const spot = this.model.poolRows.get(row);
    const swaps: Swap[] = [];
    if (spot === undefined) return swaps;
    for (const [ask, options] of this.model.byAsk) {
      if (ask.rank !== rank || ask.divisible || ask.promised.length > 0) continue;
      if (!(this.model.terms.lines[ask.pool] ?? []).includes(spot.pool)) continue;
      const [part] = served[ask.order] ?? [];
      if (part !== undefined) {
        const counts = aim === 'onTime' ? part.day === ask.due : part.day > ask.due;
        const cost = this.costOf(options, part.day) * ask.amount;
        if (counts && part.day <= spot.day && cost <= margin)
          swaps.push({ ask, day: part.day, paid: true });
        continue;
      }
      const option = this.bestOption(options, spot.day, aim);
      if (option === undefined || -this.costOf(options, option.day) * ask.amount > margin) continue;
      swaps.push({ ask, day: option.day, paid: false });
    }
    return swaps;
  }

  private costOf(options: readonly Option[], day: number): number {
    const option = options.find((one) => one.day === day);
    return option === undefined ? 0 : (this.reduced[option.column] ?? 0);
  }

  /** The latest day by then on which a payment counts for the aim and costs least elsewhere. */
  private bestOption(options: readonly Option[], lastDay: number, aim: Aim): Option | undefined {
    let best: Option | undefined;
    for (const option of options) {
      if (option.day > lastDay) continue;
      if (aim === 'onTime' && option.day !== option.ask.due) continue;
      const cost = this.reduced[option.column] ?? 0;
      if (best === undefined || cost >= (this.reduced[best.column] ?? 0)) best = option;
    }
    return best;
  }

  /** What sums of whole requests leave of the programme's value, once `value` is had. */
  limits(rank: number, aim: Aim, root: number, value: number): Limits {
    const plain: Limits = { most: root, attainable: (reach) => reach };
    if (root <= value || root - value > WINDOW_MAX) return plain;
    const choice = this.freeAmounts(rank, aim, root - value);
    if (choice === null) return plain;
    const sums = sumsBetween(choice.free, value - choice.fixed, root - choice.fixed);
    if (sums === null) return plain;
    const attainable = (reach: number) =>
      reach <= value
        ? reach
        : Math.max(value, largestNotAbove(sums, reach - choice.fixed) + choice.fixed);
    return { most: attainable(root), attainable };
  }

  /**
   * Amounts that a plan better than what is at hand may still choose among, and the sum of those it
   * must pay: a column whose reduced cost would use up the whole margin cannot move.
   */
  private freeAmounts(
    rank: number,
    aim: Aim,
    margin: number,
  ): { free: number[]; fixed: number } | null {
    const free: number[] = [];
    let fixed = 0;
    for (const [ask, options] of this.model.byAsk) {
      if (ask.rank !== rank) continue;
      const counting = options.filter(({ day }) => aim === 'total' || day <= ask.due);
      const stays = this.standing(ask, counting, margin);
      if (stays === 'out') continue;
      if (ask.divisible) return null;
      if (stays === 'in') fixed += ask.amount;
      else free.push(ask.amount);
      if (free.length > ITEMS_MAX) return null;
    }
    return { free, fixed };
  }

  private standing(ask: Ask, options: readonly Option[], margin: number): 'in' | 'out' | 'free' {
    const costs = options.map(({ column }) => (this.reduced[column] ?? 0) * ask.amount);
    if (!ask.divisible && costs.some((cost) => cost >= margin)) return 'in';
    return costs.every((cost) => -cost >= margin) ? 'out' : 'free';
  }
}
