import { uniforms } from './random.js';

/** Growth of the trees: small steps, small trees, leaves that hold at least a few days' weight. */
export interface Growth {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly leafMin: number;
  readonly penalty: number;
  /** An error beyond this pulls no harder than one of this size (Huber 1964); infinite: squared. */
  readonly reach: number;
}

/** Features cut into bins: made once for a series and used by every fit on a part of its days. */
export interface Binned {
  readonly cuts: readonly Float64Array[];
  readonly columns: readonly Uint8Array[];
}

/** A complete binary tree; node n has the children 2n+1 and 2n+2. */
interface Tree {
  readonly feature: Int16Array;
  readonly limit: Uint8Array;
  readonly value: Float64Array;
}

/** Gradient-boosted regression trees (Friedman 2001) on features cut into bins. */
export interface Boosted {
  readonly start: number;
  readonly cuts: readonly Float64Array[];
  readonly trees: readonly Tree[];
}

/** Bins hold as many days each, but the first and the last are cut once more: few days, much money. */
const evenBins = 32;
const tailBins = 8;
const bins = evenBins + 2 * (tailBins - 1);
const shares = Array.from({ length: evenBins - 1 }, (_, b) => (b + 1) / evenBins).concat(
  ...Array.from({ length: tailBins - 1 }, (_, b) => (b + 1) / tailBins / evenBins).map((share) => [
    share,
    1 - share,
  ]),
);
/** Per bin: weighted pull and weight. */
const cellSize = 2;
/** Shares of the days and of the features that a tree sees (Friedman 2002), so that trees differ. */
const daysSeen = 0.5;
const featuresSeen = 0.4;

/** Cuts each column into bins. */
export function binned(columns: readonly Float64Array[]): Binned {
  const cuts = columns.map(cutsOf);
  return {
    cuts,
    columns: columns.map((column, f) => {
      const limits = cuts[f] ?? new Float64Array();
      return Uint8Array.from(column, (value) => binOf(value, limits));
    }),
  };
}

/** Fits trees to the targets of the days whose features are given; the same days, the same trees. */
export function fitTrees(
  { cuts, columns }: Binned,
  targets: Float64Array,
  weights: Float64Array,
  growth: Growth,
): Boosted {
  let total = 0;
  let start = 0;
  for (let i = 0; i < targets.length; i += 1) {
    total += weights[i] ?? 0;
    start += (weights[i] ?? 0) * (targets[i] ?? 0);
  }
  start = total > 0 ? start / total : 0;
  const left = targets.map((value) => value - start);
  const grower = new Grower(columns, left, weights, growth);
  return { start, cuts, trees: Array.from({ length: growth.trees }, () => grower.next()) };
}

/** The fitted value for one row of features. */
export function treesValue(model: Boosted, row: readonly number[]): number {
  const cells = row.map((value, f) => binOf(value, model.cuts[f] ?? new Float64Array()));
  let sum = model.start;
  for (const tree of model.trees) {
    let node = 0;
    for (let f = tree.feature[node] ?? -1; f >= 0; f = tree.feature[node] ?? -1) {
      node = 2 * node + ((cells[f] ?? 0) <= (tree.limit[node] ?? 0) ? 1 : 2);
    }
    sum += tree.value[node] ?? 0;
  }
  return sum;
}

/** Grows one tree after another, each on what those before it left. */
class Grower {
  private readonly draw = uniforms(1);
  private readonly pull: Float64Array;
  private readonly leaf: Int16Array;
  private readonly order: Int32Array;
  private readonly aside: Int32Array;
  /** One histogram for each level: a child's; its sibling's takes the place of the parent's. */
  private readonly histograms: readonly Float64Array[];
  private used: readonly Uint8Array[] = [];
  private feature = new Int16Array();
  private limit = new Uint8Array();

  constructor(
    private readonly columns: readonly Uint8Array[],
    private readonly left: Float64Array,
    private readonly weights: Float64Array,
    private readonly growth: Growth,
  ) {
    this.pull = new Float64Array(left.length);
    this.leaf = new Int16Array(left.length);
    this.order = new Int32Array(left.length);
    this.aside = new Int32Array(left.length);
    const cells = columns.length * bins * cellSize;
    this.histograms = Array.from({ length: growth.depth + 1 }, () => new Float64Array(cells));
  }

  next(): Tree {
    const { growth, left, weights, pull } = this;
    const size = 2 ** (growth.depth + 1) - 1;
    const seen = this.sample();
    for (let i = 0; i < left.length; i += 1) {
      const error = Math.max(-growth.reach, Math.min(growth.reach, left[i] ?? 0));
      pull[i] = (weights[i] ?? 0) * error;
    }
    const features = this.columns.flatMap((_, f) => (this.draw() < featuresSeen ? [f] : []));
    this.used = features.map((f) => this.columns[f] ?? new Uint8Array());
    this.feature = new Int16Array(size).fill(-1);
    this.limit = new Uint8Array(size);
    const whole = this.histograms[0] ?? new Float64Array();
    this.count(whole, 0, seen);
    this.grow({ node: 0, from: 0, to: seen, level: 0, histogram: whole }, features);
    const value = this.steps(size);
    for (let i = 0; i < left.length; i += 1) {
      left[i] = (left[i] ?? 0) - (value[this.leaf[i] ?? 0] ?? 0);
    }
    return { feature: this.feature, limit: this.limit, value };
  }

  /** Puts the days that this tree sees into `order`; says how many. */
  private sample(): number {
    let seen = 0;
    for (let i = 0; i < this.left.length; i += 1) {
      if (this.draw() >= daysSeen) continue;
      this.order[seen] = i;
      seen += 1;
    }
    return seen;
  }

  private grow(branch: Branch, features: readonly number[]): void {
    const { node, from, to, level, histogram } = branch;
    if (level === this.growth.depth) return;
    const split = this.bestSplit(histogram);
    const column = this.used[split.place];
    if (column === undefined) return;
    this.feature[node] = features[split.place] ?? -1;
    this.limit[node] = split.limit;
    const middle = this.part(column, split.limit, from, to);
    if (level + 1 === this.growth.depth) return;
    const small = this.histograms[level + 1] ?? new Float64Array();
    const low = { node: 2 * node + 1, from, to: middle, level: level + 1 };
    const high = { node: 2 * node + 2, from: middle, to, level: level + 1 };
    const [fewer, more] = middle - from <= to - middle ? [low, high] : [high, low];
    this.count(small, fewer.from, fewer.to);
    const cells = this.used.length * bins * cellSize;
    for (let c = 0; c < cells; c += 1) histogram[c] = (histogram[c] ?? 0) - (small[c] ?? 0);
    this.grow({ ...fewer, histogram: small }, features);
    this.grow({ ...more, histogram }, features);
  }

  private count(into: Float64Array, from: number, to: number): void {
    const { used, order, pull, weights } = this;
    into.fill(0, 0, used.length * bins * cellSize);
    for (let u = 0; u < used.length; u += 1) {
      const column = used[u] ?? new Uint8Array();
      const base = u * bins;
      for (let k = from; k < to; k += 1) {
        const i = order[k] ?? 0;
        const cell = (base + (column[i] ?? 0)) * cellSize;
        into[cell] = (into[cell] ?? 0) + (pull[i] ?? 0);
        into[cell + 1] = (into[cell + 1] ?? 0) + (weights[i] ?? 0);
      }
    }
  }

  private bestSplit(histogram: Float64Array): Split {
    const split = { place: -1, limit: 0, gain: 1e-9 };
    for (let u = 0; u < this.used.length; u += 1) scan(split, u, histogram, this.growth);
    return split;
  }

  /** Days at or under the limit go before the others; their order is kept. */
  private part(column: Uint8Array, limit: number, from: number, to: number): number {
    const { order, aside } = this;
    let low = from;
    let high = 0;
    for (let k = from; k < to; k += 1) {
      const i = order[k] ?? 0;
      if ((column[i] ?? 0) <= limit) {
        order[low] = i;
        low += 1;
      } else {
        aside[high] = i;
        high += 1;
      }
    }
    for (let k = 0; k < high; k += 1) order[low + k] = aside[k] ?? 0;
    return low;
  }

  /** The step of each leaf towards the mean pull on all its days, held back by the penalty. */
  private steps(size: number): Float64Array {
    const { columns, leaf, pull, weights, growth, feature, limit } = this;
    const sums = new Float64Array(size);
    const loads = new Float64Array(size);
    for (let i = 0; i < leaf.length; i += 1) {
      let node = 0;
      for (let f = feature[node] ?? -1; f >= 0; f = feature[node] ?? -1) {
        node = 2 * node + ((columns[f]?.[i] ?? 0) <= (limit[node] ?? 0) ? 1 : 2);
      }
      leaf[i] = node;
      sums[node] = (sums[node] ?? 0) + (pull[i] ?? 0);
      loads[node] = (loads[node] ?? 0) + (weights[i] ?? 0);
    }
    return sums.map((sum, n) => (growth.rate * sum) / ((loads[n] ?? 0) + growth.penalty));
  }
}

/** A node to be split, its days in `order`, and their histogram. */
interface Branch {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly level: number;
  readonly histogram: Float64Array;
}

interface Split {
  place: number;
  limit: number;
  gain: number;
}

function scan(split: Split, place: number, histogram: Float64Array, growth: Growth): void {
  const first = place * bins * cellSize;
  const end = first + bins * cellSize;
  let sum = 0;
  let load = 0;
  for (let c = first; c < end; c += cellSize) {
    sum += histogram[c] ?? 0;
    load += histogram[c + 1] ?? 0;
  }
  const whole = (sum * sum) / (load + growth.penalty);
  let low = 0;
  let loadLow = 0;
  for (let c = first; c < end - cellSize; c += cellSize) {
    const weight = histogram[c + 1] ?? 0;
    if (weight === 0) continue;
    low += histogram[c] ?? 0;
    loadLow += weight;
    if (loadLow < growth.leafMin) continue;
    if (load - loadLow < growth.leafMin) break;
    const high = sum - low;
    const gain =
      (low * low) / (loadLow + growth.penalty) +
      (high * high) / (load - loadLow + growth.penalty) -
      whole;
    if (gain <= split.gain) continue;
    split.place = place;
    split.limit = (c - first) / cellSize;
    split.gain = gain;
  }
}

function cutsOf(column: Float64Array): Float64Array {
  const sorted = Float64Array.from(column).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= bins) return distinct.slice(0, -1);
  const cuts: number[] = [];
  for (const share of shares.toSorted((a, b) => a - b)) {
    const cut = sorted[Math.floor(share * sorted.length)] ?? 0;
    if (cut !== cuts.at(-1)) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

/** How many cuts lie under the value. */
function binOf(value: number, cuts: Float64Array): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
