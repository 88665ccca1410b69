import type { Money } from '@guoku/money';

/**
 * One payment's part of a hold. What is known of the payment is kept as facts that only ever become true, and where its
 * amount stands follows from the set of facts alone. So settlement and return may come in any order and any number of
 * times: a return that comes before its settlement waits in its fact.
 */
export interface Part {
  readonly paymentId: string;
  readonly requestId: string;
  readonly amount: Money;
  /** Asked and allowed before the instruction; the asker may take it back until it is sent. */
  readonly confirmed: boolean;
  readonly settled: boolean;
  readonly returned: Returned;
}

/** Which returns are known. `unsettled`: the bank refused it, no money had left. */
export type Returned = 'no' | 'unsettled' | 'same-year' | 'earlier-year';

export const PLACES = ['held', 'in-transit', 'spent'] as const;
export type Place = (typeof PLACES)[number];

/** Where the part's amount stands. */
export function placeOf(part: Part): Place {
  if (part.settled) return part.returned === 'same-year' ? 'held' : 'spent';
  if (part.returned === 'unsettled') return 'held';
  return part.confirmed ? 'in-transit' : 'held';
}

/** Whether the bank has given its last word on it: then nobody confirms it or takes it back. */
export function hasEnded(part: Part): boolean {
  return part.settled || part.returned === 'unsettled';
}
