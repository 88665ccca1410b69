import type { Money } from '@guoku/money';

/** The treasury's daily report of one account 库存日报 (message 3402). */
export interface Statement {
  readonly date: string;
  readonly opening: Money;
  readonly receipts: Money;
  readonly payments: Money;
  readonly closing: Money;
}

export type StatementRefusal =
  | 'statement_differs'
  | 'statement_not_balanced'
  | 'statement_out_of_order'
  | 'statement_chain_broken';

export type StatementDecision =
  | { readonly ok: true; readonly isNew: boolean }
  | { readonly ok: false; readonly refusal: StatementRefusal };

/**
 * Whether a statement may be taken in.
 * @param same the statement of the same account and day that is already here
 * @param latest the latest statement of the account, if any
 */
export function decideStatement(
  statement: Statement,
  same: Statement | undefined,
  latest: Statement | undefined,
): StatementDecision {
  if (same !== undefined) {
    return isSame(statement, same)
      ? { ok: true, isNew: false }
      : { ok: false, refusal: 'statement_differs' };
  }
  const moved = statement.opening.plus(statement.receipts).minus(statement.payments);
  if (!moved.equals(statement.closing)) return { ok: false, refusal: 'statement_not_balanced' };
  if (latest !== undefined) {
    if (latest.date > statement.date) return { ok: false, refusal: 'statement_out_of_order' };
    if (!latest.closing.equals(statement.opening))
      return { ok: false, refusal: 'statement_chain_broken' };
  }
  return { ok: true, isNew: true };
}

function isSame(a: Statement, b: Statement): boolean {
  return (
    a.opening.equals(b.opening) &&
    a.receipts.equals(b.receipts) &&
    a.payments.equals(b.payments) &&
    a.closing.equals(b.closing)
  );
}
