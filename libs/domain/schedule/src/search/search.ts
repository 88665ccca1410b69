/** Searches the payments that are best in one aim of one rank, the ranks above held at their values. */
import { Cash } from '../cash.js';
import { type Aims, NO_PARTS, type Part, type Served, rankAims } from '../served.js';
import type { Ask } from '../terms.js';
import { BranchAndBound } from './branch.js';
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
    const asks = this.model.terms.ranks[rank]?.asks ?? [];
    const sign = aim === 'lateness' ? -1 : 1;
    const before = sign * rankAims(asks, served)[aim];
    const fixed = sign * (this.model.frozenAims[rank]?.[aim] ?? 0);
    const costs = (this.model.aims[rank]?.[aim] ?? new Float64Array()).map((one) => sign * one);
    this.simplex.setCosts(costs);
    const run = new BranchAndBound(this.model, this.simplex, costs);
    const { best, bound } = run.search(before - fixed, stepsMax);
    const better = best === null ? null : this.accept(best, served);
    const value = better === null ? before : sign * rankAims(asks, better)[aim];
    return { value: sign * value, bound: sign * Math.max(bound + fixed, value), served: better };
  }

  /** Whole payments beside the frozen ones; `null` where in whole fen they break something after all. */
  private accept(parts: ReadonlyMap<Ask, readonly Part[]>, at: Served): Served | null {
    const served = [...at];
    for (const ask of this.asks) served[ask.order] = parts.get(ask) ?? NO_PARTS;
    return this.holdsValues(served) && this.holdsLimits(served) ? served : null;
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
