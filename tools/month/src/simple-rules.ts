/** Two rules that a treasury without a planner might follow, on the same cash, for comparison. Amounts in fen. */

export interface Bill {
  readonly reference: string;
  readonly tier: number;
  readonly amount: bigint;
  readonly due: string;
  /** Last day on which it is still of use. */
  readonly latest: string;
}

export interface CashDays {
  readonly days: readonly string[];
  /** Cash on the morning of the first day. */
  readonly opening: bigint;
  /** What really came in on each day; it can be paid out from the next day on. */
  readonly receipts: readonly bigint[];
}

/** On which day each bill was paid, by reference; a bill that is missing was not paid. */
export type PaidOn = ReadonlyMap<string, string>;

/**
 * First come, first served: bills queue by due day, then as printed, and the first in the queue waits until there is
 * cash for the whole of it; nobody overtakes.
 */
export function firstComeFirstServed(bills: readonly Bill[], cash: CashDays): PaidOn {
  return payQueue(
    bills.map((bill) => [bill]),
    cash,
  );
}

/** A whole day's bills only when all of that day can be paid: what the Treasury itself considered in 2011. */
export function wholeDays(bills: readonly Bill[], cash: CashDays): PaidOn {
  return payQueue([...Map.groupBy(bills, ({ due }) => due).values()], cash);
}

function payQueue(bundles: readonly (readonly Bill[])[], cash: CashDays): PaidOn {
  const queue = [...bundles].sort(([a], [b]) =>
    (a?.due ?? '') < (b?.due ?? '') ? -1 : a?.due === b?.due ? 0 : 1,
  );
  const paid = new Map<string, string>();
  let left = cash.opening;
  cash.days.forEach((day, index) => {
    for (
      let first = queue[0];
      first !== undefined && (first[0]?.due ?? '') <= day;
      first = queue[0]
    ) {
      const whole = first.reduce((sum, { amount }) => sum + amount, 0n);
      if (whole > left) break;
      left -= whole;
      for (const { reference } of first) paid.set(reference, day);
      queue.shift();
    }
    left += cash.receipts[index] ?? 0n;
  });
  return paid;
}
