/** A pool as a forecast needs it; money is text. */
export interface PoolRow {
  readonly poolCode: string;
  readonly parent: string | null;
  readonly floor: string;
  readonly reserve: string;
}

export interface AccountBalance {
  readonly accountCode: string;
  readonly poolCode: string;
  /** Null where the account has no statement of that day. */
  readonly closing: string | null;
}

/** What planning counts on for one pool, as published; one figure for each day. */
export interface PlannedPool {
  readonly poolCode: string;
  readonly opening: string;
  readonly inflow: readonly string[];
  readonly committed: readonly string[];
  readonly floor: readonly string[];
  readonly reserve: readonly string[];
}

/** What is recorded of a forecast, beside its days. */
export interface Snapshot {
  readonly id: string;
  readonly origin: string;
  readonly quantile: string;
  readonly seed: number;
  readonly cutOff: string;
  readonly pools: readonly PlannedPool[];
  readonly actor: string;
  readonly recordedAt: Date;
}
