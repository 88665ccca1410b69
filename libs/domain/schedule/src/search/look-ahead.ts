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
const STEPS_PER_AIM = 1500;

/** A bound with the prices that prove it. */
interface Proof {
  readonly value: number;
  readonly prices: Float64Array;
  /** Right sides under which it was found. */
  readonly right: Float64Array;
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
  private readonly rows: Rows;
  private readonly simplex: ChoiceSimplex;
  private readonly proofs = new Map<string, Proof>();

  constructor(terms: Terms, asks: readonly Ask[], frozen: readonly Ask[], served: Served) {
    const limits = new Limits(terms, frozen, served);
    this.groups = groupsOf(terms, asks, limits);
    this.rows = new Rows(terms, this.groups, limits);
    this.simplex = new ChoiceSimplex(this.groups, this.rows);
    this.flows = new Float64Array(this.groups.spots.length);
    const open = [...new Set(this.groups.ranks)];
    for (const rank of open)
      this.simplex.setRight(this.rows.row(rank, 'lateness'), this.latest(rank));
    for (const rank of open) this.solveRank(rank);
  }

  /** Pivots made. */
  get steps(): number {
    return this.simplex.steps;
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
      const sign = aim === 'lateness' ? -1 : 1;
      const known = this.reached(rank, aim, this.flows);
      const outcome = this.simplex.solve(rank, aim, STEPS_PER_AIM, sign * known);
      const prices = this.simplex.prices();
      const value = this.simplex.bound(prices);
      this.proofs.set(`${rank} ${aim}`, { value, prices, right: this.rightSides() });
      if (outcome === 'optimal') this.flows = this.simplex.flows();
      const found = this.reached(rank, aim, this.flows);
      values[aim] =
        aim === 'lateness' ? Math.ceil(found - slackOf(found)) : Math.floor(found + slackOf(found));
      this.simplex.setRight(this.rows.row(rank, aim), Rows.held(aim, values));
    }
    this.targets.set(rank, values);
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
    const proof = this.proofs.get(`${rank} ${aim}`);
    if (proof === undefined) return 0;
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
    return aim === 'lateness'
      ? Math.max(0, Math.ceil(-sum - slackOf(sum)))
      : Math.floor(sum + slackOf(sum));
  }
}
