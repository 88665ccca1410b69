import { dayNumber, dayText } from './day.js';
import type { KnownFlow } from './history.js';
import { settledOn } from './panel.js';
import { laterLabels, periodNumber, type Frequency } from './periods.js';
import type { WorkingDays } from './working-days.js';

/** The periods after an origin, by the numbers that a simulator takes and as they are written. */
export interface Ahead {
  readonly numbers: readonly number[];
  readonly labels: readonly string[];
}

/** How time goes on after the origin. */
export interface Timeline {
  after(count: number): Ahead;
  /** The period, as it is written, in which a known flow moves. */
  settled(flow: KnownFlow): string;
  isPast(label: string): boolean;
  /** Years whose working days were guessed. */
  unknownYears(): readonly number[];
}

/** Working days; what is due on a closed one goes out before it, and comes in after it. */
export function dailyTimeline(origin: string, working: WorkingDays): Timeline {
  return {
    after(count) {
      const numbers = working.after(dayNumber(origin), count);
      return { numbers, labels: numbers.map(dayText) };
    },
    settled: (flow) => dayText(settledOn(flow, working)),
    isPast: (label) => label <= origin,
    unknownYears: () => working.unknownYears(),
  };
}

/**
 * Periods without a calendar, numbered from 0 in the order of the history's labels.
 * @param labels of the history up to the origin, ascending, none twice
 */
export function periodTimeline(frequency: Frequency, labels: readonly string[]): Timeline {
  const last = periodNumber(frequency, labels.at(-1) ?? '') ?? 0;
  return {
    after: (count) => ({
      numbers: Array.from({ length: count }, (_, n) => labels.length + n),
      labels: laterLabels(frequency, labels, count),
    }),
    settled: ({ day }) => day,
    isPast: (label) => (periodNumber(frequency, label) ?? 0) <= last,
    unknownYears: () => [],
  };
}
