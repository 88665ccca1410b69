/**
 * Whole requests on the days that the flows foresee. A group that flows divide is seldom divided by its requests to
 * the fen; but what is moved from one day to another costs and brings the same whichever request it is, so what is
 * missing is made up by requests of other groups on those days.
 */
import type { Fen } from '../problem.js';
import type { Ask } from '../terms.js';
import { shuffled } from './fill.js';
import type { Groups, Piece } from './groups.js';
import { subsetSums } from './sums.js';

/** Amounts are whole; what flows lose by rounding is far less. */
const HALF = 0.5;
const ROUNDING = 1e-3;
/** How many requests are exchanged together, round by round. */
const ROUNDS = [16, 20, 22, 24, 24, 24] as const;

/** A request, or a part of one, on an option of its group. */
export interface Lot {
  readonly ask: Ask;
  readonly group: number;
  option: number;
  amount: Fen;
}

/** Where options of many groups do the same: not paid, on the due day, or late by so many days. */
interface Place {
  readonly kind: 'early' | 'due' | 'late' | 'none';
  readonly day: number;
  readonly days: number;
}

/** Amount to be moved between two places of a pool; the second is the later one, where cash is less scarce. */
interface Want {
  readonly pool: number;
  readonly from: Place;
  readonly to: Place;
  amount: number;
  /** Whose flows ask for it. */
  readonly groups: number[];
}

class Placing {
  private readonly lots: Lot[] = [];
  private readonly wants = new Map<string, Want>();
  /** Groups whose flows cannot be met to the fen. */
  private readonly unmet = new Set<number>();
  private readonly byPool = new Map<number, Lot[]>();

  constructor(
    private readonly groups: Groups,
    private readonly flows: Float64Array,
    private readonly dayCount: number,
    /** Where flows cannot be met to the fen, the nearest above is good enough. */
    private readonly isLast: boolean,
  ) {}

  add(group: number): void {
    const { starts, pieces, amounts } = this.groups;
    const start = starts[group] ?? 0;
    const rest: number[] = [];
    for (let option = start; option < (starts[group + 1] ?? 0); option++)
      rest.push(this.flows[option] ?? 0);
    const whole = rest.findIndex((flow) => flow >= (amounts[group] ?? 0) - HALF);
    const own = pieces[group] ?? [];
    if (whole >= 0) {
      for (const { ask, amount } of own)
        this.lots.push({ ask, group, option: start + whole, amount });
      return;
    }
    // What the flows leave out is not paid.
    rest[0] = (amounts[group] ?? 0) - rest.slice(1).reduce((sum, flow) => sum + flow, 0);
    this.shareOut(group, own, rest);
    this.wish(group, rest);
  }

  /** The largest pieces first, each where most is left; `rest` becomes what is missing, or too much. */
  private shareOut(group: number, pieces: readonly Piece[], rest: number[]): void {
    const start = this.groups.starts[group] ?? 0;
    const bySize = [...pieces].sort(
      (a, b) =>
        Number(a.ask.divisible) - Number(b.ask.divisible) ||
        b.amount - a.amount ||
        a.ask.order - b.ask.order,
    );
    for (const { ask, amount } of bySize) {
      let left = amount;
      for (const [place, flow] of rest.entries()) {
        const part = Math.min(left, Math.floor(flow + ROUNDING));
        if (!ask.divisible || part < ask.minPart) continue;
        if (left > part && left - part < ask.minPart) continue;
        rest[place] = flow - part;
        left -= part;
        this.lots.push({ ask, group, option: start + place, amount: part });
        if (left === 0) break;
      }
      if (left === 0) continue;
      const place = rest.reduce((best, flow, at) => (flow > (rest[best] ?? 0) ? at : best), 0);
      rest[place] = (rest[place] ?? 0) - left;
      const had = this.lots.findLast((lot) => lot.ask === ask && lot.option === start + place);
      if (had !== undefined && ask.divisible) had.amount += left;
      else this.lots.push({ ask, group, option: start + place, amount: left });
    }
  }

  private placeOf(option: number): Place {
    const { spots, late, kept } = this.groups;
    const spot = spots[option] ?? -1;
    if (spot < 0) return { kind: 'none', day: this.dayCount, days: 0 };
    const days = late[option] ?? 0;
    const day = spot % this.dayCount;
    if (kept[option] === 1) return { kind: 'early', day, days };
    return { kind: days > 0 ? 'late' : 'due', day, days };
  }

  private poolOf(group: number): number {
    const { starts, spots } = this.groups;
    return Math.floor((spots[(starts[group] ?? 0) + 1] ?? 0) / this.dayCount);
  }

  /** What is too much somewhere is to be moved where something is missing. */
  private wish(group: number, rest: number[]): void {
    const start = this.groups.starts[group] ?? 0;
    for (const [full, over] of rest.entries()) {
      let left = -over;
      for (let place = 0; place < rest.length && left > ROUNDING; place++) {
        const amount = Math.min(left, rest[place] ?? 0);
        if (amount <= ROUNDING) continue;
        rest[place] = (rest[place] ?? 0) - amount;
        left -= amount;
        this.want(group, this.placeOf(start + full), this.placeOf(start + place), amount);
      }
    }
  }

  private want(group: number, from: Place, to: Place, amount: number): void {
    if (from.kind === 'early' || to.kind === 'early') return;
    if (from.day > to.day) {
      this.want(group, to, from, -amount);
      return;
    }
    const pool = this.poolOf(group);
    const days = to.kind === 'none' ? from.days : 0;
    const key = `${pool} ${from.kind} ${from.day} ${to.kind} ${to.day} ${days}`;
    const want = this.wants.get(key);
    if (want === undefined) this.wants.set(key, { pool, from, to, amount, groups: [group] });
    else {
      want.amount += amount;
      want.groups.push(group);
    }
  }

  /** The option of a group at a place; -1 where it has none. */
  private optionAt(group: number, { kind, day, days }: Place, other: Place): number {
    const { starts } = this.groups;
    const start = starts[group] ?? 0;
    if (kind === 'none') return start;
    for (let option = start + 1; option < (starts[group + 1] ?? 0); option++) {
      const place = this.placeOf(option);
      if (place.kind !== kind || place.day !== day) continue;
      return kind === 'late' && other.kind === 'none' && place.days !== days ? -1 : option;
    }
    return -1;
  }

  /** Moves requests so that what is where comes as near to the flows as they allow, never too early. */
  private fulfil(want: Want): void {
    const { from, to } = want;
    const target = Math.ceil(want.amount - ROUNDING);
    if (target === 0) return;
    const movable: { lot: Lot; to: number; sign: number }[] = [];
    for (const lot of this.lotsOf(want.pool)) {
      const early = this.optionAt(lot.group, from, to);
      const late = this.optionAt(lot.group, to, from);
      if (early < 0 || late < 0 || lot.ask.promised.length > 0) continue;
      if (lot.option === early) movable.push({ lot, to: late, sign: 1 });
      else if (lot.option === late) movable.push({ lot, to: early, sign: -1 });
    }
    const parts = movable.filter(({ lot }) => lot.ask.divisible);
    let left = target;
    for (const { lot, to: option, sign } of parts)
      left -= sign * this.movePart(lot, option, left * sign);
    if (left === 0) return;
    const whole = movable.filter(({ lot }) => !lot.ask.divisible);
    const { chosen, over } = nearest(whole, left);
    if (over !== 0) for (const group of want.groups) this.unmet.add(group);
    if (over === 0 || this.isLast) for (const at of chosen) at.lot.option = at.to;
  }

  /** Moves so much of a divisible request at most; how much. */
  private movePart(lot: Lot, option: number, wanted: number): number {
    const { ask } = lot;
    if (wanted <= 0) return 0;
    const isPaid = (at: number) => (this.groups.spots[at] ?? -1) >= 0;
    const beside = this.lotsOf(ask.pool).find(
      (other) => other.ask === ask && other.option === option,
    );
    let part = Math.min(lot.amount, wanted);
    const rest = lot.amount - part;
    if (isPaid(lot.option) && rest > 0 && rest < ask.minPart) part = lot.amount - ask.minPart;
    if (part <= 0 || (isPaid(option) && (beside?.amount ?? 0) + part < ask.minPart)) return 0;
    lot.amount -= part;
    if (beside !== undefined) beside.amount += part;
    else {
      const moved = { ask, group: lot.group, option, amount: part };
      this.lots.push(moved);
      this.lotsOf(ask.pool).push(moved);
    }
    return part;
  }

  private lotsOf(pool: number): Lot[] {
    if (this.byPool.size === 0) {
      for (const lot of this.lots) {
        const own = this.byPool.get(lot.ask.pool);
        if (own === undefined) this.byPool.set(lot.ask.pool, [lot]);
        else own.push(lot);
      }
    }
    return this.byPool.get(pool) ?? [];
  }

  finish(): Placed {
    for (const want of this.wants.values()) this.fulfil(want);
    return { lots: this.lots, unmet: this.unmet };
  }
}

export interface Placed {
  readonly lots: readonly Lot[];
  /** Groups whose flows could not be met to the fen. */
  readonly unmet: ReadonlySet<number>;
}

/** Those of the signed lots that come to the target, or else to the least above it. */
function nearest<Item extends { readonly lot: Lot; readonly sign: number }>(
  items: readonly Item[],
  target: number,
): { chosen: readonly Item[]; over: number } {
  let best: readonly Item[] = [];
  let over = target <= 0 ? -target : Infinity;
  for (const [round, size] of ROUNDS.entries()) {
    if (over === 0) break;
    const some = chosenAround(items, Math.abs(target), size, round);
    const { sums, bits } = signedSums(some.slice(0, some.length >> 1));
    const right = signedSums(some.slice(some.length >> 1));
    let at = right.sums.length - 1;
    for (let k = 0; k < sums.length && over > 0; k++) {
      const sum = sums[k] ?? 0;
      while (at > 0 && sum + (right.sums[at - 1] ?? 0) >= target) at--;
      const total = sum + (right.sums[at] ?? 0);
      if (total < target || total - target >= over) continue;
      over = total - target;
      const half = some.length >> 1;
      const leftBits = bits[k] ?? 0;
      const rightBits = right.bits[at] ?? 0;
      best = some.filter(
        (_, place) =>
          ((place < half ? leftBits >>> place : rightBits >>> (place - half)) & 1) === 1,
      );
    }
    if (items.length <= size) break;
  }
  return { chosen: best, over };
}

/** Half of them the smallest, which fill best, half any that are not far larger than what is to be moved. */
function chosenAround<Item extends { readonly lot: Lot }>(
  items: readonly Item[],
  wanted: number,
  size: number,
  round: number,
): Item[] {
  const bySize = [...items].sort(
    (a, b) => a.lot.amount - b.lot.amount || a.lot.ask.order - b.lot.ask.order,
  );
  const small = bySize.slice(0, size >> 1);
  const others = bySize.slice(size >> 1);
  const near = others.filter(({ lot }) => lot.amount <= 4 * wanted);
  const rest = shuffled(near.length > 0 ? near : others, round).slice(0, size - small.length);
  return shuffled([...small, ...rest], round);
}

/** Sums of subsets of gains and losses, ascending; a loss is a gain that is not taken. */
function signedSums(items: readonly { readonly lot: Lot; readonly sign: number }[]) {
  const adds = items.map(({ lot, sign }) => lot.amount * sign);
  const lowest = adds.reduce((sum, add) => sum + Math.min(0, add), 0);
  const flips = adds.reduce((bits, add, at) => (add < 0 ? bits | (1 << at) : bits), 0);
  const { sums, bits } = subsetSums(adds.map(Math.abs));
  return { sums: sums.map((sum) => sum + lowest), bits: bits.map((set) => (set ^ flips) >>> 0) };
}

/** Where the requests of those groups go by the flows. */
export function placed(
  groups: Groups,
  flows: Float64Array,
  dayCount: number,
  own: readonly number[],
  isLast: boolean,
): Placed {
  const placing = new Placing(groups, flows, dayCount, isLast);
  for (const group of own) placing.add(group);
  return placing.finish();
}
