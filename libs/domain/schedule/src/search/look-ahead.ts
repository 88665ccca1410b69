/**
 * The best of every rank, all ranks looked at together: what each aim can reach at most, and payments in groups that
 * leave the ranks below as much as can be left.
 */
import { type Aims, type Served } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { cutsOf, noCuts } from './cuts.js';
import type { Proof } from './flow-cases.js';
import { FlowSearch } from './flow-search.js';
import { type Groups, groupsOf } from './groups.js';
import { type FirstOutside, Limits } from './limits.js';
import { AIMS, type Aim } from './model.js';
import { type Lot, placed } from './place.js';
import { Rows } from './rows.js';
import { slackOf } from './slack.js';
import { wishes } from './wishes.js';

/** How often flows are made whole before what is left over is let be. */
const PASSES_MAX = 10;
/** How many ways to make a group whole are tried. */
const WAYS_MAX = 6;
/** Amounts are whole; what flows lose by rounding is far less. */
const ROOM = 0.5;
const NOTHING: Aims = { kept: 0, onTime: 0, total: 0, lateness: 0 };

/** A proof of each case that was told apart; together they cover all plans that pay all of the `sure` ranks on time. */
interface View {
  readonly cases: readonly Proof[];
  /** The rows that the proofs price. */
  readonly rows: Rows;
  readonly sure: readonly number[];
}

export class LookAhead {
  readonly groups: Groups;
  /** Best values of each rank that the flows at hand reach. */
  readonly targets = new Map<number, Aims>();
  /** The ranks looked at, ascending. */
  private readonly open: readonly number[];
  private readonly rows: Rows;
  /** With all ranks open as values; what it proves bounds every plan. */
  private readonly free: FlowSearch;
  private settled: FlowSearch | null = null;
  /** What was found each time that an aim of a rank was looked at. */
  private readonly views = new Map<string, View[]>();
  private readonly asks: readonly Ask[];
  readonly limits: Limits;
  private readonly dayCount: number;

  constructor(
    private readonly terms: Terms,
    { open, frozen }: { readonly open: readonly Ask[]; readonly frozen: readonly Ask[] },
    served: Served,
    wholePerRank: number,
    outside: FirstOutside,
  ) {
    this.dayCount = terms.dayCount;
    this.asks = open;
    this.limits = new Limits(terms, frozen, served, outside);
    this.groups = groupsOf(terms, open, this.limits, wholePerRank);
    this.rows = new Rows(terms, this.groups, noCuts(this.limits));
    this.open = [...new Set(this.groups.ranks)];
    this.free = new FlowSearch(this.groups, this.rows);
  }

  /** Looks at the next rank; false where all were looked at. */
  lookOn(): boolean {
    const rank = this.open[this.targets.size];
    if (rank === undefined) return false;
    this.targets.set(rank, this.look(rank));
    return true;
  }

  /** Best values of a rank; `null` where it was not looked at yet. */
  promiseOf(rank: number): Aims | null {
    return this.targets.get(rank) ?? (this.open.includes(rank) ? null : NOTHING);
  }

  /** What the flows pay whom on which day, at the best of all ranks looked at. */
  *payments(): Generator<{ ask: Ask; day: number; amount: number }> {
    const { pieces, starts, spots } = this.groups;
    for (const [group, [piece]] of pieces.entries()) {
      for (let option = (starts[group] ?? 0) + 1; option < (starts[group + 1] ?? 0); option++) {
        const amount = this.free.flows[option] ?? 0;
        const day = (spots[option] ?? 0) % this.dayCount;
        if (piece !== undefined && amount > ROOM) yield { ask: piece.ask, day, amount };
      }
    }
  }

  /** With the payments fixed that are settled; its flows are those of the plan. */
  private get bound(): FlowSearch {
    this.settled ??= this.free.fork(this.open.at(-1) ?? 0);
    return this.settled;
  }

  /** What each option of the groups of ranks that are not settled is paid. */
  get flows(): Float64Array {
    return this.bound.flows;
  }

  private look(rank: number): Aims {
    const { rows } = this;
    return this.free.solveRank(rank, (aim, cases) =>
      this.note(rank, aim, { cases, rows, sure: [] }),
    );
  }

  private note(rank: number, aim: Aim, view: View): void {
    const key = `${rank} ${aim}`;
    this.views.set(key, [...(this.views.get(key) ?? []), view]);
  }

  /** Bounds what a rank has on time by sums of whole requests as well, those above being served as they are. */
  tighten(rank: number, known: readonly Aims[]): void {
    const own = known[rank];
    if (own === undefined || !this.open.includes(rank)) return;
    const { terms, groups, limits } = this;
    const asks = this.asks.filter((ask) => ask.rank <= rank);
    const sure = this.open.filter((other) => other < rank && this.isAllOnTime(other, known));
    const rows = new Rows(terms, groups, cutsOf(terms, limits, asks, new Set(sure)));
    const search = new FlowSearch(groups, rows);
    if (!this.holdAbove(search, rank, known)) return;
    this.note(rank, 'onTime', { cases: search.proveOnTime(rank, own), rows, sure });
  }

  /** Holds the ranks above at what they have, and stands where that is kept; false where it cannot be. */
  private holdAbove(search: FlowSearch, rank: number, known: readonly Aims[]): boolean {
    for (const other of this.open) {
      const values = known[other];
      if (other >= rank || values === undefined) search.release(other);
      else for (const aim of AIMS) search.hold(other, aim, values);
    }
    return search.startFrom(this.open[this.open.indexOf(rank) - 1] ?? -1);
  }

  /** Bounds a rank anew, those above being served as they are. */
  lookAgain(rank: number, known: readonly Aims[]): void {
    if (!this.holdAbove(this.free, rank, known)) return;
    const found = this.look(rank);
    if (!this.targets.has(rank)) this.targets.set(rank, found);
  }

  /** Whole payments of a rank after its flows, which are changed until they can be had whole, or nearly so. */
  wholeOf(rank: number): Map<Ask, { day: number; amount: number }[]> {
    const { groups, bound, dayCount } = this;
    const fixed: Lot[] = [];
    const isFixed = new Set<number>();
    const own = [...groups.ranks.keys()].filter((group) => groups.ranks[group] === rank);
    for (let pass = 1; ; pass++) {
      const left = own.filter((group) => !isFixed.has(group));
      const isLast = pass === PASSES_MAX;
      const { lots, unmet } = placed(groups, bound.flows, dayCount, left, isLast);
      if (unmet.size === 0 || isLast) return this.partsOf([...fixed, ...lots]);
      for (const group of unmet) {
        const some = this.fixGroup(rank, group, lots);
        if (some === null) continue;
        isFixed.add(group);
        fixed.push(...some);
        break;
      }
    }
  }

  /** Takes the requests of a group out as they are nearest to the flows and all else still goes with it. */
  private fixGroup(rank: number, group: number, lots: readonly Lot[]): readonly Lot[] | null {
    const { bound } = this;
    const own = lots.filter((lot) => lot.group === group);
    const ways = this.waysOf(group, own);
    const way = ways.find((some) => bound.fix(rank, some, [group]));
    if (way !== undefined) return way;
    const forced = ways.find((some) => bound.force(rank, some, [group]));
    if (forced === undefined) return null;
    this.solveAnew(this.open.filter((other) => other >= rank));
    return forced;
  }

  /** As placed, and with one request elsewhere, the nearest to the flows first. */
  private waysOf(group: number, own: readonly Lot[]): (readonly Lot[])[] {
    const { starts } = this.groups;
    const { flows } = this;
    const used: number[] = [];
    for (let option = starts[group] ?? 0; option < (starts[group + 1] ?? 0); option++)
      if ((flows[option] ?? 0) > 0.5) used.push(option);
    const ways: (readonly Lot[])[] = [own];
    for (const lot of own) {
      if (lot.ask.divisible) continue;
      for (const option of used)
        if (option !== lot.option)
          ways.push(own.map((other) => (other === lot ? { ...lot, option } : other)));
    }
    const far = (way: readonly Lot[]) =>
      used.reduce((sum, option) => {
        const amount = way.reduce((all, lot) => all + (lot.option === option ? lot.amount : 0), 0);
        return sum + Math.abs(amount - (flows[option] ?? 0));
      }, 0);
    return ways
      .map((way) => ({ way, far: far(way) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, WAYS_MAX)
      .map(({ way }) => way);
  }

  private partsOf(lots: readonly Lot[]): Map<Ask, { day: number; amount: number }[]> {
    const given = new Map<Ask, { day: number; amount: number }[]>();
    for (const { ask, option, amount } of lots) {
      const spot = this.groups.spots[option] ?? -1;
      if (spot < 0 || amount === 0) continue;
      const part = { day: spot % this.dayCount, amount };
      const parts = given.get(ask);
      if (parts === undefined) given.set(ask, [part]);
      else parts.push(part);
    }
    return given;
  }

  /** A rank stays as it is served; the flows of those below are looked for anew where they do not go with it. */
  settle(rank: number, served: Served): void {
    const { bound } = this;
    bound.fixRank(rank, this.lotsOf(rank, served));
    if (bound.settle()) return;
    const below = this.open.filter((other) => other > rank);
    for (const other of below) bound.release(other);
    bound.startAfresh(rank);
    this.solveAnew(below);
  }

  /** What those ranks can have beside all that is fixed, and flows for it. */
  private solveAnew(ranks: readonly number[]): void {
    const { bound } = this;
    for (const rank of ranks)
      this.targets.set(
        rank,
        bound.solveRank(rank, () => undefined),
      );
    bound.closeLarge();
    bound.settle();
  }

  /** The payments of a rank as lots of its groups. */
  private lotsOf(rank: number, served: Served): Lot[] {
    const { pieces, ranks, starts, spots } = this.groups;
    const lots: Lot[] = [];
    const rest = new Map<Ask, { day: number; amount: number }[]>();
    for (const [group, own] of ranks.entries()) {
      if (own !== rank) continue;
      for (const { ask, amount } of pieces[group] ?? []) {
        const parts = rest.get(ask) ?? (served[ask.order] ?? []).map((part) => ({ ...part }));
        if (ask.promised.length > 0) rest.set(ask, parts);
        let left = amount;
        for (let option = (starts[group] ?? 0) + 1; option < (starts[group + 1] ?? 0); option++) {
          const part = parts.find(({ day }) => day === (spots[option] ?? 0) % this.dayCount);
          const taken = Math.min(left, part?.amount ?? 0);
          if (part === undefined || taken <= 0) continue;
          part.amount -= taken;
          left -= taken;
          lots.push({ ask, group, option, amount: taken });
        }
      }
    }
    return lots;
  }

  /**
   * No plan is better in the aim of the rank that gives the ranks above what `aims` says, and the rank
   * itself what it says of its aims before this one.
   */
  boundOf(rank: number, aim: Aim, aims: readonly Aims[]): number {
    if (this.promiseOf(rank) === null) return aim === 'lateness' ? 0 : Infinity;
    const views = this.views.get(`${rank} ${aim}`) ?? [];
    if (views.length === 0) return 0;
    const sum = views.reduce((least, { cases, rows, sure }) => {
      if (!sure.every((other) => this.isAllOnTime(other, aims))) return least;
      const values = cases.map((proof) => this.shifted(proof, rows, rank, aim, aims));
      return Math.min(
        least,
        values.reduce((most, value) => Math.max(most, value), -Infinity),
      );
    }, Infinity);
    return aim === 'lateness'
      ? Math.max(0, Math.ceil(-sum - slackOf(sum)))
      : Math.floor(sum + slackOf(sum));
  }

  /** Is all of the rank paid that could ever be on time, and on the due days? */
  private isAllOnTime(rank: number, aims: readonly Aims[]): boolean {
    const asks = this.terms.ranks[rank]?.asks ?? [];
    const isEarly = asks.some(({ due, promised }) => promised.some(({ day }) => day < due));
    return !isEarly && aims[rank]?.onTime === wishes(asks).onTime;
  }

  /** The bound of one case under what the ranks above have in fact. */
  private shifted(proof: Proof, rows: Rows, rank: number, aim: Aim, aims: readonly Aims[]): number {
    let sum = proof.value;
    for (const above of this.targets.keys()) {
      if (above > rank) continue;
      for (const held of AIMS) {
        if (above === rank && AIMS.indexOf(held) >= AIMS.indexOf(aim)) break;
        const row = rows.row(above, held);
        const own = aims[above];
        if (own === undefined) continue;
        sum += (proof.prices[row] ?? 0) * (Rows.held(held, own) - (proof.right[row] ?? 0));
      }
    }
    return sum;
  }
}
