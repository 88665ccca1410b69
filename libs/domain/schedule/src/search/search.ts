/** Searches the payments that are best in one aim of one rank, the ranks above held at their values. */
import { Cash } from '../cash.js';
import { type Aims, NO_PARTS, type Part, type Served, rankAims } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { BranchAndBound } from './branch.js';
import { Filler, type Limits } from './filler.js';
import { AIMS, type Aim, type Known, type Model, type Parties } from './model.js';
import { bestNear } from './neighbours.js';
import { BESIDE_STEPS, Programmes } from './programmes.js';
import type { Simplex } from './simplex.js';
import type { Chosen, Node } from './splits.js';

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

/** Rounds of exchanges at the root of a search and at its nodes. */
const ROUNDS_AT_ROOT = 9;
const ROUNDS_BELOW = 3;

/**
 * A short search often ends. Where it does not, better payments are looked for near those at hand; then the rank's own
 * requests are told apart first, and where that does not end, the largest of all ranks.
 */
const PHASES = [
  { isOwnFirst: true, share: 0.05, looksNear: false },
  { isOwnFirst: true, share: 0.4, looksNear: true },
  { isOwnFirst: false, share: 1, looksNear: false },
] as const;

/** What of an aim's steps may go to looking near the payments at hand. */
const NEAR_SHARE = 0.5;

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

export class Search {
  private readonly programmes: Programmes;
  private readonly asks: readonly Ask[];
  private readonly everybody: readonly Ask[];

  constructor(
    private readonly terms: Terms,
    parties: Parties,
    start: Served,
  ) {
    this.programmes = new Programmes(terms, parties, start);
    this.asks = parties.asks;
    this.everybody = [...parties.frozen, ...parties.asks];
  }

  /** From now on no plan may be worse in this aim of this rank; none can be better than `best`. */
  hold(rank: number, aim: Aim, value: number, best: number): void {
    this.programmes.hold(rank, aim, value, best);
  }

  /** Searches for payments better in the aim than those at hand, in at most `stepsMax` steps. */
  improve(rank: number, aim: Aim, served: Served, stepsMax: number): Found {
    const { model: whole, simplex: wholeSimplex } = this.programmes.whole;
    const sign = aim === 'lateness' ? -1 : 1;
    const fixed = sign * (whole.frozenAims[rank]?.[aim] ?? 0);
    const worth = (payments: Served) => sign * this.valueOf(rank, aim, payments) - fixed;
    const programme = this.programmes.of(rank, aim, this.programmes.whole);
    wholeSimplex.setCosts(programme.costs);
    const before = wholeSimplex.steps;
    const run = new BranchAndBound(programme);
    const root = run.relax(worth(served), Math.max(stepsMax, BESIDE_STEPS));
    let best = served;
    const consider = (payments: Served | null) => {
      if (payments !== null && worth(payments) > worth(best) && this.isAllowed(payments))
        best = payments;
    };
    let limits: Limits = { most: root, attainable: (value) => value };
    if (root > worth(served) && root < Infinity) {
      const filler = new Filler(whole, this.everybody, wholeSimplex);
      const goal = { rank, aim, root: root + fixed };
      consider(this.repair(filler, run.wholeParts(), goal, served, ROUNDS_AT_ROOT));
      if (aim !== 'lateness' && root > worth(best)) consider(this.fillBeside(run, goal, best));
      if (aim === 'onTime' || aim === 'total') limits = filler.limits(rank, aim, root, worth(best));
    }
    let bound = Math.max(limits.most, worth(best));
    let steps = wholeSimplex.steps - before;
    const repair = (parts: Chosen, model: Model, simplex: Simplex) => {
      const filler = new Filler(model, this.everybody, simplex);
      const had = best;
      const goal = { rank, aim, root: bound + fixed };
      consider(this.repair(filler, parts, goal, best, ROUNDS_BELOW));
      return had === best ? null : worth(best);
    };
    for (const { isOwnFirst, share, looksNear } of PHASES) {
      if (bound <= worth(best) || steps >= stepsMax) break;
      if (looksNear) {
        const task = { value: worth(best), reach: bound, stepsMax: stepsMax * NEAR_SHARE };
        const near = bestNear(programme, best, task);
        steps += near.steps;
        consider(near.served);
      }
      const found = this.hunt(rank, aim, {
        value: worth(best),
        stepsMax: Math.ceil((stepsMax - steps) * share),
        attainable: limits.attainable,
        repair,
        first: isOwnFirst ? rank : -1,
      });
      steps += found.steps;
      const better = found.best === null ? best : this.merged(found.best, best);
      consider(better);
      // What is not allowed after all proves nothing.
      if (worth(best) < worth(better)) break;
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
    let steps = 0;
    for (let made = this.programmes.whole; ;) {
      const { model, simplex } = made;
      const programme = this.programmes.of(rank, aim, made);
      simplex.setCosts(programme.costs);
      const run = new BranchAndBound(programme);
      const before = run.steps;
      const last = before + stepsMax - steps;
      const task = { value, last, attainable };
      const root = run.openRoot(task);
      if (root === null) return { ...run.found(), steps: steps + run.steps - before };
      const live = root.upper.reduce((sum, upper) => sum + (upper > 0 ? 1 : 0), 0);
      if (live >= model.columns.length * SHRINKS_TO) {
        const found = run.search(
          { ...task, first, repair: (parts) => repair(parts, model, simplex) },
          root,
        );
        return { ...found, steps: steps + run.steps - before };
      }
      steps += run.steps - before;
      made = this.programmes.anew(knownOf(model, root));
    }
  }

  private valueOf(rank: number, aim: Aim, served: Served): number {
    return rankAims(this.terms.ranks[rank]?.asks ?? [], served)[aim];
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
        const target = isGoal ? goal.root : this.programmes.held.get(rank)?.[aim]?.value;
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
    const { model, simplex } = this.programmes.whole;
    const stays = new Map<Ask, readonly Part[]>();
    for (const ask of model.byAsk.keys()) {
      const parts = served[ask.order] ?? NO_PARTS;
      const onTime = aim === 'total' && parts.some(({ day }) => day <= ask.due);
      if (ask.rank < rank || onTime) stays.set(ask, parts);
    }
    const beside = run.relaxBeside(stays, BESIDE_STEPS);
    if (beside === null) return null;
    const fixed = model.frozenAims[rank]?.[aim] ?? 0;
    const target = Math.min(goal.root, beside.reach + fixed);
    const filler = new Filler(model, this.everybody, simplex);
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
    for (const [rank, held] of this.programmes.held) {
      const aims: Aims = rankAims(this.terms.ranks[rank]?.asks ?? [], served);
      for (const aim of AIMS) {
        const value = held[aim]?.value;
        if (value === undefined) continue;
        if (aim === 'lateness' ? aims[aim] > value : aims[aim] < value) return false;
      }
    }
    return true;
  }

  private holdsLimits(served: Served): boolean {
    const cash = new Cash(this.terms);
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
