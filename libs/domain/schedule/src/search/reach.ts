/**
 * The sums that payments can have when requests are paid wholly or not at all: intervals, ascending. Where there would be
 * too many, the smallest gaps are closed, so that no sum that can be had is ever missing.
 */
import type { Fen } from '../problem.js';

/** Amounts are whole fen: what lies one apart leaves no gap. */
const NEXT = 1;

export class Reach {
  private lows: Float64Array;
  private highs: Float64Array;
  private count = 1;
  /** Gaps up to this are closed. */
  private gap: Fen = NEXT;

  constructor(private readonly intervalsMax: number) {
    this.lows = new Float64Array(2 * intervalsMax + 1);
    this.highs = new Float64Array(2 * intervalsMax + 1);
  }

  /** The largest sum. */
  get most(): Fen {
    return this.highs[this.count - 1] ?? 0;
  }

  /** The largest sum that is not above the cap. */
  within(cap: Fen): Fen {
    let at = this.count - 1;
    while (at > 0 && (this.lows[at] ?? 0) > cap) at--;
    return Math.max(0, Math.min(cap, this.highs[at] ?? 0));
  }

  /** One request more, of which nothing is paid or from `least` to `most`. */
  add(least: Fen, most: Fen, cap: Fen): void {
    const { lows, highs, count } = this;
    const joined = new Joined(lows.length, this.gap);
    let left = 0;
    let right = 0;
    while (left < count || right < count) {
      const low = left < count ? (lows[left] ?? 0) : Infinity;
      const shifted = right < count ? (lows[right] ?? 0) + least : Infinity;
      if (Math.min(low, shifted) > cap) break;
      if (low <= shifted) joined.put(low, highs[left++] ?? 0);
      else joined.put(shifted, Math.min(cap, (highs[right++] ?? 0) + most));
    }
    this.take(joined);
  }

  /** Sums above the cap cannot be had. */
  cut(cap: Fen): void {
    while (this.count > 1 && (this.lows[this.count - 1] ?? 0) > cap) this.count--;
    this.highs[this.count - 1] = Math.min(this.most, Math.max(0, cap));
  }

  private take(joined: Joined): void {
    this.lows = joined.lows;
    this.highs = joined.highs;
    this.count = joined.count;
    while (this.count > this.intervalsMax) {
      this.gap *= 2;
      const fewer = new Joined(this.lows.length, this.gap);
      for (let at = 0; at < this.count; at++) fewer.put(this.lows[at] ?? 0, this.highs[at] ?? 0);
      this.lows = fewer.lows;
      this.highs = fewer.highs;
      this.count = fewer.count;
    }
  }
}

/** Intervals that come in order of their lower ends, joined over gaps. */
class Joined {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  count = 0;

  constructor(
    room: number,
    private readonly gap: Fen,
  ) {
    this.lows = new Float64Array(room);
    this.highs = new Float64Array(room);
  }

  put(low: Fen, high: Fen): void {
    const last = this.count - 1;
    if (last >= 0 && low <= (this.highs[last] ?? 0) + this.gap) {
      this.highs[last] = Math.max(this.highs[last] ?? 0, high);
      return;
    }
    this.lows[this.count] = low;
    this.highs[this.count] = high;
    this.count++;
  }
}
