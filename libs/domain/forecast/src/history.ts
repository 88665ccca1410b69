/** Which way money moves; the net is inflows less outflows. */
export type Direction = 'inflow' | 'outflow';

/** What was booked on one day, in whole fen; may be negative (a refund, a correction). */
export interface Flow {
  readonly day: string;
  readonly amount: number;
}

/**
 * One class of money up to the origin. A working day without a flow after the first one counts as
 * nothing moved; before its first flow a series does not exist.
 */
export interface SeriesHistory {
  readonly name: string;
  readonly direction: Direction;
  readonly flows: readonly Flow[];
}

/** All that is known at the end of `origin`. Flows after it are never looked at. */
export interface History {
  readonly origin: string;
  readonly series: readonly SeriesHistory[];
}

/**
 * A flow with a date and a size of its own: an approved payment, debt service, payroll, a transfer
 * that was announced. It is taken as it is, and out of the history of what is modelled.
 */
export interface KnownFlow extends Flow {
  readonly series: string;
  readonly direction: Direction;
  /** Where it comes from (a document's id), so that each figure can be traced. */
  readonly source: string;
}

/** What the forecaster asks of a calendar; days are `YYYY-MM-DD`. */
export interface WorkingCalendar {
  isWorkingDay(day: string): boolean;
  /** Whether that year's holidays are published; where not, weekdays are taken and it is said. */
  knows(year: number): boolean;
}
