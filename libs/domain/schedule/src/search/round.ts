/**
 * Whole payments from the flows that look ahead: rank after rank takes what its groups are given, the flows of
 * the ranks below standing in for them until it is their turn, and is then filled up to its best values.
 */
import { Cash } from '../cash.js';
import {
  type Aims,
  NO_PARTS,
  type Part,
  type Served,
  compareAims,
  firstLateDay,
  rankAims,
} from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { type Swap, bestSwaps, sample } from './fill.js';
import type { LookAhead } from './look-ahead.js';

/** How many requests are exchanged together, round by round. */
const ROUNDS = [14, 20, 22, 24, 24, 24, 30] as const;
/** Trials against the limits in one exchange. */
const CHECKS_MAX = 60;
const ROUNDING = 1e-3;

type Side = 'onTime' | 'late';

class Rounding {
  private readonly open: Float64Array[];
  private readonly cash: Cash;
  /** What the ranks served so far have. */
  private readonly known: Aims[] = [];
  /** Was a rank served otherwise than was foreseen? */
  private isOff = false;
  /** Groups of each rank. */
  private readonly byRank = new Map<number, number[]>();

  constructor(
    private readonly terms: Terms,
    private readonly ahead: LookAhead,
    frozen: readonly Ask[],
    private readonly served: Served,
    closed: Int32Array,
  ) {
    this.open = terms.open.map((line) => line.map((one) => one + ROUNDING));
    this.cash = new Cash({ ...terms, open: this.open }, closed);
    for (const ask of frozen) {
      for (const { day, amount } of served[ask.order] ?? NO_PARTS) this.cash.pay(ask, day, amount);
    }
    for (const [group, rank] of ahead.groups.ranks.entries()) {
      const own = this.byRank.get(rank);
      if (own === undefined) this.byRank.set(rank, [group]);
      else own.push(group);
    }
    for (const rank of this.byRank.keys()) this.move(rank, -1);
  }

  /** Keeps the flows of a rank out of reach (-1), or gives them back (1). */
  private move(rank: number, sign: number): void {
    const { starts, spots } = this.ahead.groups;
    const { dayCount, lines } = this.terms;
    const paid = new Float64Array(this.open.length * dayCount);
    for (const group of this.byRank.get(rank) ?? []) {
      for (let option = starts[group] ?? 0; option < (starts[group + 1] ?? 0); option++) {
        const spot = spots[option] ?? -1;
        if (spot >= 0) paid[spot] = (paid[spot] ?? 0) + (this.ahead.flows[option] ?? 0);
      }
    }
    for (const [spot, amount] of paid.entries()) {
      if (amount === 0) continue;
      for (const pool of lines[Math.floor(spot / dayCount)] ?? []) {
        const line = this.open[pool];
        for (let day = spot % dayCount; line !== undefined && day < dayCount; day++)
          line[day] = (line[day] ?? 0) + sign * amount;
      }
    }
  }

  roundRank(rank: number): void {
    const asks = (this.terms.ranks[rank]?.asks ?? []).filter(({ shut }) => shut === null);
    for (const ask of asks) this.served[ask.order] = NO_PARTS;
    const below = [...this.byRank.keys()].filter((other) => other > rank);
    for (const other of [rank, ...below]) this.move(other, 1);
    const given = this.ahead.wholeOf(rank);
    for (const other of below) this.move(other, -1);
    for (const side of ['onTime', 'late'] as const) this.addAll(given, side);
    if (this.missing(rank, asks, 'onTime') > 0 && this.isOff)
      this.ahead.lookAgain(rank, this.known);
    this.fillUp(rank, asks, 'onTime');
    if (this.missing(rank, asks, 'onTime') > 0) {
      for (const other of below) this.move(other, 1);
      this.takeBackLate(asks);
      this.fillUp(rank, asks, 'onTime');
      this.addAll(given, 'late');
      for (const other of below) this.move(other, -1);
    }
    this.fillUp(rank, asks, 'late');
    if (this.missing(rank, asks, 'late') > 0) {
      for (const other of below) this.move(other, 1);
      this.fillUp(rank, asks, 'late');
      for (const other of below) this.move(other, -1);
    }
    this.moveAhead(asks);
    const known = rankAims(asks, this.served);
    this.known[rank] = known;
    const target = this.ahead.targets.get(rank);
    this.isOff ||= target === undefined || compareAims(known, target) !== 0;
    for (const other of below) this.move(other, 1);
    this.ahead.settle(rank, this.served);
    for (const other of below) this.move(other, -1);
  }

  private addAll(given: ReadonlyMap<Ask, readonly Part[]>, side: Side): void {
    for (const [ask, parts] of given) {
      for (const { day, amount } of parts)
        if (day <= ask.due === (side === 'onTime')) this.add(ask, day, amount);
    }
  }

  private takeBackLate(asks: readonly Ask[]): void {
    for (const ask of asks) {
      const parts = this.served[ask.order] ?? NO_PARTS;
      if (parts.every(({ day }) => day <= ask.due)) continue;
      for (const { day, amount } of parts) if (day > ask.due) this.cash.takeBack(ask, day, amount);
      this.served[ask.order] = parts.filter(({ day }) => day <= ask.due);
    }
  }

  /** Pays as much of the amount as holds, wholly or in a part that is large enough. */
  private add(ask: Ask, day: number, wanted: number): number {
    const parts = this.served[ask.order] ?? NO_PARTS;
    if (!ask.divisible && (parts.length > 0 || wanted < ask.amount)) return 0;
    const paid = parts.reduce((sum, part) => sum + part.amount, 0);
    const had = parts.find((part) => part.day === day)?.amount ?? 0;
    const room = Math.floor(this.cash.headroom(ask, day));
    const amount = Math.min(wanted, ask.amount - paid, room);
    if (amount <= 0 || had + amount < ask.minPart) return 0;
    this.cash.pay(ask, day, amount);
    const others = parts.filter((part) => part.day !== day);
    this.served[ask.order] = [...others, { day, amount: had + amount }].sort(
      (a, b) => a.day - b.day,
    );
    return amount;
  }

  /** What could be paid more at most, the ranks above being served as they are. */
  private missing(rank: number, asks: readonly Ask[], side: Side): number {
    const aim = side === 'onTime' ? 'onTime' : 'total';
    const aims = rankAims(asks, this.served);
    // What is promised for late days is not paid yet, but it will be.
    const kept = Math.max(aims.kept, this.ahead.targets.get(rank)?.kept ?? 0);
    this.known[rank] = { ...aims, kept };
    return this.ahead.boundOf(rank, aim, this.known) - aims[aim];
  }

  /** Tops up with what fits, then exchanges requests until the value is met or the rounds are over. */
  private fillUp(rank: number, asks: readonly Ask[], side: Side): void {
    let missing = this.missing(rank, asks, side);
    if (missing <= 0) return;
    const bySize = [...asks].sort((a, b) => b.amount - a.amount || a.order - b.order);
    for (const ask of bySize) {
      const day = payDay(ask, side);
      if (missing <= 0) return;
      if (day < 0 || (!ask.divisible && ask.amount > missing)) continue;
      missing -= this.add(ask, day, Math.min(ask.amount, missing));
    }
    for (const [round, size] of ROUNDS.entries()) {
      for (const { room, swaps } of this.regions(asks, side)) {
        if (missing <= 0) return;
        missing -= this.exchange(sample(swaps, size, round), Math.min(room, missing));
      }
    }
  }

  /** Requests that the same limit keeps from more, with the room that it leaves. */
  private regions(asks: readonly Ask[], side: Side): { room: number; swaps: Swap[] }[] {
    const { dayCount } = this.terms;
    const tightest = new Map<number, { row: number; room: number }>();
    const regions = new Map<number, { room: number; swaps: Swap[] }>();
    for (const ask of asks) {
      const day = payDay(ask, side);
      if (day < 0 || ask.divisible || ask.promised.length > 0) continue;
      const [part] = this.served[ask.order] ?? NO_PARTS;
      if (part !== undefined && part.day <= ask.due !== (side === 'onTime')) continue;
      const at = part?.day ?? day;
      let found = tightest.get(ask.pool * dayCount + at);
      if (found === undefined) {
        const { pool, day: on, headroom } = this.cash.tightest(ask, at);
        found = { row: pool * dayCount + on, room: Math.floor(headroom) };
        tightest.set(ask.pool * dayCount + at, found);
      }
      if (found.room <= 0) continue;
      const region = regions.get(found.row) ?? { room: found.room, swaps: [] };
      regions.set(found.row, region);
      region.swaps.push({ ask, day: at, paid: part !== undefined });
    }
    return [...regions.values()].filter(({ swaps }) => swaps.some(({ paid }) => !paid));
  }

  /** Exchanges some of the requests so that up to `wanted` more is paid; how much more that is. */
  private exchange(swaps: readonly Swap[], wanted: number): number {
    const chosen = bestSwaps(swaps, wanted, (trial) => this.tryOut(trial, false), CHECKS_MAX);
    if (chosen.length === 0) return 0;
    this.tryOut(chosen, true);
    let gained = 0;
    for (const { ask, day, paid } of chosen) {
      gained += paid ? -ask.amount : ask.amount;
      this.served[ask.order] = paid ? NO_PARTS : [{ day, amount: ask.amount }];
    }
    return gained;
  }

  /** Do the limits hold with those exchanges? The cash is left as it was unless they do and are to stay. */
  private tryOut(trial: readonly Swap[], stays: boolean): boolean {
    for (const { ask, day, paid } of trial) if (paid) this.cash.takeBack(ask, day, ask.amount);
    const added: Swap[] = [];
    let holds = true;
    for (const swap of trial) {
      if (swap.paid) continue;
      holds = this.cash.headroom(swap.ask, swap.day) >= swap.ask.amount;
      if (!holds) break;
      this.cash.pay(swap.ask, swap.day, swap.ask.amount);
      added.push(swap);
    }
    if (holds && stays) return true;
    for (const { ask, day } of added) this.cash.takeBack(ask, day, ask.amount);
    for (const { ask, day, paid } of trial) if (paid) this.cash.pay(ask, day, ask.amount);
    return holds;
  }

  /** Late payments move to the first day that holds. */
  private moveAhead(asks: readonly Ask[]): void {
    for (const ask of asks) {
      const [part, other] = this.served[ask.order] ?? NO_PARTS;
      if (part === undefined || other !== undefined || part.day <= ask.due) continue;
      if (ask.promised.length > 0) continue;
      this.cash.takeBack(ask, part.day, part.amount);
      let day = Math.max(0, firstLateDay(ask));
      while (day < part.day && this.cash.headroom(ask, day) < part.amount) day++;
      this.cash.pay(ask, day, part.amount);
      this.served[ask.order] = [{ day, amount: part.amount }];
    }
  }
}

/** The day on which a request would be paid to raise the value: the due day, or the last one. */
function payDay(ask: Ask, side: Side): number {
  if (side === 'onTime') return ask.due >= Math.max(0, ask.earliest) ? ask.due : -1;
  return ask.latest > ask.due ? ask.latest : -1;
}

/** Pays all that is not frozen, in place; reserves are kept from those days on, per pool. */
export function roundAhead(
  terms: Terms,
  ahead: LookAhead,
  frozen: readonly Ask[],
  served: Served,
  closed: Int32Array,
): void {
  const rounding = new Rounding(terms, ahead, frozen, served, closed);
  for (const rank of ahead.targets.keys()) rounding.roundRank(rank);
}
