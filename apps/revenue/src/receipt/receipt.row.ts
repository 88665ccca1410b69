/** A row of `receipt`, as the statements alias it. Amounts are text. */
export interface ReceiptRow {
  readonly receiptId: string;
  readonly date: string;
  readonly valueDate: string;
  readonly accountCode: string;
  readonly poolCode: string;
  readonly itemCode: string;
  readonly fundTypeCode: string;
  readonly agencyCode: string | null;
  readonly amount: string;
  readonly reference: string;
  readonly fileId: string | null;
  readonly reversalOf: string | null;
  readonly reversedBy: string | null;
  readonly reason: string | null;
  readonly actor: string;
  readonly recordedAt: string;
}

export const receiptColumns = `
  r.receipt_id as "receiptId", r.date, r.value_date as "valueDate", r.account_code as "accountCode",
  r.pool_code as "poolCode", r.item_code as "itemCode", r.fund_type_code as "fundTypeCode",
  r.agency_code as "agencyCode", r.amount, r.reference, r.file_id as "fileId",
  r.reversal_of as "reversalOf",
  (select c.receipt_id from receipt c
    where c.mof_div_code = r.mof_div_code and c.reversal_of = r.receipt_id) as "reversedBy",
  r.reason, r.actor, r.recorded_at as "recordedAt"`;

/** A row of `receipt_file`. */
export interface ReceiptFileRow {
  readonly fileId: string;
  readonly name: string;
  readonly sha256: string;
  readonly lineCount: number;
  readonly taken: number;
  readonly total: string;
  readonly date: string;
  readonly actor: string;
  readonly recordedAt: string;
}

export const receiptFileColumns = `
  f.file_id as "fileId", f.name, f.sha256, f.line_count as "lineCount", f.taken, f.total, f.date,
  f.actor, f.recorded_at as "recordedAt"`;
