import { randomFrom, type Random } from '@guoku/messaging';
import { VICTIMS, type Victim } from './standing-system.js';

/** A line of the month's progress, and when it came. */
export interface Step {
  readonly text: string;
  readonly atMs: number;
}

/** Kill the victim so long after the month has said so much, and let it stand again after a pause. */
export interface Kill {
  readonly victim: Victim;
  /** Place of the step in the month. */
  readonly step: number;
  readonly afterMs: number;
  readonly pauseMs: number;
}

const PAUSE_MS_MAX = 3000;

/** The victims of every month: each as often as told, in an order that the seed gives. */
export function victimsByMonth(seed: number, each: number, perMonth: number): Victim[][] {
  const random = randomFrom(seed);
  const all = VICTIMS.flatMap((victim) => Array.from({ length: each }, () => victim));
  const order = shuffled(all, random);
  return Array.from({ length: Math.ceil(order.length / perMonth) }, (_, month) =>
    order.slice(month * perMonth, (month + 1) * perMonth),
  );
}

/**
 * Points of a month for its victims: evenly likely over the time that the undisturbed month took, but told by its steps,
 * so that a kill hits the same work on a slower machine or after earlier kills.
 *
 * @param steps of the undisturbed month, in order
 */
export function killsOf(seed: number, victims: readonly Victim[], steps: readonly Step[]): Kill[] {
  const random = randomFrom(seed);
  const begin = steps[0]?.atMs ?? 0;
  const whole = (steps.at(-1)?.atMs ?? 0) - begin;
  return victims
    .map((victim) => {
      const atMs = begin + random() * whole;
      const step = Math.max(
        0,
        steps.findLastIndex((one) => one.atMs <= atMs),
      );
      const afterMs = Math.round(atMs - (steps[step]?.atMs ?? 0));
      return { victim, step, afterMs, pauseMs: Math.round(random() * PAUSE_MS_MAX) };
    })
    .sort((one, other) => one.step - other.step || one.afterMs - other.afterMs);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
