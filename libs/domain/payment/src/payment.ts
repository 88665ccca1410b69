import type { Day } from '@guoku/calendar';
import { accepted, refused, type Decision, type Sentence } from './decision.js';

/**
 * One payment: one part of one request, paid once.
 *
 * asked: the part is taken out of the request and quota is asked, for the last time before money leaves.
 * declined: nothing has left, and nothing will: quota said no, or it was recalled. confirmed: quota said yes; from
 * here the bank will get it, however often we crash. recalling: it must not be paid after all, because the bank turned
 * it away or did not have it at cut-off; first the bank is made to forget it, then quota takes its yes back. sent: the
 * bank has it. Then the bank answers: settled, or refused before any
 * money left. A settled one may come back, in days or in another year: returned, and quota says whether
 * the right to spend is restored.
 */
export type PaymentState =
  | { readonly stage: 'asked' }
  | { readonly stage: 'declined'; readonly code: string; readonly detail: Sentence }
  | { readonly stage: 'confirmed' }
  | { readonly stage: 'recalling'; readonly code: string; readonly detail: Sentence }
  /** A return may overtake its settlement; it waits for it here. */
  | { readonly stage: 'sent'; readonly early: BankReturn | null }
  | { readonly stage: 'refused'; readonly refusal: BankReturn }
  | { readonly stage: 'settled'; readonly settlement: Settlement }
  | {
      readonly stage: 'returned';
      readonly settlement: Settlement;
      readonly back: BankReturn;
      readonly quota: 'awaited' | 'restored' | 'lapsed';
    };

export type PaymentStage = PaymentState['stage'];

/** What the bank tells of a settlement; `bookedOn` is our business day. */
export interface Settlement {
  readonly bankReference: string;
  readonly valueDate: Day;
  readonly bookedOn: Day;
}

export interface BankReturn extends Settlement {
  readonly reason: Sentence;
}

export type BankAnswer =
  | { readonly kind: 'settled'; readonly settlement: Settlement }
  | { readonly kind: 'refused'; readonly back: BankReturn }
  | { readonly kind: 'returned'; readonly back: BankReturn };

export type PaymentCommand =
  | { type: 'confirm' }
  | { type: 'decline'; code: string; detail: Sentence }
  | { type: 'send' }
  | { type: 'recall'; code: string; detail: Sentence }
  /** Bank and quota know nothing of it any more. */
  | { type: 'forget' }
  | { type: 'answer'; answer: BankAnswer }
  | { type: 'hear-quota'; restored: boolean };

export type PaymentEvent =
  | { type: 'confirmed' }
  | { type: 'declined'; code: string; detail: Sentence }
  | { type: 'recall-begun'; code: string; detail: Sentence }
  | { type: 'recalled'; code: string; detail: Sentence }
  | { type: 'sent' }
  | { type: 'settled'; settlement: Settlement }
  | { type: 'refused'; refusal: BankReturn }
  | { type: 'return-noted'; back: BankReturn }
  | { type: 'returned'; back: BankReturn }
  | { type: 'quota-heard'; quota: 'restored' | 'lapsed' };

/** Why a command is refused, in order of precedence. */
export const PAYMENT_REFUSALS = ['payment_not_confirmed', 'answer_contradicts'] as const;
export type PaymentRefusal = (typeof PAYMENT_REFUSALS)[number];

export type PaymentDecision = Decision<PaymentEvent, PaymentRefusal>;

export function decidePayment(state: PaymentState, command: PaymentCommand): PaymentDecision {
  switch (command.type) {
    case 'confirm':
      return state.stage === 'asked' ? accepted({ type: 'confirmed' }) : accepted();
    case 'decline':
      return state.stage === 'asked'
        ? accepted({ type: 'declined', code: command.code, detail: command.detail })
        : accepted();
    case 'send':
      return send(state);
    case 'recall':
      return state.stage === 'confirmed'
        ? accepted({ type: 'recall-begun', code: command.code, detail: command.detail })
        : accepted();
    case 'forget':
      return state.stage === 'recalling'
        ? accepted({ type: 'recalled', code: state.code, detail: state.detail })
        : accepted();
    case 'answer':
      return answer(state, command.answer);
    case 'hear-quota':
      return hearQuota(state, command.restored);
  }
}

function send(state: PaymentState): PaymentDecision {
  if (state.stage === 'asked' || state.stage === 'declined') {
    return refused('payment_not_confirmed');
  }
  const isUnsent = state.stage === 'confirmed' || state.stage === 'recalling';
  return isUnsent ? accepted({ type: 'sent' }) : accepted();
}

/** An answer to a payment that we have not yet marked as sent proves that it was: we crashed between. */
function answer(state: PaymentState, told: BankAnswer): PaymentDecision {
  switch (state.stage) {
    case 'asked':
    case 'declined':
      return refused('payment_not_confirmed');
    case 'confirmed':
    case 'recalling':
    case 'sent':
      return firstAnswer(state.stage === 'sent' ? state.early : null, told);
    case 'refused':
      return told.kind === 'refused' ? accepted() : refused('answer_contradicts');
    case 'settled':
      if (told.kind === 'returned') return accepted({ type: 'returned', back: told.back });
      return same(state.settlement, told) ? accepted() : refused('answer_contradicts');
    case 'returned':
      return same(told.kind === 'settled' ? state.settlement : state.back, told)
        ? accepted()
        : refused('answer_contradicts');
  }
}

function firstAnswer(early: BankReturn | null, told: BankAnswer): PaymentDecision {
  switch (told.kind) {
    case 'settled':
      return early === null
        ? accepted({ type: 'settled', settlement: told.settlement })
        : accepted(
            { type: 'settled', settlement: told.settlement },
            { type: 'returned', back: early },
          );
    case 'refused':
      return early === null
        ? accepted({ type: 'refused', refusal: told.back })
        : refused('answer_contradicts');
    case 'returned':
      return early === null ? accepted({ type: 'return-noted', back: told.back }) : accepted();
  }
}

/** The same answer again, told from its bank reference. */
function same(known: Settlement, told: BankAnswer): boolean {
  if (told.kind === 'refused') return false;
  const again = told.kind === 'settled' ? told.settlement : told.back;
  return known.bankReference === again.bankReference;
}

function hearQuota(state: PaymentState, restored: boolean): PaymentDecision {
  if (state.stage !== 'returned' || state.quota !== 'awaited') return accepted();
  return accepted({ type: 'quota-heard', quota: restored ? 'restored' : 'lapsed' });
}

export function evolvePayment(state: PaymentState, event: PaymentEvent): PaymentState {
  switch (event.type) {
    case 'confirmed':
      return { stage: 'confirmed' };
    case 'declined':
    case 'recalled':
      return { stage: 'declined', code: event.code, detail: event.detail };
    case 'recall-begun':
      return { stage: 'recalling', code: event.code, detail: event.detail };
    case 'sent':
      return { stage: 'sent', early: null };
    case 'return-noted':
      return { stage: 'sent', early: event.back };
    case 'settled':
      return { stage: 'settled', settlement: event.settlement };
    case 'refused':
      return { stage: 'refused', refusal: event.refusal };
    case 'returned':
      if (state.stage !== 'settled') throw new Error('only a settled payment comes back');
      return {
        stage: 'returned',
        settlement: state.settlement,
        back: event.back,
        quota: 'awaited',
      };
    case 'quota-heard':
      if (state.stage !== 'returned') throw new Error('quota speaks of returned payments only');
      return { ...state, quota: event.quota };
  }
}
