/** Cases of large requests that the programme divides: paid on that day, or not. */
import type { SavedBasis } from './choice-basis.js';
import type { Groups } from './groups.js';

/** Amounts are whole; what pivots lose by rounding is far less. */
const ROOM = 0.5;

/** A bound with the prices that prove it. */
export interface Proof {
  readonly value: number;
  readonly prices: Float64Array;
  /** Right sides under which it was found. */
  readonly right: Float64Array;
}

/** Options that are closed in a case, and what bounds the case that it is part of. */
export interface Case {
  readonly shut: Uint8Array;
  readonly above: Proof;
  /** The basis to start from; `null`: the one at hand. */
  readonly from: SavedBasis | null;
}

/**
 * The option with the largest part of a large request that is not paid alike.
 *
 * @param amounts what each group has to give
 * @param rank the last rank that takes part
 */
export function dividedBy(
  { whole, ranks, starts }: Groups,
  amounts: Float64Array,
  flows: Float64Array,
  rank: number,
): number | null {
  let found: number | null = null;
  let most = 0;
  for (let group = 0; group < whole.length && (ranks[group] ?? 0) <= rank; group++) {
    const amount = amounts[group] ?? 0;
    if (whole[group] !== 1 || amount <= most) continue;
    let largest = starts[group] ?? 0;
    for (let option = largest; option < (starts[group + 1] ?? 0); option++)
      if ((flows[option] ?? 0) > (flows[largest] ?? 0)) largest = option;
    if ((flows[largest] ?? 0) > amount - Math.max(ROOM, amount * 1e-11)) continue;
    most = amount;
    found = largest;
  }
  return found;
}

/** The case in which the option is not taken, and, to be looked at first, that in which it is. */
export function halvesOf({ starts }: Groups, option: number, { shut, above, from }: Case): Case[] {
  let group = 0;
  while ((starts[group + 1] ?? 0) <= option) group++;
  const without = Uint8Array.from(shut);
  without[option] = 1;
  const only = Uint8Array.from(shut);
  only.fill(1, starts[group] ?? 0, starts[group + 1] ?? 0);
  only[option] = 0;
  return [
    { shut: without, above, from },
    { shut: only, above, from: null },
  ];
}
