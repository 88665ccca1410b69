/** What is asked of the planner: cash, arriving unevenly, and requests that want it. */

/** Whole fen (a hundredth of a yuan) in a plain number; every sum stays under 2^53. */
export type Fen = number;

/** A calendar day, `YYYY-MM-DD`, in the division's own zone. */
export type IsoDay = string;

/** Cash kept above the floor, to be drawn on by the tiers up to `tiers` only. */
export interface Reserve {
  /** One amount per working day of the horizon. */
  readonly amount: readonly Fen[];
  readonly tiers: number;
}

/** A pot of cash. What a pool pays, all its ancestors pay as well. */
export interface Pool {
  readonly id: string;
  readonly parent: string | null;
  readonly opening: Fen;
  /** Nobody goes below it; one amount per day. May be negative (an overdraft). */
  readonly floor: readonly Fen[];
  readonly reserve: Reserve | null;
  /** Per day, what planning counts on; contains that of the descendants. */
  readonly inflow: readonly Fen[];
  /** Per day, outflows that are irrevocable; contains that of the descendants. */
  readonly committed: readonly Fen[];
}

/** A part promised in an approved plan. */
export interface Promised {
  readonly date: IsoDay;
  readonly amount: Fen;
}

/** One fund request. Dates are as given: they may fall between working days or off the horizon. */
export interface FundRequest {
  readonly id: string;
  readonly unit: string | null;
  readonly pool: string;
  readonly amount: Fen;
  /** 0-99, lower is served first; with `urgency` it makes the rank. */
  readonly tier: number;
  /** 1-99, lower is served first inside its tier. */
  readonly urgency: number;
  readonly earliest: IsoDay | null;
  readonly due: IsoDay;
  /** `null`: on the due day or not at all. */
  readonly latest: IsoDay | null;
  readonly divisible: boolean;
  /** Least size of a part; 1 fen where nothing is asked. */
  readonly minPart: Fen;
  readonly approved: readonly Promised[];
  /** RFC 3339 with offset, as given. */
  readonly submittedAt: string | null;
}

/** `due`: pay on the due day. `earliest`: as soon as nobody else suffers by it. */
export type Timing = 'due' | 'earliest';

/** A problem that passed the door (`readProblem`): whole, consistent, in fen. */
export interface Problem {
  /** Working days of the horizon, ascending. */
  readonly days: readonly IsoDay[];
  /** May a day's inflow be paid out that same day? */
  readonly sameDayInflow: boolean;
  readonly pools: readonly Pool[];
  readonly requests: readonly FundRequest[];
  readonly timing: Timing;
}

/** Everything that can be wrong with a problem as given: a closed list, explained in docs/planner.md. */
export type FaultCode =
  | 'not-json'
  | 'too-deep'
  | 'unknown-key'
  | 'repeated-key'
  | 'missing-key'
  | 'wrong-type'
  | 'bad-amount'
  | 'amount-too-small'
  | 'negative'
  | 'out-of-range'
  | 'bad-date'
  | 'bad-instant'
  | 'no-days'
  | 'days-not-ascending'
  | 'wrong-day-count'
  | 'no-pools'
  | 'repeated-id'
  | 'unknown-pool'
  | 'pool-cycle'
  | 'latest-before-due'
  | 'earliest-after-latest'
  | 'min-part-above-amount'
  | 'min-part-indivisible'
  | 'approved-outside-window'
  | 'approved-date-repeated'
  | 'approved-under-min-part'
  | 'approved-above-amount'
  | 'approved-not-whole'
  | 'sum-too-large';

/** One thing wrong with the input, at an RFC 6901 pointer. */
export interface Fault {
  readonly pointer: string;
  readonly code: FaultCode;
  readonly detail: string;
}
