/** Columns of table `statement` as they are read; money is text. */
export interface StatementRow {
  readonly id: string;
  readonly accountCode: string;
  readonly poolCode: string;
  readonly date: string;
  readonly opening: string;
  readonly receipts: string;
  readonly payments: string;
  readonly closing: string;
}

export const STATEMENT_COLUMNS = `s.id, s.account_code as "accountCode", a.pool_code as "poolCode", s.date,
  s.opening, s.receipts, s.payments, s.closing`;
