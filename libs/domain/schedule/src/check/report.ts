/** What the checker found. */
import type { Fen } from '../problem.js';

/** Why a plan is rejected: a closed list, explained in docs/planner.md. */
export type RejectionCode =
  | 'digest'
  | 'shape'
  | 'decision'
  | 'payment-window'
  | 'payment-size'
  | 'pool-limit'
  | 'status'
  | 'reason'
  | 'cure'
  | 'rank'
  | 'bound'
  | 'proven'
  | 'balance'
  | 'alarm'
  | 'twin'
  | 'timing'
  | 'not-repeated';

export interface Rejection {
  readonly code: RejectionCode;
  /** RFC 6901 pointer into the plan. */
  readonly at: string;
  readonly detail: string;
}

/** A bound that is above the relaxation, and the relaxation, which is a bound as well. */
export interface LooseBound {
  /** Place in the plan's ranks. */
  readonly rank: number;
  readonly relaxation: Fen;
}

export interface CheckReport {
  /** No rejection; unconfirmed bounds are none. */
  readonly ok: boolean;
  readonly rejections: readonly Rejection[];
  /** Bounds under the relaxation that the checker's own search could not confirm within its steps. */
  readonly unconfirmed: readonly Rejection[];
  /** Rejected bounds that are only too loose; the payments are as good as they are. */
  readonly loose: readonly LooseBound[];
}

export interface CheckOptions {
  /** Digest of the problem as given, worked out at the door. */
  readonly digest: string;
  /** Most steps of the exact search per rank. */
  readonly stepsMax?: number;
}
