import type { Money } from '@guoku/money';

/** One movement on a treasury account, as the bank prints it or as we booked it. */
export interface AccountMovement {
  readonly paymentId: string;
  readonly direction: 'paid' | 'returned';
  readonly amount: Money;
  readonly bankReference: string;
}

export interface Difference {
  /** missing: we booked it and the bank does not print it; extra: the bank prints it and we have not booked it. */
  readonly kind: 'missing' | 'extra' | 'amount-differs';
  readonly paymentId: string;
  readonly direction: AccountMovement['direction'];
  readonly booked: Money | null;
  readonly printed: Money | null;
}

export interface Comparison {
  readonly agrees: boolean;
  readonly matched: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares the day's movements as booked with the bank's statement 对账, each movement once: the bank's
 * reference and the direction name it.
 */
export function compareWithBank(
  booked: readonly AccountMovement[],
  printed: readonly AccountMovement[],
): Comparison {
  const ours = Map.groupBy(booked, nameOf);
  const theirs = Map.groupBy(printed, nameOf);
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  const differences: Difference[] = [];
  let matched = 0;
  for (const name of names) {
    const left = ours.get(name) ?? [];
    const right = theirs.get(name) ?? [];
    for (let nth = 0; nth < Math.max(left.length, right.length); nth += 1) {
      const difference = differenceOf(left[nth], right[nth]);
      if (difference === null) matched += 1;
      else differences.push(difference);
    }
  }
  return { agrees: differences.length === 0, matched, differences };
}

function differenceOf(
  ours: AccountMovement | undefined,
  theirs: AccountMovement | undefined,
): Difference | null {
  const named = ours ?? theirs;
  if (named === undefined || (ours && theirs?.amount.equals(ours.amount))) return null;
  return {
    kind: ours === undefined ? 'extra' : theirs === undefined ? 'missing' : 'amount-differs',
    paymentId: named.paymentId,
    direction: named.direction,
    booked: ours?.amount ?? null,
    printed: theirs?.amount ?? null,
  };
}

function nameOf({ paymentId, direction, bankReference }: AccountMovement): string {
  return `${paymentId}/${direction}/${bankReference}`;
}
