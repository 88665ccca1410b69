/** Who was paid what on which day, in positions. */
import type { Fen } from './problem.js';
import { type Ask, promisedOn } from './terms.js';

export interface Part {
  readonly day: number;
  readonly amount: Fen;
}

/** Parts of every request by its position in tie order, each list by day. */
export type Served = (readonly Part[])[];

/** The four aims of a rank, or what one request adds to them. */
export interface Aims {
  readonly kept: Fen;
  readonly onTime: Fen;
  readonly total: Fen;
  readonly lateness: number;
}

export const NO_PARTS: readonly Part[] = [];

/** What the parts of one request add to the aims of its rank. */
export function aimsOf(ask: Ask, parts: readonly Part[]): Aims {
  let kept = 0;
  let onTime = 0;
  let total = 0;
  let lateness = 0;
  for (const { day, amount } of parts) {
    if (ask.promised.length > 0) kept += Math.min(amount, promisedOn(ask, day));
    total += amount;
    if (day <= ask.due) onTime += amount;
    else lateness += amount * (day - ask.due);
  }
  return { kept, onTime, total, lateness };
}

/** The four aims of a rank under a plan. */
export function rankAims(asks: readonly Ask[], served: Served): Aims {
  let kept = 0;
  let onTime = 0;
  let total = 0;
  let lateness = 0;
  for (const ask of asks) {
    const parts = served[ask.order] ?? NO_PARTS;
    if (parts.length === 0) continue;
    const own = aimsOf(ask, parts);
    kept += own.kept;
    onTime += own.onTime;
    total += own.total;
    lateness += own.lateness;
  }
  return { kept, onTime, total, lateness };
}

/** Below zero where `a` is better than `b`: kept, on time, total, then days late. */
export function compareAims(a: Aims, b: Aims): number {
  return b.kept - a.kept || b.onTime - a.onTime || b.total - a.total || a.lateness - b.lateness;
}

/** Could a payment of the request on that day count as on time? */
export function onTimeDays(ask: Ask): number[] {
  if (ask.shut !== null) return [];
  const early = ask.promised.filter(({ day }) => day < ask.due).map(({ day }) => day);
  return ask.due >= ask.earliest ? [...early, ask.due] : early;
}

/** First day after the due day on which it may be paid. */
export function firstLateDay(ask: Ask): number {
  return Math.max(ask.due + 1, ask.earliest);
}
