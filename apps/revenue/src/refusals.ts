import { refusalsOf } from '@guoku/service';

/** Everything that revenue may refuse, in order of precedence within each command. The texts are for officers. */
export const refuse = refusalsOf({
  // Of reference data.
  division_differs: {
    http: 403,
    grpc: 'PERMISSION_DENIED',
    zh: '文件属于区划 {given}，令牌属于区划 {own}',
    en: 'the data are of division {given}, the token of division {own}',
  },
  key_twice: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '{key} 出现两次',
    en: '{key} is there twice',
  },
  // Of the report file, before any of its lines is judged.
  file_faulty: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '文件有错误，未收任何一行，见 errors',
    en: 'the file has faults, so no line was taken in; see errors',
  },
  not_own_unit: {
    http: 403,
    grpc: 'PERMISSION_DENIED',
    zh: '此笔收入属于其他单位',
    en: 'it belongs to another unit',
  },
  // Of receipts and collections: the closed lists of @guoku/domain-revenue, in their order.
  receipt_differs: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '账户 {accountCode} {valueDate} 的 {reference} 已收，内容不同',
    en: '{reference} of account {accountCode} on {valueDate} is here with another content',
  },
  collection_differs: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '缴款书 {billNo} 已缴，内容不同',
    en: 'bill {billNo} has been paid with another content',
  },
  account_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '本区划没有账户 {accountCode}',
    en: 'the division has no account {accountCode}',
  },
  item_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '当年收入科目没有 {itemCode}',
    en: 'the year has no revenue item {itemCode}',
  },
  fund_type_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '当年资金性质没有 {fundTypeCode}',
    en: 'the year has no fund nature {fundTypeCode}',
  },
  agency_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '本区划没有单位 {agencyCode}',
    en: 'the division has no unit {agencyCode}',
  },
  amount_zero: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '金额不得为零',
    en: 'the amount must not be zero',
  },
  amount_not_positive: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '金额须大于零',
    en: 'the amount must be above zero',
  },
  value_date_ahead: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '起息日 {valueDate} 晚于营业日 {today}',
    en: 'value date {valueDate} lies after the business day {today}',
  },
  date_ahead: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '缴款日 {date} 晚于营业日 {today}',
    en: 'the day {date} lies after the business day {today}',
  },
  entry_unknown: { http: 404, grpc: 'NOT_FOUND', zh: '没有这笔收入', en: 'there is no such entry' },
  reversal_of_reversal: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '冲销不得再冲销，请重新录入',
    en: 'a reversal is not reversed; enter it anew',
  },
  // Of reads.
  not_found: { http: 404, grpc: 'NOT_FOUND', zh: '没有找到', en: 'there is no such thing' },
});
