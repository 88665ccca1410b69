/**
 * What a rank can have on time when requests are paid wholly: along the days of a pool, the sums of whole requests that
 * fit. Where large requests are nearly all of a pool's, the programme of their parts is far from that.
 */
import type { Fen } from '../problem.js';
import type { Ask, Terms } from '../terms.js';
import type { Limits } from './limits.js';
import { Reach } from './reach.js';

/** Beyond so many requests the sums leave no gap worth the time. */
const ASKS_MAX = 2000;
/** Intervals of sums, of which few are enough: gaps between sums of large requests are large. */
const INTERVALS_MAX = 1024;

/** Most that requests of the counted ranks with that pool or one below can have on their due days up to a day. */
export interface Cut {
  readonly pool: number;
  readonly day: number;
  readonly most: Fen;
}

export interface Cuts {
  /** By rank: 1 where its payments count. */
  readonly counted: Uint8Array;
  /** By pool, then day. */
  readonly rows: readonly Cut[];
  /** Ranks of which every plan that is meant pays all on time; what they take is taken off. */
  readonly sure: readonly number[];
}

export const NO_CUTS: Cuts = { counted: new Uint8Array(), rows: [], sure: [] };

/** The cuts for a rank, the requests of all open ranks up to it being given. */
export function cutsOf(
  terms: Terms,
  limits: Limits,
  asks: readonly Ask[],
  sure: ReadonlySet<number>,
): Cuts {
  const counted = new Uint8Array(terms.ranks.length);
  for (const { rank } of asks) counted[rank] = sure.has(rank) ? 0 : 1;
  const payable = asks.filter(
    ({ shut, due, earliest }) => shut === null && due >= Math.max(0, earliest),
  );
  const rows = [...terms.pools.keys()].flatMap((pool) => {
    const inside = payable.filter((ask) => terms.lines[ask.pool]?.includes(pool));
    const taken = inside.filter(({ rank }) => sure.has(rank));
    const open = inside.filter(({ rank }) => !sure.has(rank));
    if (open.length === 0 || open.length > ASKS_MAX) return [];
    const caps = capsOf(limits.plain[pool] ?? new Float64Array(), taken);
    return poolCuts(pool, caps, open);
  });
  return { counted, rows, sure: [...sure] };
}

/** What a pool leaves for payments up to each day, those of the requests taken off; a later, lower limit rules. */
function capsOf(plain: Float64Array, taken: readonly Ask[]): Float64Array {
  const caps = plain.slice();
  for (const { due, amount } of taken)
    for (let day = due; day < caps.length; day++) caps[day] = (caps[day] ?? 0) - amount;
  for (let day = caps.length - 2; day >= 0; day--)
    caps[day] = Math.min(caps[day] ?? 0, caps[day + 1] ?? 0);
  return caps;
}

/** Day by day the largest sum, where it is less than what is there and what is asked. */
function poolCuts(pool: number, caps: Float64Array, asks: readonly Ask[]): Cut[] {
  const byDue = Map.groupBy(
    [...asks].sort((a, b) => b.amount - a.amount || a.order - b.order),
    ({ due }) => due,
  );
  const reach = new Reach(INTERVALS_MAX);
  const found: Cut[] = [];
  let wanted = 0;
  for (const [day, room] of caps.entries()) {
    const cap = Math.max(0, room);
    for (const { amount, divisible, minPart, promised } of byDue.get(day) ?? []) {
      // What is promised is counted apart from the rest, which may then be any part.
      const least = divisible ? (promised.length > 0 ? 0 : minPart) : amount;
      reach.add(least, amount, cap);
      wanted += amount;
    }
    reach.cut(cap);
    if (reach.most < Math.min(cap, wanted)) found.push({ pool, day, most: reach.most });
  }
  // Payments up to a day are no more than those up to a later one.
  return found.filter(({ most }, at) => found.slice(at + 1).every((later) => later.most > most));
}
