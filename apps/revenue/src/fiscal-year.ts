import { type Day, type FiscalYearStart, fiscalYearOf } from '@guoku/calendar';
import type { Session } from '@guoku/persistence';
import { divisions, Refused } from '@guoku/service';
import { refuse } from './refusals.js';

/** Fiscal years of the division's days. Throws `not_found` where the division was never set up. */
export async function fiscalYears(
  session: Session,
  mofDivCode: string,
): Promise<(day: Day) => number> {
  const division = await divisions.find(session, mofDivCode);
  if (!division) throw new Refused(refuse('not_found'));
  const start: FiscalYearStart = division.fiscalYearStart;
  return (day) => fiscalYearOf(day, start).name;
}
