import type { Money } from '@guoku/money';

/** A payer paid a bill 缴款书 at a collecting bank. The money is not in the treasury yet, so it is no receipt. */
export interface Collection {
  readonly collectionId: string;
  /** One bill is paid once. */
  readonly billNo: string;
  readonly date: string;
  readonly itemCode: string;
  readonly fundTypeCode: string;
  readonly agencyCode: string;
  readonly amount: Money;
}

export interface CollectionState {
  /** The collection of the bill that stands, or the one with this id. */
  readonly earlier: Collection | undefined;
  readonly knowsItem: boolean;
  readonly knowsFundType: boolean;
  readonly knowsAgency: boolean;
  readonly today: string;
}

/** Why a collection is refused, in order of precedence. */
export const COLLECTION_REFUSALS = [
  'collection_differs',
  'item_unknown',
  'fund_type_unknown',
  'agency_unknown',
  'amount_not_positive',
  'date_ahead',
] as const;
export type CollectionRefusal = (typeof COLLECTION_REFUSALS)[number];

export type CollectionDecision =
  | { readonly ok: true; readonly collection: Collection; readonly repeated: boolean }
  | { readonly ok: false; readonly refusal: CollectionRefusal };

/** Notes that a bill was paid. The same again counts once; another content for the same bill is refused. */
export function decideCollection(state: CollectionState, given: Collection): CollectionDecision {
  const { earlier } = state;
  if (earlier) {
    if (!isSame(earlier, given)) return refuse('collection_differs');
    return { ok: true, collection: earlier, repeated: true };
  }
  if (!state.knowsItem) return refuse('item_unknown');
  if (!state.knowsFundType) return refuse('fund_type_unknown');
  if (!state.knowsAgency) return refuse('agency_unknown');
  if (!given.amount.isPositive()) return refuse('amount_not_positive');
  if (given.date > state.today) return refuse('date_ahead');
  return { ok: true, collection: given, repeated: false };
}

function isSame(earlier: Collection, given: Collection): boolean {
  return (
    earlier.billNo === given.billNo &&
    earlier.date === given.date &&
    earlier.itemCode === given.itemCode &&
    earlier.fundTypeCode === given.fundTypeCode &&
    earlier.agencyCode === given.agencyCode &&
    earlier.amount.equals(given.amount)
  );
}

function refuse(refusal: CollectionRefusal): CollectionDecision {
  return { ok: false, refusal };
}
