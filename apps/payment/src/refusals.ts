import type {
  BusinessDayRefusal,
  ChainFault,
  DelegationRefusal,
  GatherRefusal,
  PlanRefusal,
  PolicyFault,
  RequestRefusal,
} from '@guoku/domain-payment';
import { refusalsOf, type RefusalKind } from '@guoku/service';

type Code =
  | 'not_found'
  | 'division_differs'
  | 'pool_cycle'
  | 'pool_reference_unknown'
  | 'section_unknown'
  | 'unit_unknown'
  | 'not_own_unit'
  | 'not_own_section'
  | 'file_invalid'
  | PolicyFault
  | ChainFault
  | DelegationRefusal
  | 'delegation_exists'
  | Exclude<RequestRefusal, 'own_entry'>
  | BusinessDayRefusal
  | GatherRefusal
  | 'problem_faulty'
  | PlanRefusal
  | 'no_plan_in_force'
  | 'day_not_open'
  | 'pool_without_account';

const invalid = (zh: string, en: string): RefusalKind => ({
  http: 422,
  grpc: 'INVALID_ARGUMENT',
  zh,
  en,
});
const conflict = (zh: string, en: string): RefusalKind => ({
  http: 409,
  grpc: 'FAILED_PRECONDITION',
  zh,
  en,
});
const forbidden = (zh: string, en: string): RefusalKind => ({
  http: 403,
  grpc: 'PERMISSION_DENIED',
  zh,
  en,
});

/** Everything that the payment service may refuse, in order of precedence. */
export const refuse = refusalsOf<Code>({
  not_found: { http: 404, grpc: 'NOT_FOUND', zh: '没有这项记录', en: 'There is no such thing.' },
  division_differs: forbidden(
    '只能导入令牌所属的区划',
    'A token imports its own division and no other.',
  ),
  pool_cycle: invalid(
    '资金池 {poolCode} 的上级构成循环',
    'The parents of pool {poolCode} form a circle.',
  ),
  pool_reference_unknown: invalid('没有资金池 {poolCode}', 'There is no pool {poolCode}.'),
  section_unknown: invalid('没有科室 {mofDepCode}', 'There is no section {mofDepCode}.'),
  policy_without_rules: invalid('政策没有规则', 'The policy has no rules.'),
  policy_order_repeated: invalid('政策规则的次序重复', 'Two rules of the policy have one order.'),
  policy_not_total: invalid(
    '政策最后一条规则不得带条件，否则有指标无法归类',
    'The last rule of a policy has no conditions, so that every line is classified.',
  ),
  chain_steps_not_counted: invalid(
    '审批链各级须从 1 起连续编号',
    'The steps of an approval chain count 1, 2, 3 without a gap.',
  ),
  chain_first_not_from_zero: invalid(
    '审批链第一级须从 0.00 起',
    'The first step of an approval chain is for every amount: above 0.00.',
  ),
  chain_not_rising: invalid(
    '审批链金额起点须逐级不减',
    'No step of an approval chain begins under the one before it.',
  ),

  unit_unknown: invalid('没有预算单位 {agencyCode}', 'There is no unit {agencyCode}.'),
  not_own_unit: forbidden('不是本单位或本科室所管的单位', 'It is not a unit of the caller.'),
  not_own_section: forbidden(
    '该单位不归本科室管',
    'The unit belongs to another section than the caller.',
  ),
  file_invalid: invalid(
    '文件有错，全部未办理，见 errors',
    'The file has faults; nothing was done.',
  ),

  amount_not_positive: invalid('金额须大于零', 'The amount must be above zero.'),
  latest_before_due: invalid('最迟日不得早于拨付时限', 'latest is before due.'),
  earliest_after_latest: invalid('最早日不得晚于最迟日', 'earliest is after latest.'),
  min_part_on_indivisible: invalid(
    '不可分次支付的申请没有最小分次金额',
    'A request that is paid whole has no least part.',
  ),
  min_part_above_amount: invalid('最小分次金额大于申请金额', 'minPart is above the amount.'),
  request_exists: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '此编号的申请已存在',
    en: 'There is a request with this id.',
  },
  request_not_amendable: conflict(
    '申请已送审，不能修改',
    'The request has gone on; it can no longer be amended.',
  ),
  request_not_reviewable: conflict('申请不在待审状态', 'The request does not wait for review.'),
  note_missing: invalid('退回须说明原因', 'A request is returned with a note that says why.'),
  payment_in_flight: conflict(
    '有支付在途，须待银行答复',
    'Money is on its way; wait for the bank’s answer.',
  ),
  request_not_withdrawable: conflict('申请已了结，不能撤回', 'The request is finished.'),
  request_not_held: conflict('指标未占用', 'Quota holds nothing for the request.'),
  nothing_outstanding: conflict('没有未付金额', 'Nothing of the request is outstanding.'),
  carried_to_past_month: invalid(
    '只能结转到以后月份',
    'A request is carried over to a later month than its own.',
  ),
  due_outside_month: invalid('拨付时限不在结转月份内', 'due is not in the month carried over to.'),
  above_outstanding: conflict('超过未付金额', 'It is more than what is outstanding.'),

  day_not_working: invalid('{day} 不是工作日', '{day} is not a working day.'),
  day_still_open: conflict('上一营业日尚未日切', 'The business day before is not cut off.'),
  earlier_day_not_closed: conflict(
    '更早的营业日尚未关闭',
    'An earlier business day is not closed yet.',
  ),
  day_not_next: invalid('不是下一个营业日', 'It is not the next business day.'),
  no_open_day: conflict('没有打开的营业日', 'No business day is open.'),
  instruction_unfinished: conflict(
    '尚有支付待指标确认',
    'Quota has not yet answered about some payments of the day.',
  ),
  day_not_cut_off: conflict('没有已日切待关闭的营业日', 'No business day waits to be closed.'),
  day_not_reconciled: conflict(
    '当日对账未平，不能关闭',
    'The day is not reconciled with the bank, or was booked on since.',
  ),

  policy_missing: conflict('没有生效的优先政策', 'No priority policy is in force.'),
  forecast_missing: conflict('没有库款预测', 'There is no such forecast.'),
  forecast_stale: conflict(
    '预测早于最近关闭的营业日，须重新预测',
    'The forecast is older than the last closed day; run it again.',
  ),
  horizon_before_today: invalid('计划期在当前营业日之前', 'The horizon ends before today.'),
  horizon_before_promises: invalid(
    '计划期短于现行计划的承诺',
    'The horizon ends before what the plan in force promises.',
  ),
  forecast_too_short: conflict(
    '预测不覆盖整个计划期',
    'The forecast does not cover every day of the horizon.',
  ),
  pool_without_forecast: conflict('有资金池没有预测', 'A pool is missing in the forecast.'),
  pool_unknown: conflict('政策指向不存在的资金池', 'The policy names a pool that does not exist.'),
  problem_faulty: conflict('排程输入有误，见 faults', 'The planner refuses its input; see faults.'),

  own_plan: forbidden(
    '不得审批自己编制的计划，也不得代编制人审批',
    'Nobody approves a plan they made, nor for somebody who made it.',
  ),
  plan_not_checked: conflict('核对程序对计划有异议', 'The checker objects to the plan.'),
  plan_superseded: conflict('已有后来的计划生效', 'A later plan has come into force.'),
  signed_already: forbidden(
    '本人（或代签人）已在该计划上签过',
    'This name is under the plan already, by themselves or by who signs for them.',
  ),
  step_of_another: forbidden(
    '下一级审批不由本人签署，也没有代签授权',
    'The next step is signed by others, and none of them let the caller sign for them.',
  ),
  plan_stale: conflict(
    '编制计划之后情况有变，须重新编制',
    'What the plan was made from has changed; make it again.',
  ),
  not_own_delegation: forbidden(
    '只能授权本人的签署；管理员可代为登记，但不得授予自己',
    'People delegate what is their own; an administrator may record it for them, not to themselves.',
  ),
  delegation_to_oneself: invalid('不得授权给本人', 'A delegation is to another person.'),
  delegation_days_reversed: invalid('授权截止日早于起始日', 'It would end before it begins.'),
  delegation_past: invalid('授权期已过', 'Its days are over.'),
  delegation_exists: {
    http: 409,
    grpc: 'ALREADY_EXISTS',
    zh: '此编号的授权已存在',
    en: 'There is a delegation with this id.',
  },

  no_plan_in_force: conflict('没有生效的计划', 'No plan is in force.'),
  day_not_open: conflict('{day} 不是打开的营业日', '{day} is not the open business day.'),
  pool_without_account: conflict(
    '资金池 {poolCode} 及其上级没有账户',
    'Pool {poolCode} has no account, nor has any above it.',
  ),
});

export type { Code as RefusalCode };
