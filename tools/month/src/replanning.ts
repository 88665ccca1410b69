import type {
  Fen,
  FundRequest,
  Payment,
  Plan,
  Pool,
  Problem,
  Promised,
} from '@guoku/domain-schedule';
import { lineOf, rankOf, type PlannedDay } from './planned-day.js';

/** Why a promise could not be kept. Amounts in fen. */
export type Cause =
  /** Even what was promised up to its rank no longer fits: by `day` so much is missing in `pool`. */
  | {
      readonly kind: 'shortfall';
      readonly pool: string;
      readonly day: string;
      readonly amount: Fen;
    }
  /** The cash would have held; the rank above took so much more than it had been promised by `day`. */
  | {
      readonly kind: 'rank';
      readonly tier: number;
      readonly urgency: number;
      readonly day: string;
      readonly amount: Fen;
    }
  /** The cash would have held and no rank above took more: payments that go whole did not fit together. */
  | { readonly kind: 'packing' };

/** An approved payment that a later plan did not keep. Amounts in fen. */
export interface Move {
  /** The morning on which it was planned again. */
  readonly day: string;
  readonly request: string;
  readonly tier: number;
  readonly urgency: number;
  readonly promised: Promised;
  /** Of it, what the new plan pays on that day. */
  readonly kept: Fen;
  /** What the new plan pays instead, on which days; empty: deferred. */
  readonly now: readonly Payment[];
  readonly cause: Cause;
}

/** Every approved payment that a later plan did not keep, morning by morning, with its cause. */
export function movesOf(mornings: readonly PlannedDay[]): Move[] {
  return mornings.flatMap(({ day, problem, plan }) => {
    const decisions = new Map(plan.decisions.map(({ request, payments }) => [request, payments]));
    return problem.requests.flatMap((request) => {
      const now = decisions.get(request.id) ?? [];
      return request.approved.flatMap((promised): Move[] => {
        const paid = now.find(({ date }) => date === promised.date)?.amount ?? 0;
        const kept = Math.min(paid, promised.amount);
        if (kept === promised.amount) return [];
        const { id, tier, urgency } = request;
        const cause = causeOf(problem, plan, request, promised);
        return [{ day, request: id, tier, urgency, promised, kept, now, cause }];
      });
    });
  });
}

/** Approved payments that were to be kept, each morning counted anew. */
export function promisesIn(mornings: readonly PlannedDay[]): number {
  return mornings.reduce(
    (sum, { problem }) =>
      sum + problem.requests.reduce((count, { approved }) => count + approved.length, 0),
    0,
  );
}

/** One pool on one day, from the promise's day on. */
interface Spot {
  readonly pool: Pool;
  readonly day: string;
  /** What may have been paid out of the pool by the end of the day. */
  readonly room: Fen;
}

/** Payments must leave enough on every later day, in the request's pool and all above it. */
function spotsFrom(problem: Problem, request: FundRequest, from: string): Spot[] {
  return lineOf(request.pool, problem.pools).flatMap((pool) => {
    const keeps = pool.reserve !== null && request.tier > pool.reserve.tiers ? pool.reserve : null;
    let left = pool.opening;
    return problem.days.flatMap((day, at) => {
      if (problem.sameDayInflow) left += pool.inflow[at] ?? 0;
      left -= pool.committed[at] ?? 0;
      const room = left - (pool.floor[at] ?? 0) - (keeps?.amount[at] ?? 0);
      if (!problem.sameDayInflow) left += pool.inflow[at] ?? 0;
      return day < from ? [] : [{ pool, day, room }];
    });
  });
}

function causeOf(problem: Problem, plan: Plan, request: FundRequest, promised: Promised): Cause {
  const own = rankOf(request);
  const claims = new Claims(problem, plan);
  const spots = spotsFrom(problem, request, promised.date);
  const short = greatest(spots, (spot) => claims.promised(spot, (rank) => rank <= own) - spot.room);
  if (short !== undefined && short.value > 0) {
    const { pool, day } = short.spot;
    return { kind: 'shortfall', pool: pool.id, day, amount: short.value };
  }
  // The spot that the ranks above leave least at, with what was promised in this rank.
  const tight = greatest(
    spots,
    (spot) =>
      claims.paid(spot, (rank) => rank < own) +
      claims.promised(spot, (rank) => rank === own) -
      spot.room,
  );
  if (tight === undefined) return { kind: 'packing' };
  const above = [...new Map(problem.requests.map((other) => [rankOf(other), other]))]
    .filter(([rank]) => rank < own)
    .map(([rank, { tier, urgency }]) => {
      const isIt = (other: number) => other === rank;
      const more = claims.paid(tight.spot, isIt) - claims.promised(tight.spot, isIt);
      return { kind: 'rank' as const, tier, urgency, day: tight.spot.day, amount: more };
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || rankOf(a) - rankOf(b));
  return above[0] ?? { kind: 'packing' };
}

function greatest(spots: readonly Spot[], valueOf: (spot: Spot) => number) {
  let best: { readonly spot: Spot; readonly value: number } | undefined;
  for (const spot of spots) {
    const value = valueOf(spot);
    if (best === undefined || value > best.value) best = { spot, value };
  }
  return best;
}

/** What some ranks were promised, and what they are paid now, by a day out of a pool or below it. */
class Claims {
  private readonly payments: ReadonlyMap<string, readonly Payment[]>;
  private readonly lines: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly problem: Problem,
    plan: Plan,
  ) {
    this.payments = new Map(plan.decisions.map(({ request, payments }) => [request, payments]));
    const { pools } = problem;
    this.lines = new Map(pools.map(({ id }) => [id, lineOf(id, pools).map((pool) => pool.id)]));
  }

  promised(spot: Spot, ofRank: (rank: number) => boolean): number {
    return this.sum(spot, ofRank, ({ approved }) => approved);
  }

  paid(spot: Spot, ofRank: (rank: number) => boolean): number {
    return this.sum(spot, ofRank, ({ id }) => this.payments.get(id) ?? []);
  }

  private sum(
    { pool, day }: Spot,
    ofRank: (rank: number) => boolean,
    partsOf: (request: FundRequest) => readonly Payment[],
  ): number {
    let sum = 0;
    for (const request of this.problem.requests) {
      if (!ofRank(rankOf(request))) continue;
      if (!(this.lines.get(request.pool) ?? []).includes(pool.id)) continue;
      for (const { date, amount } of partsOf(request)) if (date <= day) sum += amount;
    }
    return sum;
  }
}
