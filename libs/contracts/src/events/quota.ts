import {
  bothLanguages,
  code,
  flag,
  id,
  integer,
  money,
  object,
  oneOf,
  optional,
} from '../schema.js';

/** The dimensions of one quota line 指标明细, named as in the national budget-management standard. */
export const quotaLine = object({
  fiscalYear: integer('budget year 预算年度'),
  agencyCode: code('spending unit 单位代码'),
  mofDepCode: code('section of the finance office in charge 业务处室'),
  proCode: code('project 项目代码'),
  expFuncCode: code('functional classification 支出功能分类'),
  govBgtEcoCode: optional(code('economic classification, government budget 政府预算支出经济分类')),
  depBgtEcoCode: code('economic classification, department budget 部门预算支出经济分类'),
  fundTypeCode: code('fund nature 资金性质'),
  corBgtDocNo: code('document number 本级指标文号'),
  sbSign: oneOf(
    ['none', 'basic-livelihood', 'wages', 'operation'],
    'three guarantees 三保: basic livelihood 保基本民生, wages 保工资, operation 保运转',
  ),
  sbStandard: optional(
    oneOf(['national', 'local'], 'calibre of the guarantee 国家标准 / 地方标准'),
  ),
  isDir: flag('direct funds 直达资金'),
});

export const allotted = object({
  bgtId: id('the line'),
  budgetId: id('the budget document that allotted it'),
  line: quotaLine,
  amount: money('allotted by this document; negative where it takes away'),
  allotted: money('allotted in all, afterwards'),
});

export const held = object({
  requestId: id('the fund request, which is also the id of the hold'),
  bgtId: id('the line'),
  amount: money('set aside'),
  line: quotaLine,
});

export const refused = object({
  requestId: id('the fund request'),
  bgtId: id('the line that was asked'),
  amount: money('asked for'),
  code: code('why, from the closed list of quota'),
  detail: bothLanguages,
  available: money('what the line still has'),
});

export const released = object({
  requestId: id('the fund request'),
  bgtId: id('the line'),
  amount: money('given back to the line unspent'),
});

export const spent = object({
  requestId: id('the fund request'),
  bgtId: id('the line'),
  paymentId: id('the payment that was settled'),
  amount: money('spent'),
});

export const returned = object({
  requestId: id('the fund request'),
  bgtId: id('the line'),
  paymentId: id('the payment that came back'),
  amount: money('came back'),
  restored: flag('false where the payment was of an earlier year: nothing is restored by itself'),
});
