/** Searches the payments that are best in one aim of one rank, the ranks above held at their values. */
import { Cash } from '../cash.js';
import { type Aims, NO_PARTS, type Part, type Served, rankAims } from '../served.js';
import type { Ask } from '../terms.js';
import { BranchAndBound, type Chosen } from './branch.js';
import { Filler, type Limits } from './filler.js';
import { AIMS, type Aim, type Model, type Parties, simplexOf } from './model.js';
import type { Simplex } from './simplex.js';

/** What the search of one aim found. */
export interface Found {
  readonly value: number;
  /** No plan as good in what is held exceeds it (for lateness: goes under it). */
  readonly bound: number;
  /** The better payments; `null` where those at hand were not beaten. */
  readonly served: Served | null;
}

/** Pivots for one programme: enough for its optimum, however few are left to branch. */
const BESIDE_STEPS = 20_000;

/** Rounds of exchanges at the root of a search and at its nodes. */
const ROUNDS_AT_ROOT = 9;
const ROUNDS_BELOW = 3;

/** The aim that is searched, and what its programme reaches. */
interface Goal {
  readonly rank: number;
  readonly aim: Aim;
  readonly root: number;
}

export class Search {
  private readonly simplex: Simplex;
  private readonly asks: readonly Ask[];
  private readonly everybody: readonly Ask[];
  private readonly held = new Map<number, Partial<Record<Aim, number>>>();

  constructor(
    private readonly model: Model,
    parties: Parties,
  ) {
    this.simplex = simplexOf(model);
    this.asks = parties.asks;
    this.everybody = [...parties.frozen, ...parties.asks];
  }

  /** Pivots made so far. */
  get steps(): number {
    return this.simplex.steps;
  }

  /** From now on no plan may be worse in this aim of this rank. */
  hold(rank: number, aim: Aim, value: number): void {
    this.held.set(rank, { ...this.held.get(rank), [aim]: value });
    const row = this.model.holdRows[rank]?.[aim] ?? -1;
    if (row < 0) return;
    const rest = value - (this.model.frozenAims[rank]?.[aim] ?? 0);
    this.simplex.setRight(row, aim === 'lateness' ? rest : -rest);
  }

  /** Searches for payments better in the aim than those at hand, in at most `stepsMax` pivots. */
  improve(rank: number, aim: Aim, served: Served, stepsMax: number): Found {
    const sign = aim === 'lateness' ? -1 : 1;
    const fixed = sign * (this.model.frozenAims[rank]?.[aim] ?? 0);
    const worth = (payments: Served) => sign * this.valueOf(rank, aim, payments) - fixed;
    const costs = (this.model.aims[rank]?.[aim] ?? new Float64Array()).map((one) => sign * one);
    this.simplex.setCosts(costs);
    const last = this.simplex.steps + stepsMax;
    const run = new BranchAndBound(this.model, this.simplex, costs);
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
    if (bound > worth(best) && this.simplex.steps < last) {
      const repair = (parts: Chosen) => {
        const filler = new Filler(this.model, this.everybody, this.simplex);
        const before = best;
        consider(
          this.repair(filler, parts, { rank, aim, root: bound + fixed }, best, ROUNDS_BELOW),
        );
        return before === best ? null : worth(best);
      };
      const search = { value: worth(best), last, attainable: limits.attainable, repair };
      const found = run.search(search);
      if (found.best !== null) consider(this.merged(found.best, best));
      bound = Math.max(Math.min(bound, found.bound), worth(best));
    }
    return {
      value: sign * (worth(best) + fixed),
      bound: sign * (bound + fixed),
      served: best === served ? null : best,
    };
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
        const target = isGoal ? goal.root : this.held.get(rank)?.[aim];
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
        const value = held[aim];
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
