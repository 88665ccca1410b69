import type { Money } from '@guoku/money';

/**
 * Money that came into the treasury account 国库收入, one line of the treasury's daily report 收入日报. A receipt never
 * changes. A wrong one is cancelled by a reversal: a receipt of the negated amount that names it.
 */
export interface Receipt {
  readonly receiptId: string;
  /** Day on which the money was in the account. */
  readonly valueDate: string;
  readonly accountCode: string;
  /** Revenue item 收入科目. */
  readonly itemCode: string;
  readonly fundTypeCode: string;
  /** Unit 执收单位, where the report names one. */
  readonly agencyCode: string | null;
  /** Negative for a refund that the report shows. */
  readonly amount: Money;
  /** The treasury's own number of the line: one account, value date and reference are one receipt. */
  readonly reference: string;
}

/** What is known when a line is taken in. */
export interface ReceiptState {
  /** The receipt that has the line's account, value date and reference. */
  readonly sameReference: Receipt | undefined;
  /** The receipt that has the line's id. */
  readonly sameId: Receipt | undefined;
  readonly knowsAccount: boolean;
  /** The code tables of the fiscal year that the value date lies in. */
  readonly knowsItem: boolean;
  readonly knowsFundType: boolean;
  readonly knowsAgency: boolean;
  /** The division's open business day. */
  readonly today: string;
}

/** Why a line is refused, in order of precedence. */
export const RECEIPT_REFUSALS = [
  'receipt_differs',
  'account_unknown',
  'item_unknown',
  'fund_type_unknown',
  'agency_unknown',
  'amount_zero',
  'value_date_ahead',
] as const;
export type ReceiptRefusal = (typeof RECEIPT_REFUSALS)[number];

export type ReceiptDecision =
  /** `repeated`: it is here already, and nothing happens. */
  | { readonly ok: true; readonly receipt: Receipt; readonly repeated: boolean }
  | { readonly ok: false; readonly refusal: ReceiptRefusal };

/** Takes in one line. The same line again counts once; its reference with another content is refused. */
export function decideReceipt(state: ReceiptState, line: Receipt): ReceiptDecision {
  const earlier = state.sameReference ?? state.sameId;
  if (earlier) {
    if (!isSame(earlier, line)) return refuse('receipt_differs');
    return { ok: true, receipt: earlier, repeated: true };
  }
  if (!state.knowsAccount) return refuse('account_unknown');
  if (!state.knowsItem) return refuse('item_unknown');
  if (!state.knowsFundType) return refuse('fund_type_unknown');
  if (!state.knowsAgency) return refuse('agency_unknown');
  if (line.amount.isZero()) return refuse('amount_zero');
  if (line.valueDate > state.today) return refuse('value_date_ahead');
  return { ok: true, receipt: line, repeated: false };
}

/** The content of two lines is the same; the id is ours and does not count. */
function isSame(earlier: Receipt, line: Receipt): boolean {
  return (
    earlier.reference === line.reference &&
    earlier.valueDate === line.valueDate &&
    earlier.accountCode === line.accountCode &&
    earlier.itemCode === line.itemCode &&
    earlier.fundTypeCode === line.fundTypeCode &&
    earlier.agencyCode === line.agencyCode &&
    earlier.amount.equals(line.amount)
  );
}

function refuse(refusal: ReceiptRefusal): ReceiptDecision {
  return { ok: false, refusal };
}
