export {
  type Collection,
  COLLECTION_REFUSALS,
  type CollectionDecision,
  type CollectionRefusal,
  type CollectionState,
  decideCollection,
} from './collection.js';
export {
  decideReceipt,
  type Receipt,
  RECEIPT_REFUSALS,
  type ReceiptDecision,
  type ReceiptRefusal,
  type ReceiptState,
} from './receipt.js';
export {
  readReport,
  REPORT_COLUMNS,
  type ReportColumn,
  type ReportFault,
  type ReportFaultCode,
  type ReportLine,
  type ReportRow,
} from './report-file.js';
export {
  decideReversal,
  REVERSAL_REFUSALS,
  type ReversalDecision,
  type ReversalRefusal,
  type Reversible,
} from './reversal.js';
