/**
 * Looks for the prices of rows that bound a rank best: the dual simplex over bundles. How the prices are found does not
 * matter to whoever trusts the bound: `bound` works it out from the prices alone.
 *
 * Of every bundle one option is its `key`, which takes what its other options leave, so that the rule that a bundle is
 * paid but once needs no row; a basis holds differences from the keys (Dantzig and Van Slyke, Generalized upper bounding
 * techniques, 1967). A step passes over keys that change on its way as long as the bound falls (Fourer, Notes on the
 * dual simplex method, 1994).
 */
import { BasisInverse } from './basis-inverse.js';
import { Nearest } from './nearest.js';
import type { CouplingRows } from './coupling-rows.js';

/** `low`: the bound fell under what was asked. `none`: no payments keep the rows. */
export type Outcome = 'low' | 'optimal' | 'none' | 'stopped';

export interface Basis {
  readonly key: Int32Array;
  readonly owner: Int32Array;
  readonly option: Int32Array;
}

const PIVOT_LEAST = 1e-9;
const REINVERT_EVERY = 80;
const SLACK = -1;

export class PriceSearch {
  readonly prices: Float64Array;
  /** 1 for options that a case rules out. */
  closed: Uint8Array;
  private rights: Float64Array;
  private readonly height: number;
  private readonly key: Int32Array;
  /** Bundle of what is basic in each row, or `SLACK`; its option, or the row of the slack. */
  private readonly owner: Int32Array;
  private readonly option: Int32Array;
  private readonly value: Float64Array;
  private readonly inverse: BasisInverse;
  /** How many options of a bundle are basic, and whether a slack is. */
  private readonly basics: Int32Array;
  private readonly slackIn: Uint8Array;
  private readonly gains: Float64Array;
  private readonly uses: Float64Array;
  private readonly nearest: Nearest;
  private readonly tolerance: number;
  private sinceInversion = 0;
  /** Options looked at so far. */
  private looked = 0;

  constructor(
    private readonly rows: CouplingRows,
    /** What a fen in each option is worth. */
    private readonly worth: Float64Array,
  ) {
    const { usual, ranks } = rows.bundles;
    const height = rows.count;
    this.height = height;
    this.key = Int32Array.from(usual);
    this.owner = new Int32Array(height).fill(SLACK);
    this.option = Int32Array.from(this.owner.keys());
    this.value = new Float64Array(height);
    this.inverse = new BasisInverse(height);
    this.basics = new Int32Array(ranks.length);
    this.slackIn = new Uint8Array(height);
    this.prices = new Float64Array(height);
    this.gains = new Float64Array(worth.length);
    this.uses = new Float64Array(worth.length);
    this.closed = new Uint8Array(worth.length);
    this.nearest = new Nearest(ranks.length + height + 1);
    this.rights = Float64Array.from(rows.plain);
    const largest = this.rights.reduce((most, right) => Math.max(most, Math.abs(right)), 1);
    this.tolerance = Math.max(1e-6, largest * 1e-13);
  }

  /** Cells and options looked at so far: the measure of its work. */
  get touched(): number {
    return this.looked + this.inverse.touched;
  }

  save(): Basis {
    return { key: this.key.slice(), owner: this.owner.slice(), option: this.option.slice() };
  }

  /** Starts from a basis, under the right sides and closed options of a case. */
  restore({ key, owner, option }: Basis, rights: Float64Array, closed: Uint8Array): void {
    this.key.set(key);
    this.owner.set(owner);
    this.option.set(option);
    this.rights = rights;
    this.closed = closed;
    this.invert();
    for (let bundle = 0; bundle < this.basics.length; bundle++)
      if (closed[this.key[bundle] ?? 0] === 1 && (this.basics[bundle] ?? 0) > 0)
        this.swapKey(bundle, 0);
    this.restKeys();
    this.restValues();
  }

  /** Lowers the bound until it is best, or under `low`. */
  run(low: number, touchedMax: number): Outcome {
    for (let step = 0; ; step++) {
      if (this.sinceInversion >= REINVERT_EVERY) {
        this.invert();
        this.restKeys();
        this.restValues();
      }
      if (step % 4 === 0 && this.bound() < low) return 'low';
      const place = this.leaving();
      if (place < 0) return this.bound() < low ? 'low' : 'optimal';
      if (this.touched >= touchedMax) return 'stopped';
      const sign = (this.value[place] ?? 0) < 0 ? 1 : -1;
      if (!this.step(place, sign)) return this.follow(place, sign, low) ? 'low' : 'none';
    }
  }

  /**
   * What no payments that keep the rows can exceed, whatever the prices are, as long as none is below zero: what the
   * right sides are worth, and for each bundle what its best option brings beyond the prices.
   */
  bound(): number {
    const { rows, rights, closed, gains } = this;
    const { starts, amounts } = rows.bundles;
    const prices = this.prices.map((price) => Math.max(0, price));
    this.gainsAt(prices);
    let sum = 0;
    let size = 0;
    for (let row = 0; row < this.height; row++) {
      const part = (prices[row] ?? 0) * (rights[row] ?? 0);
      sum += part;
      size += Math.abs(part);
    }
    for (let bundle = 0; bundle < amounts.length; bundle++) {
      let best = -Infinity;
      const stop = starts[bundle + 1] ?? 0;
      for (let option = starts[bundle] ?? 0; option < stop; option++)
        if (closed[option] === 0) best = Math.max(best, gains[option] ?? 0);
      // A case that leaves a claim no option, not even that of not being paid, holds no plan.
      if (best === -Infinity) return -Infinity;
      const part = best * (amounts[bundle] ?? 0);
      sum += part;
      size += Math.abs(part);
    }
    // What adding up that many parts may lose to rounding.
    return sum + size * 1e-13;
  }

  private gainsAt(prices: Float64Array): void {
    const { gains, worth } = this;
    this.rows.usesInto(gains, prices);
    this.looked += gains.length;
    for (let option = 0; option < gains.length; option++)
      gains[option] = (worth[option] ?? 0) - (gains[option] ?? 0);
  }

  /** The row of what is furthest outside its limits; a key that is gives its place to a basic option first. */
  private leaving(): number {
    const { owner, option, value, closed } = this;
    const { amounts } = this.rows.bundles;
    const sums = new Map<number, number>();
    let worst = this.tolerance;
    let place = -1;
    let bundle = -1;
    for (let row = 0; row < this.height; row++) {
      const own = owner[row] ?? SLACK;
      const held = value[row] ?? 0;
      const off = own !== SLACK && closed[option[row] ?? 0] === 1 ? Math.abs(held) : -held;
      if (off > worst) {
        worst = off;
        place = row;
      }
      if (own !== SLACK) sums.set(own, (sums.get(own) ?? 0) + held);
    }
    for (const [own, sum] of sums) {
      const off = sum - (amounts[own] ?? 0);
      if (off <= worst) continue;
      worst = off;
      bundle = own;
    }
    return bundle < 0 ? place : this.swapKey(bundle, -worst);
  }

  /** Moves the prices along a basic row until the bound falls no more; false where it falls for ever. */
  private step(place: number, sign: number): boolean {
    const { nearest, uses, basics, height } = this;
    const { amounts, bundleOf } = this.rows.bundles;
    const line = new Float64Array(height);
    this.inverse.addRow(line, place, sign);
    this.rows.usesInto(uses, line);
    this.gainsAt(this.prices);
    this.looked += uses.length;
    nearest.clear();
    for (let bundle = 0; bundle < basics.length; bundle++) this.pushNext(bundle);
    for (let row = 0; row < height; row++)
      if (this.slackIn[row] === 0 && (line[row] ?? 0) < -PIVOT_LEAST)
        nearest.push(Math.max(0, this.prices[row] ?? 0) / -(line[row] ?? 0), uses.length + row);
    const moved = new Float64Array(height);
    let missing = Math.abs(this.value[place] ?? 0);
    let isMoved = false;
    for (;;) {
      const next = nearest.pop();
      if (next === null) return false;
      const { item, ratio } = next;
      const isSlack = item >= uses.length;
      const bundle = isSlack ? SLACK : (bundleOf[item] ?? 0);
      const key = this.key[bundle] ?? 0;
      const brings = isSlack
        ? Infinity
        : ((uses[key] ?? 0) - (uses[item] ?? 0)) * (amounts[bundle] ?? 0);
      if (!isSlack && basics[bundle] === 0 && brings < missing - this.tolerance) {
        missing -= brings;
        this.rows.addTo(moved, bundle, key, -(amounts[bundle] ?? 0));
        this.rows.addTo(moved, bundle, item, amounts[bundle] ?? 0);
        this.key[bundle] = item;
        this.pushNext(bundle);
        isMoved = true;
        continue;
      }
      if (isMoved)
        for (const [row, change] of this.inverse.seen(moved).entries())
          this.value[row] = (this.value[row] ?? 0) - change;
      this.inverse.addRow(this.prices, place, ratio * sign);
      this.enter(place, bundle, isSlack ? item - uses.length : item);
      return true;
    }
  }

  /** The option that catches up with its bundle's key first. */
  private pushNext(bundle: number): void {
    const { gains, uses, closed } = this;
    const { starts } = this.rows.bundles;
    const key = this.key[bundle] ?? 0;
    const keyUse = uses[key] ?? 0;
    const keyGain = gains[key] ?? 0;
    let ratio = Infinity;
    let found = -1;
    const stop = starts[bundle + 1] ?? 0;
    for (let option = starts[bundle] ?? 0; option < stop; option++) {
      const brings = keyUse - (uses[option] ?? 0);
      if (brings <= PIVOT_LEAST || closed[option] === 1) continue;
      const own = Math.max(0, keyGain - (gains[option] ?? 0)) / brings;
      if (own > ratio || (own === ratio && (uses[option] ?? 0) > (uses[found] ?? 0))) continue;
      ratio = own;
      found = option;
    }
    if (found >= 0) this.nearest.push(ratio, found);
  }

  /** Nothing stops the prices: they go on until the bound is low enough. */
  private follow(place: number, sign: number, low: number): boolean {
    const start = Float64Array.from(this.prices);
    for (let far = 1 / 16; far < 1e6; far *= 4) {
      this.prices.set(start);
      this.inverse.addRow(this.prices, place, far * sign);
      if (this.bound() < low) return true;
    }
    this.prices.set(start);
    return false;
  }

  private enter(place: number, bundle: number, option: number): void {
    const { height, value } = this;
    const column = new Float64Array(height);
    if (bundle === SLACK) column[option] = 1;
    else {
      this.rows.addTo(column, bundle, option, 1);
      this.rows.addTo(column, bundle, this.key[bundle] ?? 0, -1);
    }
    const direction = this.inverse.seen(column);
    const far = (value[place] ?? 0) / (direction[place] ?? 1);
    for (let row = 0; row < height; row++)
      value[row] = (value[row] ?? 0) - (direction[row] ?? 0) * far;
    value[place] = far;
    this.replace(place, bundle, option, direction);
  }

  private count(owner: number, option: number, by: number): void {
    if (owner === SLACK) this.slackIn[option] = (this.slackIn[option] ?? 0) + by;
    else this.basics[owner] = (this.basics[owner] ?? 0) + by;
  }

  private replace(place: number, bundle: number, option: number, direction: Float64Array): void {
    this.count(this.owner[place] ?? SLACK, this.option[place] ?? 0, -1);
    this.count(bundle, option, 1);
    this.owner[place] = bundle;
    this.option[place] = option;
    this.sinceInversion++;
    this.inverse.replace(place, direction);
  }

  /** A basic option becomes the key of its bundle; the old key, which has `left`, takes its row. */
  private swapKey(bundle: number, left: number): number {
    const { owner, option, value, closed, height } = this;
    const sum = new Float64Array(height);
    let place = -1;
    let most = -Infinity;
    for (let row = 0; row < height; row++) {
      if (owner[row] !== bundle) continue;
      this.inverse.addRow(sum, row, -1);
      const held = closed[option[row] ?? 0] === 1 ? -Number.MAX_VALUE : (value[row] ?? 0);
      if (held <= most) continue;
      most = held;
      place = row;
    }
    this.inverse.put(place, sum);
    const key = this.key[bundle] ?? 0;
    this.key[bundle] = option[place] ?? 0;
    option[place] = key;
    value[place] = left;
    return place;
  }

  /** The inverse anew from what is basic, so that rounding does not pile up; and its prices. */
  private invert(): void {
    const { owner, option, height, inverse, prices } = this;
    const wanted = [...owner.keys()]
      .map((row) => ({ bundle: owner[row] ?? SLACK, option: option[row] ?? 0 }))
      .filter(({ bundle }) => bundle !== SLACK);
    const stays = new Uint8Array(height);
    for (const [row, own] of owner.entries()) if (own === SLACK) stays[option[row] ?? 0] = 1;
    inverse.reset();
    owner.fill(SLACK);
    this.basics.fill(0);
    this.slackIn.fill(1);
    for (let row = 0; row < height; row++) option[row] = row;
    for (const one of wanted) this.insert(one.bundle, one.option, stays);
    this.sinceInversion = 0;
    prices.fill(0);
    for (let row = 0; row < height; row++) {
      const own = owner[row] ?? SLACK;
      if (own === SLACK) continue;
      const more = (this.worth[option[row] ?? 0] ?? 0) - (this.worth[this.key[own] ?? 0] ?? 0);
      if (more !== 0) this.inverse.addRow(prices, row, more);
    }
  }

  private insert(bundle: number, option: number, stays: Uint8Array): void {
    const column = new Float64Array(this.height);
    this.rows.addTo(column, bundle, option, 1);
    this.rows.addTo(column, bundle, this.key[bundle] ?? 0, -1);
    const direction = this.inverse.seen(column);
    let place = -1;
    for (const [row, size] of direction.entries()) {
      if (stays[row] === 1 || this.owner[row] !== SLACK) continue;
      if (place < 0 || Math.abs(size) > Math.abs(direction[place] ?? 0)) place = row;
    }
    if (place >= 0 && Math.abs(direction[place] ?? 0) > 1e-11)
      this.replace(place, bundle, option, direction);
  }

  /** Every bundle without basic options stands where it gains most. */
  private restKeys(): void {
    const { gains, basics, closed, key } = this;
    const { starts } = this.rows.bundles;
    this.gainsAt(this.prices);
    for (let bundle = 0; bundle < basics.length; bundle++) {
      if ((basics[bundle] ?? 0) > 0) continue;
      let best = key[bundle] ?? 0;
      let most = closed[best] === 1 ? -Infinity : (gains[best] ?? 0) + PIVOT_LEAST;
      const stop = starts[bundle + 1] ?? 0;
      for (let option = starts[bundle] ?? 0; option < stop; option++) {
        if (closed[option] === 1 || (gains[option] ?? 0) <= most) continue;
        most = gains[option] ?? 0;
        best = option;
      }
      key[bundle] = best;
    }
  }

  private restValues(): void {
    const { value } = this;
    const { amounts } = this.rows.bundles;
    const rest = Float64Array.from(this.rights);
    for (const [bundle, key] of this.key.entries())
      this.rows.addTo(rest, bundle, key, -(amounts[bundle] ?? 0));
    value.set(this.inverse.seen(rest));
  }

  /** What each option is paid at this basis. */
  flows(): Float64Array {
    const flows = new Float64Array(this.worth.length);
    const { amounts } = this.rows.bundles;
    for (const [bundle, key] of this.key.entries()) flows[key] = amounts[bundle] ?? 0;
    for (const [row, own] of this.owner.entries()) {
      if (own === SLACK) continue;
      const key = this.key[own] ?? 0;
      flows[this.option[row] ?? 0] = this.value[row] ?? 0;
      flows[key] = (flows[key] ?? 0) - (this.value[row] ?? 0);
    }
    return flows;
  }
}
