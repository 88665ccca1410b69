import type { Day, WorkingCalendar } from '@guoku/calendar';
import { accepted, refused, type Decision } from './decision.js';

/**
 * The business day 营业日 of a division: opened, cut off (no more instructions; the next may open), closed
 * once reconciliation agrees. At most one day is open, and at most one before it is not yet closed: the
 * treasury's own report comes the next morning.
 */
export interface BusinessDays {
  /** The day that was opened last. */
  readonly latest: BusinessDay | null;
  /** The day before it. */
  readonly previous: BusinessDay | null;
}

export interface BusinessDay {
  readonly day: Day;
  readonly status: 'opened' | 'cut-off' | 'closed';
}

export type BusinessDayCommand =
  | { type: 'open'; day: Day; calendar: WorkingCalendar }
  | { type: 'cut-off'; unanswered: number }
  | { type: 'close'; reconciled: boolean };

export interface BusinessDayEvent {
  readonly type: BusinessDay['status'];
  readonly day: Day;
}

/** Why a command is refused, in order of precedence. */
export const BUSINESS_DAY_REFUSALS = [
  'day_not_working',
  'day_still_open',
  'earlier_day_not_closed',
  'day_not_next',
  'no_open_day',
  'instruction_unfinished',
  'day_not_cut_off',
  'day_not_reconciled',
] as const;
export type BusinessDayRefusal = (typeof BUSINESS_DAY_REFUSALS)[number];

export type BusinessDayDecision = Decision<BusinessDayEvent, BusinessDayRefusal>;

export function decideBusinessDay(
  days: BusinessDays,
  command: BusinessDayCommand,
): BusinessDayDecision {
  switch (command.type) {
    case 'open':
      return open(days, command.day, command.calendar);
    case 'cut-off':
      return cutOff(days, command.unanswered);
    case 'close':
      return close(days, command.reconciled);
  }
}

function open(
  { latest, previous }: BusinessDays,
  day: Day,
  calendar: WorkingCalendar,
): BusinessDayDecision {
  if (latest?.day === day && latest.status === 'opened') return accepted();
  if (!calendar.isWorkingDay(day)) return refused('day_not_working');
  if (latest === null) return accepted({ type: 'opened', day });
  if (latest.status === 'opened') return refused('day_still_open');
  if (previous !== null && previous.status !== 'closed') return refused('earlier_day_not_closed');
  if (day !== calendar.plusWorkingDays(latest.day, 1)) return refused('day_not_next');
  return accepted({ type: 'opened', day });
}

/** @param unanswered payments of the day about which quota has not answered yet */
function cutOff({ latest }: BusinessDays, unanswered: number): BusinessDayDecision {
  if (latest === null) return refused('no_open_day');
  if (latest.status === 'cut-off') return accepted();
  if (latest.status === 'closed') return refused('no_open_day');
  if (unanswered > 0) return refused('instruction_unfinished');
  return accepted({ type: 'cut-off', day: latest.day });
}

/** Closes the earliest day that is cut off and not closed. */
function close(days: BusinessDays, reconciled: boolean): BusinessDayDecision {
  const target = dayToClose(days);
  if (target === null) {
    return days.latest?.status === 'closed' ? accepted() : refused('day_not_cut_off');
  }
  return reconciled
    ? accepted({ type: 'closed', day: target } as const)
    : refused('day_not_reconciled');
}

/** The day whose reconciliation a close depends on; none where no day waits to be closed. */
export function dayToClose({ latest, previous }: BusinessDays): Day | null {
  return [previous, latest].find((day) => day?.status === 'cut-off')?.day ?? null;
}

/** The day on which things are entered and instructed; none between cut-off and the next opening. */
export function openDay({ latest }: BusinessDays): Day | null {
  return latest?.status === 'opened' ? latest.day : null;
}

/**
 * The day on which something with this value date is booked: its own as long as that is not closed, else
 * the latest day that is not. None where every day is closed: it waits for the next to open.
 */
export function bookingDay(days: BusinessDays, valueDate: Day): Day | null {
  const unclosed = [days.latest, days.previous].filter((day) => day && day.status !== 'closed');
  const own = unclosed.find((day) => day?.day === valueDate);
  return (own ?? unclosed[0])?.day ?? null;
}
