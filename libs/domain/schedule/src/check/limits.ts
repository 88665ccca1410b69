/** What is certain of the ranks above, and what the pools have for all else. */
import type { Fen, Reserve } from '../problem.js';
import type { Basin, Claim, Facts } from './facts.js';

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

/** What is certain of one rank where another rank is judged. */
interface Certain {
  /** The claims that are not certain. */
  readonly claims: readonly Claim[];
  readonly kept: Fen;
  readonly onTime: Fen;
  /** By pool, what the certain ones are paid on each day. */
  readonly taken: ReadonlyMap<number, Float64Array>;
  /** By pool, the first day on which a certain one outside its reserve is paid. */
  readonly outsideFrom: readonly number[];
}

/** The limits of any rank; what is certain is worked out once. */
export class LimitsByRank {
  private readonly basins: readonly Basin[];
  private readonly dayAt: ReadonlyMap<string, number>;
  private readonly poolAt: ReadonlyMap<string, number>;
  private readonly lines: readonly (readonly number[])[];
  private readonly certain: readonly Certain[];

  constructor(
    private readonly facts: Facts,
    private readonly groups: readonly RankClaims[],
  ) {
    this.basins = [...facts.basins.values()];
    this.dayAt = new Map(facts.problem.days.map((day, at) => [day, at]));
    this.poolAt = new Map(this.basins.map(({ pool }, at) => [pool.id, at]));
    this.lines = this.basins.map(({ line }) => line.map((id) => this.poolAt.get(id) ?? 0));
    this.certain = groups.map(({ claims }, rank) => this.certainOf(claims, rank));
  }

  /**
   * A rank that is paid wholly on time is certain, but for claims that were promised something for a day before they
   * are due: there is no other day.
   */
  private certainOf(claims: readonly Claim[], rank: number): Certain {
    const { basins, dayAt, poolAt, lines } = this;
    const { plan, problem } = this.facts;
    const taken = new Map<number, Float64Array>();
    const outsideFrom = basins.map(({ open }) => open.length);
    const told = plan.ranks[rank];
    let [kept, onTime] = [0, 0];
    if (told === undefined || told.onTime < told.requested)
      return { claims, kept, onTime, taken, outsideFrom };
    const open = claims.filter(({ request, due }) => {
      if (request.approved.some(({ date }) => (dayAt.get(date) ?? -1) < due)) return true;
      const pool = poolAt.get(request.pool) ?? 0;
      for (const above of lines[pool] ?? [])
        if (request.tier > (basins[above]?.pool.reserve?.tiers ?? 99))
          outsideFrom[above] = Math.min(outsideFrom[above] ?? due, due);
      const own = taken.get(pool) ?? new Float64Array(problem.days.length);
      taken.set(pool, own);
      own[due] = (own[due] ?? 0) + request.amount;
      onTime += request.amount;
      const date = problem.days[due];
      kept += request.approved.find((part) => part.date === date)?.amount ?? 0;
      return false;
    });
    return { claims: open, kept, onTime, taken, outsideFrom };
  }

  /** For a rank, those above being certain where they can be. */
  of(rank: number): Limits {
    const { basins, dayAt, poolAt, lines } = this;
    const above = this.certain.slice(0, rank);
    const own = { claims: this.groups[rank]?.claims ?? [], kept: 0, onTime: 0 };
    const open = basins.map((basin) => Float64Array.from(basin.open));
    const keptFrom = basins.map((basin) => basin.open.length);
    for (const { taken, outsideFrom } of above) {
      for (const [pool, day] of outsideFrom.entries())
        keptFrom[pool] = Math.min(keptFrom[pool] ?? day, day);
      for (const [pool, amounts] of taken)
        for (const upper of lines[pool] ?? []) takeOff(open[upper], amounts);
    }
    const reserves = basins.map(({ pool }) => pool.reserve);
    return { poolAt, dayAt, lines, open, reserves, keptFrom, ranks: [...above, own] };
  }
}

/** What was paid is missing from that day on. */
function takeOff(line: Float64Array | undefined, amounts: Float64Array): void {
  let sum = 0;
  for (const [day, amount] of amounts.entries()) {
    sum += amount;
    if (line !== undefined) line[day] = (line[day] ?? 0) - sum;
  }
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
