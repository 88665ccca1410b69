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

/** Is it paid wholly, in one payment, on its due day? */
export function isPaidOnDue(ask: Ask, parts: readonly Part[]): boolean {
  const [part] = parts;
  return parts.length === 1 && part?.day === ask.due && part.amount === ask.amount;
}

type Sums = { -readonly [Aim in keyof Aims]: Aims[Aim] };

function addTo(sums: Sums, ask: Ask, parts: readonly Part[]): void {
  for (const { day, amount } of parts) {
    if (ask.promised.length > 0) sums.kept += Math.min(amount, promisedOn(ask, day));
    sums.total += amount;
    if (day <= ask.due) sums.onTime += amount;
    else sums.lateness += amount * (day - ask.due);
  }
}

/** What the parts of one request add to the aims of its rank. */
export function aimsOf(ask: Ask, parts: readonly Part[]): Aims {
  const sums = { kept: 0, onTime: 0, total: 0, lateness: 0 };
  addTo(sums, ask, parts);
  return sums;
}

/** The four aims of a rank under a plan. */
export function rankAims(asks: readonly Ask[], served: Served): Aims {
  const sums = { kept: 0, onTime: 0, total: 0, lateness: 0 };
  for (const ask of asks) addTo(sums, ask, served[ask.order] ?? NO_PARTS);
  return sums;
}

/** Below zero where `a` is better than `b`: kept, on time, total, then days late. */
export function compareAims(a: Aims, b: Aims): number {
  return b.kept - a.kept || b.onTime - a.onTime || b.total - a.total || a.lateness - b.lateness;
}

/** Of two plans: does the first rank that is served otherwise come out better? */
export function isBetter(aims: readonly Aims[], others: readonly Aims[]): boolean {
  for (const [rank, own] of aims.entries()) {
    const other = others[rank];
    const order = other === undefined ? 0 : compareAims(own, other);
    if (order !== 0) return order < 0;
  }
  return false;
}

/** First day after the due day on which it may be paid. */
export function firstLateDay(ask: Ask): number {
  return Math.max(ask.due + 1, ask.earliest);
}
