/** Searches the payments that are best in one aim of one rank, the ranks above held at their values. */
import { Cash } from '../cash.js';
import { type Aims, NO_PARTS, type Part, type Served, rankAims } from '../served.js';
import type { Ask } from '../terms.js';
import { BranchAndBound } from './branch.js';
import { Filler, type Limits } from './filler.js';
import { AIMS, type Aim, type Model, simplexOf } from './model.js';
import type { Simplex } from './simplex.js';

/** What the search of one aim found. */
export interface Found {
  readonly value: number;
  /** No plan as good in what is held exceeds it (for lateness: goes under it). */
  readonly bound: number;
  /** The better payments; `null` where those at hand were not beaten. */
  readonly served: Served | null;
}

export class Search {
  private readonly simplex: Simplex;
  private readonly held = new Map<number, Partial<Record<Aim, number>>>();

  constructor(
    private readonly model: Model,
    private readonly frozen: readonly Ask[],
    private readonly asks: readonly Ask[],
  ) {
    this.simplex = simplexOf(model);
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
    const worth = (payments: Served) =>
      sign * rankAims(this.model.terms.ranks[rank]?.asks ?? [], payments)[aim] - fixed;
    const costs = (this.model.aims[rank]?.[aim] ?? new Float64Array()).map((one) => sign * one);
    this.simplex.setCosts(costs);
    const last = this.simplex.steps + stepsMax;
    const run = new BranchAndBound(this.model, this.simplex, costs);
    const root = run.relax(worth(served), stepsMax);
    let best = served;
    let limits: Limits = { most: root, attainable: (value) => value };
    if (aim === 'onTime' || aim === 'total') {
      const filler = new Filler(this.model, this.simplex, { rank, aim, root });
      best = filler.fill(served, worth, (payments) => this.isAllowed(payments));
      limits = filler.limits(worth(best));
    }
    let bound = Math.max(limits.most, worth(best));
    if (bound > worth(best) && this.simplex.steps < last) {
      const found = run.search(worth(best), last - this.simplex.steps, limits.attainable);
      const better = found.best === null ? null : this.accept(found.best, best);
      if (better !== null) best = better;
      bound = Math.max(Math.min(bound, found.bound), worth(best));
    }
    return {
      value: sign * (worth(best) + fixed),
      bound: sign * (bound + fixed),
      served: best === served ? null : best,
    };
  }

  private isAllowed(served: Served): boolean {
    return this.holdsValues(served) && this.holdsLimits(served);
  }

  /** Whole payments beside the frozen ones; `null` where in whole fen they break something after all. */
  private accept(parts: ReadonlyMap<Ask, readonly Part[]>, at: Served): Served | null {
    const served = [...at];
    for (const ask of this.asks) served[ask.order] = parts.get(ask) ?? NO_PARTS;
    return this.isAllowed(served) ? served : null;
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
    const everybody = [...this.frozen, ...this.asks];
    for (const ask of everybody) {
      for (const { day, amount } of served[ask.order] ?? NO_PARTS) cash.pay(ask, day, amount);
    }
    return everybody.every((ask) => {
      const [first] = served[ask.order] ?? NO_PARTS;
      return first === undefined || cash.headroom(ask, first.day) >= 0;
    });
  }
}
