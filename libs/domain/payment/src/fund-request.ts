import { monthOf, type Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import type { BudgetLine } from './budget-line.js';
import type { Sentence } from './decision.js';
import { moved, openBooks, outstanding, stageOf, type RequestBooks } from './request-books.js';

/**
 * A fund request 用款申请: a unit asks that so much of one quota line be paid by a day.
 *
 * entered → its section returns it to the unit, or submits it → quota holds it, or refuses it. A request
 * that was returned or refused may be amended, and is then entered again. A held one is paid in parts by
 * the plans in force until nothing is left, or is withdrawn, or carried over to a later month as a request
 * of its own. Money that comes back within the fiscal year opens it again; in a later year it lapses.
 */
export type FundRequest =
  | { readonly stage: 'absent' }
  | (Asked & { readonly stage: 'entered' })
  | (Asked & { readonly stage: 'returned-to-unit'; readonly note: string })
  | (Asked & { readonly stage: 'submitted' })
  | (Asked & { readonly stage: 'refused'; readonly because: QuotaRefusal })
  | (Asked & {
      readonly stage: 'held' | 'paid' | 'withdrawn' | 'carried-over' | 'lapsed';
      /** None where it was withdrawn before quota held it. */
      readonly line: BudgetLine | null;
      readonly books: RequestBooks;
      /** The request that goes on with what was carried over. */
      readonly continuedAs: string | null;
    });

export type RequestStage = FundRequest['stage'];

export interface Asked {
  readonly id: string;
  readonly content: RequestContent;
  /** Who entered or amended it, the latest last: none of them reviews it. */
  readonly editors: readonly string[];
  /** The request whose rest this one goes on with. */
  readonly carriedFrom: string | null;
}

export interface RequestContent {
  readonly bgtId: string;
  readonly agencyCode: string;
  readonly amount: Money;
  readonly earliest: Day | null;
  readonly due: Day;
  readonly latest: Day;
  readonly divisible: boolean;
  /** Least size of a part; only where it is divisible. */
  readonly minPart: Money | null;
  readonly purpose: string;
  readonly payee: Payee;
  readonly reference: string | null;
}

export interface Payee {
  readonly name: string;
  /** Sealed at the door; rules never look inside. */
  readonly account: string;
  readonly bankCode: string;
}

export interface QuotaRefusal {
  readonly code: string;
  readonly detail: Sentence;
  readonly available: Money;
}

export type RequestEvent =
  | { type: 'entered'; id: string; content: RequestContent; by: string }
  | { type: 'amended'; content: RequestContent; by: string }
  | { type: 'returned-to-unit'; note: string; by: string }
  | { type: 'submitted'; by: string }
  | { type: 'continued'; id: string; content: RequestContent; from: string; by: string }
  | { type: 'held'; line: BudgetLine }
  | { type: 'refused'; because: QuotaRefusal }
  | { type: 'withdrawn'; by: string; reason: string | null }
  | { type: 'released'; amount: Money }
  | { type: 'carried-over'; nextRequestId: string; amount: Money; month: string; by: string }
  | { type: 'payment-started'; paymentId: string; amount: Money }
  | { type: 'payment-stopped'; paymentId: string; amount: Money }
  | { type: 'payment-settled'; paymentId: string; amount: Money }
  | { type: 'payment-returned'; paymentId: string; amount: Money }
  | { type: 'quota-restored'; paymentId: string; amount: Money }
  | { type: 'quota-lapsed'; paymentId: string; amount: Money };

/** The month in which a request is planned and counted: that of its due day. */
export function requestMonth(content: Pick<RequestContent, 'due'>): string {
  return monthOf(content.due);
}

/** A request after an event. An event that its stage cannot have is a bug, and thrown. */
export function evolveRequest(state: FundRequest, event: RequestEvent): FundRequest {
  switch (event.type) {
    case 'entered':
      return { ...asked(event, null), stage: 'entered' };
    case 'continued':
      return { ...asked(event, event.from), stage: 'submitted' };
    case 'amended':
      return {
        ...askedOf(state),
        stage: 'entered',
        content: event.content,
        editors: [...askedOf(state).editors.filter((editor) => editor !== event.by), event.by],
      };
    case 'returned-to-unit':
      return { ...askedOf(state), stage: 'returned-to-unit', note: event.note };
    case 'submitted':
      return { ...askedOf(state), stage: 'submitted' };
    case 'refused':
      return { ...askedOf(state), stage: 'refused', because: event.because };
    case 'held':
      return {
        ...askedOf(state),
        stage: 'held',
        line: event.line,
        books: openBooks(askedOf(state).content.amount),
        continuedAs: null,
      };
    default:
      return withBooks(state, event);
  }
}

type BooksEvent = Extract<
  RequestEvent,
  {
    type:
      | 'withdrawn'
      | 'released'
      | 'carried-over'
      | `payment-${string}`
      | 'quota-restored'
      | 'quota-lapsed';
  }
>;

function withBooks(state: FundRequest, event: BooksEvent): FundRequest {
  const known = askedOf(state);
  const before = 'books' in state ? state.books : openBooks(known.content.amount);
  const books = booksAfter(before, event);
  const earlier = 'continuedAs' in state ? state.continuedAs : null;
  const continuedAs = event.type === 'carried-over' ? event.nextRequestId : earlier;
  const line = 'line' in state ? state.line : null;
  return { ...known, stage: stageOf(books, continuedAs), line, books, continuedAs };
}

function booksAfter(books: RequestBooks, event: BooksEvent): RequestBooks {
  switch (event.type) {
    case 'withdrawn':
      return moved(books, outstanding(books), 'outstanding', 'closed');
    case 'released':
    case 'carried-over':
      return moved(books, event.amount, 'outstanding', 'closed');
    case 'payment-started':
      return moved(books, event.amount, 'outstanding', 'inFlight');
    case 'payment-stopped':
      return moved(books, event.amount, 'inFlight', 'outstanding');
    case 'payment-settled':
      return moved(books, event.amount, 'inFlight', 'paid');
    case 'payment-returned':
      return moved(books, event.amount, 'paid', 'awaitingQuota');
    case 'quota-restored':
      return moved(books, event.amount, 'awaitingQuota', 'outstanding');
    case 'quota-lapsed':
      return moved(books, event.amount, 'awaitingQuota', 'lapsed');
  }
}

function asked(
  { id, content, by }: { id: string; content: RequestContent; by: string },
  carriedFrom: string | null,
): Asked {
  return { id, content, editors: [by], carriedFrom };
}

function askedOf(state: FundRequest): Asked {
  if (state.stage === 'absent') throw new Error('an event of a request that was never entered');
  const { id, content, editors, carriedFrom } = state;
  return { id, content, editors, carriedFrom };
}
