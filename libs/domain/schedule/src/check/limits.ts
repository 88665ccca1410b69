/** What is certain of the ranks above, and what the pools have for all else. */
import type { Fen, Reserve } from '../problem.js';
import type { Claim, Facts } from './facts.js';

/** Claims of one rank. */
export interface RankClaims {
  readonly claims: readonly Claim[];
}

/** Pools by number, days by position. */
export interface Limits {
  readonly poolAt: ReadonlyMap<string, number>;
  readonly dayAt: ReadonlyMap<string, number>;
  /** By pool: itself and all above it. */
  readonly lines: readonly (readonly number[])[];
  /** By pool and day, over the floor and all that is certain. */
  readonly open: readonly Float64Array[];
  readonly reserves: readonly (Reserve | null)[];
  /** By pool, the day from which its reserve counts for certain, as somebody outside is paid by then. */
  readonly keptFrom: readonly number[];
  /** Claims that are not certain, and what the certain ones give, by rank. */
  readonly ranks: readonly {
    readonly claims: readonly Claim[];
    readonly kept: Fen;
    readonly onTime: Fen;
  }[];
}

/**
 * The limits for the ranks up to `index`. A rank above that is paid wholly on time is certain, but for claims that
 * were promised something for a day before they are due: there is no other day.
 */
export function limitsOf(facts: Facts, groups: readonly RankClaims[], index: number): Limits {
  const { problem, plan } = facts;
  const basins = [...facts.basins.values()];
  const dayAt = new Map(problem.days.map((day, at) => [day, at]));
  const poolAt = new Map(basins.map(({ pool }, at) => [pool.id, at]));
  const lines = basins.map(({ line }) => line.map((id) => poolAt.get(id) ?? 0));
  const reserves = basins.map(({ pool }) => pool.reserve);
  const keptFrom = basins.map(({ open }) => open.length);
  const taken = basins.map(({ open }) => new Float64Array(open.length));
  const ranks = groups.slice(0, index + 1).map(({ claims }, rank) => {
    const told = plan.ranks[rank];
    const sums = { claims, kept: 0, onTime: 0 };
    if (rank === index || told === undefined || told.onTime < told.requested) return sums;
    const open = claims.filter(({ request, due }) => {
      if (request.approved.some(({ date }) => (dayAt.get(date) ?? -1) < due)) return true;
      const pool = poolAt.get(request.pool) ?? 0;
      for (const above of lines[pool] ?? [])
        if (request.tier > (reserves[above]?.tiers ?? 99))
          keptFrom[above] = Math.min(keptFrom[above] ?? due, due);
      const own = taken[pool];
      if (own !== undefined) own[due] = (own[due] ?? 0) + request.amount;
      sums.onTime += request.amount;
      const date = problem.days[due];
      sums.kept += request.approved.find((part) => part.date === date)?.amount ?? 0;
      return false;
    });
    return { ...sums, claims: open };
  });
  const open = basins.map((basin) => Float64Array.from(basin.open));
  for (const [pool, own] of taken.entries()) {
    let sum = 0;
    for (const [day, amount] of own.entries()) {
      sum += amount;
      for (const above of lines[pool] ?? []) {
        const line = open[above];
        if (line !== undefined) line[day] = (line[day] ?? 0) - sum;
      }
    }
  }
  return { poolAt, dayAt, lines, open, reserves, keptFrom, ranks };
}

/** By pool and day, the most that a single payment of a tier could be, were nothing else paid that is not certain. */
export function roomOf({ lines, open, reserves }: Limits, tier: number): Float64Array[] {
  return lines.map((line, pool) => {
    const room = new Float64Array(open[pool]?.length ?? 0);
    let least = Infinity;
    for (let day = room.length - 1; day >= 0; day--) {
      for (const above of line) {
        const reserve = reserves[above];
        const kept = tier > (reserve?.tiers ?? 99) ? (reserve?.amount[day] ?? 0) : 0;
        least = Math.min(least, (open[above]?.[day] ?? 0) - kept);
      }
      room[day] = least;
    }
    return room;
  });
}
