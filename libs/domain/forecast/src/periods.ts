import { dayNumber, dayText } from './day.js';

/** How often a series has a figure; `none` is periods of a length that nobody needs to know. */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'hourly' | 'none';

export const frequencies = ['daily', 'weekly', 'monthly', 'hourly', 'none'] as const;

const day = /^\d{4}-\d{2}-\d{2}$/;
const month = /^\d{4}-\d{2}$/;
const hour = /^(\d{4}-\d{2}-\d{2})([T ])(\d{2}):(\d{2})(:\d{2})?(Z?)$/;
const count = /^\d{1,9}$/;

const isDay = (text: string): boolean => {
  const number = day.test(text) ? dayNumber(text) : Number.NaN;
  return !Number.isNaN(number) && dayText(number) === text;
};

/**
 * The number of the period that a label names, ascending with time, or undefined where it names
 * none: daily and weekly `2018-12-31`, monthly that or `2018-12`, hourly `2018-12-31T23:00`, and
 * `none` either a count `17` or a day, of which only the order matters.
 */
export function periodNumber(frequency: Frequency, label: string): number | undefined {
  if (frequency === 'hourly') {
    const [, date = '', , hours = '', minutes = ''] = hour.exec(label) ?? [];
    return isDay(date) && Number(hours) < 24 && minutes === '00'
      ? dayNumber(date) * 24 + Number(hours)
      : undefined;
  }
  if (frequency === 'none' && count.test(label)) return Number(label);
  if (frequency === 'monthly' && month.test(label)) return monthNumber(`${label}-01`);
  if (!isDay(label)) return undefined;
  if (frequency === 'monthly') return monthNumber(label);
  // Weeks run from Monday to Sunday; day 4 of 1970 was the first Monday.
  return frequency === 'weekly' ? Math.floor((dayNumber(label) - 4) / 7) : dayNumber(label);
}

function monthNumber(label: string): number | undefined {
  const number = Number(label.slice(0, 4)) * 12 + Number(label.slice(5, 7)) - 1;
  return isDay(label) ? number : undefined;
}

/**
 * Labels of the `ahead` periods after the last of `labels`, in the way those are written. Days of
 * the frequency `none` go on in the months, else in the days, that lay between the last two.
 * @param labels at least one, ascending
 */
export function laterLabels(
  frequency: Frequency,
  labels: readonly string[],
  ahead: number,
): string[] {
  const last = labels.at(-1) ?? '';
  const steps = Array.from({ length: ahead }, (_, n) => n + 1);
  if (frequency === 'hourly') return steps.map((n) => hoursLater(last, n));
  if (frequency === 'weekly') return steps.map((n) => dayText(dayNumber(last) + 7 * n));
  if (frequency === 'monthly') return steps.map((n) => monthsLater(last, n));
  if (count.test(last)) return steps.map((n) => String(Number(last) + n));
  const before = labels.at(-2) ?? last;
  const days = dayNumber(last) - dayNumber(before);
  const months = (monthNumber(last) ?? 0) - (monthNumber(before) ?? 0);
  if (months > 0 && monthsLater(before, months) === last) {
    return steps.map((n) => monthsLater(last, n * months));
  }
  return steps.map((n) => dayText(dayNumber(last) + n * Math.max(1, days)));
}

function hoursLater(label: string, hours: number): string {
  const [, date = '', between = '', from = '', , seconds = '', zone = ''] = hour.exec(label) ?? [];
  const at = dayNumber(date) * 24 + Number(from) + hours;
  const clock = String(at % 24).padStart(2, '0');
  return `${dayText(Math.floor(at / 24))}${between}${clock}:00${seconds}${zone}`;
}

/** So many months later: a month's last day stays one, other days keep their date where it exists. */
function monthsLater(label: string, months: number): string {
  const total = Number(label.slice(0, 4)) * 12 + Number(label.slice(5, 7)) - 1 + months;
  const two = (n: number): string => String(n).padStart(2, '0');
  const name = (n: number): string =>
    `${String(Math.floor(n / 12)).padStart(4, '0')}-${two((n % 12) + 1)}`;
  if (month.test(label)) return name(total);
  const lastDate = Number(dayText(dayNumber(`${name(total + 1)}-01`) - 1).slice(8));
  const wasLast = dayText(dayNumber(label) + 1).slice(8) === '01';
  return `${name(total)}-${two(wasLast ? lastDate : Math.min(lastDate, Number(label.slice(8))))}`;
}
