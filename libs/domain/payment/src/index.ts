/** Front door of payment's rules. */
export {
  CHAIN_FAULTS,
  faultOfChain,
  stepsFor,
  type ApprovalChain,
  type ApprovalStep,
  type ChainFault,
  type Delegation,
  type Signature,
} from './approval-chain.js';
export {
  SB_SIGNS,
  SB_STANDARDS,
  type BudgetLine,
  type SbSign,
  type SbStandard,
} from './budget-line.js';
export {
  bookingDay,
  BUSINESS_DAY_REFUSALS,
  dayToClose,
  decideBusinessDay,
  openDay,
  type BusinessDay,
  type BusinessDayCommand,
  type BusinessDayEvent,
  type BusinessDayRefusal,
  type BusinessDays,
} from './business-day.js';
export type { Decision, Sentence } from './decision.js';
export { faultOfDelegation, type DelegationRefusal } from './delegation.js';
export {
  approvePlan,
  brokenPromises,
  dueParts,
  largestNewPromise,
  PLAN_REFUSALS,
  undoneParts,
  type BrokenPromise,
  type DisbursementPlan,
  type DueParts,
  type LeaveReason,
  type PayableRequest,
  type PlanRefusal,
  type PromisedPart,
  type TriedPart,
} from './disbursement-plan.js';
export {
  evolveRequest,
  requestMonth,
  type Asked,
  type FundRequest,
  type Payee,
  type QuotaRefusal,
  type RequestContent,
  type RequestEvent,
  type RequestStage,
} from './fund-request.js';
export {
  decidePayment,
  evolvePayment,
  PAYMENT_REFUSALS,
  type BankAnswer,
  type BankReturn,
  type PaymentCommand,
  type PaymentEvent,
  type PaymentRefusal,
  type PaymentStage,
  type PaymentState,
  type Settlement,
} from './payment.js';
export {
  GATHER_REFUSALS,
  gatherProblem,
  type Gathering,
  type GatherRefusal,
  type OpenRequest,
  type PlanningForecast,
  type PlanningSnapshot,
  type PoolSetting,
  type ProblemDocument,
} from './planning-problem.js';
export {
  classify,
  faultOfPolicy,
  policyOn,
  type Classification,
  type LineConditions,
  type PolicyFault,
  type PriorityPolicy,
  type PriorityRule,
} from './priority-policy.js';
export {
  compareWithBank,
  type AccountMovement,
  type Comparison,
  type Difference,
} from './reconciliation.js';
export { outstanding, openBooks, type RequestBooks } from './request-books.js';
export {
  continuation,
  decideRequest,
  faultOfContent,
  REQUEST_REFUSALS,
  type RequestCommand,
  type RequestRefusal,
} from './request-rules.js';
