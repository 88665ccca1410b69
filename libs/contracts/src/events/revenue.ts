import { code, day, id, money, object, optional } from '../schema.js';

/** A payer paid a bill at a collecting bank. The money is not in the treasury yet. */
export const collected = object({
  collectionId: id('the collection'),
  billNo: code('bill 缴款书 that was paid'),
  date: day('when the payer paid'),
  itemCode: code('revenue item 收入科目 or fee item'),
  fundTypeCode: code('fund nature 资金性质'),
  agencyCode: code('unit that collects 执收单位'),
  amount: money('paid'),
  reversalOf: optional(id('the collection that this one cancels')),
});

/** Money is in the treasury account, as the treasury's daily report 收入日报 says. */
export const received = object({
  receiptId: id('the receipt'),
  date: day('business day on which it is booked'),
  valueDate: day('day on which the money was in the account'),
  accountCode: code('treasury account 国库账户'),
  poolCode: code('cash pool that it belongs to'),
  itemCode: code('revenue item 收入科目'),
  fundTypeCode: code('fund nature 资金性质'),
  agencyCode: optional(code('unit 执收单位, where the report names one')),
  amount: money('received; negative for a reversal or a refund'),
  reversalOf: optional(id('the receipt that this one cancels')),
});
