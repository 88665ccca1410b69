/**
 * Limits that whole requests obey and their parts do not: what is paid up to a day is a sum of whole requests, and what
 * is paid on due days up to a day adds one to such a sum of the days before that was there to be paid. Where a pool has
 * few large requests, or many of few sizes, the programme of parts is far from that.
 */
import type { Fen } from '../problem.js';
import type { Ask, Terms } from '../terms.js';
import type { Limits } from './limits.js';
import { Reach } from './reach.js';

/** Beyond so many requests the sums leave no gap worth the time. */
const ASKS_MAX = 2000;
/** Requests times intervals of sums: the fewer requests, the finer their sums. */
const WORK_MAX = 2_000_000;
const INTERVALS_MAX = 16_384;

/** Most that requests of the counted ranks with that pool or one below can have on their due days up to a day. */
export interface Cut {
  readonly pool: number;
  readonly day: number;
  readonly most: Fen;
}

export interface Cuts {
  /** By pool and day: what all payments up to that day can be at most. */
  readonly plain: readonly Float64Array[];
  /** By rank: 1 where its payments count in the rows. */
  readonly counted: Uint8Array;
  /** By pool, then day. */
  readonly rows: readonly Cut[];
}

/** The limits as they are. */
export function noCuts({ plain }: Limits): Cuts {
  return { plain, counted: new Uint8Array(), rows: [] };
}

/**
 * The cuts for a rank, the requests of all open ranks up to it being given. Of the `sure` ranks every plan that is meant
 * pays all on the due days; what they take is taken off.
 */
export function cutsOf(
  terms: Terms,
  limits: Limits,
  asks: readonly Ask[],
  sure: ReadonlySet<number>,
): Cuts {
  const plain = limits.plain.map((line) => line.slice());
  const counted = new Uint8Array(terms.ranks.length);
  for (const { rank } of asks) counted[rank] = sure.has(rank) ? 0 : 1;
  const rows: Cut[] = [];
  for (const [pool, line] of plain.entries()) {
    const inside = asks.filter(
      ({ shut, pool: own }) => shut === null && terms.lines[own]?.includes(pool),
    );
    const isTaken = (ask: Ask) => sure.has(ask.rank) && isDuePayable(ask);
    const open = inside.filter((ask) => !isTaken(ask));
    if (open.length === 0 || open.length > ASKS_MAX) continue;
    const taken = takenBy(inside.filter(isTaken), line.length);
    const caps = capsOf(line, taken);
    rows.push(...dueCuts(pool, caps, open));
    for (const [day, most] of mostByDay(caps, open).entries())
      line[day] = Math.min(line[day] ?? 0, most + (taken[day] ?? 0));
  }
  return { plain, counted, rows };
}

function isDuePayable({ due, earliest }: Ask): boolean {
  return due >= Math.max(0, earliest);
}

/** What is paid up to each day where all of these are paid on their due days. */
function takenBy(asks: readonly Ask[], dayCount: number): Float64Array {
  const taken = new Float64Array(dayCount);
  for (const { due, amount } of asks)
    for (let day = due; day < dayCount; day++) taken[day] = (taken[day] ?? 0) + amount;
  return taken;
}

/** What a pool leaves for payments up to each day beside what is taken; a later, lower limit rules. */
function capsOf(plain: Float64Array, taken: Float64Array): Float64Array {
  const caps = plain.map((room, day) => Math.max(0, room - (taken[day] ?? 0)));
  for (let day = caps.length - 2; day >= 0; day--)
    caps[day] = Math.min(caps[day] ?? 0, caps[day + 1] ?? 0);
  return caps;
}

function reachOf(asks: readonly Ask[]): Reach {
  return new Reach(Math.min(INTERVALS_MAX, Math.ceil(WORK_MAX / asks.length)));
}

/** Adds a request, of which nothing is paid or a part that is large enough. */
function addTo(reach: Reach, { amount, divisible, minPart, promised }: Ask, cap: Fen): void {
  // What is promised is counted apart from the rest, which may then be any part.
  const least = divisible ? (promised.length > 0 ? 0 : minPart) : amount;
  reach.add(least, amount, cap);
}

function byDay(asks: readonly Ask[], dayOf: (ask: Ask) => number): Map<number, Ask[]> {
  const bySize = [...asks].sort((a, b) => b.amount - a.amount || a.order - b.order);
  return Map.groupBy(bySize, dayOf);
}

/** The largest sum of all payments up to each day. */
function mostByDay(caps: Float64Array, asks: readonly Ask[]): Float64Array {
  const from = byDay(asks, ({ due, earliest, promised }) =>
    Math.max(0, Math.min(promised[0]?.day ?? Infinity, Math.max(due, earliest))),
  );
  const reach = reachOf(asks);
  const highest = caps.at(-1) ?? 0;
  return caps.map((cap, day) => {
    for (const ask of from.get(day) ?? []) addTo(reach, ask, highest);
    return reach.within(cap);
  });
}

/** The largest sum of what is paid on due days up to each day, where neither limits nor a sum before it tell as much. */
function dueCuts(pool: number, caps: Float64Array, asks: readonly Ask[]): Cut[] {
  const due = byDay(asks.filter(isDuePayable), (ask) => ask.due);
  const reach = reachOf(asks);
  const found: Cut[] = [];
  for (const [day, cap] of caps.entries()) {
    let foreseen = reach.most;
    for (const ask of due.get(day) ?? []) {
      foreseen += ask.amount;
      addTo(reach, ask, cap);
    }
    reach.cut(cap);
    if (reach.most < Math.min(cap, foreseen)) found.push({ pool, day, most: reach.most });
  }
  return found;
}
