import type { Day } from '@guoku/calendar';
import type { Session } from '@guoku/persistence';
import { refuse } from '../platform-refusals.js';
import { Refused } from '../refusal.js';

/** In this order; a day never goes back. */
export type BusinessDayState = 'open' | 'cut-off' | 'closed';

/**
 * Every service's copy of the division's business days. Payment owns them: it records here in the transaction that
 * changes its own; the others when payment's events come in.
 */
export const businessDays = {
  /** Notes a state of a day. Late and repeated news change nothing: a day that is cut off does not open again. */
  async record(
    session: Session,
    mofDivCode: string,
    day: Day,
    state: BusinessDayState,
  ): Promise<void> {
    await session.execute(
      `insert into business_day_copy as known (mof_div_code, day, state)
       values (:mofDivCode, :day, :state)
       on conflict (mof_div_code, day) do update set state = excluded.state
       where business_day_rank(known.state) < business_day_rank(excluded.state)`,
      { mofDivCode, day, state },
    );
  },

  /** The latest open day: "today" in every rule. Throws `business_day_missing`. */
  async today(session: Session, mofDivCode: string): Promise<Day> {
    const open = await businessDays.openDay(session, mofDivCode);
    if (open === undefined) throw new Refused(refuse('business_day_missing'));
    return open;
  },

  async openDay(session: Session, mofDivCode: string): Promise<Day | undefined> {
    const row = await session.one<{ day: Day }>(
      `select day from business_day_copy where mof_div_code = :mofDivCode and state = 'open'
       order by day desc limit 1`,
      { mofDivCode },
    );
    return row?.day;
  },
};
