import { dayText, weekdayOf } from './day.js';
import type { WorkingCalendar } from './history.js';

/** Working days of a calendar, with weekdays standing in for years it does not know. */
export class WorkingDays {
  private readonly unknown = new Set<number>();

  constructor(private readonly calendar: WorkingCalendar) {}

  isWorking(number: number): boolean {
    const day = dayText(number);
    const year = Number(day.slice(0, 4));
    if (this.calendar.knows(year)) return this.calendar.isWorkingDay(day);
    this.unknown.add(year);
    return weekdayOf(number) <= 5;
  }

  /** The working day itself, or the next one: where money due on a closed day comes in. */
  onOrAfter(number: number): number {
    let day = number;
    while (!this.isWorking(day)) day += 1;
    return day;
  }

  /** The working day itself, or the one before: when a payment due on a closed day goes out. */
  onOrBefore(number: number): number {
    let day = number;
    while (!this.isWorking(day)) day -= 1;
    return day;
  }

  /** All working days in `from`..`to`, both included. */
  between(from: number, to: number): number[] {
    const days: number[] = [];
    for (let day = from; day <= to; day += 1) if (this.isWorking(day)) days.push(day);
    return days;
  }

  /** The first `count` working days after a day. */
  after(number: number, count: number): number[] {
    const days: number[] = [];
    for (let day = number + 1; days.length < count; day += 1) {
      if (this.isWorking(day)) days.push(day);
    }
    return days;
  }

  /** Years that were asked about and whose holidays are not published, ascending. */
  unknownYears(): number[] {
    return [...this.unknown].sort((a, b) => a - b);
  }
}
