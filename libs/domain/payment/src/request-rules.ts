import { monthOf, type Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import type { BudgetLine } from './budget-line.js';
import { accepted, refused, type Decision } from './decision.js';
import type { FundRequest, QuotaRefusal, RequestContent, RequestEvent } from './fund-request.js';
import { outstanding, type RequestBooks } from './request-books.js';

export type RequestCommand =
  | { type: 'enter'; id: string; content: RequestContent; by: string }
  | { type: 'amend'; content: RequestContent; by: string }
  | { type: 'review'; decision: 'submit' | 'return'; note: string; by: string }
  | { type: 'withdraw'; by: string; reason: string | null }
  | { type: 'carry-over'; nextRequestId: string; month: string; due: Day; latest: Day; by: string }
  /** Quota's answers; they may come twice or after the request has gone on. */
  | { type: 'hear-held'; line: BudgetLine; amount: Money }
  | { type: 'hear-refused'; because: QuotaRefusal; amount: Money }
  | { type: 'hear-released'; amount: Money }
  /** One part leaves for the bank. */
  | { type: 'start-payment'; paymentId: string; amount: Money };

/** Why a command is refused, in order of precedence. */
export const REQUEST_REFUSALS = [
  'amount_not_positive',
  'latest_before_due',
  'earliest_after_latest',
  'min_part_on_indivisible',
  'min_part_above_amount',
  'request_exists',
  'request_not_amendable',
  'request_not_reviewable',
  'own_entry',
  'note_missing',
  'payment_in_flight',
  'request_not_withdrawable',
  'request_not_held',
  'nothing_outstanding',
  'carried_to_past_month',
  'due_outside_month',
  'above_outstanding',
] as const;
export type RequestRefusal = (typeof REQUEST_REFUSALS)[number];

export type RequestDecision = Decision<RequestEvent, RequestRefusal>;

/** Whether the contents of a request make sense by themselves. */
export function faultOfContent(content: RequestContent): RequestRefusal | null {
  if (!content.amount.isPositive()) return 'amount_not_positive';
  if (content.latest < content.due) return 'latest_before_due';
  if (content.earliest !== null && content.earliest > content.latest) {
    return 'earliest_after_latest';
  }
  if (content.minPart === null) return null;
  if (!content.divisible) return 'min_part_on_indivisible';
  return content.minPart.compare(content.amount) > 0 ? 'min_part_above_amount' : null;
}

export function decideRequest(state: FundRequest, command: RequestCommand): RequestDecision {
  switch (command.type) {
    case 'enter':
      return enter(state, command);
    case 'amend':
      return amend(state, command);
    case 'review':
      return review(state, command);
    case 'withdraw':
      return withdraw(state, command);
    case 'carry-over':
      return carryOver(state, command);
    case 'hear-held':
    case 'hear-refused':
    case 'hear-released':
      return hear(state, command);
    case 'start-payment':
      return startPayment(state, command);
  }
}

type Command<Type extends RequestCommand['type']> = Extract<RequestCommand, { type: Type }>;

function enter(state: FundRequest, { id, content, by }: Command<'enter'>): RequestDecision {
  const fault = faultOfContent(content);
  if (fault !== null) return refused(fault);
  if (state.stage !== 'absent') return refused('request_exists');
  return accepted({ type: 'entered', id, content, by });
}

function amend(state: FundRequest, { content, by }: Command<'amend'>): RequestDecision {
  const fault = faultOfContent(content);
  if (fault !== null) return refused(fault);
  switch (state.stage) {
    case 'entered':
      if (state.editors.at(-1) === by && isSame(state.content, content)) return accepted();
      return accepted({ type: 'amended', content, by });
    case 'returned-to-unit':
    case 'refused':
      return accepted({ type: 'amended', content, by });
    default:
      return refused('request_not_amendable');
  }
}

function isSame(one: RequestContent, other: RequestContent): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function review(state: FundRequest, { decision, note, by }: Command<'review'>): RequestDecision {
  const done = decision === 'submit' ? 'submitted' : 'returned-to-unit';
  if (state.stage === done) return accepted();
  if (state.stage !== 'entered') return refused('request_not_reviewable');
  if (state.editors.includes(by)) return refused('own_entry');
  if (decision === 'submit') return accepted({ type: 'submitted', by });
  return note === '' ? refused('note_missing') : accepted({ type: 'returned-to-unit', note, by });
}

function withdraw(state: FundRequest, { by, reason }: Command<'withdraw'>): RequestDecision {
  if (state.stage === 'withdrawn') return accepted();
  const waiting = ['entered', 'returned-to-unit', 'submitted', 'refused'].includes(state.stage);
  if (waiting) return accepted({ type: 'withdrawn', by, reason });
  if (!('books' in state) || state.stage !== 'held') return refused('request_not_withdrawable');
  if (isOnTheWay(state.books)) return refused('payment_in_flight');
  return accepted({ type: 'withdrawn', by, reason });
}

function carryOver(state: FundRequest, command: Command<'carry-over'>): RequestDecision {
  const { nextRequestId, month, due, latest, by } = command;
  if (!('books' in state)) return refused('request_not_held');
  if (state.stage === 'carried-over' && state.continuedAs === nextRequestId) return accepted();
  if (latest < due) return refused('latest_before_due');
  if (isOnTheWay(state.books)) return refused('payment_in_flight');
  if (state.stage !== 'held') return refused('request_not_held');
  if (state.continuedAs !== null) return refused('nothing_outstanding');
  if (month <= monthOf(state.content.due)) return refused('carried_to_past_month');
  if (monthOf(due) !== month) return refused('due_outside_month');
  const amount = outstanding(state.books);
  return accepted({ type: 'carried-over', nextRequestId, amount, month, by });
}

/** What goes on after a carry-over: the rest, in its new month, under an id of its own. */
export function continuation(
  content: RequestContent,
  { due, latest, amount }: { due: Day; latest: Day; amount: Money },
): RequestContent {
  const minPart =
    content.minPart !== null && content.minPart.compare(amount) > 0 ? amount : content.minPart;
  return { ...content, amount, earliest: null, due, latest, minPart };
}

function hear(
  state: FundRequest,
  command: Command<'hear-held' | 'hear-refused' | 'hear-released'>,
): RequestDecision {
  if (command.type === 'hear-released') {
    if (state.stage !== 'held' || !('books' in state)) return accepted();
    const rest = outstanding(state.books);
    const amount = command.amount.compare(rest) > 0 ? rest : command.amount;
    return amount.isPositive() ? accepted({ type: 'released', amount }) : accepted();
  }
  // An answer to an earlier submission (the amount was amended since) says nothing about this one.
  if (state.stage !== 'submitted' || !state.content.amount.equals(command.amount)) {
    return accepted();
  }
  return command.type === 'hear-held'
    ? accepted({ type: 'held', line: command.line })
    : accepted({ type: 'refused', because: command.because });
}

function startPayment(state: FundRequest, command: Command<'start-payment'>): RequestDecision {
  const { paymentId, amount } = command;
  if (state.stage !== 'held' || !('books' in state)) return refused('request_not_held');
  if (amount.compare(outstanding(state.books)) > 0) return refused('above_outstanding');
  return accepted({ type: 'payment-started', paymentId, amount });
}

function isOnTheWay(books: RequestBooks): boolean {
  return books.inFlight.isPositive() || books.awaitingQuota.isPositive();
}
