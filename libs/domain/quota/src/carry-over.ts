import type { Money } from '@guoku/money';
import { decideHold, type HoldDecision, type HoldEvent, type HoldState } from './hold.js';
import { evolveLine } from './movement.js';

export interface CarryOver {
  readonly nextRequestId: string;
  readonly amount: Money;
  readonly fiscalYear: number;
}

export type CarryOverDecision =
  | {
      readonly ok: true;
      /** Of the hold that ends. */
      readonly ended: readonly HoldEvent[];
      /** Of the hold that goes on. */
      readonly next: readonly HoldEvent[];
    }
  | Extract<HoldDecision, { ok: false }>;

/**
 * Moves what a request still holds to the request that goes on with it, in one step: nobody can take it in between. A
 * frozen line does not stop it, since freezing stops at what is held; another fiscal year does.
 *
 * @param state the line and the hold that ends
 * @param next the hold that goes on, where it was made before
 */
export function carryOver(
  state: HoldState,
  next: HoldState['hold'],
  { nextRequestId, amount, fiscalYear }: CarryOver,
): CarryOverDecision {
  const released = decideHold(state, { type: 'release', byRequest: true });
  if (!released.ok) return released;
  const { line: before, hold } = state;
  if (!before || !hold) return { ok: false, refusal: 'hold_unknown' };
  if (!next && amount.compare(hold.held) > 0) return { ok: false, refusal: 'hold_exceeded' };

  const line = { ...evolveLine(before, released.events), isFrozen: false };
  const held = decideHold(
    { line, hold: next, part: undefined },
    { type: 'hold', requestId: nextRequestId, amount, fiscalYear },
  );
  return held.ok ? { ok: true, ended: released.events, next: held.events } : held;
}
