/**
 * What payments of whole claims can add up to: intervals of sums, ascending. Where they would be too many, the smallest
 * gaps are closed, so that sums may be allowed that cannot be had, but none is missing that can.
 */
import type { Fen } from '../problem.js';
import type { Limits } from './limits.js';

interface Interval {
  readonly low: Fen;
  readonly high: Fen;
}

/** A claim with the days on which it may be paid, nothing or from `least` to `most` on one of them. */
export interface Payable {
  readonly pool: number;
  readonly days: readonly number[];
  readonly least: Fen;
  readonly most: Fen;
}

/** Of more claims than this the sums leave no gap worth the time. */
const CLAIMS_MAX = 2000;
/** More intervals than this are joined. */
const INTERVALS_MAX = 8192;

/** Joins intervals, ascending, that lie no further apart than `gap`. */
function joined(intervals: readonly Interval[], gap: Fen): Interval[] {
  const found: Interval[] = [];
  let last: Interval | undefined;
  for (const one of intervals) {
    if (last !== undefined && one.low <= last.high + gap) {
      last = { low: last.low, high: Math.max(last.high, one.high) };
      found[found.length - 1] = last;
    } else {
      last = one;
      found.push(one);
    }
  }
  return found;
}

class WholeSums {
  private intervals: readonly Interval[] = [{ low: 0, high: 0 }];
  /** Amounts are whole fen: what lies one apart leaves no gap. */
  private gap: Fen = 1;

  /** The largest sum. */
  get most(): Fen {
    return this.intervals.at(-1)?.high ?? 0;
  }

  /** One payment more: nothing, or from `least` to `most`; sums above the cap are left out. */
  add(least: Fen, most: Fen, cap: Fen): void {
    const more = this.intervals.map(({ low, high }) => ({
      low: low + least,
      high: Math.min(cap, high + most),
    }));
    this.intervals = joined(merge(this.intervals, more), this.gap).filter(({ low }) => low <= cap);
    while (this.intervals.length > INTERVALS_MAX) {
      this.gap *= 2;
      this.intervals = joined(this.intervals, this.gap);
    }
  }

  /** Leaves sums above the cap out. */
  cut(cap: Fen): void {
    this.intervals = this.intervals
      .filter(({ low }) => low <= Math.max(0, cap))
      .map(({ low, high }) => ({ low, high: Math.min(high, Math.max(0, cap)) }));
  }
}

/** Two lists by their lower ends, in one. */
function merge(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  let at = 0;
  for (const one of a) {
    for (let other = b[at]; other !== undefined && other.low < one.low; other = b[++at])
      both.push(other);
    both.push(one);
  }
  return [...both, ...b.slice(at)];
}

/**
 * By pool and day, the most that payments up to that day add up to within what is open. A claim that may be paid on
 * several days counts on each of them, as if it could be paid again: no sum that can be had is missing.
 */
export function mostByDay({ open, lines }: Limits, claims: readonly Payable[]): Float64Array[] {
  const bySize = [...claims].sort((a, b) => b.most - a.most);
  return open.map((line, pool) => {
    const inside = bySize.filter((claim) => lines[claim.pool]?.includes(pool));
    if (inside.length > CLAIMS_MAX) return line;
    const caps = line.slice();
    for (let day = caps.length - 2; day >= 0; day--)
      caps[day] = Math.min(caps[day] ?? 0, caps[day + 1] ?? 0);
    const sums = new WholeSums();
    return caps.map((cap, day) => {
      for (const { days, least, most } of inside)
        if (days.includes(day)) sums.add(least, most, Math.max(0, cap));
      sums.cut(cap);
      return Math.min(line[day] ?? 0, sums.most);
    });
  });
}
