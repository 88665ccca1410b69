/**
 * The best of every rank, parts of requests allowed, all ranks looked at together: what each aim can reach
 * at most, and payments in groups that leave the ranks below as much as can be left.
 */
import { type Aims, type Served } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { ChoiceSimplex } from './choice.js';
import { type Groups, groupsOf } from './groups.js';
import { Limits } from './limits.js';
import { AIMS, type Aim } from './model.js';
import { Rows } from './rows.js';

/** Pivots for one aim: far more than an optimum takes unless it goes round in circles. */
const STEPS_PER_AIM = 600;
/** Days late are many values apart from the bound; so many pivots are worth their while. */
const STEPS_FOR_CASES = { kept: 600, onTime: 600, total: 600, lateness: 120 } as const;
/** Amounts are whole; what pivots lose by rounding is far less. */
const ROOM = 0.5;

/** A bound with the prices that prove it. */
interface Proof {
  readonly value: number;
  readonly prices: Float64Array;
  /** Right sides under which it was found. */
  readonly right: Float64Array;
}

/** Options that are closed in a case, and what bounds the case that it is part of. */
interface Case {
  readonly shut: Uint8Array;
  readonly above: Proof;
}

/** How far a computed optimum may lie beside the true one. */
export function slackOf(value: number): number {
  return 1e-4 + Math.abs(value) * 1e-13;
}

export class LookAhead {
  readonly groups: Groups;
  /** What each option of the groups is paid, all ranks served. */
  flows: Float64Array;
  /** Best whole values of each rank, of what is not frozen. */
  readonly targets = new Map<number, Aims>();
  /** Flows that divide large requests, for want of better ones. */
  private spare: Float64Array | null = null;
  /** The ranks looked at, ascending. */
  private readonly open: readonly number[];
  private readonly rows: Rows;
  private readonly simplex: ChoiceSimplex;
  /** For each time it was looked at, a proof of each case that was told apart; together they cover all. */
  private readonly proofs = new Map<string, Proof[][]>();

  private readonly dayCount: number;

  constructor(terms: Terms, asks: readonly Ask[], frozen: readonly Ask[], served: Served) {
    this.dayCount = terms.dayCount;
    const limits = new Limits(terms, frozen, served);
    this.groups = groupsOf(terms, asks, limits);
    this.rows = new Rows(terms, this.groups, limits);
    this.simplex = new ChoiceSimplex(this.groups, this.rows);
    this.flows = new Float64Array(this.groups.spots.length);
    this.open = [...new Set(this.groups.ranks)];
    for (const rank of this.open) this.release(rank);
    for (const rank of this.open) this.solveRank(rank);
  }

  /** Pivots made. */
  get steps(): number {
    return this.simplex.steps;
  }

  /** Looks again at the ranks after one, this and those above being served as they are. */
  resume(after: number, served: Served, known: readonly Aims[]): void {
    for (const rank of this.open) {
      const values = known[rank];
      if (rank > after || values === undefined) this.release(rank);
      else
        for (const aim of AIMS)
          this.simplex.setRight(this.rows.row(rank, aim), Rows.held(aim, values));
    }
    this.flows = this.flowsOf(after, served);
    for (const rank of this.open) if (rank > after) this.solveRank(rank);
  }

  /** Holds nothing of a rank. */
  private release(rank: number): void {
    for (const aim of ['kept', 'onTime', 'total'] as const)
      this.simplex.setRight(this.rows.row(rank, aim), 0);
    this.simplex.setRight(this.rows.row(rank, 'lateness'), this.latest(rank));
  }

  /** The payments up to a rank as flows of the groups. */
  private flowsOf(last: number, served: Served): Float64Array {
    const { pieces, ranks, starts, spots } = this.groups;
    const flows = new Float64Array(spots.length);
    const rest = new Map<Ask, { day: number; amount: number }[]>();
    for (let group = 0; group < ranks.length && (ranks[group] ?? 0) <= last; group++) {
      const start = starts[group] ?? 0;
      for (const { ask, amount } of pieces[group] ?? []) {
        const parts = rest.get(ask) ?? (served[ask.order] ?? []).map((part) => ({ ...part }));
        if (ask.promised.length > 0) rest.set(ask, parts);
        let left = amount;
        for (let option = start + 1; option < (starts[group + 1] ?? 0); option++) {
          const part = parts.find(({ day }) => day === (spots[option] ?? 0) % this.dayCount);
          const taken = Math.min(left, part?.amount ?? 0);
          if (part === undefined || taken <= 0) continue;
          part.amount -= taken;
          left -= taken;
          flows[option] = (flows[option] ?? 0) + taken;
        }
        flows[start] = (flows[start] ?? 0) + left;
      }
    }
    return flows;
  }

  /** More days late than a rank could ever have. */
  private latest(rank: number): number {
    const { ranks, starts, late, amounts } = this.groups;
    let sum = 0;
    for (const [group, amount] of amounts.entries()) {
      if (ranks[group] === rank) sum += amount * (late[(starts[group + 1] ?? 1) - 1] ?? 0);
    }
    return sum;
  }

  private solveRank(rank: number): void {
    const values = { kept: 0, onTime: 0, total: 0, lateness: 0 };
    for (const aim of AIMS) {
      if (aim === 'kept' && !this.hasPromises(rank)) continue;
      const had = this.proofs.get(`${rank} ${aim}`) ?? [];
      this.proofs.set(`${rank} ${aim}`, [...had, this.solveAim(rank, aim)]);
      const found = this.reached(rank, aim, this.flows);
      values[aim] =
        aim === 'lateness' ? Math.ceil(found - slackOf(found)) : Math.floor(found + slackOf(found));
      this.simplex.setRight(this.rows.row(rank, aim), Rows.held(aim, values));
    }
    this.targets.set(rank, values);
  }

  /**
   * The best of one aim with large requests wholly paid or not at all: where the programme divides one,
   * the cases are told apart, as long as the steps last. Leaves the best flows found.
   */
  private solveAim(rank: number, aim: Aim): Proof[] {
    const sign = aim === 'lateness' ? -1 : 1;
    const proofs: Proof[] = [];
    const last = this.simplex.steps + STEPS_FOR_CASES[aim];
    this.spare = null;
    const all = new Uint8Array(this.groups.spots.length);
    const beside = this.solveBeside(rank, aim, all);
    const cases: Case[] = [{ shut: all, above: beside }];
    let best = sign * this.reached(rank, aim, this.flows);
    let isFirst = true;
    let isWhole = false;
    for (let one = cases.pop(); one !== undefined; one = cases.pop()) {
      const { shut, above } = one;
      const steps = Math.max(isFirst ? STEPS_PER_AIM : 0, last - this.simplex.steps);
      const outcome = this.simplex.solve(rank, aim, steps, best, shut);
      const prices = this.simplex.prices();
      const own = { value: this.simplex.bound(prices), prices, right: this.rightSides() };
      // What bounds a case bounds its halves as well, better than pivots that were cut short.
      const proof = above.value < own.value ? above : own;
      const isOpen = outcome === 'optimal' && proof.value >= best + ROOM;
      const flows = isOpen ? this.simplex.flows() : this.flows;
      const divided = isOpen ? this.divided(rank, flows) : null;
      if (divided !== null) this.spare ??= flows;
      if (divided !== null && this.simplex.steps < last) {
        for (const half of this.halves(divided, shut)) cases.push({ shut: half, above: proof });
      } else {
        proofs.push(proof);
        if (divided === null && isOpen) {
          this.flows = flows;
          best = sign * this.reached(rank, aim, flows);
          isWhole = true;
        }
      }
      isFirst = false;
    }
    const isSettled = isWhole || proofs.every((proof) => proof.value < best + ROOM);
    if (!isSettled) this.takeSpare(rank, aim, best);
    return proofs;
  }

  /** Divided flows, where they reach clearly more than the whole ones at hand. */
  private takeSpare(rank: number, aim: Aim, best: number): void {
    if (this.spare === null || aim === 'lateness') return;
    if (this.reached(rank, aim, this.spare) > best * 1.05) this.flows = this.spare;
  }

  /**
   * The best with the options of the ranks above as they are taken now: a small problem, whose flows tell
   * the large one where it may stop. Its prices bound the large one too.
   */
  private solveBeside(rank: number, aim: Aim, all: Uint8Array): Proof {
    const { ranks, starts } = this.groups;
    const shut = new Uint8Array(this.groups.spots.length);
    for (let group = 0; group < ranks.length && (ranks[group] ?? 0) < rank; group++) {
      for (let option = starts[group] ?? 0; option < (starts[group + 1] ?? 0); option++)
        if ((this.flows[option] ?? 0) === 0) shut[option] = 1;
    }
    const outcome = this.simplex.solve(rank, aim, STEPS_PER_AIM, -Infinity, shut);
    if (outcome === 'optimal') {
      const flows = this.simplex.flows();
      if (this.divided(rank, flows) === null) this.flows = flows;
      else this.spare = flows;
    }
    const prices = this.simplex.prices();
    return { value: this.simplex.bound(prices, all), prices, right: this.rightSides() };
  }

  /** The option with the largest part of a large request that is not paid alike. */
  private divided(rank: number, flows: Float64Array): number | null {
    const { whole, amounts, ranks, starts } = this.groups;
    let found: number | null = null;
    let most = 0;
    for (let group = 0; group < whole.length && (ranks[group] ?? 0) <= rank; group++) {
      const amount = amounts[group] ?? 0;
      if (whole[group] !== 1 || amount <= most) continue;
      let largest = starts[group] ?? 0;
      for (let option = largest; option < (starts[group + 1] ?? 0); option++)
        if ((flows[option] ?? 0) > (flows[largest] ?? 0)) largest = option;
      if ((flows[largest] ?? 0) > amount - ROOM) continue;
      most = amount;
      found = largest;
    }
    return found;
  }

  /** The case in which the option is not taken, and, to be looked at first, that in which it is. */
  private halves(option: number, shut: Uint8Array): Uint8Array[] {
    const { starts } = this.groups;
    let group = 0;
    while ((starts[group + 1] ?? 0) <= option) group++;
    const without = Uint8Array.from(shut);
    without[option] = 1;
    const only = Uint8Array.from(shut);
    only.fill(1, starts[group] ?? 0, starts[group + 1] ?? 0);
    only[option] = 0;
    const open = without
      .subarray(starts[group] ?? 0, starts[group + 1] ?? 0)
      .some((one) => one === 0);
    return open ? [without, only] : [only];
  }

  private hasPromises(rank: number): boolean {
    const { ranks, kept, starts } = this.groups;
    return ranks.some(
      (own, group) =>
        own === rank && kept.subarray(starts[group] ?? 0, starts[group + 1] ?? 0).includes(1),
    );
  }

  private rightSides(): Float64Array {
    return Float64Array.from({ length: this.rows.count }, (_, row) => this.simplex.rightOf(row));
  }

  /** What the flows bring in an aim. */
  private reached(rank: number, aim: Aim, flows: Float64Array): number {
    const { ranks, starts } = this.groups;
    let sum = 0;
    for (let group = 0; group < ranks.length; group++) {
      if (ranks[group] !== rank) continue;
      for (let option = starts[group] ?? 0; option < (starts[group + 1] ?? 0); option++)
        sum += (flows[option] ?? 0) * this.rows.worth(rank, aim, group, option);
    }
    return aim === 'lateness' ? -sum : sum;
  }

  /**
   * No plan is better in the aim of the rank that gives the ranks above what `aims` says, and the rank
   * itself what it says of its aims before this one.
   */
  boundOf(rank: number, aim: Aim, aims: readonly Aims[]): number {
    const looks = this.proofs.get(`${rank} ${aim}`) ?? [];
    if (looks.length === 0) return 0;
    const sum = looks.reduce((least, cases) => {
      const values = cases.map((proof) => this.shifted(proof, rank, aim, aims));
      return Math.min(
        least,
        values.reduce((most, value) => Math.max(most, value), -Infinity),
      );
    }, Infinity);
    return aim === 'lateness'
      ? Math.max(0, Math.ceil(-sum - slackOf(sum)))
      : Math.floor(sum + slackOf(sum));
  }

  /** The bound of one case under what the ranks above have in fact. */
  private shifted(proof: Proof, rank: number, aim: Aim, aims: readonly Aims[]): number {
    let sum = proof.value;
    for (const above of this.targets.keys()) {
      if (above > rank) continue;
      for (const held of AIMS) {
        if (above === rank && AIMS.indexOf(held) >= AIMS.indexOf(aim)) break;
        const row = this.rows.row(above, held);
        const own = aims[above];
        if (own === undefined) continue;
        sum += (proof.prices[row] ?? 0) * (Rows.held(held, own) - (proof.right[row] ?? 0));
      }
    }
    return sum;
  }
}
