/**
 * When outsiders are first paid. From that day on a reserve is kept, before it only those inside are paid: with the day
 * given, a reserve is an ordinary limit. So the days are told apart in ranges, as far as it takes: in each range nobody
 * outside is paid before its first day, and the reserve is kept from its last day on, which every plan of the range does.
 */
import { type Aims, NO_PARTS, type Served, compareAims, isBetter, rankAims } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { Limits, type FirstOutside } from './limits.js';
import { LookAhead } from './look-ahead.js';
import { AIMS, type Aim } from './model.js';
import { roundAhead } from './round.js';

/** How often a range is divided, and how many ranges are made whole payments of. */
const SPLITS_MAX = 32;
const ROUNDINGS_MAX = 2;
/** Amounts are whole; what flows lose by rounding is far less. */
const HALF = 0.5;

export interface Parties {
  readonly open: readonly Ask[];
  readonly frozen: readonly Ask[];
}

/** Payments with what each rank has of them. */
export interface Found {
  readonly served: Served;
  readonly known: readonly Aims[];
}

/** A range of days per pool. */
interface Range {
  readonly outside: FirstOutside;
  readonly ahead: LookAhead;
  /** Was it made whole payments of? */
  isDone: boolean;
}

interface Spot {
  readonly pool: number;
  readonly day: number;
}

/** What the best flows of a range say about reserves. */
interface Closing {
  /** Day per pool from which on reserves are to be kept. */
  readonly closed: Int32Array;
  /** Where a reserve is drawn on although an outsider was paid by then. */
  readonly broken: Spot | null;
}

export class ReserveCases {
  /** Together they hold all plans that are looked at. */
  private readonly ranges: Range[] = [];
  private splits = 0;
  /** Those of the open requests, ascending; of others nothing is known here, and nothing can be better. */
  private readonly ranks: readonly number[];

  constructor(
    private readonly terms: Terms,
    private readonly parties: Parties,
    private readonly start: Served,
    private readonly wholePerRank: number,
    /** What is to be looked at where plans of all other days are known to be worse; `null`: all. */
    left: readonly FirstOutside[] | null,
  ) {
    this.ranks = [...new Set(parties.open.map(({ rank }) => rank))].sort((a, b) => a - b);
    for (const outside of left ?? [this.all()]) this.add(outside);
  }

  private all(): FirstOutside {
    const { terms, parties, start } = this;
    const { reserved, outsideFrom } = new Limits(terms, parties.frozen, start);
    // Where even an empty pool does not hold its reserve, nobody outside can be paid by then.
    const from = Int32Array.from(reserved, (line) => line.findLastIndex((left) => left < 0) + 1);
    return { from, to: outsideFrom };
  }

  private add(outside: FirstOutside): void {
    const { terms, parties, start, wholePerRank } = this;
    const ahead = new LookAhead(terms, parties, start, wholePerRank, outside);
    this.ranges.push({ outside, ahead, isDone: false });
  }

  /** The best payments that were found. */
  bestPlan(): Found {
    let best: Found | null = null;
    for (let roundings = 0; roundings < ROUNDINGS_MAX;) {
      const range = this.mostPromising(best?.known ?? null);
      if (range === null) break;
      const { closed, broken } = this.closingOf(range);
      if (broken !== null && this.splits < SPLITS_MAX) {
        this.splits++;
        this.divide(range, broken);
        continue;
      }
      roundings++;
      range.isDone = true;
      const found = this.rounded(range, closed);
      if (best === null || isBetter(found.known, best.known)) best = found;
    }
    if (best === null) throw new Error('no range of days was looked at');
    if (this.ranges.length > 1) this.lookAgain(best.known);
    return best;
  }

  /** Bounds anew what ranges could still have beyond a plan, the ranks above being served as that plan does. */
  private lookAgain(known: readonly Aims[]): void {
    for (const rank of this.ranks) {
      for (const range of this.ranges) {
        const { ahead } = range;
        if (this.isOut(range, rank, 'kept', known)) continue;
        const isOpen = AIMS.some(
          (aim) => gain(aim, ahead.boundOf(rank, aim, known), known[rank]) > 0,
        );
        if (isOpen) ahead.lookAgain(rank, known);
      }
    }
  }

  /** Of the ranges that could hold a better plan, the one that could hold the best; looked at wholly. */
  private mostPromising(known: readonly Aims[] | null): Range | null {
    for (;;) {
      let first: Range | null = null;
      for (const range of this.ranges) {
        if (range.isDone) continue;
        if (known !== null && this.standing(range, known) !== 'better') continue;
        if (first === null || this.compare(range, first) < 0) first = range;
      }
      if (first === null || !first.ahead.lookOn()) return first;
    }
  }

  private compare(a: Range, b: Range): number {
    return comparePromises(a.ahead, b.ahead, this.ranks);
  }

  /** Could a plan of the range be better than one that is known so far, at best as good, or is it worse in any case? */
  private standing({ ahead }: Range, known: readonly Aims[]): 'better' | 'even' | 'out' {
    for (const rank of this.ranks) {
      if (rank >= known.length) break;
      for (const aim of AIMS) {
        const more = gain(aim, ahead.boundOf(rank, aim, known), known[rank]);
        if (more !== 0) return more > 0 ? 'better' : 'out';
      }
    }
    return 'even';
  }

  private divide(range: Range, { pool, day }: Spot): void {
    const { from, to } = range.outside;
    this.ranges.splice(this.ranges.indexOf(range), 1);
    this.add({ from, to: to.with(pool, day) });
    this.add({ from: from.with(pool, day + 1), to });
  }

  /** Whole payments of the best flows of a range, reserves being kept from those days on. */
  private rounded({ outside, ahead }: Range, closed: Int32Array): Found {
    const { terms, parties, start, wholePerRank } = this;
    const isGiven = closed.every(
      (day, pool) =>
        !this.hasReserve(pool) || (outside.from[pool] === day && outside.to[pool] === day),
    );
    const given = isGiven
      ? ahead
      : new LookAhead(terms, parties, start, wholePerRank, this.on(closed));
    while (given.lookOn());
    const served = [...start];
    for (const { order } of parties.open) served[order] = NO_PARTS;
    roundAhead(terms, given, parties.frozen, served, closed);
    return { served, known: terms.ranks.map(({ asks }) => rankAims(asks, served)) };
  }

  /** Outsiders are paid from those days on, where there is a reserve. */
  private on(closed: Int32Array): FirstOutside {
    return { from: closed.map((day, pool) => (this.hasReserve(pool) ? day : 0)), to: closed };
  }

  private hasReserve(pool: number): boolean {
    return this.terms.reserve[pool]?.some((amount) => amount > 0) ?? false;
  }

  private closingOf({ ahead }: Range): Closing {
    const { terms } = this;
    const { limits } = ahead;
    const paid = terms.pools.map(() => new Float64Array(terms.dayCount));
    const closed = limits.outsideFrom.slice();
    for (const { ask, day, amount } of ahead.payments()) {
      for (const pool of terms.lines[ask.pool] ?? []) {
        const line = paid[pool];
        if (line !== undefined) line[day] = (line[day] ?? 0) + amount;
        if (ask.tier > (terms.insideTiers[pool] ?? 99))
          closed[pool] = Math.min(closed[pool] ?? 0, day);
      }
    }
    let broken: Spot | null = null;
    let most = HALF;
    for (const [pool, line] of paid.entries()) {
      let sum = 0;
      for (let day = 0; day < (limits.outsideFrom[pool] ?? 0); day++) {
        sum += line[day] ?? 0;
        const over = sum - (limits.reserved[pool]?.[day] ?? 0);
        if (day < (closed[pool] ?? 0) || over <= most) continue;
        most = over;
        broken = { pool, day };
      }
    }
    return { closed, broken };
  }

  /**
   * No plan is better in the aim of the rank that gives the ranks above what `known` says, and the rank itself what
   * it says of its aims before this one.
   */
  boundOf(rank: number, aim: Aim, known: readonly Aims[]): number {
    let best = known[rank]?.[aim] ?? 0;
    for (const range of this.ranges) {
      const bound = this.isOut(range, rank, aim, known)
        ? best
        : range.ahead.boundOf(rank, aim, known);
      best = aim === 'lateness' ? Math.min(best, bound) : Math.max(best, bound);
    }
    return best;
  }

  /** Does every plan of the range give less in an aim before that one? */
  private isOut({ ahead }: Range, rank: number, aim: Aim, known: readonly Aims[]): boolean {
    for (const above of this.ranks) {
      if (above > rank) break;
      for (const before of AIMS) {
        if (above === rank && before === aim) return false;
        if (gain(before, ahead.boundOf(above, before, known), known[above]) < 0) return true;
      }
    }
    return false;
  }

  /** Bounds what a rank has on time by sums of whole requests as well, those above being served as they are. */
  tighten(rank: number, known: readonly Aims[]): void {
    for (const range of this.ranges) {
      const { ahead } = range;
      if (this.isOut(range, rank, 'onTime', known)) continue;
      if (gain('onTime', ahead.boundOf(rank, 'onTime', known), known[rank]) > 0)
        ahead.tighten(rank, known);
    }
  }

  /** Ranges that hold every plan that is no worse in the ranks up to that one. */
  left(rank: number, known: readonly Aims[]): readonly FirstOutside[] {
    const left = this.ranges.filter(
      (range) => !this.isOut(range, rank, 'kept', known) && this.standing(range, known) !== 'out',
    );
    // The plan at hand lies in one of them: where rounding hides which, none is left out.
    return (left.length > 0 ? left : this.ranges).map(({ outside }) => outside);
  }

  /** Between which days outsiders are first paid in every such plan. */
  outsideOf(rank: number, known: readonly Aims[]): FirstOutside {
    return this.left(rank, known).reduce((all, { from, to }) => ({
      from: all.from.map((day, pool) => Math.min(day, from[pool] ?? 0)),
      to: all.to.map((day, pool) => Math.max(day, to[pool] ?? 0)),
    }));
  }
}

/** How much better a bound is than what is known. */
function gain(aim: Aim, bound: number, known: Aims | undefined): number {
  const own = known?.[aim] ?? 0;
  return aim === 'lateness' ? own - bound : bound - own;
}

/** Below zero where the first promises more, or is yet to be looked at where both promise alike. */
function comparePromises(a: LookAhead, b: LookAhead, ranks: readonly number[]): number {
  for (const rank of ranks) {
    const own = a.promiseOf(rank);
    const other = b.promiseOf(rank);
    if (own === null || other === null) return Number(own !== null) - Number(other !== null);
    const order = compareAims(own, other);
    if (order !== 0) return order;
  }
  return 0;
}
