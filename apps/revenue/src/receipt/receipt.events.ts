import type { OutgoingEvent } from '@guoku/messaging';
import type { ReceiptRow } from './receipt.row.js';

/** The message that money is in the treasury. */
export function receivedOf(mofDivCode: string, row: ReceiptRow): OutgoingEvent {
  const { receiptId, date, valueDate, accountCode, poolCode, itemCode, fundTypeCode } = row;
  const { agencyCode, amount, reversalOf } = row;
  return {
    type: 'guoku.revenue.received.v1',
    subject: receiptId,
    // A reversal follows its receipt, so that they cannot overtake each other.
    aggregateId: reversalOf ?? receiptId,
    mofDivCode,
    actor: row.actor,
    data: {
      receiptId,
      date,
      valueDate,
      accountCode,
      poolCode,
      itemCode,
      fundTypeCode,
      ...(agencyCode === null ? {} : { agencyCode }),
      amount,
      ...(reversalOf === null ? {} : { reversalOf }),
    },
  };
}
