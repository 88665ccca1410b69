import type { Day, WorkingCalendar } from '@guoku/calendar';
import { Money } from '@guoku/money';
import type { PromisedPart } from './disbursement-plan.js';

interface Promisee {
  readonly outstanding: Money;
  readonly earliest: Day | null;
  readonly latest: Day;
  readonly divisible: boolean;
  readonly minPart: Money | null;
}

interface Horizon {
  /** Working days, the first of them today. */
  readonly days: readonly Day[];
  readonly calendar: WorkingCalendar;
}

/**
 * The promises of the plan in force that a new problem can carry. A part of an earlier day is owed today;
 * two that fall together are one. What its request can no longer take (its window has passed, its rest is
 * smaller, its policy forbids parts) is no promise any more.
 */
export function promisesThatFit(
  parts: readonly PromisedPart[],
  request: Promisee,
  { days, calendar }: Horizon,
): { date: Day; amount: Money }[] {
  const [today] = days;
  if (today === undefined) return [];
  const from = request.earliest === null ? today : calendar.onOrAfter(request.earliest);
  const to = calendar.onOrBefore(request.latest);
  const owed = new Map<Day, Money>();
  for (const { date, amount } of parts) {
    const day = date < today ? today : date;
    if (day < from || day > to || !days.includes(day)) continue;
    owed.set(day, (owed.get(day) ?? Money.zero).plus(amount));
  }

  const fitting: { date: Day; amount: Money }[] = [];
  let left = request.outstanding;
  for (const [date, amount] of [...owed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const part = Money.min(amount, left);
    if (!part.isPositive() || (request.minPart && part.compare(request.minPart) < 0)) continue;
    fitting.push({ date, amount: part });
    left = left.minus(part);
  }
  const whole = fitting.length === 1 && left.isZero();
  return request.divisible || whole ? fitting : [];
}
