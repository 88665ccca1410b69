import type { Money } from '@guoku/money';
import { type Entry, move } from './voucher.js';

/**
 * Two-phase use of what is available. A hold sets an amount aside; then it is spent in parts or its
 * rest is released. A part that comes back is restored: the hold stands again for it. At any time
 *
 *     held in all = rest + spent in parts that stand + released
 *
 * and nothing is spent that was not held before.
 */

export interface Hold {
  readonly id: string;
  /** What was asked for, kept to tell a repetition from another hold with the same id. */
  readonly amount: Money;
  /** Still set aside. */
  readonly rest: Money;
  readonly parts: ReadonlyMap<string, Part>;
}

export interface Part {
  readonly amount: Money;
  readonly restored: boolean;
}

/** The slice that a decision needs: what can still be held, and the one hold it is about. */
export interface HoldState {
  readonly available: Money;
  readonly hold: Hold | undefined;
}

export type HoldCommand =
  | { readonly type: 'hold'; readonly holdId: string; readonly amount: Money }
  | { readonly type: 'spend'; readonly partId: string; readonly amount: Money }
  | { readonly type: 'restore'; readonly partId: string }
  | { readonly type: 'release' };

export type HoldMovement =
  | { readonly type: 'held'; readonly holdId: string; readonly amount: Money }
  | { readonly type: 'spent'; readonly partId: string; readonly amount: Money }
  | { readonly type: 'restored'; readonly partId: string; readonly amount: Money }
  | { readonly type: 'released'; readonly amount: Money };

/** Why a command is refused, in order of precedence. */
export type HoldRefusal =
  | 'amount_not_positive'
  | 'hold_differs'
  | 'hold_unknown'
  | 'part_differs'
  | 'part_unknown'
  | 'exceeds_available'
  | 'exceeds_rest';

export type HoldDecision =
  | { readonly ok: true; readonly movements: readonly HoldMovement[] }
  | { readonly ok: false; readonly refusal: HoldRefusal };

/** What a command does. One that repeats what already happened is accepted and moves nothing. */
export function decideHold(state: HoldState, command: HoldCommand): HoldDecision {
  if ('amount' in command && !command.amount.isPositive()) return refuse('amount_not_positive');

  const { hold } = state;
  if (command.type === 'hold') return decideNewHold(state, command);
  if (!hold) return refuse('hold_unknown');

  switch (command.type) {
    case 'spend': {
      const part = hold.parts.get(command.partId);
      if (part) return part.amount.equals(command.amount) ? moves() : refuse('part_differs');
      if (command.amount.compare(hold.rest) > 0) return refuse('exceeds_rest');

      return moves({ type: 'spent', partId: command.partId, amount: command.amount });
    }
    case 'restore': {
      const part = hold.parts.get(command.partId);
      if (!part) return refuse('part_unknown');
      if (part.restored) return moves();

      return moves({ type: 'restored', partId: command.partId, amount: part.amount });
    }
    case 'release':
      return hold.rest.isZero() ? moves() : moves({ type: 'released', amount: hold.rest });
  }
}

/** The state after a movement that {@link decideHold} decided. */
export function evolveHold(state: HoldState, movement: HoldMovement): HoldState {
  const { available, hold } = state;
  if (movement.type === 'held') {
    const { holdId: id, amount } = movement;
    return {
      available: available.minus(amount),
      hold: { id, amount, rest: amount, parts: new Map() },
    };
  }
  if (!hold) throw new Error(`a hold is ${movement.type} that was never made`);

  switch (movement.type) {
    case 'spent': {
      const { partId, amount } = movement;
      const parts = new Map(hold.parts).set(partId, { amount, restored: false });
      return { available, hold: { ...hold, rest: hold.rest.minus(amount), parts } };
    }
    case 'restored': {
      const { partId, amount } = movement;
      const parts = new Map(hold.parts).set(partId, { amount, restored: true });
      return { available, hold: { ...hold, rest: hold.rest.plus(amount), parts } };
    }
    case 'released': {
      const { amount } = movement;
      const rest = hold.rest.minus(amount);
      return { available: available.plus(amount), hold: { ...hold, rest } };
    }
  }
}

/** The keys of the three credit accounts that a hold moves between. */
export interface HoldAccounts {
  readonly available: string;
  readonly held: string;
  readonly spent: string;
}

/** The entries that record a movement. */
export function entriesOf(movement: HoldMovement, accounts: HoldAccounts): Entry[] {
  const { available, held, spent } = accounts;
  switch (movement.type) {
    case 'held':
      return move(available, held, movement.amount);
    case 'spent':
      return move(held, spent, movement.amount);
    case 'restored':
      return move(spent, held, movement.amount);
    case 'released':
      return move(held, available, movement.amount);
  }
}

function decideNewHold(
  { available, hold }: HoldState,
  { holdId, amount }: { holdId: string; amount: Money },
): HoldDecision {
  if (hold)
    return hold.id === holdId && hold.amount.equals(amount) ? moves() : refuse('hold_differs');
  if (amount.compare(available) > 0) return refuse('exceeds_available');

  return moves({ type: 'held', holdId, amount });
}

function moves(...movements: HoldMovement[]): HoldDecision {
  return { ok: true, movements };
}

function refuse(refusal: HoldRefusal): HoldDecision {
  return { ok: false, refusal };
}
