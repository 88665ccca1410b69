import type { Bill, CashDays } from './simple-rules.js';

/** Cash that would have had to come in besides what came: by `day`, `amount` in all since the first day. In fen. */
export interface MissingCash {
  readonly day: string;
  readonly amount: bigint;
}

/**
 * The least cash that would have had to come in besides what came, so that every bill is paid by its day. Each step
 * says how much in all must be there by that day, and the last one how much that is for the whole month.
 *
 * Exact: all bills can be paid by their days only if on each day what came before it holds what is to be paid by
 * then, and if it does, paying each on its last day is possible. So the least cash by a day is the largest that
 * cumulated bills exceed cumulated cash by, up to that day.
 *
 * @param dayOf until when a bill has to be paid; a day between working days means the last one before it, a day after
 * the month its last one. Bills that fall due after the month are left out.
 */
export function missingCash(
  bills: readonly Bill[],
  { days, opening, receipts }: CashDays,
  dayOf: (bill: Bill) => string,
): MissingCash[] {
  const wanted = days.map(() => 0n);
  for (const bill of bills) {
    if (bill.due > (days.at(-1) ?? '')) continue;
    const place = Math.max(
      0,
      days.findLastIndex((day) => day <= dayOf(bill)),
    );
    wanted[place] = (wanted[place] ?? 0n) + bill.amount;
  }
  const steps: MissingCash[] = [];
  let left = opening;
  let most = 0n;
  days.forEach((day, index) => {
    left -= wanted[index] ?? 0n;
    if (-left > most) {
      most = -left;
      steps.push({ day, amount: most });
    }
    left += receipts[index] ?? 0n;
  });
  return steps;
}
