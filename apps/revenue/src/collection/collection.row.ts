/** A row of `collection`, as the statements alias it. Amounts are text. */
export interface CollectionRow {
  readonly collectionId: string;
  readonly billNo: string;
  readonly date: string;
  readonly itemCode: string;
  readonly fundTypeCode: string;
  readonly agencyCode: string;
  readonly amount: string;
  readonly reversalOf: string | null;
  readonly reversedBy: string | null;
  readonly reason: string | null;
  readonly actor: string;
  readonly recordedAt: string;
}

const reversedBy = `(select c.collection_id from collection c
   where c.mof_div_code = r.mof_div_code and c.reversal_of = r.collection_id)`;

export const collectionColumns = `
  r.collection_id as "collectionId", r.bill_no as "billNo", r.date, r.item_code as "itemCode",
  r.fund_type_code as "fundTypeCode", r.agency_code as "agencyCode", r.amount,
  r.reversal_of as "reversalOf", ${reversedBy} as "reversedBy", r.reason, r.actor,
  r.recorded_at as "recordedAt"`;

/** Condition: the collection stands, it is no reversal and was not cancelled by one. */
export const stands = `r.reversal_of is null and ${reversedBy} is null`;
