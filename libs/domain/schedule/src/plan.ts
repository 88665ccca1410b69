/** What the planner answers: who is paid when, why not, and how good that is. */
import type { Fen, IsoDay } from './problem.js';

export interface Payment {
  readonly date: IsoDay;
  readonly amount: Fen;
}

/** All by `due` | all, some after `due` | some | nothing. */
export type Status = 'on-time' | 'late' | 'partial' | 'deferred';

/** One change that would pay a request, everybody else left alone. */
export type Cure =
  /** `amount` more into `pool` and all above, by day `by`, for this request alone. */
  | { readonly lever: 'cash'; readonly amount: Fen; readonly by: IsoDay; readonly pool: string }
  /** `latest` moved to `date`. */
  | { readonly lever: 'later'; readonly date: IsoDay }
  /** The request lowered to `amount`. */
  | { readonly lever: 'lower'; readonly amount: Fen };

/** Reasons that its own dates give. */
export type DateReasonCode = 'window-empty' | 'after-horizon' | 'late-only';

/** Reasons that the cash gives. */
export type CashReasonCode =
  'as-approved' | 'min-part' | 'pool-under-floor' | 'reserve-kept' | 'pool-short';

export type ReasonCode = DateReasonCode | CashReasonCode;

/** Why a request is not paid wholly on time. */
export type Reason =
  | { readonly code: DateReasonCode; readonly cures: readonly Cure[] }
  | {
      readonly code: CashReasonCode;
      /** Where and when the least headroom lies. */
      readonly pool: string;
      readonly day: IsoDay;
      /** The amount less the headroom; not above zero where a promise is the reason. */
      readonly short: Fen;
      /** Others paid out of `pool` or below it by `day`, in tie order, ten at most. */
      readonly ahead: readonly string[];
      readonly cures: readonly Cure[];
    };

export interface Decision {
  readonly request: string;
  readonly status: Status;
  /** By day. */
  readonly payments: readonly Payment[];
  /** `null` for a request that is on time. */
  readonly reason: Reason | null;
}

/** What one rank got, and how much better any plan could treat it. */
export interface RankResult {
  readonly tier: number;
  readonly urgency: number;
  readonly requested: Fen;
  /** Of approved payments, what stays where it was promised. */
  readonly kept: Fen;
  readonly onTime: Fen;
  readonly total: Fen;
  /** Fen x working days late. */
  readonly lateness: number;
  /** No plan that treats the ranks above as well pays more than this on time. */
  readonly bound: Fen;
  /** (bound - onTime) / bound in millionths, rounded up; 0 only where they are equal. */
  readonly gapMillionths: number;
  /** All four aims of the rank are proven best. */
  readonly proven: boolean;
}

export interface PoolResult {
  readonly id: string;
  /** What is left at the end of each day. */
  readonly balance: readonly Fen[];
  readonly floor: readonly Fen[];
  /** The earliest day of least headroom over the floor. */
  readonly lowest: { readonly day: IsoDay; readonly headroom: Fen };
}

/** A pool under its floor on a day without any payment. */
export interface Alarm {
  readonly code: 'pool-under-floor';
  readonly pool: string;
  readonly day: IsoDay;
  readonly short: Fen;
  /** Amounts of the requests out of it that are due by then and have a window. */
  readonly blocks: Fen;
}

export interface Plan {
  /** In the order of the problem's requests. */
  readonly decisions: readonly Decision[];
  /** Ascending by (tier, urgency). */
  readonly ranks: readonly RankResult[];
  /** In the order of the problem's pools. */
  readonly pools: readonly PoolResult[];
  readonly alarms: readonly Alarm[];
  /** SHA-256 of the problem as given, in RFC 8785 form; lower-case hex. */
  readonly digest: string;
}

/** Which of those not on time get cures: nobody, everybody, these ids; by default the first 2,000. */
export type CureChoice = 'none' | 'all' | readonly string[];

export interface PlanOptions {
  /** Digest of the problem as given, worked out at the door. */
  readonly digest: string;
  readonly cures?: CureChoice;
  /** Most search steps per aim of a rank; results depend on it, never on the clock. */
  readonly stepsMax?: number;
  /** Called after each rank, so that a caller can show progress; it cannot change the plan. */
  readonly onRank?: (done: number, of: number) => void;
}
