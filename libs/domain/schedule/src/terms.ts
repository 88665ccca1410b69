/** A problem in positions: days and pools by number, requests in tie order. What the planner works on. */
import type { Fen, FundRequest, Pool, Problem } from './problem.js';
import { compareText, tieOrder } from './tie-order.js';

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

/** Working days by date, as the requests name them; other dates are looked for once. */
export class Calendar {
  private readonly last = new Map<string, number>();
  private readonly first = new Map<string, number>();

  constructor(private readonly days: readonly string[]) {}

  /** Position of the last working day not after the date. */
  lastNotAfter(date: string): number {
    let found = this.last.get(date);
    if (found === undefined) {
      found = lastNotAfter(this.days, date);
      this.last.set(date, found);
    }
    return found;
  }

  /** Position of the first working day not before the date. */
  firstNotBefore(date: string): number {
    let found = this.first.get(date);
    if (found === undefined) {
      found = firstNotBefore(this.days, date);
      this.first.set(date, found);
    }
    return found;
  }

  /** Why no day of the horizon is open to a request with that window. */
  shut(earliest: number, latest: number): Ask['shut'] {
    const after = earliest >= this.days.length;
    if (latest < 0 || (earliest > latest && !after)) return 'window-empty';
    return after ? 'after-horizon' : null;
  }
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

function asksOf(problem: Problem, pools: readonly Pool[]): { asks: Ask[]; ranks: Rank[] } {
  const { requests } = problem;
  const positions = new Map(pools.map((pool, index) => [pool.id, index]));
  const calendar = new Calendar(problem.days);
  const asks: Ask[] = [];
  const ranks: { tier: number; urgency: number; asks: Ask[] }[] = [];
  for (const index of tieOrder(requests)) {
    const request = requests[index];
    if (request === undefined) continue;
    const { tier, urgency } = request;
    let rank = ranks.at(-1);
    if (rank?.tier !== tier || rank.urgency !== urgency) {
      rank = { tier, urgency, asks: [] };
      ranks.push(rank);
    }
    const place = { index, order: asks.length, rank: ranks.length - 1 };
    const ask = askOf(request, place, positions.get(request.pool) ?? 0, calendar);
    rank.asks.push(ask);
    asks.push(ask);
  }
  return { asks, ranks };
}

interface Spot {
  readonly index: number;
  readonly order: number;
  readonly rank: number;
}

function askOf(
  request: FundRequest,
  { index, order, rank }: Spot,
  pool: number,
  calendar: Calendar,
): Ask {
  const { tier, amount, divisible } = request;
  const due = calendar.lastNotAfter(request.due);
  const latest = request.latest === null ? due : calendar.lastNotAfter(request.latest);
  const earliest = request.earliest === null ? 0 : calendar.firstNotBefore(request.earliest);
  return {
    index,
    order,
    rank,
    tier,
    pool,
    amount,
    earliest,
    latest,
    due,
    divisible,
    minPart: divisible ? request.minPart : amount,
    promised: promisedOf(request, calendar),
    shut: calendar.shut(earliest, latest),
  };
}

function promisedOf(request: FundRequest, calendar: Calendar): Ask['promised'] {
  if (request.approved.length === 0) return NO_PROMISE;
  return request.approved
    .map(({ date, amount }) => ({ day: calendar.lastNotAfter(date), amount }))
    .sort((a, b) => a.day - b.day);
}

/** What was promised for that day. */
export function promisedOn(ask: Ask, day: number): Fen {
  return ask.promised.find((part) => part.day === day)?.amount ?? 0;
}
