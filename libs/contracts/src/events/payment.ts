import {
  bothLanguages,
  code,
  day,
  flag,
  id,
  list,
  money,
  object,
  oneOf,
  optional,
} from '../schema.js';

export const requestSubmitted = object({
  requestId: id('the fund request 用款申请'),
  bgtId: id('the quota line it draws on'),
  amount: money('asked for'),
  due: day('wanted by 拨付时限'),
  latest: day('of no use afterwards'),
});

export const requestWithdrawn = object({
  requestId: id('the fund request'),
  bgtId: id('the quota line'),
  reason: optional(bothLanguages),
});

/** A deferred request goes on as a request of a later month; its hold moves with it in one step. */
export const requestCarriedOver = object({
  requestId: id('the request of the month that ended'),
  nextRequestId: id('the request that goes on'),
  bgtId: id('the quota line'),
  amount: money('what was not paid and is carried over'),
  month: code('month YYYY-MM in which it goes on'),
});

export const planApproved = object({
  planId: id('the disbursement plan'),
  day: day('business day on which it was made'),
  digest: code('SHA-256 of the problem that was planned'),
  approvedBy: code('person whose signature was the last'),
  signers: optional(list(code('person'), 'all who signed it')),
  items: list(
    object({
      requestId: id('the fund request'),
      bgtId: id('its quota line'),
      status: oneOf(['on-time', 'late', 'partial', 'deferred'], 'decision'),
      payments: list(object({ date: day('on'), amount: money('how much') }), 'promised'),
    }),
    'every request of the plan',
  ),
});

const payment = {
  paymentId: id('the payment'),
  requestId: id('the fund request that it pays'),
  bgtId: id('its quota line'),
  amount: money('of this part'),
  poolCode: code('cash pool that it is paid out of'),
  accountCode: code('treasury account that it is paid out of'),
};

export const instructed = object({
  ...payment,
  date: day('business day of the instruction'),
  planId: id('the approved plan that asked for it'),
});

export const recalled = object({
  ...payment,
  date: day('business day of the instruction'),
  code: code('why: bank_turned_away, unsent_at_cut_off'),
  reason: bothLanguages,
});

export const settled = object({
  ...payment,
  date: day('business day on which it is booked'),
  valueDate: day('day on which the bank paid'),
  bankReference: code('the bank’s own number'),
});

export const paymentReturned = object({
  ...payment,
  returnId: id('the return'),
  date: day('business day on which it is booked'),
  valueDate: day('day on which the money came back'),
  afterSettlement: flag('false: the bank refused it, no money had left'),
  settledYear: optional(code('fiscal year in which it had been spent')),
  reason: bothLanguages,
});

export const businessDay = object({
  day: day('the business day'),
  month: code('its month, such as 2011-08'),
});
