/** Reserves told apart: is anybody outside a pool's reserve paid by a day, so that it counts from then on, or nobody? */
import type { Bundles } from './bundles.js';
import type { Limits } from './limits.js';

/** Parts of a fen by which a reserve may seem drawn on. */
const NEAR = 0.5;

/** By that day somebody outside the pool's reserve is paid, and yet it is drawn on. */
export interface Drawn {
  readonly pool: number;
  readonly day: number;
}

/** The first such pool at those flows, each reserve counting from a day on. */
export function drawnOn(
  { open, reserves, lines }: Limits,
  bundles: Bundles,
  flows: Float64Array,
  keptFrom: readonly number[],
): Drawn | null {
  for (const [pool, reserve] of reserves.entries()) {
    if (reserve === null) continue;
    const spent = new Float64Array(reserve.amount.length);
    let first = spent.length;
    for (const [bundle, own] of bundles.pools.entries()) {
      if (lines[own]?.includes(pool) !== true) continue;
      const isOutside = (bundles.tiers[bundle] ?? 0) > reserve.tiers;
      for (
        let at = (bundles.starts[bundle] ?? 0) + 1;
        at < (bundles.starts[bundle + 1] ?? 0);
        at++
      ) {
        const flow = flows[at] ?? 0;
        const day = bundles.days[at] ?? 0;
        spent[day] = (spent[day] ?? 0) + flow;
        if (isOutside && flow > NEAR) first = Math.min(first, day);
      }
    }
    let sum = 0;
    for (const [day, amount] of spent.entries()) {
      sum += amount;
      if (day < first || day >= (keptFrom[pool] ?? 0)) continue;
      const left = (open[pool]?.[day] ?? 0) - sum - (reserve.amount[day] ?? 0);
      if (left < -NEAR) return { pool, day: first };
    }
  }
  return null;
}

/** Closes what would pay somebody outside the pool's reserve by that day. */
export function withoutOutsiders(
  { reserves, lines }: Limits,
  bundles: Bundles,
  closed: Uint8Array,
  { pool, day }: Drawn,
): Uint8Array {
  const tiers = reserves[pool]?.tiers ?? 99;
  return closed.map((isClosed, option) => {
    const bundle = bundles.bundleOf[option] ?? 0;
    const at = bundles.days[option] ?? -1;
    if (at < 0 || at > day || (bundles.tiers[bundle] ?? 0) <= tiers) return isClosed;
    return lines[bundles.pools[bundle] ?? 0]?.includes(pool) === true ? 1 : isClosed;
  });
}
