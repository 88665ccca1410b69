import { refusalsOf } from '@guoku/service';

/** Everything that the forecast service may refuse, in order of precedence. */
export const refuse = refusalsOf({
  division_differs: {
    http: 403,
    grpc: 'PERMISSION_DENIED',
    zh: '只能导入本人所属的区划 {mofDivCode}',
    en: 'only the division {mofDivCode} of the token can be imported',
  },
  account_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '本区划没有账户 {accountCode}',
    en: 'the division has no account {accountCode}',
  },
  pool_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '本区划没有资金池 {poolCode}',
    en: 'the division has no pool {poolCode}',
  },
  pool_cycle: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '资金池 {poolCode} 的上级构成循环',
    en: 'the parents of pool {poolCode} form a circle',
  },
  statement_differs: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '账户 {accountCode} {date} 的库存日报已收到，内容不同',
    en: 'a statement of account {accountCode} for {date} with other figures is already here',
  },
  statement_not_balanced: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '上日余额 {opening} 加收入 {receipts} 减支出 {payments} 不等于本日余额 {closing}',
    en: 'opening {opening} plus receipts {receipts} less payments {payments} is not closing {closing}',
  },
  statement_chain_broken: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '上日余额应为 {expected}（{previousDate} 的余额），现为 {opening}',
    en: 'opening should be {expected}, the closing of {previousDate}, is {opening}',
  },
  statement_out_of_order: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '账户 {accountCode} 已有 {previousDate} 的日报，不能再收更早的日报',
    en: 'account {accountCode} already has the statement of {previousDate}; an earlier one cannot follow',
  },
  flow_differs: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '{day} 的 {series} 已有记录 {recorded}，与 {amount} 不同',
    en: '{series} of {day} is already recorded as {recorded}, not {amount}',
  },
  nothing_stated: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '本区划尚无账户的库存日报',
    en: 'no account of the division has a statement yet',
  },
  statement_missing: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '账户 {accountCode} 没有 {origin} 的库存日报，无法得知期初库款',
    en: 'account {accountCode} has no statement of {origin}: the opening cash is not known',
  },
  committed_past: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '已定支出的日期 {day} 不在预测起点 {origin} 之后',
    en: 'the day {day} of a committed outflow is not after {origin}, where the forecast begins',
  },
  history_missing: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '{origin} 以前没有任何收支记录，无法预测',
    en: 'there are no flows up to {origin} to forecast from',
  },
  id_taken: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '编号 {id} 已属于另一项记录',
    en: 'the id {id} names another record',
  },
  not_found: { http: 404, grpc: 'NOT_FOUND', zh: '没有这项记录', en: 'there is no such thing' },
});
