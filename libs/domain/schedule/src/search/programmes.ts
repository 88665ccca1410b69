/** The programmes of what is left to choose, while one aim after the other is held at its value. */
import type { Served } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { BranchAndBound, type Programme } from './branch.js';
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
import { slackOf } from './slack.js';
import { type Window, optionsOf } from './windows.js';

/** Pivots for one programme: enough for its optimum, however few are left to branch. */
export const BESIDE_STEPS = 20_000;

/** A limit with a price under this may be left unused. */
const PRICE_LEAST = 1e-3;
/** What rounding could hide of a distance to the best. */
const NEAR = 0.01;

/** A value that no plan may be worse in, and what none can be better than. */
interface Held {
  readonly value: number;
  readonly best: number;
}

/** Payments of a pool up to a day, between two amounts. */
interface Tight {
  readonly pool: number;
  readonly day: number;
  readonly low: number;
  readonly high: number;
}

/** A model with its linear programme. */
export interface Made {
  readonly model: Model;
  readonly simplex: Simplex;
}

export class Programmes {
  private made: Made;
  readonly held = new Map<number, Partial<Record<Aim, Held>>>();
  /** What every plan that keeps what is held must or cannot pay. */
  private readonly ruled = new Map<Ask, Map<number, 'must' | 'never'>>();
  private isStale = false;
  /** What every such plan has paid of limits that are dear. */
  private readonly tight = new Map<string, Tight>();

  constructor(
    private readonly terms: Terms,
    private readonly parties: Parties,
    private readonly start: Served,
  ) {
    const model = modelOf(terms, parties, start);
    this.made = { model, simplex: simplexOf(model) };
  }

  /** The whole choice that is left, what is ruled out taken away. */
  get whole(): Made {
    if (this.isStale) {
      this.isStale = false;
      this.made = this.anew((ask, day) => this.ruled.get(ask)?.get(day) ?? 'open');
    }
    return this.made;
  }

  /** The same of what is known to be left. */
  anew(known: Known): Made {
    const model = modelOf(this.terms, this.parties, this.start, known);
    const made = { model, simplex: simplexOf(model) };
    for (const [rank, held] of this.held)
      for (const aim of AIMS) {
        const own = held[aim];
        if (own !== undefined) holdIn(made, rank, aim, own);
      }
    return made;
  }

  /** From now on no plan may be worse in this aim of this rank; none can be better than `best`. */
  hold(rank: number, aim: Aim, value: number, best: number): void {
    this.learn(rank, aim, value);
    this.held.set(rank, { ...this.held.get(rank), [aim]: { value, best } });
    holdIn(this.made, rank, aim, { value, best });
  }

  /**
   * What all plans that are no worse in the aim have in common: at the prices of its best, no column and no
   * unused limit may cost more than lies between the best and the value.
   */
  private learn(rank: number, aim: Aim, value: number): void {
    const { model, simplex } = this.made;
    if ((model.holdRows[rank]?.[aim] ?? -1) < 0) return;
    const programme = this.of(rank, aim, this.made);
    simplex.setCosts(programme.costs);
    const run = new BranchAndBound(programme);
    if (run.relax(-Infinity, BESIDE_STEPS) === Infinity) return;
    const reach = simplex.objective();
    const sign = aim === 'lateness' ? -1 : 1;
    const own = sign * (value - (model.frozenAims[rank]?.[aim] ?? 0));
    const margin = reach + slackOf(reach) - own + NEAR;
    const { lower, upper } = run.closedRoot();
    for (const { ask, day, column, most } of model.options) {
      // What is decided already has a price that says nothing.
      if (ask.divisible || lower[column] === upper[column]) continue;
      const cost = simplex.reducedCost(column);
      if (Math.abs(cost) * most <= margin) continue;
      const days = this.ruled.get(ask) ?? new Map<number, 'must' | 'never'>();
      this.ruled.set(ask, days.set(day, cost < 0 ? 'never' : 'must'));
      this.isStale = true;
    }
    this.tighten(this.made, margin);
  }

  private tighten({ model, simplex }: Made, margin: number): void {
    const reserved = new Set(model.reserveRows.map(({ row }) => row));
    for (const [row, { pool, day }] of model.poolRows) {
      const price = simplex.price(row);
      if (price < PRICE_LEAST || reserved.has(row)) continue;
      const high = model.right[row] ?? 0;
      const key = `${pool} ${day}`;
      const before = this.tight.get(key)?.low ?? -Infinity;
      const low = Math.max(before, Math.ceil(high - margin / price - NEAR));
      this.tight.set(key, { pool, day, low, high });
    }
  }

  /** The programme of an aim over a model. */
  of(rank: number, aim: Aim, { model, simplex }: Made): Programme {
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
    const windows = this.windowsOf(rank, aim, model);
    return { model, simplex, costs, right, least, windows, idle: idleOf(model, rank, aim) };
  }

  /** Sums that payments worth from `low` to `high` in the aim have. */
  private windowsOf(rank: number, aim: Aim, model: Model): Programme['windows'] {
    const fixed = [...this.heldWindows(model), ...this.tightWindows(model)];
    const onTime = this.held.get(rank)?.onTime;
    const before = model.frozenAims[rank]?.onTime ?? 0;
    const all =
      aim === 'onTime' || aim === 'total'
        ? optionsOf(model, rank, (one) => aim === 'total' || !isLate(one))
        : null;
    const late = aim === 'total' && onTime !== undefined ? optionsOf(model, rank, isLate) : null;
    return (low, high) => {
      const own = [...fixed];
      if (all !== null) own.push({ options: all, low, high });
      if (late !== null && onTime !== undefined) {
        const least = low - (onTime.best - before);
        own.push({ options: late, low: least, high: high - (onTime.value - before) });
      }
      return own;
    };
  }

  /** Sums that the aims held so far ask for. */
  private heldWindows(model: Model): Window[] {
    const windows: Window[] = [];
    const add = (options: Window['options'], low: number, high: number) => {
      if (options.size > 0 && high < Infinity) windows.push({ options, low, high });
    };
    for (const [rank, { onTime, total }] of this.held) {
      const before = model.frozenAims[rank]?.onTime ?? 0;
      const all = model.frozenAims[rank]?.total ?? 0;
      if (onTime === undefined) continue;
      const early = optionsOf(model, rank, (one) => !isLate(one));
      add(early, onTime.value - before, onTime.best - before);
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

  private tightWindows(model: Model): Window[] {
    return [...this.tight.values()].map(({ pool, day, low, high }) => {
      const options = new Map<Ask, Option[]>();
      for (const [ask, list] of model.byAsk) {
        if (!(this.terms.lines[ask.pool] ?? []).includes(pool)) continue;
        const own = list.filter((one) => one.day <= day);
        if (own.length > 0) options.set(ask, own);
      }
      return { options, low, high };
    });
  }
}

function isLate({ ask, day }: Option): boolean {
  return day > ask.due;
}

/** Where days late do not count yet, whoever is paid late may as well be paid last: that leaves no less cash. */
function idleOf(model: Model, rank: number, aim: Aim): Set<number> {
  const idle = new Set<number>();
  if (aim === 'lateness') return idle;
  for (const [ask, options] of model.byAsk) {
    if (ask.rank !== rank || ask.promised.length > 0) continue;
    for (const { column } of options.filter(isLate).slice(0, -1)) idle.add(column);
  }
  return idle;
}

/** Holds an aim of a rank in a programme. */
function holdIn({ model, simplex }: Made, rank: number, aim: Aim, held: Held): void {
  const row = model.holdRows[rank]?.[aim] ?? -1;
  if (row < 0) return;
  const rest = held.value - (model.frozenAims[rank]?.[aim] ?? 0);
  simplex.setRight(row, aim === 'lateness' ? rest : -rest);
  const range = Math.abs(held.best - held.value);
  if (range < Infinity) simplex.setBounds(model.columns.length + row, 0, range);
}
