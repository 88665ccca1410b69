/** Sums that must stay exact in plain numbers: under 2^53 fen. */
import type { FundRequest, Pool } from '../problem.js';
import { Calendar } from '../terms.js';
import type { Faults } from './faults.js';
import type { Step, Tape } from './tape.js';

const LIMIT = 2 ** 53;

interface Sums {
  readonly days: readonly string[];
  readonly pools: readonly (Pool | null)[];
  readonly requests: readonly (FundRequest | null)[];
}

/** Where pools and requests stand in the document. */
interface Places {
  readonly pools: Tape | undefined;
  readonly requests: Step;
}

/** Points at every pool, and in every rank at the first request, whose sums reach 2^53 fen. */
export function checkSums({ days, pools, requests }: Sums, places: Places, faults: Faults): void {
  const wanted = wantedByPool(pools, requests);
  for (const [index, pool] of pools.entries()) {
    if (pool !== null && (poolReaches(pool) || (wanted.get(pool.id) ?? 0) >= LIMIT)) {
      const path = [...(places.pools?.path(0) ?? []), { key: index, spot: index }];
      faults.add(path, 'sum-too-large', 'sums of this pool reach 2^53 fen');
    }
  }
  const ranks = new Map<number, number>();
  const calendar = new Calendar(days);
  for (const [index, request] of requests.entries()) {
    if (request === null) continue;
    const rank = request.tier * 100 + request.urgency;
    const before = ranks.get(rank) ?? 0;
    const after = before + request.amount * Math.max(1, daysLateMax(request, calendar));
    ranks.set(rank, after);
    if (after >= LIMIT && before < LIMIT) {
      const path = [places.requests, { key: index, spot: index }];
      faults.add(path, 'sum-too-large', 'amounts x days late of its rank reach 2^53 fen');
    }
  }
}

function daysLateMax(request: FundRequest, calendar: Calendar): number {
  if (request.latest === null || request.latest === request.due) return 0;
  return calendar.lastNotAfter(request.latest) - calendar.lastNotAfter(request.due);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function greatest(amounts: readonly number[]): number {
  return amounts.reduce((most, amount) => Math.max(most, amount), 0);
}

function poolReaches(pool: Pool): boolean {
  const inflow = sum(pool.inflow);
  const drawn = sum(pool.committed) + greatest(pool.reserve?.amount ?? []) + greatest(pool.floor);
  const overdraft = greatest(pool.floor.map((floor) => -floor));
  const most = Math.max(pool.opening, 0) + inflow + overdraft;
  const least = Math.max(-pool.opening, 0) + drawn;
  return most >= LIMIT || least >= LIMIT;
}

/** What is asked of each pool and its descendants. */
function wantedByPool(
  pools: readonly (Pool | null)[],
  requests: readonly (FundRequest | null)[],
): Map<string, number> {
  const parents = new Map(pools.map((pool) => [pool?.id, pool?.parent ?? null]));
  const own = new Map<string, number>();
  for (const request of requests) {
    if (request !== null) own.set(request.pool, (own.get(request.pool) ?? 0) + request.amount);
  }
  const wanted = new Map<string, number>();
  for (const [id, amount] of own) {
    let at: string | null | undefined = id;
    for (let steps = 0; typeof at === 'string' && steps <= pools.length; steps++) {
      wanted.set(at, (wanted.get(at) ?? 0) + amount);
      at = parents.get(at);
    }
  }
  return wanted;
}
