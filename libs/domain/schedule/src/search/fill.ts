/**
 * Fills a pool to the fen: exchanges some of the requests that a binding limit lets in for others whose
 * amounts add up better. Tries sums of subsets until one keeps every other limit.
 */
import { Cash } from '../cash.js';
import { type Part, type Served, NO_PARTS } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { subsetSums } from './sums.js';

/** A request that may be switched: paid on `day`, or not at all. */
export interface Swap {
  readonly ask: Ask;
  readonly day: number;
  readonly paid: boolean;
}

const CHECKS_MAX = 4000;

/** Room left on every pool and day under the payments at hand. */
class Room {
  private readonly room: Float64Array[];
  private readonly change: Float64Array[];

  constructor(
    private readonly terms: Terms,
    asks: readonly Ask[],
    served: Served,
  ) {
    const cash = new Cash(terms);
    for (const ask of asks) {
      for (const { day, amount } of served[ask.order] ?? NO_PARTS) cash.pay(ask, day, amount);
    }
    this.room = terms.pools.map((_, pool) =>
      Float64Array.from({ length: terms.dayCount }, (_unused, day) => cash.room(pool, day)),
    );
    this.change = terms.pools.map(() => new Float64Array(terms.dayCount));
  }

  /** Do all limits hold after those swaps? */
  holds(swaps: readonly Swap[]): boolean {
    for (const line of this.change) line.fill(0);
    for (const { ask, day, paid } of swaps) {
      const amount = paid ? -ask.amount : ask.amount;
      for (const pool of this.terms.lines[ask.pool] ?? []) {
        const line = this.change[pool];
        if (line !== undefined) line[day] = (line[day] ?? 0) + amount;
      }
    }
    return this.change.every((line, pool) => {
      const room = this.room[pool];
      let sum = 0;
      return line.every((amount, day) => {
        sum += amount;
        return sum <= 0 || sum <= (room?.[day] ?? 0);
      });
    });
  }
}

/** What the swaps of a subset add: a paid request swapped is taken back. */
function addOf({ ask, paid }: Swap): number {
  return paid ? -ask.amount : ask.amount;
}

/** The swaps whose bits are set. */
function chosen(swaps: readonly Swap[], bits: number): Swap[] {
  return swaps.filter((_, at) => ((bits >>> at) & 1) === 1);
}

/** Best feasible sum of swaps above zero and not above `wanted`; empty where there is none. */
export function bestSwaps(
  swaps: readonly Swap[],
  wanted: number,
  holds: (trial: readonly Swap[]) => boolean,
  checksMax = CHECKS_MAX,
): Swap[] {
  const half = swaps.length >> 1;
  const leftSwaps = swaps.slice(0, half);
  const rightSwaps = swaps.slice(half);
  const left = shiftedSums(leftSwaps);
  const right = shiftedSums(rightSwaps);
  let best: Swap[] = [];
  let bestSum = 0;
  let checks = 0;
  let at = right.sums.length - 1;
  for (let k = 0; k < left.sums.length && checks < checksMax && bestSum < wanted; k++) {
    const sum = left.sums[k] ?? 0;
    while (at >= 0 && sum + (right.sums[at] ?? 0) > wanted) at--;
    // Several subsets may have the same sum; the first few of them are tried.
    for (let other = at; other >= 0 && other > at - 3; other--) {
      const total = sum + (right.sums[other] ?? 0);
      if (total <= bestSum) break;
      const trial = [
        ...chosen(leftSwaps, left.bits[k] ?? 0),
        ...chosen(rightSwaps, right.bits[other] ?? 0),
      ];
      checks++;
      if (!holds(trial)) continue;
      best = trial;
      bestSum = total;
      break;
    }
  }
  return best;
}

/** Sums of subsets of gains and losses, ascending; a loss is a gain that is not taken. */
function shiftedSums(swaps: readonly Swap[]): { sums: Float64Array; bits: Uint32Array } {
  const adds = swaps.map(addOf);
  const lowest = adds.reduce((sum, add) => sum + Math.min(0, add), 0);
  const flips = adds.reduce((bits, add, at) => (add < 0 ? bits | (1 << at) : bits), 0);
  const { sums, bits } = subsetSums(adds.map(Math.abs));
  return { sums: sums.map((sum) => sum + lowest), bits: bits.map((set) => (set ^ flips) >>> 0) };
}

/** Chance without chance: the same shuffles on every machine. */
export function shuffled<Item>(items: readonly Item[], round: number): Item[] {
  let state = (round * 2654435761 + 12345) >>> 0;
  return items
    .map((item) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return { item, key: state };
    })
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Some of the swaps to look at together: half of them the smallest, which fill best, half any. */
export function sample(swaps: readonly Swap[], size: number, round: number): Swap[] {
  const bySize = [...swaps].sort(
    (a, b) => a.ask.amount - b.ask.amount || a.ask.order - b.ask.order,
  );
  const small = bySize.slice(0, size >> 1);
  const rest = shuffled(bySize.slice(size >> 1), round).slice(0, size - small.length);
  return shuffled([...small, ...rest], round);
}

export interface Choice {
  /** How many requests are looked at together. */
  readonly size: number;
  /** Which ones: another round looks at others. */
  readonly round: number;
}

/**
 * Payments that use up to `wanted` more, by swapping some of `swaps`; `null` where none was found.
 * `asks`: whose payments count; those of lower ranks are made anew afterwards.
 */
export function fill(
  at: { readonly terms: Terms; readonly asks: readonly Ask[]; readonly served: Served },
  swaps: readonly Swap[],
  wanted: number,
  { size, round }: Choice,
): Served | null {
  const { served } = at;
  const room = new Room(at.terms, at.asks, served);
  const best = bestSwaps(sample(swaps, size, round), wanted, (trial) => room.holds(trial));
  if (best.length === 0) return null;
  const better: (readonly Part[])[] = [...served];
  for (const { ask, day, paid } of best) {
    better[ask.order] = paid ? NO_PARTS : [{ day, amount: ask.amount }];
  }
  return better;
}
