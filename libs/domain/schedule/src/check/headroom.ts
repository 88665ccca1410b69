/** What would be left for a claim from each day on, were its own payments taken back. */
import type { Fen } from '../problem.js';
import type { Claim, Facts } from './facts.js';

/** Where and when the least lies: the first such day, the lowest such pool. */
export interface Low {
  readonly headroom: Fen;
  readonly pool: string;
  readonly day: number;
}

export class Headrooms {
  /** Claims that are paid nothing and share pool and tier have the same headrooms. */
  private readonly ofUnpaid = new Map<string, readonly Low[]>();

  constructor(private readonly facts: Facts) {}

  /** By day, the least headroom of a claim from that day on; reserves may be left out. */
  lows(claim: Claim, countReserve = true): readonly Low[] {
    if (claim.paid.length > 0) return this.lowsOf(claim, countReserve);
    const key = `${claim.request.tier} ${countReserve ? 1 : 0} ${claim.request.pool}`;
    const known = this.ofUnpaid.get(key) ?? this.lowsOf(claim, countReserve);
    this.ofUnpaid.set(key, known);
    return known;
  }

  /** From the last day to the first, and from the highest pool to the lowest. */
  private lowsOf({ request, paid }: Claim, countReserve: boolean): readonly Low[] {
    const { basins, problem } = this.facts;
    const line = (basins.get(request.pool)?.line ?? []).flatMap((id) => basins.get(id) ?? []);
    line.reverse();
    const lows: Low[] = [];
    let low: Low = { headroom: Infinity, pool: request.pool, day: problem.days.length };
    for (let day = problem.days.length - 1; day >= 0; day--) {
      const own = paid.reduce((sum, part) => sum + (part.day <= day ? part.amount : 0), 0);
      for (const { pool, open, spent, firstOutside } of line) {
        const since = request.tier > (pool.reserve?.tiers ?? 99) ? 0 : firstOutside;
        const reserve = countReserve && day >= since ? (pool.reserve?.amount[day] ?? 0) : 0;
        const headroom = (open[day] ?? 0) - (spent[day] ?? 0) + own - reserve;
        if (headroom <= low.headroom) low = { headroom, pool: pool.id, day };
      }
      lows[day] = low;
    }
    return lows;
  }
}
