/**
 * The best flows of a rank's aims, one after the other, the ranks above being held at what they have: parts of small
 * requests allowed, large ones wholly paid or not at all as far as the steps go.
 */
import type { Aims } from '../served.js';
import { ChoiceBasis, type SavedBasis } from './choice-basis.js';
import { type Case, type Proof, dividedBy, halvesOf } from './flow-cases.js';
import { Climb } from './climb.js';
import type { Groups } from './groups.js';
import { AIMS, type Aim } from './model.js';
import type { Lot } from './place.js';
import { Repair } from './repair.js';
import { Rows } from './rows.js';
import { slackOf } from './slack.js';

/** Pivots for one aim: far more than an optimum takes unless it goes round in circles. */
const STEPS_PER_AIM = 3000;
/** Days late are many values apart from the bound; so many pivots are worth their while. */
const STEPS_FOR_CASES = { kept: 1200, onTime: 1200, total: 600, lateness: 200 } as const;
/** A pivot looks at all pools and days; beyond so many of them there are fewer pivots, as else it would take minutes. */
const SPOTS_USUAL = 1000;
/** Amounts are whole; what pivots lose by rounding is far less. */
const ROOM = 0.5;

export class FlowSearch {
  /** What each option of the groups that are not fixed is paid. */
  flows: Float64Array;
  private readonly basis: ChoiceBasis;
  private readonly climb: Climb;
  private readonly repair: Repair;
  /** What fixed groups take of each row, in all and by rank. */
  private readonly taken: Float64Array;
  private readonly takenBy = new Map<number, Float64Array>();
  /** The basis at which each rank was left. */
  private readonly bases = new Map<number, SavedBasis>();
  /** Flows that divide large requests, for want of better ones. */
  private spare: Float64Array | null = null;
  /** What is known to be reached of an aim, whatever the flows at hand are. */
  private reachedAlready = -Infinity;
  /** The basis of the flows at hand; `null` where they divide large requests. */
  private standing: SavedBasis | null = null;

  constructor(
    private readonly groups: Groups,
    private readonly rows: Rows,
  ) {
    this.basis = new ChoiceBasis(groups, rows);
    this.climb = new Climb(this.basis);
    this.repair = new Repair(this.basis);
    this.flows = new Float64Array(groups.spots.length);
    this.taken = new Float64Array(rows.count);
    for (const rank of new Set(groups.ranks)) this.release(rank);
  }

  /** Another one that stands where this one does, large requests staying as they are paid by its flows. */
  fork(lastRank: number): FlowSearch {
    const twin = new FlowSearch(this.groups, this.rows);
    twin.flows = this.flows.slice();
    twin.basis.right.set(this.basis.right);
    twin.basis.setAim(lastRank, 'lateness');
    twin.basis.restore(this.basis.save());
    twin.closeLarge();
    if (twin.repair.run(twin.stepsOf(STEPS_PER_AIM), -Infinity) === 'optimal')
      twin.flows = twin.basis.flows();
    return twin;
  }

  private stepsOf(usual: number): number {
    return Math.ceil(usual * Math.min(1, SPOTS_USUAL / this.rows.spotCount));
  }

  /** Closes the options that large requests are not paid on. */
  closeLarge(): void {
    this.basis.shut = this.closedLarge(() => true);
  }

  private closedLarge(isToStay: (group: number, taken: number) => boolean): Uint8Array {
    const { whole, starts, amounts } = this.groups;
    const shut = new Uint8Array(this.groups.spots.length);
    for (const [group, isWhole] of whole.entries()) {
      if (isWhole !== 1 || (this.basis.amounts[group] ?? 0) === 0) continue;
      const start = starts[group] ?? 0;
      const end = starts[group + 1] ?? 0;
      let taken = start;
      for (let option = start; option < end; option++)
        if ((this.flows[option] ?? 0) > (this.flows[taken] ?? 0)) taken = option;
      const isDivided = (this.flows[taken] ?? 0) < (amounts[group] ?? 0) - ROOM;
      if (isDivided || !isToStay(group, taken)) continue;
      shut.fill(1, start, end);
      shut[taken] = 0;
    }
    return shut;
  }

  /** Holds nothing of a rank. */
  release(rank: number): void {
    for (const aim of ['kept', 'onTime', 'total'] as const)
      this.setRight(this.rows.row(rank, aim), 0);
    this.setRight(this.rows.row(rank, 'lateness'), this.latest(rank));
  }

  hold(rank: number, aim: Aim, values: Aims): void {
    this.setRight(this.rows.row(rank, aim), Rows.held(aim, values));
  }

  private setRight(row: number, value: number): void {
    this.basis.right[row] = value - (this.taken[row] ?? 0);
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

  /** Finds a basis that keeps the rows as they are now, the ranks up to one taking part; is there one? */
  startFrom(rank: number): boolean {
    const { basis, repair } = this;
    const saved = this.bases.get(rank);
    basis.shut = new Uint8Array(this.groups.spots.length);
    if (saved !== undefined) {
      basis.setAim(rank, 'lateness');
      basis.restore(saved);
      if (repair.run(this.stepsOf(STEPS_PER_AIM), -Infinity) === 'optimal') return true;
    }
    basis.reset();
    basis.setAim(rank, null);
    return repair.run(this.stepsOf(STEPS_PER_AIM), -Infinity) === 'optimal';
  }

  /** Brings a rank's aims to their best and holds them there; `note` is told what proves each. */
  solveRank(rank: number, note: (aim: Aim, proofs: readonly Proof[]) => void): Aims {
    const values = { kept: 0, onTime: 0, total: 0, lateness: 0 };
    for (const aim of AIMS) {
      if (aim === 'kept' && !this.hasPromises(rank)) continue;
      note(aim, this.solveAim(rank, aim));
      const found = this.reached(rank, aim, this.flows);
      values[aim] =
        aim === 'lateness' ? Math.ceil(found - slackOf(found)) : Math.floor(found + slackOf(found));
      this.hold(rank, aim, values);
    }
    this.bases.set(rank, this.basis.save());
    return values;
  }

  /** What bounds the amount on time of a rank that has so much of it, and keeps so many promises. */
  proveOnTime(rank: number, known: Aims): Proof[] {
    if (this.hasPromises(rank)) this.hold(rank, 'kept', known);
    this.reachedAlready = known.onTime;
    return this.solveAim(rank, 'onTime');
  }

  /** Takes groups of a rank out that are paid as said; false, and nothing is done, where the rest cannot go with it. */
  fix(rank: number, lots: readonly Lot[], groups: Iterable<number>): boolean {
    const { basis } = this;
    const saved = basis.save();
    const amounts = basis.amounts.slice();
    const before = this.takenBy.get(rank) ?? new Float64Array(this.rows.count);
    const more = this.useOf(lots);
    for (const group of groups) basis.amounts[group] = 0;
    this.takeOf(
      rank,
      before.map((amount, row) => amount + (more[row] ?? 0)),
    );
    if (this.settle()) return true;
    basis.amounts.set(amounts);
    this.takeOf(rank, before);
    basis.restore(saved);
    return false;
  }

  /** Takes groups of a rank out even where the rank and those below cannot keep their values; they are held no more. */
  force(rank: number, lots: readonly Lot[], groups: Iterable<number>): boolean {
    const { basis } = this;
    const before = this.takenBy.get(rank) ?? new Float64Array(this.rows.count);
    const more = this.useOf(lots);
    const isPool = (row: number) => 'pool' in (this.rows.subjects[row] ?? {});
    if (more.some((amount, row) => isPool(row) && amount > (basis.right[row] ?? 0))) return false;
    this.takeOf(
      rank,
      before.map((amount, row) => amount + (more[row] ?? 0)),
    );
    for (const other of new Set(this.groups.ranks)) if (other >= rank) this.release(other);
    for (const group of groups) basis.amounts[group] = 0;
    this.startAfresh(rank);
    return true;
  }

  /** Takes a whole rank out that is paid as said. */
  fixRank(rank: number, lots: readonly Lot[]): void {
    const { ranks } = this.groups;
    for (const [group, own] of ranks.entries()) if (own === rank) this.basis.amounts[group] = 0;
    this.takeOf(rank, this.useOf(lots));
    this.release(rank);
  }

  private useOf(lots: readonly Lot[]): Float64Array {
    const use = new Float64Array(this.rows.count);
    for (const { group, option, amount } of lots) this.rows.addTo(use, group, option, amount);
    return use;
  }

  private takeOf(rank: number, use: Float64Array): void {
    const { right } = this.basis;
    const before = this.takenBy.get(rank);
    this.takenBy.set(rank, use);
    for (const [row, amount] of use.entries()) {
      const more = amount - (before?.[row] ?? 0);
      this.taken[row] = (this.taken[row] ?? 0) + more;
      right[row] = (right[row] ?? 0) - more;
    }
  }

  /** From nobody being paid of what is open. */
  startAfresh(rank: number): void {
    this.basis.shut = new Uint8Array(this.groups.spots.length);
    this.basis.reset();
    this.basis.setAim(rank, null);
    this.stand(this.basis.flows());
  }

  /** Do the flows go on with what was taken out? */
  settle(): boolean {
    if (this.repair.run(this.stepsOf(STEPS_PER_AIM), -Infinity) !== 'optimal') return false;
    this.stand(this.basis.flows());
    return true;
  }

  private proofAtHand(): Proof {
    const { basis } = this;
    const prices = basis.prices();
    return { value: basis.bound(prices), prices, right: basis.right.slice() };
  }

  /**
   * The best of one aim with large requests wholly paid or not at all: where the programme divides one,
   * the cases are told apart, as long as the steps last. Leaves the best flows found.
   */
  private solveAim(rank: number, aim: Aim): Proof[] {
    const { basis, climb } = this;
    const open = new Uint8Array(this.groups.spots.length);
    basis.shut = open;
    basis.setAim(rank, aim);
    const outcome = climb.run(this.stepsOf(STEPS_PER_AIM));
    const root = this.proofAtHand();
    if (outcome !== 'optimal') return [root];
    const flows = basis.flows();
    const divided = dividedBy(this.groups, basis.amounts, flows, rank);
    if (divided === null) {
      this.stand(flows);
      return [root];
    }
    this.spare = flows;
    const saved = basis.save();
    this.solveBeside(rank, aim);
    basis.shut = open;
    basis.restore(saved);
    const first = halvesOf(this.groups, divided, { shut: open, above: root, from: saved });
    const proofs = this.tellApart(rank, aim, first);
    basis.shut = open;
    basis.restore(saved);
    return proofs;
  }

  private stand(flows: Float64Array): void {
    this.flows = flows;
    this.standing = this.basis.save();
  }

  /** The best that large requests of ranks above, and those on time of this one, allow as they are paid now. */
  private solveBeside(rank: number, aim: Aim): void {
    const { basis, climb } = this;
    if (this.standing === null) return;
    basis.shut = this.closedLarge((group, taken) => {
      const own = this.groups.ranks[group] ?? 0;
      if (own !== rank) return own < rank;
      const isPaid = (this.groups.spots[taken] ?? -1) >= 0;
      return aim !== 'kept' && aim !== 'onTime' && isPaid && this.groups.late[taken] === 0;
    });
    basis.restore(this.standing);
    if (climb.run(this.stepsOf(STEPS_PER_AIM)) !== 'optimal') return;
    const flows = basis.flows();
    const divided = dividedBy(this.groups, basis.amounts, flows, rank);
    if (divided === null) {
      this.stand(flows);
      return;
    }
    const { shut } = basis;
    const first = halvesOf(this.groups, divided, {
      shut,
      above: this.proofAtHand(),
      from: basis.save(),
    });
    this.tellApart(rank, aim, first);
  }

  private tellApart(rank: number, aim: Aim, cases: Case[]): Proof[] {
    const { basis, repair } = this;
    const sign = aim === 'lateness' ? -1 : 1;
    const proofs: Proof[] = [];
    const last = repair.steps + this.stepsOf(STEPS_FOR_CASES[aim]);
    let best = Math.max(this.reachedAlready, sign * this.reached(rank, aim, this.flows));
    let isWhole = false;
    for (let one = cases.pop(); one !== undefined; one = cases.pop()) {
      const { shut, above, from } = one;
      if (above.value < best + ROOM || repair.steps >= last) {
        proofs.push(above);
        continue;
      }
      if (from !== null) basis.restore(from);
      basis.shut = shut;
      // A case is work even where no pivot is needed.
      repair.steps++;
      const outcome = repair.run(last - repair.steps, best);
      const own = this.proofAtHand();
      // What bounds a case bounds its halves as well, better than pivots that were cut short.
      const proof = above.value < own.value ? above : own;
      const isOpen = outcome === 'optimal' && proof.value >= best + ROOM;
      const flows = isOpen ? basis.flows() : this.flows;
      const divided = isOpen ? dividedBy(this.groups, basis.amounts, flows, rank) : null;
      if (divided !== null) {
        cases.push(...halvesOf(this.groups, divided, { shut, above: proof, from: basis.save() }));
        continue;
      }
      proofs.push(proof);
      if (!isOpen) continue;
      this.stand(flows);
      best = sign * this.reached(rank, aim, flows);
      isWhole = true;
    }
    const isSettled = isWhole || proofs.every((proof) => proof.value < best + ROOM);
    if (!isSettled) this.takeSpare(rank, aim, best);
    return proofs;
  }

  /** Divided flows, where they reach clearly more than the whole ones at hand. */
  private takeSpare(rank: number, aim: Aim, best: number): void {
    if (this.spare === null || aim === 'lateness') return;
    if (this.reached(rank, aim, this.spare) > best * 1.05) {
      this.flows = this.spare;
      this.standing = null;
    }
  }

  private hasPromises(rank: number): boolean {
    const { ranks, kept, starts } = this.groups;
    return ranks.some(
      (own, group) =>
        own === rank && kept.subarray(starts[group] ?? 0, starts[group + 1] ?? 0).includes(1),
    );
  }

  /** What the flows bring in an aim, with what was taken out. */
  private reached(rank: number, aim: Aim, flows: Float64Array): number {
    const { ranks, starts, cells } = this.groups;
    let sum = 0;
    for (let group = 0; group < ranks.length; group++) {
      if (ranks[group] !== rank) continue;
      for (let option = starts[group] ?? 0; option < (starts[group + 1] ?? 0); option++)
        sum += (flows[option] ?? 0) * this.rows.worthOf(rank, aim, cells[option] ?? 0);
    }
    const fixed = this.taken[this.rows.row(rank, aim)] ?? 0;
    return (aim === 'lateness' ? -sum : sum) + (aim === 'lateness' ? fixed : -fixed);
  }
}
