/** A problem in positions: days and pools by number, requests in tie order. What the planner works on. */
import { instantKey } from './instant.js';
import type { Fen, FundRequest, Pool, Problem } from './problem.js';

/** One request in positions. */
export interface Ask {
  /** Position in the problem as given. */
  readonly index: number;
  /** Position in tie order. */
  readonly order: number;
  readonly rank: number;
  readonly tier: number;
  readonly pool: number;
  readonly amount: Fen;
  /** First and last day it may be paid; empty where `earliest > latest`. */
  readonly earliest: number;
  readonly latest: number;
  /** -1 where it was due before the first day. */
  readonly due: number;
  readonly divisible: boolean;
  readonly minPart: Fen;
  /** Promised parts by day, ascending. */
  readonly promised: readonly { readonly day: number; readonly amount: Fen }[];
  /** Why no day of the horizon is open to it. */
  readonly shut: 'window-empty' | 'after-horizon' | null;
}

export interface Rank {
  readonly tier: number;
  readonly urgency: number;
  /** In tie order. */
  readonly asks: readonly Ask[];
}

export interface Terms {
  readonly problem: Problem;
  readonly dayCount: number;
  /** Pools ordered by id, so that the order of the input decides nothing. */
  readonly pools: readonly Pool[];
  /** Each pool with all above it, itself first. */
  readonly lines: readonly (readonly number[])[];
  /** Headroom over the floor without any payment, per pool and day. */
  readonly open: readonly Float64Array[];
  readonly reserve: readonly Float64Array[];
  /** Highest tier that may draw on the reserve; 99 where there is none. */
  readonly insideTiers: readonly number[];
  /** First day from which neither the pool nor one above is under its floor without any payment. */
  readonly firstOpen: readonly number[];
  /** In tie order. */
  readonly asks: readonly Ask[];
  readonly ranks: readonly Rank[];
}

const NO_PROMISE: readonly { day: number; amount: Fen }[] = [];

/** Position of the last working day not after `date`; -1 where all are after it. */
export function lastNotAfter(days: readonly string[], date: string): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Position of the first working day not before `date`; the number of days where all are before it. */
export function firstNotBefore(days: readonly string[], date: string): number {
  const last = lastNotAfter(days, date);
  return last >= 0 && days[last] === date ? last : last + 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The least amount over the floor at the end of each day, nothing being paid. */
function openHeadroom(pool: Pool, problem: Problem): Float64Array {
  const dayCount = problem.days.length;
  const open = new Float64Array(dayCount);
  let inflow = 0;
  let committed = 0;
  for (let day = 0; day < dayCount; day++) {
    if (problem.sameDayInflow) inflow += pool.inflow[day] ?? 0;
    committed += pool.committed[day] ?? 0;
    open[day] = pool.opening + inflow - committed - (pool.floor[day] ?? 0);
    if (!problem.sameDayInflow) inflow += pool.inflow[day] ?? 0;
  }
  return open;
}

function linesOf(pools: readonly Pool[]): number[][] {
  const position = new Map(pools.map((pool, index) => [pool.id, index]));
  return pools.map((pool, index) => {
    const line = [index];
    let parent = pool.parent;
    while (parent !== null) {
      const above = position.get(parent);
      if (above === undefined) throw new Error(`pool ${parent} passed the door unknown`);
      line.push(above);
      parent = pools[above]?.parent ?? null;
    }
    return line;
  });
}

/** First tie-order criterion after rank: due as given, then instant (none last), then id. */
export function compareTies(a: FundRequest, b: FundRequest): number {
  return (
    a.tier - b.tier ||
    a.urgency - b.urgency ||
    compareText(a.due, b.due) ||
    compareText(instantKey(a.submittedAt), instantKey(b.submittedAt)) ||
    compareText(a.id, b.id)
  );
}

interface Window {
  readonly earliest: number;
  readonly due: number;
  readonly latest: number;
  readonly shut: Ask['shut'];
}

function windowOf(
  request: FundRequest,
  problem: Problem,
  spots: ReadonlyMap<string, number>,
): Window {
  const { days } = problem;
  const due = spots.get(request.due) ?? lastNotAfter(days, request.due);
  const latest =
    request.latest === null
      ? due
      : (spots.get(request.latest) ?? lastNotAfter(days, request.latest));
  const earliest =
    request.earliest === null
      ? 0
      : (spots.get(request.earliest) ?? firstNotBefore(days, request.earliest));
  const shut =
    latest < 0 || (earliest > latest && earliest < days.length)
      ? 'window-empty'
      : earliest >= days.length
        ? 'after-horizon'
        : null;
  return { earliest, due, latest, shut };
}

/** The problem in positions, requests in tie order, pools by id. */
export function termsOf(problem: Problem): Terms {
  const dayCount = problem.days.length;
  const pools = [...problem.pools].sort((a, b) => compareText(a.id, b.id));
  const lines = linesOf(pools);
  const open = pools.map((pool) => openHeadroom(pool, problem));
  const reserve = pools.map((pool) =>
    Float64Array.from(pool.reserve?.amount ?? new Float64Array(dayCount)),
  );
  const ownOpen = open.map((line) => line.findLastIndex((headroom) => headroom < 0) + 1);
  const { asks, ranks } = asksOf(problem, pools);
  return {
    problem,
    dayCount,
    pools,
    lines,
    open,
    reserve,
    insideTiers: pools.map((pool) => pool.reserve?.tiers ?? 99),
    firstOpen: lines.map((line) => Math.max(...line.map((pool) => ownOpen[pool] ?? 0))),
    asks,
    ranks,
  };
}

/** Tie order; dates are compared as numbers, instants and ids only where these are the same. */
function tieOrder(requests: readonly FundRequest[]): Uint32Array {
  const dues = new Map(
    [...new Set(requests.map(({ due }) => due))].sort().map((due, at) => [due, at]),
  );
  const first = Float64Array.from(
    requests,
    ({ tier, urgency, due }) => (tier * 100 + urgency) * dues.size + (dues.get(due) ?? 0),
  );
  const instants = new Array<string | undefined>(requests.length);
  const instantOf = (index: number): string =>
    (instants[index] ??= instantKey(requests[index]?.submittedAt ?? null));
  const order = Uint32Array.from(requests.keys());
  return order.sort(
    (a, b) =>
      (first[a] ?? 0) - (first[b] ?? 0) ||
      compareText(instantOf(a), instantOf(b)) ||
      compareText(requests[a]?.id ?? '', requests[b]?.id ?? ''),
  );
}

function asksOf(problem: Problem, pools: readonly Pool[]): { asks: Ask[]; ranks: Rank[] } {
  const position = new Map(pools.map((pool, index) => [pool.id, index]));
  const spots = new Map(problem.days.map((day, index) => [day, index]));
  const asks: Ask[] = [];
  const ranks: { tier: number; urgency: number; asks: Ask[] }[] = [];
  for (const index of tieOrder(problem.requests)) {
    const request = problem.requests[index];
    if (request === undefined) continue;
    let rank = ranks.at(-1);
    if (rank?.tier !== request.tier || rank.urgency !== request.urgency) {
      rank = { tier: request.tier, urgency: request.urgency, asks: [] };
      ranks.push(rank);
    }
    const ask: Ask = {
      index,
      order: asks.length,
      rank: ranks.length - 1,
      tier: request.tier,
      pool: position.get(request.pool) ?? 0,
      amount: request.amount,
      ...windowOf(request, problem, spots),
      divisible: request.divisible,
      minPart: request.divisible ? request.minPart : request.amount,
      promised: promisedOf(request, spots),
    };
    rank.asks.push(ask);
    asks.push(ask);
  }
  return { asks, ranks };
}

function promisedOf(request: FundRequest, spots: ReadonlyMap<string, number>): Ask['promised'] {
  if (request.approved.length === 0) return NO_PROMISE;
  return request.approved
    .map(({ date, amount }) => ({ day: spots.get(date) ?? 0, amount }))
    .sort((a, b) => a.day - b.day);
}

/** What was promised for that day. */
export function promisedOn(ask: Ask, day: number): Fen {
  return ask.promised.find((part) => part.day === day)?.amount ?? 0;
}
