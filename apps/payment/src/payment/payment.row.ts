import { dayOf } from '@guoku/calendar';
import type {
  BankReturn,
  PaymentStage,
  PaymentState,
  Sentence,
  Settlement,
} from '@guoku/domain-payment';

/** Columns of `payment` as they are read; money is text. */
export interface PaymentRow {
  readonly id: string;
  readonly instructionId: string;
  readonly planId: string;
  readonly requestId: string;
  readonly partDate: string;
  readonly bgtId: string;
  readonly poolCode: string;
  readonly accountCode: string;
  readonly amount: string;
  readonly stage: PaymentStage;
  readonly day: string;
  readonly instructedBy: string;
  readonly instructedAt: string;
  /** Why nothing is paid; while it is recalled as well. */
  readonly declined: { readonly code: string; readonly detail: Sentence } | null;
  readonly bankReference: string | null;
  readonly valueDate: string | null;
  readonly bookedOn: string | null;
  readonly returnId: string | null;
  readonly returnReference: string | null;
  readonly returnValueDate: string | null;
  readonly returnBookedOn: string | null;
  readonly returnReason: Sentence | null;
  readonly quotaWord: 'awaited' | 'restored' | 'lapsed' | null;
  readonly version: number;
}

const COLUMNS = [
  ['id', 'id', 'uuid'],
  ['instruction_id', 'instructionId', 'uuid'],
  ['plan_id', 'planId', 'uuid'],
  ['request_id', 'requestId', 'uuid'],
  ['part_date', 'partDate', 'date'],
  ['bgt_id', 'bgtId', 'uuid'],
  ['pool_code', 'poolCode', 'text'],
  ['account_code', 'accountCode', 'text'],
  ['amount', 'amount', 'numeric'],
  ['stage', 'stage', 'text'],
  ['day', 'day', 'date'],
  ['instructed_by', 'instructedBy', 'text'],
  ['instructed_at', 'instructedAt', 'timestamptz'],
  ['declined', 'declined', 'jsonb'],
  ['bank_reference', 'bankReference', 'text'],
  ['value_date', 'valueDate', 'date'],
  ['booked_on', 'bookedOn', 'date'],
  ['return_id', 'returnId', 'uuid'],
  ['return_reference', 'returnReference', 'text'],
  ['return_value_date', 'returnValueDate', 'date'],
  ['return_booked_on', 'returnBookedOn', 'date'],
  ['return_reason', 'returnReason', 'jsonb'],
  ['quota_word', 'quotaWord', 'text'],
  ['version', 'version', 'integer'],
] as const;

export const PAYMENT_NAMES = COLUMNS.map(([name]) => name).join(', ');
export const PAYMENT_TYPES = COLUMNS.map(([, alias, type]) => `"${alias}" ${type}`).join(', ');
export const PAYMENT_VALUES = COLUMNS.map(([, alias]) => `given."${alias}"`).join(', ');
export const PAYMENT_COLUMNS = COLUMNS.map(([name, alias]) => `p.${name} as "${alias}"`).join(', ');

/** The payment that a row tells. A column that its stage must have and lacks is a bug, and thrown. */
export function paymentOf(row: PaymentRow): PaymentState {
  switch (row.stage) {
    case 'asked':
    case 'confirmed':
      return { stage: row.stage };
    case 'recalling':
    case 'declined':
      return { stage: row.stage, ...present(row.declined, row) };
    case 'sent':
      return { stage: row.stage, early: row.returnReference === null ? null : backOf(row) };
    case 'refused':
      return { stage: row.stage, refusal: backOf(row) };
    case 'settled':
      return { stage: row.stage, settlement: settlementOf(row) };
    case 'returned':
      return {
        stage: row.stage,
        settlement: settlementOf(row),
        back: backOf(row),
        quota: present(row.quotaWord, row),
      };
  }
}

function settlementOf(row: PaymentRow): Settlement {
  return {
    bankReference: present(row.bankReference, row),
    valueDate: dayOf(present(row.valueDate, row)),
    bookedOn: dayOf(present(row.bookedOn, row)),
  };
}

function backOf(row: PaymentRow): BankReturn {
  return {
    bankReference: present(row.returnReference, row),
    valueDate: dayOf(present(row.returnValueDate, row)),
    bookedOn: dayOf(present(row.returnBookedOn, row)),
    reason: present(row.returnReason, row),
  };
}

function present<Value>(value: Value | null, { id, stage }: PaymentRow): Value {
  if (value === null) throw new Error(`payment ${id} is ${stage} and lacks what that needs`);
  return value;
}

/** What a row holds of a payment's state. */
export function stateColumns(state: PaymentState) {
  const settlement = 'settlement' in state ? state.settlement : null;
  const back = returnOf(state);
  return {
    stage: state.stage,
    declined: 'code' in state ? { code: state.code, detail: state.detail } : null,
    bankReference: settlement?.bankReference ?? null,
    valueDate: settlement?.valueDate ?? null,
    bookedOn: settlement?.bookedOn ?? null,
    returnReference: back?.bankReference ?? null,
    returnValueDate: back?.valueDate ?? null,
    returnBookedOn: back?.bookedOn ?? null,
    returnReason: back?.reason ?? null,
    quotaWord: state.stage === 'returned' ? state.quota : null,
  };
}

function returnOf(state: PaymentState): BankReturn | null {
  switch (state.stage) {
    case 'sent':
      return state.early;
    case 'refused':
      return state.refusal;
    case 'returned':
      return state.back;
    default:
      return null;
  }
}
