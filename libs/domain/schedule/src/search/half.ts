/** All choices of some requests that limits and sums leave open, found depth first. */
import type { Fen } from '../problem.js';
import type { Option } from './model.js';

/** One way to decide a request: an option, or none. */
export interface Choice {
  readonly option: Option | null;
  readonly amount: Fen;
  /** What it adds to the aim, and what the programme's value loses by it. */
  readonly worth: number;
  readonly penalty: number;
  /** What it adds to the number by which halves find each other. */
  readonly key: number;
  readonly sums: Float64Array;
  /** Limits that it takes from. */
  readonly rows: Int32Array;
}

/** Between what every sum lies. */
export interface Ends {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What the choices must keep; `others`: what those of the other half can add to the sums. */
interface Limits {
  readonly room: Float64Array;
  readonly ends: Ends;
  readonly others: Ends;
}

/** A choice of the whole half is kept as one whole number. */
const CODES_MAX = 2 ** 53;
const BUCKETS_BITS_MAX = 20;
/** Room for so many choices at first. */
const SIZE_FIRST = 1024;

/** The least and the most that the choices can add to every sum. */
export function endsOf(choices: readonly (readonly Choice[])[], sumCount: number): Ends {
  const low = new Float64Array(sumCount);
  const high = new Float64Array(sumCount);
  for (const list of choices) {
    for (let at = 0; at < sumCount; at++) {
      const own = list.map(({ sums }) => sums[at] ?? 0);
      low[at] = (low[at] ?? 0) + Math.min(...own);
      high[at] = (high[at] ?? 0) + Math.max(...own);
    }
  }
  return { low, high };
}

export class Half {
  /** How many choices of all requests were found, and each one's figures. */
  count = 0;
  keys = new Int32Array(SIZE_FIRST);
  worths = new Float64Array(SIZE_FIRST);
  penalties = new Float64Array(SIZE_FIRST);
  private codes = new Float64Array(SIZE_FIRST);
  /** Choices of single requests looked at. */
  work = 0;
  private readonly room: Float64Array;
  private readonly sums: Float64Array;
  /** Between what the sums must lie once the requests before each place are decided. */
  private readonly ends: readonly Ends[];
  private readonly isCodable: boolean;

  constructor(
    private readonly choices: readonly (readonly Choice[])[],
    { room, ends, others }: Limits,
    private readonly margin: number,
    private readonly statesMax: number,
  ) {
    const all = choices.reduce((product, list) => product * list.length, 1);
    this.isCodable = all <= CODES_MAX;
    this.room = Float64Array.from(room);
    this.sums = new Float64Array(ends.low.length);
    this.ends = Array.from({ length: choices.length + 1 }, (_, from) => {
      const after = endsOf(choices.slice(from), ends.low.length);
      return {
        low: ends.low.map((end, at) => end - (after.high[at] ?? 0) - (others.high[at] ?? 0)),
        high: ends.high.map((end, at) => end - (after.low[at] ?? 0) - (others.low[at] ?? 0)),
      };
    });
  }

  /** Finds all choices; false where there are too many. */
  enumerate(): boolean {
    return this.isCodable && this.visit(0, 0, 0, 0, 0);
  }

  private visit(at: number, code: number, key: number, worth: number, penalty: number): boolean {
    const list = this.choices[at];
    this.work += list?.length ?? 1;
    if (list === undefined) return this.keep(code, key, worth, penalty);
    for (let which = 0; which < list.length; which++) {
      const choice = list[which];
      if (choice === undefined || penalty + choice.penalty > this.margin) continue;
      if (!this.fits(choice, at + 1)) continue;
      this.move(choice, 1);
      const goesOn = this.visit(
        at + 1,
        code * list.length + which,
        (key + choice.key) | 0,
        worth + choice.worth,
        penalty + choice.penalty,
      );
      this.move(choice, -1);
      if (!goesOn) return false;
    }
    return true;
  }

  private keep(code: number, key: number, worth: number, penalty: number): boolean {
    if (this.count === this.statesMax) return false;
    if (this.count === this.keys.length) this.grow();
    const place = this.count++;
    this.keys[place] = key;
    this.worths[place] = worth;
    this.penalties[place] = penalty;
    this.codes[place] = code;
    return true;
  }

  private grow(): void {
    const { keys, worths, penalties, codes } = this;
    const size = 4 * keys.length;
    this.keys = new Int32Array(size);
    this.worths = new Float64Array(size);
    this.penalties = new Float64Array(size);
    this.codes = new Float64Array(size);
    this.keys.set(keys);
    this.worths.set(worths);
    this.penalties.set(penalties);
    this.codes.set(codes);
  }

  private fits({ rows, amount, sums }: Choice, next: number): boolean {
    for (let k = 0; k < rows.length; k++) if ((this.room[rows[k] ?? 0] ?? 0) < amount) return false;
    const low = this.ends[next]?.low;
    const high = this.ends[next]?.high;
    if (low === undefined || high === undefined) return false;
    for (let k = 0; k < sums.length; k++) {
      const sum = (this.sums[k] ?? 0) + (sums[k] ?? 0);
      if (sum > (high[k] ?? 0) || sum < (low[k] ?? 0)) return false;
    }
    return true;
  }

  private move({ rows, amount, sums }: Choice, sign: number): void {
    if (amount === 0) return;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k] ?? 0;
      this.room[row] = (this.room[row] ?? 0) - sign * amount;
    }
    for (let k = 0; k < sums.length; k++)
      this.sums[k] = (this.sums[k] ?? 0) + sign * (sums[k] ?? 0);
  }

  /** The choices of all requests that were found at that place. */
  chosen(place: number): Choice[] {
    let code = this.codes[place] ?? 0;
    const found: Choice[] = [];
    for (const list of [...this.choices].reverse()) {
      const rest = Math.floor(code / list.length);
      const choice = list[code - rest * list.length];
      if (choice !== undefined) found.push(choice);
      code = rest;
    }
    return found;
  }

  /** The places of every key, one after the other; among them some of other keys. */
  byKey(): { first: (key: number) => number; after: (place: number) => number } {
    const bits = Math.min(BUCKETS_BITS_MAX, Math.ceil(Math.log2(this.count + 2)));
    const bucketOf = (key: number) => Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) >>> (32 - bits);
    const heads = new Int32Array(2 ** bits).fill(-1);
    const nexts = new Int32Array(this.count);
    for (let place = 0; place < this.count; place++) {
      const bucket = bucketOf(this.keys[place] ?? 0);
      nexts[place] = heads[bucket] ?? -1;
      heads[bucket] = place;
    }
    return {
      first: (key) => heads[bucketOf(key)] ?? -1,
      after: (place) => nexts[place] ?? -1,
    };
  }
}
