import { type Day, fiscalYearOf } from '@guoku/calendar';

/** The fiscal year of a day; `start` is the division's, `MM-DD`. */
export function fiscalYearAt(day: Day, start: string): number {
  const [month, date] = start.split('-').map(Number);
  if (!month || !date) throw new Error(`a fiscal year starts on MM-DD, not on ${start}`);
  return fiscalYearOf(day, { month, day: date }).name;
}
