import { refusalsOf } from '@guoku/service';

/** Everything that quota may refuse, in order of precedence within each command. The texts are for officers. */
export const refuse = refusalsOf({
  // Of reference data and budget documents.
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
  reference_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '文件中没有 {code}',
    en: 'the import has no {code}',
  },
  code_unknown: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '代码表“{table}”没有 {code}（{fiscalYear} 年度）',
    en: 'code table {table} has no {code} in {fiscalYear}',
  },
  amount_zero: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '金额不得为零',
    en: 'the amount must not be zero',
  },
  line_differs: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '指标 {bgtId} 的要素与此行不同，或这些要素已属于指标 {existing}',
    en: 'line {bgtId} has other dimensions, or these belong to line {existing}',
  },
  line_twice: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '同一文件中两行要素相同（第 {first} 行与第 {second} 行）',
    en: 'two lines of the document have the same dimensions: {first} and {second}',
  },
  budget_exists: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '指标文 {corBgtDocNo} 已录入',
    en: 'document {corBgtDocNo} has been entered already',
  },
  budget_approved: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '指标文已审核',
    en: 'the document has been approved already',
  },
  not_own_unit: {
    http: 403,
    grpc: 'PERMISSION_DENIED',
    zh: '此指标属于其他单位',
    en: 'the line belongs to another unit',
  },
  // Of lines and holds: the closed lists of @guoku/domain-quota, in their order.
  line_unknown: {
    http: 404,
    grpc: 'NOT_FOUND',
    zh: '没有这条指标',
    en: 'there is no such quota line',
  },
  amount_not_positive: {
    http: 422,
    grpc: 'INVALID_ARGUMENT',
    zh: '金额须大于零',
    en: 'the amount must be above zero',
  },
  hold_unknown: {
    http: 404,
    grpc: 'NOT_FOUND',
    zh: '该申请没有占用指标',
    en: 'the request holds no quota',
  },
  hold_differs: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '该申请已占用另一指标或另一金额',
    en: 'the request already holds another amount or line',
  },
  hold_ended: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '该申请的占用已释放，请另提申请',
    en: 'the request let its hold go; make another request',
  },
  hold_planned: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '已批准的资金计划列有该占用，只能由用款申请撤回',
    en: 'an approved plan promised it; only its fund request lets it go',
  },
  payment_unknown: {
    http: 404,
    grpc: 'NOT_FOUND',
    zh: '没有这笔支付的记录',
    en: 'nothing is known of this payment',
  },
  payment_differs: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '这笔支付的金额或申请与已知不符',
    en: 'the payment is known with another amount or request',
  },
  payment_ended: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '银行已对这笔支付作出答复',
    en: 'the bank has given its answer on this payment',
  },
  line_frozen: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '指标已冻结',
    en: 'the line is frozen',
  },
  year_not_current: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '指标年度 {fiscalYear} 与支付年度不同',
    en: 'the line is of {fiscalYear}, the payment of another fiscal year',
  },
  hold_exceeded: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '超出占用余额 {held}',
    en: 'more than the {held} still held',
  },
  frozen_exceeded: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '超出已冻结金额 {frozen}',
    en: 'more than the {frozen} that are frozen',
  },
  available_exceeded: {
    http: 409,
    grpc: 'FAILED_PRECONDITION',
    zh: '超出可用指标 {available}',
    en: 'more than the {available} available',
  },
  // Of reads.
  not_found: { http: 404, grpc: 'NOT_FOUND', zh: '没有找到', en: 'there is no such thing' },
});
