import type { SeriesPaths } from './paths.js';

/** For one day: how likely the balance first falls below the floor on it, and by its end at all. */
export interface ShortDay {
  readonly day: string;
  readonly firstOnThisDay: number;
  readonly byThisDay: number;
}

/** What is known of the balance falling below a floor within the horizon. */
export interface Shortfall {
  /** The first day by whose end at least `alarm` of the paths have been below the floor. */
  readonly firstDay: string | undefined;
  /** The chance that the balance falls below the floor at any time in the horizon. */
  readonly probability: number;
  readonly days: readonly ShortDay[];
}

/**
 * When the balance may first fall under a floor.
 * @param balance joint paths of a balance (see `cumulate`), in fen
 * @param floor in fen; a balance equal to it is not short
 * @param alarm the chance from which a day is named, e.g. 0.1
 */
export function shortfall(balance: SeriesPaths, floor: number, alarm: number): Shortfall {
  const width = balance.days.length;
  const count = width === 0 ? 0 : balance.values.length / width;
  const firsts = new Array<number>(width).fill(0);
  for (let p = 0; p < count; p += 1) {
    for (let d = 0; d < width; d += 1) {
      if ((balance.values[p * width + d] ?? 0) < floor) {
        firsts[d] = (firsts[d] ?? 0) + 1;
        break;
      }
    }
  }
  let short = 0;
  const days = balance.days.map((day, d) => {
    const first = firsts[d] ?? 0;
    short += first;
    return { day, firstOnThisDay: first / count, byThisDay: short / count };
  });
  return {
    firstDay: days.find((d) => d.byThisDay >= alarm)?.day,
    probability: count === 0 ? 0 : short / count,
    days,
  };
}
