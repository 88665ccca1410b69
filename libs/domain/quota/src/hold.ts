import { Money } from '@guoku/money';
import type { Line } from './line.js';
import { hasEnded, type Part, placeOf, type Returned } from './part.js';

/**
 * Quota set aside for one fund request 用款申请, and what became of it. At any time
 *
 *     amount = held + in transit + spent + released
 */
export interface Hold {
  /** The request's id; a request has one line and one hold. */
  readonly requestId: string;
  readonly bgtId: string;
  readonly amount: Money;
  readonly held: Money;
  readonly inTransit: Money;
  readonly spent: Money;
  readonly released: Money;
  /** An approved plan has promised it: from then on only its fund request lets it go. */
  readonly isPlanned: boolean;
}

/** The slice that a decision needs. */
export interface HoldState {
  readonly line: Line | undefined;
  readonly hold: Hold | undefined;
  /** The one payment that the command is about. */
  readonly part: Part | undefined;
}

interface OfPayment {
  readonly paymentId: string;
  readonly amount: Money;
}

/** `fiscalYear` is the one in which the money is to be paid. */
export type HoldCommand =
  | {
      readonly type: 'hold';
      readonly requestId: string;
      readonly amount: Money;
      readonly fiscalYear: number;
    }
  /** An officer's release; that of the fund request itself may be of a planned hold. */
  | { readonly type: 'release'; readonly byRequest: boolean }
  | ({ readonly type: 'confirm'; readonly fiscalYear: number } & OfPayment)
  | { readonly type: 'cancel'; readonly paymentId: string }
  | ({ readonly type: 'settle' } & OfPayment)
  | ({ readonly type: 'return'; readonly returned: Exclude<Returned, 'no'> } & OfPayment);

export type HoldEvent =
  | { readonly type: 'held'; readonly requestId: string; readonly amount: Money }
  | { readonly type: 'released'; readonly amount: Money }
  | ({ readonly type: 'confirmed' } & OfPayment)
  | ({ readonly type: 'cancelled' } & OfPayment)
  /** `from`: where the amount stood; held, where the confirmation was missed. */
  | ({ readonly type: 'spent'; readonly from: 'held' | 'in-transit' } & OfPayment)
  /** The bank refused it before any money left. */
  | ({ readonly type: 'rejected'; readonly from: 'held' | 'in-transit' } & OfPayment)
  /** The spending is reversed and held again, unless it was of an earlier year. */
  | ({ readonly type: 'returned'; readonly restored: boolean } & OfPayment)
  /** A return whose settlement is not known yet: kept, nothing moves. */
  | ({ readonly type: 'return-noted'; readonly restored: boolean } & OfPayment);

/** Why a command is refused, in order of precedence. */
export const HOLD_REFUSALS = [
  'line_unknown',
  'amount_not_positive',
  'hold_unknown',
  'hold_differs',
  'hold_ended',
  'hold_planned',
  'payment_unknown',
  'payment_differs',
  'payment_ended',
  'line_frozen',
  'year_not_current',
  'hold_exceeded',
  'available_exceeded',
] as const;
export type HoldRefusal = (typeof HOLD_REFUSALS)[number];

export type HoldDecision =
  | { readonly ok: true; readonly events: readonly HoldEvent[] }
  | { readonly ok: false; readonly refusal: HoldRefusal };

/** What a command does. One that repeats what already happened is accepted and does nothing. */
export function decideHold(state: HoldState, command: HoldCommand): HoldDecision {
  const { line, hold } = state;
  if (!line) return refuse(command.type === 'hold' ? 'line_unknown' : 'hold_unknown');
  if ('amount' in command && !command.amount.isPositive()) return refuse('amount_not_positive');
  if (command.type === 'hold') return decideNewHold(line, hold, command);

  if (!hold) return refuse('hold_unknown');
  if (command.type === 'release') {
    if (hold.held.isZero()) return does();
    if (hold.isPlanned && !command.byRequest) return refuse('hold_planned');
    return does({ type: 'released', amount: hold.held });
  }
  return decidePayment(line, hold, state.part, command);
}

function decideNewHold(
  line: Line,
  hold: Hold | undefined,
  { requestId, amount, fiscalYear }: Extract<HoldCommand, { type: 'hold' }>,
): HoldDecision {
  if (hold) {
    if (hold.bgtId !== line.bgtId || !hold.amount.equals(amount)) return refuse('hold_differs');
    return hold.released.isZero() ? does() : refuse('hold_ended');
  }
  if (line.isFrozen) return refuse('line_frozen');
  if (line.fiscalYear !== fiscalYear) return refuse('year_not_current');
  if (amount.compare(line.balances.available) > 0) return refuse('available_exceeded');

  return does({ type: 'held', requestId, amount });
}

type PaymentCommand = Extract<HoldCommand, { paymentId: string }>;

function decidePayment(
  line: Line,
  hold: Hold,
  part: Part | undefined,
  command: PaymentCommand,
): HoldDecision {
  if (part && part.requestId !== hold.requestId) return refuse('payment_differs');
  if (part && 'amount' in command && !part.amount.equals(command.amount)) {
    return refuse('payment_differs');
  }
  switch (command.type) {
    case 'confirm':
      return decideConfirm(line, hold, part, command);
    case 'cancel':
      return decideCancel(part);
    case 'settle':
      return decideSettle(hold, part, command);
    case 'return':
      return decideReturn(part, command);
  }
}

function decideConfirm(
  line: Line,
  hold: Hold,
  part: Part | undefined,
  { paymentId, amount, fiscalYear }: Extract<HoldCommand, { type: 'confirm' }>,
): HoldDecision {
  if (part?.settled || (part && placeOf(part) === 'in-transit')) return does();
  if (part && hasEnded(part)) return refuse('payment_ended');
  if (line.isFrozen) return refuse('line_frozen');
  if (line.fiscalYear !== fiscalYear) return refuse('year_not_current');
  if (amount.compare(hold.held) > 0) return refuse('hold_exceeded');

  return does({ type: 'confirmed', paymentId, amount });
}

function decideCancel(part: Part | undefined): HoldDecision {
  if (!part) return refuse('payment_unknown');
  if (hasEnded(part)) return refuse('payment_ended');
  const { paymentId, amount } = part;
  return part.confirmed ? does({ type: 'cancelled', paymentId, amount }) : does();
}

function decideSettle(
  hold: Hold,
  part: Part | undefined,
  { paymentId, amount }: Extract<HoldCommand, { type: 'settle' }>,
): HoldDecision {
  if (part?.settled) return does();
  if (part?.returned === 'unsettled') return refuse('payment_ended');
  const from = part && placeOf(part) === 'in-transit' ? 'in-transit' : 'held';
  if (from === 'held' && amount.compare(hold.held) > 0) return refuse('hold_exceeded');

  const spent: HoldEvent = { type: 'spent', paymentId, amount, from };
  if (!part || part.returned === 'no') return does(spent);
  const restored = part.returned === 'same-year';
  return does(spent, { type: 'returned', paymentId, amount, restored });
}

function decideReturn(
  part: Part | undefined,
  { paymentId, amount, returned }: Extract<HoldCommand, { type: 'return' }>,
): HoldDecision {
  if (part?.returned === returned) return does();
  if (part && part.returned !== 'no') return refuse('payment_ended');
  if (returned === 'unsettled') {
    if (part?.settled) return refuse('payment_ended');
    const from = part && placeOf(part) === 'in-transit' ? 'in-transit' : 'held';
    return does({ type: 'rejected', paymentId, amount, from });
  }
  const restored = returned === 'same-year';
  const type = part?.settled ? 'returned' : 'return-noted';
  return does({ type, paymentId, amount, restored });
}

/** The hold after one of its events. */
export function evolveHold(hold: Hold | undefined, event: HoldEvent, bgtId: string): Hold {
  if (event.type === 'held') {
    const { zero } = Money;
    const { requestId, amount } = event;
    const nothing = { inTransit: zero, spent: zero, released: zero, isPlanned: false };
    return { requestId, bgtId, amount, held: amount, ...nothing };
  }
  if (!hold) throw new Error(`a hold is ${event.type} that was never made`);
  const { amount } = event;
  const { held, inTransit, spent, released } = hold;
  switch (event.type) {
    case 'released':
      return { ...hold, held: held.minus(amount), released: released.plus(amount) };
    case 'confirmed':
      return { ...hold, held: held.minus(amount), inTransit: inTransit.plus(amount) };
    case 'cancelled':
      return { ...hold, held: held.plus(amount), inTransit: inTransit.minus(amount) };
    case 'spent':
      return event.from === 'held'
        ? { ...hold, held: held.minus(amount), spent: spent.plus(amount) }
        : { ...hold, inTransit: inTransit.minus(amount), spent: spent.plus(amount) };
    case 'rejected':
      if (event.from === 'held') return hold;
      return { ...hold, held: held.plus(amount), inTransit: inTransit.minus(amount) };
    case 'returned':
      if (!event.restored) return hold;
      return { ...hold, held: held.plus(amount), spent: spent.minus(amount) };
    case 'return-noted':
      return hold;
  }
}

/** The part after one of its payment's events; undefined for events that are of no payment. */
export function evolvePart(
  part: Part | undefined,
  event: HoldEvent,
  requestId: string,
): Part | undefined {
  if (!('paymentId' in event)) return part;
  const { paymentId, amount } = event;
  const known: Part = part ?? {
    paymentId,
    requestId,
    amount,
    confirmed: false,
    settled: false,
    returned: 'no',
  };
  switch (event.type) {
    case 'confirmed':
      return { ...known, confirmed: true };
    case 'cancelled':
      return { ...known, confirmed: false };
    case 'spent':
      return { ...known, settled: true };
    case 'rejected':
      return { ...known, returned: 'unsettled' };
    case 'returned':
    case 'return-noted':
      return { ...known, returned: event.restored ? 'same-year' : 'earlier-year' };
  }
}

function does(...events: HoldEvent[]): HoldDecision {
  return { ok: true, events };
}

function refuse(refusal: HoldRefusal): HoldDecision {
  return { ok: false, refusal };
}
