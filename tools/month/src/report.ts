import type { ShownCure } from './books.js';
import type { ForecastDay } from './month-forecast.js';
import type { Proof } from './proofs.js';
import type { TierSummary } from './tier-summary.js';

export interface ReportDay {
  readonly day: string;
  readonly receipts: string;
  readonly paid: string;
  /** Balance at the day's end: as the month's first plan foresaw it, as it was, and in the record with borrowing. */
  readonly planned: string;
  readonly actual: string;
  readonly record: string;
}

export interface Deferral {
  readonly reference: string;
  readonly tier: number;
  readonly amount: string;
  readonly due: string;
  readonly code: string;
  readonly short: string | null;
  readonly day: string | null;
  readonly ahead: readonly string[];
  /** What would let it be paid. */
  readonly cures: readonly ShownCure[];
}

/** Cash besides what came: at least `amount` in all by `day`. */
export interface MissingStep {
  readonly day: string;
  readonly amount: string;
}

/** An approved payment that was not kept when the rest of the month was planned again. */
export interface ReportMove {
  /** The morning on which it was planned again. */
  readonly day: string;
  readonly reference: string;
  readonly rank: string;
  readonly date: string;
  readonly promised: string;
  readonly kept: string;
  /** What is paid instead; empty: deferred. */
  readonly now: readonly { readonly date: string; readonly amount: string }[];
  readonly cause:
    | {
        readonly kind: 'shortfall';
        readonly pool: string;
        readonly day: string;
        readonly amount: string;
      }
    | {
        readonly kind: 'rank';
        readonly rank: string;
        readonly day: string;
        readonly amount: string;
      }
    | { readonly kind: 'packing' };
}

export interface MonthReport {
  readonly sample: string;
  readonly days: readonly ReportDay[];
  /** The balance without borrowing and without rationing, as forecast before the month, beside what came. */
  readonly forecast: readonly ForecastDay[];
  readonly ranks: readonly TierSummary[];
  readonly firstComeFirstServed: readonly TierSummary[];
  readonly wholeDays: readonly TierSummary[];
  /** On the same forecasts and cash, planned again every morning. */
  readonly firstPlanner: readonly TierSummary[];
  /** Ranks that the mornings' plans prove best in every aim, of all their ranks. */
  readonly proven: { readonly ranks: number; readonly of: number };
  /** The least cash that would have had to come in to pay all on time, and all by their last days. */
  readonly missing: {
    readonly onTime: readonly MissingStep[];
    readonly atAll: readonly MissingStep[];
  };
  /** Approved payments that the mornings' plans found, each morning counted anew. */
  readonly promises: number;
  readonly moves: readonly ReportMove[];
  readonly deferrals: readonly Deferral[];
  readonly proofs: readonly Proof[];
}
