import type { Money } from '@guoku/money';

/** What may be cancelled: a receipt of the treasury or a collection from a payer. */
export interface Reversible {
  readonly amount: Money;
  /** What it cancels itself, or null. */
  readonly reversalOf: string | null;
  /** What cancelled it, or null. */
  readonly reversedBy: string | null;
}

/** Why a reversal is refused, in order of precedence. */
export const REVERSAL_REFUSALS = ['entry_unknown', 'reversal_of_reversal'] as const;
export type ReversalRefusal = (typeof REVERSAL_REFUSALS)[number];

export type ReversalDecision =
  | { readonly ok: true; readonly amount: Money }
  /** It has been reversed before, and nothing happens. */
  | { readonly ok: true; readonly earlier: string }
  | { readonly ok: false; readonly refusal: ReversalRefusal };

/** Cancels an entry by its negated amount, once. A reversal is not reversed: the entry is made anew. */
export function decideReversal(entry: Reversible | undefined): ReversalDecision {
  if (!entry) return { ok: false, refusal: 'entry_unknown' };
  if (entry.reversalOf !== null) return { ok: false, refusal: 'reversal_of_reversal' };
  if (entry.reversedBy !== null) return { ok: true, earlier: entry.reversedBy };
  return { ok: true, amount: entry.amount.negated() };
}
