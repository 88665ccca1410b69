/** Front door of the planner. */
export type {
  Fault,
  FaultCode,
  Fen,
  FundRequest,
  IsoDay,
  Pool,
  Problem,
  Promised,
  Reserve,
  Timing,
} from './problem.js';
export type {
  Alarm,
  CashReasonCode,
  Cure,
  CureChoice,
  DateReasonCode,
  Decision,
  Payment,
  Plan,
  PlanOptions,
  PoolResult,
  RankResult,
  Reason,
  ReasonCode,
  Status,
} from './plan.js';
export type {
  CheckOptions,
  CheckReport,
  LooseBound,
  Rejection,
  RejectionCode,
} from './check/report.js';
export {
  readProblem,
  readProblemFrom,
  type ProblemReading,
  type StreamReading,
} from './door/read-problem.js';
export { type ByteSource, sourceOf } from './door/json.js';
export { readPlan, type PlanReading } from './door/read-plan.js';
export { planLine, planPieces, planText, rankDocument } from './door/plan-text.js';
export { moneyText } from './door/fields.js';
export { type Flip, type PlanDiff, diffPlans } from './diff.js';
export { type Breakpoints, type Broken, breakpoints } from './breakpoints.js';
export { plan } from './planner.js';
export { planGreedy } from './greedy/plan-greedy.js';
export { check } from './check/check.js';
export { tightened } from './tighten.js';
export { type Language, amountWords, REASON_CODES, reasonSentence, statusWord } from './words.js';
