/** Searches the payments that are best in one aim of one rank, the ranks above held at their values. */
import { Cash } from '../cash.js';
import { type Aims, NO_PARTS, type Part, type Served, rankAims } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { BranchAndBound, type Programme } from './branch.js';
import { Filler, type Limits } from './filler.js';
import {
  AIMS,
  type Aim,
  type Known,
  type Model,
  type Option,
  type Parties,
  modelOf,
  simplexOf,
} from './model.js';
import type { Simplex } from './simplex.js';
import type { Chosen, Node } from './splits.js';
import { type Window, optionsOf } from './windows.js';

/** What the search of one aim found. */
export interface Found {
  readonly value: number;
  /** No plan as good in what is held exceeds it (for lateness: goes under it). */
  readonly bound: number;
  /** The better payments; `null` where those at hand were not beaten. */
  readonly served: Served | null;
  /** Pivots made and nodes looked at. */
  readonly steps: number;
}

/** Pivots for one programme: enough for its optimum, however few are left to branch. */
const BESIDE_STEPS = 20_000;

/** Rounds of exchanges at the root of a search and at its nodes. */
const ROUNDS_AT_ROOT = 9;
const ROUNDS_BELOW = 3;

/** A programme is built anew where narrowing leaves no more than this share of its columns. */
const SHRINKS_TO = 0.75;

interface Hunt {
  readonly value: number;
  readonly stepsMax: number;
  readonly attainable: (value: number) => number;
  readonly repair: (parts: Chosen, model: Model, simplex: Simplex) => number | null;
  readonly first: number;
}

/** The aim that is searched, and what its programme reaches. */
interface Goal {
  readonly rank: number;
  readonly aim: Aim;
  readonly root: number;
}

/** A value that no plan may be worse in, and what none can be better than. */
interface Held {
  readonly value: number;
  readonly best: number;
}

export class Search {
  private readonly model: Model;
  private readonly simplex: Simplex;
  private readonly asks: readonly Ask[];
  private readonly everybody: readonly Ask[];
  private readonly held = new Map<number, Partial<Record<Aim, Held>>>();

  constructor(
    private readonly terms: Terms,
    private readonly parties: Parties,
    private readonly start: Served,
  ) {
    this.model = modelOf(terms, parties, start);
    this.simplex = simplexOf(this.model);
    this.asks = parties.asks;
    this.everybody = [...parties.frozen, ...parties.asks];
  }

  /** From now on no plan may be worse in this aim of this rank; none can be better than `best`. */
  hold(rank: number, aim: Aim, value: number, best: number): void {
    this.held.set(rank, { ...this.held.get(rank), [aim]: { value, best } });
    holdIn(this.model, this.simplex, rank, aim, { value, best });
  }

  /** Searches for payments better in the aim than those at hand, in at most `stepsMax` steps. */
  improve(rank: number, aim: Aim, served: Served, stepsMax: number): Found {
    const sign = aim === 'lateness' ? -1 : 1;
    const fixed = sign * (this.model.frozenAims[rank]?.[aim] ?? 0);
    const worth = (payments: Served) => sign * this.valueOf(rank, aim, payments) - fixed;
    const programme = this.programmeOf(rank, aim, this.model, this.simplex);
    this.simplex.setCosts(programme.costs);
    const before = this.simplex.steps;
    const run = new BranchAndBound(programme);
    const root = run.relax(worth(served), Math.max(stepsMax, BESIDE_STEPS));
    let best = served;
    const consider = (payments: Served | null) => {
      if (payments !== null && worth(payments) > worth(best) && this.isAllowed(payments))
        best = payments;
    };
    let limits: Limits = { most: root, attainable: (value) => value };
    if (root > worth(served) && root < Infinity) {
      const filler = new Filler(this.model, this.everybody, this.simplex);
      const goal = { rank, aim, root: root + fixed };
      consider(this.repair(filler, run.wholeParts(), goal, served, ROUNDS_AT_ROOT));
      if (aim !== 'lateness' && root > worth(best)) consider(this.fillBeside(run, goal, best));
      if (aim === 'onTime' || aim === 'total') limits = filler.limits(rank, aim, root, worth(best));
    }
    let bound = Math.max(limits.most, worth(best));
    let steps = this.simplex.steps - before;
    const repair = (parts: Chosen, model: Model, simplex: Simplex) => {
      const filler = new Filler(model, this.everybody, simplex);
      const had = best;
      const goal = { rank, aim, root: bound + fixed };
      consider(this.repair(filler, parts, goal, best, ROUNDS_BELOW));
      return had === best ? null : worth(best);
    };
    for (const { first, share } of [
      { first: rank, share: 0.4 },
      { first: -1, share: 1 },
    ]) {
      if (bound <= worth(best) || steps >= stepsMax) break;
      const found = this.hunt(rank, aim, {
        value: worth(best),
        stepsMax: Math.ceil((stepsMax - steps) * share),
        attainable: limits.attainable,
        repair,
        first,
      });
      steps += found.steps;
      if (found.best !== null) consider(this.merged(found.best, best));
      bound = Math.max(Math.min(bound, found.bound), worth(best));
    }
    return {
      value: sign * (worth(best) + fixed),
      bound: sign * (bound + fixed),
      served: best === served ? null : best,
      steps,
    };
  }

  /** Narrows the choice down, as long as that makes the programme clearly smaller, and searches what is left. */
  private hunt(rank: number, aim: Aim, { value, stepsMax, attainable, repair, first }: Hunt) {
    let known: Known = () => 'open';
    let steps = 0;
    let model = this.model;
    let simplex = this.simplex;
    for (;;) {
      const programme = this.programmeOf(rank, aim, model, simplex);
      simplex.setCosts(programme.costs);
      const run = new BranchAndBound(programme);
      const before = run.steps;
      const last = before + stepsMax - steps;
      const task = { value, last, attainable };
      const root = run.openRoot(task);
      if (root === null) return { best: null, bound: value, steps: steps + run.steps - before };
      known = knownOf(model, root);
      const live = root.upper.reduce((sum, upper) => sum + (upper > 0 ? 1 : 0), 0);
      if (live >= model.columns.length * SHRINKS_TO) {
        const own = { model, simplex };
        const found = run.search(
          { ...task, first, repair: (parts) => repair(parts, own.model, own.simplex) },
          root,
        );
        return { ...found, steps: steps + run.steps - before };
      }
      steps += run.steps - before;
      model = modelOf(this.terms, this.parties, this.start, known);
      simplex = simplexOf(model);
      for (const [above, held] of this.held)
        for (const one of AIMS) {
          const value = held[one];
          if (value !== undefined) holdIn(model, simplex, above, one, value);
        }
    }
  }

  /** The programme of an aim over a model. */
  private programmeOf(rank: number, aim: Aim, model: Model, simplex: Simplex): Programme {
    const sign = aim === 'lateness' ? -1 : 1;
    const costs = (model.aims[rank]?.[aim] ?? new Float64Array()).map((one) => sign * one);
    const right = Float64Array.from(model.right);
    const least = new Float64Array(model.right.length).fill(-Infinity);
    for (const [above, held] of this.held) {
      for (const one of AIMS) {
        const row = model.holdRows[above]?.[one] ?? -1;
        const own = held[one];
        if (row < 0 || own === undefined) continue;
        const before = model.frozenAims[above]?.[one] ?? 0;
        right[row] = one === 'lateness' ? own.value - before : before - own.value;
        if (own.best < Infinity)
          least[row] = one === 'lateness' ? own.best - before : before - own.best;
      }
    }
    const fixed = this.windowsOf(model);
    const onTime = this.held.get(rank)?.onTime;
    const frozen = model.frozenAims[rank];
    const all =
      aim === 'onTime' || aim === 'total'
        ? optionsOf(model, rank, (one) => counts(one, aim))
        : null;
    const late = aim === 'total' && onTime !== undefined ? optionsOf(model, rank, isLate) : null;
    const windows = (low: number, high: number): Window[] => {
      const own = [...fixed];
      if (all !== null) own.push({ options: all, low, high });
      if (late !== null && onTime !== undefined) {
        const before = frozen?.onTime ?? 0;
        own.push({
          options: late,
          low: low - (onTime.best - before),
          high: high - (onTime.value - before),
        });
      }
      return own;
    };
    return { model, simplex, costs, right, least, windows };
  }

  /** Sums that the aims held so far ask for. */
  private windowsOf(model: Model): Window[] {
    const windows: Window[] = [];
    const add = (options: Window['options'], low: number, high: number) => {
      if (options.size > 0 && high < Infinity) windows.push({ options, low, high });
    };
    for (const [rank, { onTime, total }] of this.held) {
      const frozen = model.frozenAims[rank];
      const before = frozen?.onTime ?? 0;
      const all = frozen?.total ?? 0;
      if (onTime === undefined) continue;
      add(
        optionsOf(model, rank, (one) => !isLate(one)),
        onTime.value - before,
        onTime.best - before,
      );
      if (total === undefined) continue;
      add(
        optionsOf(model, rank, () => true),
        total.value - all,
        total.best - all,
      );
      const paidLate = all - before;
      add(
        optionsOf(model, rank, isLate),
        total.value - onTime.best - paidLate,
        total.best - onTime.value - paidLate,
      );
    }
    return windows;
  }

  private valueOf(rank: number, aim: Aim, served: Served): number {
    return rankAims(this.model.terms.ranks[rank]?.asks ?? [], served)[aim];
  }

  /**
   * Makes whole payments of what the programme pays wholly: rank after rank is filled up to what is
   * held of it, by exchanging requests; `null` where one does not come to its value.
   */
  private repair(
    filler: Filler,
    parts: Chosen,
    goal: Goal,
    at: Served,
    rounds: number,
  ): Served | null {
    let served = this.merged(parts, at);
    if (!this.holdsLimits(served)) return null;
    const ranks = [...new Set(this.asks.map((ask) => ask.rank))].sort((a, b) => a - b);
    for (const rank of ranks) {
      for (const aim of ['onTime', 'total'] as const) {
        const isGoal = rank === goal.rank && aim === goal.aim;
        const target = isGoal ? goal.root : this.held.get(rank)?.[aim]?.value;
        if (target === undefined) continue;
        const task = { rank, aim, target, margin: Infinity };
        served = filler.fill(served, task, rounds, (payments) => this.holdsLimits(payments));
        if (!isGoal && this.valueOf(rank, aim, served) < target) return null;
      }
    }
    return served;
  }

  /** The programme with the ranks above kept as they are paid, its payments of this rank filled up. */
  private fillBeside(run: BranchAndBound, goal: Goal, served: Served): Served | null {
    const { rank, aim } = goal;
    const stays = new Map<Ask, readonly Part[]>();
    for (const ask of this.model.byAsk.keys()) {
      const parts = served[ask.order] ?? NO_PARTS;
      const onTime = aim === 'total' && parts.some(({ day }) => day <= ask.due);
      if (ask.rank < rank || onTime) stays.set(ask, parts);
    }
    const beside = run.relaxBeside(stays, BESIDE_STEPS);
    if (beside === null) return null;
    const fixed = this.model.frozenAims[rank]?.[aim] ?? 0;
    const target = Math.min(goal.root, beside.reach + fixed);
    const filler = new Filler(this.model, this.everybody, this.simplex);
    const rounded = [...served];
    for (const ask of this.asks) {
      if (ask.rank === rank && !stays.has(ask))
        rounded[ask.order] = beside.parts.get(ask) ?? NO_PARTS;
    }
    let best = served;
    for (const start of this.isAllowed(rounded) ? [rounded, served] : [served]) {
      const margin = target - this.valueOf(rank, aim, start);
      const task = { rank, aim, target, margin };
      const filled = filler.fill(start, task, ROUNDS_AT_ROOT, (payments) =>
        this.isAllowed(payments),
      );
      if (this.valueOf(rank, aim, filled) > this.valueOf(rank, aim, best)) best = filled;
      if (this.valueOf(rank, aim, best) >= target) break;
    }
    return best;
  }

  private merged(parts: Chosen, at: Served): Served {
    const served = [...at];
    for (const ask of this.asks) served[ask.order] = parts.get(ask) ?? NO_PARTS;
    return served;
  }

  private isAllowed(served: Served): boolean {
    return this.holdsValues(served) && this.holdsLimits(served);
  }

  private holdsValues(served: Served): boolean {
    for (const [rank, held] of this.held) {
      const aims: Aims = rankAims(this.model.terms.ranks[rank]?.asks ?? [], served);
      for (const aim of AIMS) {
        const value = held[aim]?.value;
        if (value === undefined) continue;
        if (aim === 'lateness' ? aims[aim] > value : aims[aim] < value) return false;
      }
    }
    return true;
  }

  private holdsLimits(served: Served): boolean {
    const cash = new Cash(this.model.terms);
    const { everybody } = this;
    for (const ask of everybody) {
      for (const { day, amount } of served[ask.order] ?? NO_PARTS) cash.pay(ask, day, amount);
    }
    return everybody.every((ask) => {
      const [first] = served[ask.order] ?? NO_PARTS;
      return first === undefined || cash.headroom(ask, first.day) >= 0;
    });
  }
}

function isLate({ ask, day }: Option): boolean {
  return day > ask.due;
}

function counts(option: Option, aim: 'onTime' | 'total'): boolean {
  return aim === 'total' || !isLate(option);
}

/** What the root's ranges say of each choice. */
function knownOf(model: Model, { lower, upper }: Node): Known {
  const open = new Map<Ask, Map<number, boolean>>();
  for (const { ask, day, column } of model.options) {
    if (upper[column] === 0) continue;
    const own = open.get(ask) ?? new Map<number, boolean>();
    open.set(ask, own.set(day, !ask.divisible && (lower[column] ?? 0) > 0));
  }
  return (ask, day) => {
    const isPaid = open.get(ask)?.get(day);
    return isPaid === undefined ? 'never' : isPaid ? 'must' : 'open';
  };
}

/** Holds an aim of a rank in a programme. */
function holdIn(model: Model, simplex: Simplex, rank: number, aim: Aim, held: Held): void {
  const row = model.holdRows[rank]?.[aim] ?? -1;
  if (row < 0) return;
  const rest = held.value - (model.frozenAims[rank]?.[aim] ?? 0);
  simplex.setRight(row, aim === 'lateness' ? rest : -rest);
  const range = Math.abs(held.best - held.value);
  if (range < Infinity) simplex.setBounds(model.columns.length + row, 0, range);
}
