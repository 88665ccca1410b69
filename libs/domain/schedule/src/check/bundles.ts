/**
 * What could be paid in the ranks up to one, claims that are alike taken together: a month of any size is some thousand
 * options. It allows all that the rules allow, and more: parts of a fen, and parts of all but the largest claims.
 */
import type { Fen } from '../problem.js';
import type { Claim, Facts } from './facts.js';
import { type Limits, roomOf } from './limits.js';
import { type Payable, mostByDay } from './whole-sums.js';

/** How much is told apart. */
export interface Detail {
  /** So many of the largest claims of each rank that must be paid wholly stay by themselves. */
  readonly wholePerRank: number;
  /** Leaves out the days on which a claim finds no room even if all is left undone that is not certain. */
  readonly onlyFitting: boolean;
  /** Limits are lowered to what whole claims can add up to. */
  readonly wholeSums: boolean;
}

/** Bundle `b` has the options from `starts[b]` to `starts[b + 1]`, the first of them being not to be paid. */
export interface Bundles {
  readonly ranks: Int32Array;
  readonly tiers: Int32Array;
  readonly pools: Int32Array;
  /** Fen that all options of a bundle share. */
  readonly amounts: Float64Array;
  /** 1 where it is a single claim that is paid wholly on one day, or not at all. */
  readonly whole: Uint8Array;
  readonly starts: Int32Array;
  /** Bundle of each option. */
  readonly bundleOf: Int32Array;
  /** Day of each option; -1 where it is not paid. */
  readonly days: Int32Array;
  /** Working days late of each option. */
  readonly late: Int32Array;
  /** 1 where the option keeps a promise. */
  readonly kept: Uint8Array;
  /** The option of each bundle of which the plan pays most. */
  readonly usual: Int32Array;
  /** By pool and day, what all payments up to that day may be while no reserve counts. */
  readonly most: readonly Float64Array[];
}

/** Claims alike, or one by itself. */
interface Draft {
  readonly rank: number;
  readonly tier: number;
  readonly pool: number;
  readonly due: number;
  /** First and last day on which it may be paid, none before the due day but that of a promise. */
  readonly first: number;
  readonly last: number;
  /** Day of its promise; -1: none. */
  readonly promised: number;
  readonly whole: boolean;
  amount: Fen;
  /** What the plan pays of it, by day. */
  readonly paid: Map<number, Fen>;
}

class Collector {
  readonly drafts: Draft[] = [];
  readonly payables: Payable[] = [];
  private readonly alike = new Map<number, Draft>();

  constructor(
    private readonly limits: Limits,
    private readonly detail: Detail,
  ) {}

  addRank(claims: readonly Claim[], rank: number, isLate: (claim: Claim) => boolean): void {
    const { limits, detail } = this;
    const tier = claims[0]?.request.tier ?? 0;
    const room = roomOf(limits, tier);
    const single = largest(claims, detail.wholePerRank);
    for (const claim of claims) {
      const { request, shut, earliest, due, latest } = claim;
      if (shut !== null) continue;
      const pool = limits.poolAt.get(request.pool) ?? 0;
      const least = request.divisible ? request.minPart : request.amount;
      const needed = detail.onlyFitting ? least : 0;
      let first = Math.max(0, earliest);
      while ((room[pool]?.[first] ?? Infinity) < needed) first++;
      const last = isLate(claim) ? latest : Math.min(latest, due);
      if (first > last) continue;
      if (detail.wholeSums) {
        const days = daysOf({ due, first, last, promised: -1 });
        const early = request.approved.map(({ date }) => limits.dayAt.get(date) ?? -1);
        days.push(...early.filter((day) => day >= first && day < due));
        this.payables.push({ pool, days, least, most: request.amount });
      }
      this.addClaim({ rank, tier, pool, due, first, last, whole: single.has(claim) }, claim);
    }
  }

  /** Every promised part by itself, as only that part can keep the promise; then the rest. */
  private addClaim(shape: Omit<Draft, 'promised' | 'amount' | 'paid'>, claim: Claim): void {
    const { request, paid } = claim;
    let amount = request.amount;
    const paidBy = () => new Map(paid.map((part) => [part.day, part.amount]));
    for (const part of request.approved) {
      const promised = this.limits.dayAt.get(part.date) ?? -1;
      this.drafts.push({ ...shape, promised, amount: part.amount, paid: paidBy() });
      amount -= part.amount;
    }
    if (amount === 0) return;
    if (shape.whole || amount < request.amount)
      this.drafts.push({ ...shape, promised: -1, amount, paid: paidBy() });
    else this.addAlike(shape, claim);
  }

  private addAlike(
    shape: Omit<Draft, 'promised' | 'amount' | 'paid'>,
    { request, paid }: Claim,
  ): void {
    const { rank, pool, due, first, last } = shape;
    const width = this.limits.dayAt.size + 2;
    let key = rank * this.limits.poolAt.size + pool;
    for (const day of [due, Math.max(first, due), last]) key = key * width + day + 1;
    let draft = this.alike.get(key);
    if (draft === undefined) {
      draft = { ...shape, promised: -1, amount: 0, paid: new Map() };
      this.alike.set(key, draft);
      this.drafts.push(draft);
    }
    draft.amount += request.amount;
    for (const { day, amount } of paid) {
      const at = Math.max(day, due);
      draft.paid.set(at, (draft.paid.get(at) ?? 0) + amount);
    }
  }
}

function largest(claims: readonly Claim[], count: number): Set<Claim> {
  const own = claims.filter(({ request, shut }) => shut === null && !request.divisible);
  own.sort((a, b) => b.request.amount - a.request.amount || a.index - b.index);
  return new Set(own.slice(0, count));
}

/** Days on which a draft may be paid, ascending. */
function daysOf({
  due,
  first,
  last,
  promised,
}: Pick<Draft, 'due' | 'first' | 'last' | 'promised'>): number[] {
  const days = promised >= first && promised < due ? [promised] : [];
  for (let day = Math.max(first, due); day <= last; day++) days.push(day);
  return days;
}

function packed(drafts: readonly Draft[], most: readonly Float64Array[]): Bundles {
  const starts = new Int32Array(drafts.length + 1);
  const usual = new Int32Array(drafts.length);
  const owners: number[] = [];
  const days: number[] = [];
  const late: number[] = [];
  const kept: number[] = [];
  for (const [at, draft] of drafts.entries()) {
    const own = daysOf(draft);
    usual[at] = days.length;
    days.push(-1);
    late.push(0);
    kept.push(0);
    let most = draft.amount - [...draft.paid.values()].reduce((sum, amount) => sum + amount, 0);
    for (const day of own) {
      const paid = draft.paid.get(day) ?? 0;
      if (paid > most) usual[at] = days.length;
      most = Math.max(most, paid);
      days.push(day);
      late.push(Math.max(0, day - draft.due));
      kept.push(day === draft.promised ? 1 : 0);
    }
    while (owners.length < days.length) owners.push(at);
    starts[at + 1] = days.length;
  }
  return {
    ranks: Int32Array.from(drafts, ({ rank }) => rank),
    tiers: Int32Array.from(drafts, ({ tier }) => tier),
    pools: Int32Array.from(drafts, ({ pool }) => pool),
    amounts: Float64Array.from(drafts, ({ amount }) => amount),
    whole: Uint8Array.from(drafts, ({ whole }) => (whole ? 1 : 0)),
    starts,
    bundleOf: Int32Array.from(owners),
    days: Int32Array.from(days),
    late: Int32Array.from(late),
    kept: Uint8Array.from(kept),
    usual,
    most,
  };
}

/** The bundles of all that the limits do not hold for certain, for the last of their ranks. */
export function bundlesOf({ plan }: Facts, limits: Limits, detail: Detail): Bundles {
  const collector = new Collector(limits, detail);
  const last = limits.ranks.length - 1;
  for (const [rank, { claims }] of limits.ranks.entries()) {
    const told = plan.ranks[rank];
    const isHeldLate = (told?.total ?? 0) > (told?.onTime ?? 0);
    // Of the last rank only what is on time counts, and promises kept.
    collector.addRank(claims, rank, ({ request }) =>
      rank < last ? isHeldLate : request.approved.length > 0,
    );
  }
  const { drafts, payables } = collector;
  return packed(drafts, detail.wholeSums ? mostByDay(limits, payables) : limits.open);
}
