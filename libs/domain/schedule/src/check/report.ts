/** What the checker found. */

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

export interface CheckReport {
  /** No rejection; unconfirmed bounds are none. */
  readonly ok: boolean;
  readonly rejections: readonly Rejection[];
  /** Bounds under the relaxation that the checker's own search could not confirm within its steps. */
  readonly unconfirmed: readonly Rejection[];
}

export interface CheckOptions {
  /** Digest of the problem as given, worked out at the door. */
  readonly digest: string;
  /** Most steps of the exact search per rank. */
  readonly stepsMax?: number;
}
