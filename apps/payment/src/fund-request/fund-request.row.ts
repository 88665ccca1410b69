import { dayOf } from '@guoku/calendar';
import type {
  BudgetLine,
  FundRequest,
  QuotaRefusal,
  RequestContent,
  RequestEvent,
  RequestStage,
} from '@guoku/domain-payment';
import { Money } from '@guoku/money';

/** Columns of `fund_request` as they are read; money is text, accounts are sealed. */
export interface FundRequestRow {
  readonly id: string;
  readonly stage: Exclude<RequestStage, 'absent'>;
  readonly bgtId: string;
  readonly agencyCode: string;
  readonly amount: string;
  readonly earliest: string | null;
  readonly due: string;
  readonly latest: string;
  readonly divisible: boolean;
  readonly minPart: string | null;
  readonly purpose: string;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly payeeBankCode: string;
  readonly reference: string | null;
  readonly editors: readonly string[];
  readonly enteredAt: string;
  readonly submittedAt: string | null;
  readonly carriedFrom: string | null;
  readonly continuedAs: string | null;
  readonly note: string | null;
  readonly quotaRefusal: { code: string; detail: QuotaRefusal['detail']; available: string } | null;
  readonly line: BudgetLine | null;
  readonly tier: number | null;
  readonly urgency: number | null;
  readonly poolCode: string | null;
  readonly paid: string;
  readonly inFlight: string;
  readonly awaitingQuota: string;
  readonly closed: string;
  readonly lapsed: string;
  readonly declinedOn: string | null;
  readonly version: number;
}

/** Columns that change, and how `jsonb_to_recordset` reads them; name in SQL, name here, type. */
const COLUMNS = [
  ['id', 'id', 'uuid'],
  ['stage', 'stage', 'text'],
  ['bgt_id', 'bgtId', 'uuid'],
  ['agency_code', 'agencyCode', 'text'],
  ['amount', 'amount', 'numeric'],
  ['earliest', 'earliest', 'date'],
  ['due', 'due', 'date'],
  ['latest', 'latest', 'date'],
  ['divisible', 'divisible', 'boolean'],
  ['min_part', 'minPart', 'numeric'],
  ['purpose', 'purpose', 'text'],
  ['payee_name', 'payeeName', 'text'],
  ['payee_account', 'payeeAccount', 'text'],
  ['payee_bank_code', 'payeeBankCode', 'text'],
  ['reference', 'reference', 'text'],
  ['editors', 'editors', 'text[]'],
  ['entered_at', 'enteredAt', 'timestamptz'],
  ['submitted_at', 'submittedAt', 'timestamptz'],
  ['carried_from', 'carriedFrom', 'uuid'],
  ['continued_as', 'continuedAs', 'uuid'],
  ['note', 'note', 'text'],
  ['quota_refusal', 'quotaRefusal', 'jsonb'],
  ['line', 'line', 'jsonb'],
  ['tier', 'tier', 'integer'],
  ['urgency', 'urgency', 'integer'],
  ['pool_code', 'poolCode', 'text'],
  ['paid', 'paid', 'numeric'],
  ['in_flight', 'inFlight', 'numeric'],
  ['awaiting_quota', 'awaitingQuota', 'numeric'],
  ['closed', 'closed', 'numeric'],
  ['lapsed', 'lapsed', 'numeric'],
  ['declined_on', 'declinedOn', 'date'],
  ['version', 'version', 'integer'],
] as const;

export const ROW_NAMES = COLUMNS.map(([name]) => name).join(', ');
/** `"camelCase" type` for each column: how rows given as JSON are read. */
export const ROW_TYPES = COLUMNS.map(([, alias, type]) => `"${alias}" ${type}`).join(', ');
export const ROW_VALUES = COLUMNS.map(([, alias]) => `"${alias}"`).join(', ');
export const GIVEN_VALUES = COLUMNS.map(([, alias]) => `given."${alias}"`).join(', ');
export const ROW_COLUMNS = COLUMNS.map(([name, alias]) => `r.${name} as "${alias}"`).join(', ');

/** The request that a row tells. */
export function requestOf(row: FundRequestRow): FundRequest {
  const { id, editors, carriedFrom } = row;
  const asked = { id, editors, carriedFrom, content: contentOf(row) };
  switch (row.stage) {
    case 'entered':
    case 'submitted':
      return { ...asked, stage: row.stage };
    case 'returned-to-unit':
      return { ...asked, stage: row.stage, note: row.note ?? '' };
    case 'refused': {
      const { quotaRefusal } = row;
      if (quotaRefusal === null) throw new Error(`request ${id} was refused without a reason`);
      const because = { ...quotaRefusal, available: Money.of(quotaRefusal.available) };
      return { ...asked, stage: row.stage, because };
    }
    default: {
      const { stage, line, continuedAs } = row;
      const books = {
        amount: Money.of(row.amount),
        paid: Money.of(row.paid),
        inFlight: Money.of(row.inFlight),
        awaitingQuota: Money.of(row.awaitingQuota),
        closed: Money.of(row.closed),
        lapsed: Money.of(row.lapsed),
      };
      return { ...asked, stage, line, books, continuedAs };
    }
  }
}

function contentOf(row: FundRequestRow): RequestContent {
  return {
    bgtId: row.bgtId,
    agencyCode: row.agencyCode,
    amount: Money.of(row.amount),
    earliest: row.earliest === null ? null : dayOf(row.earliest),
    due: dayOf(row.due),
    latest: dayOf(row.latest),
    divisible: row.divisible,
    minPart: row.minPart === null ? null : Money.of(row.minPart),
    purpose: row.purpose,
    payee: { name: row.payeeName, account: row.payeeAccount, bankCode: row.payeeBankCode },
    reference: row.reference,
  };
}

/** What a row holds of a request's state; the rest (times, classification, version) is the shell's. */
export function stateColumns(state: Exclude<FundRequest, { stage: 'absent' }>) {
  const { content } = state;
  const books = 'books' in state ? state.books : null;
  return {
    id: state.id,
    stage: state.stage,
    bgtId: content.bgtId,
    agencyCode: content.agencyCode,
    amount: content.amount.toString(),
    earliest: content.earliest,
    due: content.due,
    latest: content.latest,
    divisible: content.divisible,
    minPart: content.minPart?.toString() ?? null,
    purpose: content.purpose,
    payeeName: content.payee.name,
    payeeAccount: content.payee.account,
    payeeBankCode: content.payee.bankCode,
    reference: content.reference,
    editors: state.editors,
    carriedFrom: state.carriedFrom,
    continuedAs: 'continuedAs' in state ? state.continuedAs : null,
    note: state.stage === 'returned-to-unit' ? state.note : null,
    quotaRefusal:
      state.stage === 'refused'
        ? { ...state.because, available: state.because.available.toString() }
        : null,
    line: 'line' in state ? state.line : null,
    paid: books?.paid.toString() ?? '0.00',
    inFlight: books?.inFlight.toString() ?? '0.00',
    awaitingQuota: books?.awaitingQuota.toString() ?? '0.00',
    closed: books?.closed.toString() ?? '0.00',
    lapsed: books?.lapsed.toString() ?? '0.00',
  };
}

/** A value as JSON keeps it: amounts are text. */
type Kept<T> = T extends Money
  ? string
  : T extends string | null
    ? T
    : T extends object
      ? { readonly [Member in keyof T]: Kept<T[Member]> }
      : T;

export type KeptRequestEvent = Kept<RequestEvent>;

/** An event as it was logged. */
export function requestEventOf(kept: KeptRequestEvent): RequestEvent {
  switch (kept.type) {
    case 'entered':
    case 'amended':
    case 'continued':
      return { ...kept, content: keptContent(kept.content) };
    case 'refused': {
      const { because } = kept;
      return { ...kept, because: { ...because, available: Money.of(because.available) } };
    }
    case 'returned-to-unit':
    case 'submitted':
    case 'held':
    case 'withdrawn':
      return kept;
    default:
      return { ...kept, amount: Money.of(kept.amount) };
  }
}

function keptContent(kept: Kept<RequestContent>): RequestContent {
  const { amount, minPart } = kept;
  return {
    ...kept,
    amount: Money.of(amount),
    minPart: minPart === null ? null : Money.of(minPart),
  };
}
