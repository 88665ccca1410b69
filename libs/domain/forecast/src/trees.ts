/** Growth of the trees: small steps, small trees, leaves that hold at least a few days. */
export interface Growth {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  readonly leafDaysMin: number;
  readonly penalty: number;
  /** What is made small: squared errors, so that a leaf is a mean, or absolute ones: a median. */
  readonly loss: 'squared' | 'absolute';
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

const bins = 32;

/** Every other feature is left out of a tree in turn, so that trees differ. */
export function fitTrees(
  features: readonly Float64Array[],
  targets: Float64Array,
  weights: Float64Array,
  growth: Growth,
): Boosted {
  const rows = targets.length;
  const cuts = features.map(cutsOf);
  const binned = features.map((column, f) => binsOf(column, cuts[f] ?? new Float64Array()));
  let total = 0;
  let start = 0;
  for (let i = 0; i < rows; i += 1) {
    total += weights[i] ?? 0;
    start += (weights[i] ?? 0) * (targets[i] ?? 0);
  }
  start = total > 0 ? start / total : 0;
  const left = targets.map((value) => value - start);
  const trees: Tree[] = [];
  for (let t = 0; t < growth.trees; t += 1) {
    trees.push(growTree(binned, left, weights, growth, t));
  }
  return { start, cuts, trees };
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

function growTree(
  binned: readonly Uint8Array[],
  left: Float64Array,
  weights: Float64Array,
  growth: Growth,
  turn: number,
): Tree {
  const size = 2 ** (growth.depth + 1) - 1;
  const feature = new Int16Array(size).fill(-1);
  const limit = new Uint8Array(size);
  const node = new Int16Array(left.length);
  const used = binned.map((_, f) => f).filter((f) => (f * 7 + turn * 5 + (turn >> 3)) % 5 < 2);
  const pull = growth.loss === 'absolute' ? left.map(Math.sign) : left;
  const ground = { binned, used, left, pull, weights, growth, turn };
  for (let level = 0; level < growth.depth; level += 1) {
    const from = 2 ** level - 1;
    const splits = bestSplits(ground, node, from);
    splits.forEach((split, k) => {
      feature[from + k] = split.feature;
      limit[from + k] = split.limit;
    });
    for (let i = 0; i < node.length; i += 1) {
      const at = node[i] ?? 0;
      const f = feature[at] ?? -1;
      if (at < from || f < 0) continue;
      node[i] = 2 * at + ((binned[f]?.[i] ?? 0) <= (limit[at] ?? 0) ? 1 : 2);
    }
  }
  const value =
    growth.loss === 'absolute' ? medians(ground, node, size) : means(ground, node, size);
  for (let i = 0; i < left.length; i += 1) left[i] = (left[i] ?? 0) - (value[node[i] ?? 0] ?? 0);
  return { feature, limit, value };
}

/** The step of each node towards the mean of what is left there, held back by the penalty. */
function means({ left, weights, growth }: Ground, node: Int16Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  const loads = new Float64Array(size);
  for (let i = 0; i < left.length; i += 1) {
    const at = node[i] ?? 0;
    loads[at] = (loads[at] ?? 0) + (weights[i] ?? 0);
    sums[at] = (sums[at] ?? 0) + (weights[i] ?? 0) * (left[i] ?? 0);
  }
  return sums.map((sum, n) => (growth.rate * sum) / ((loads[n] ?? 0) + growth.penalty));
}

/** The step of each node towards the weighted median of what is left there. */
function medians({ left, weights, growth }: Ground, node: Int16Array, size: number): Float64Array {
  const members: number[][] = Array.from({ length: size }, () => []);
  for (let i = 0; i < left.length; i += 1) members[node[i] ?? 0]?.push(i);
  return Float64Array.from(members, (places) => {
    places.sort((a, b) => (left[a] ?? 0) - (left[b] ?? 0));
    const load = places.reduce((sum, i) => sum + (weights[i] ?? 0), 0);
    let below = 0;
    const middle = places.find((i) => (below += weights[i] ?? 0) >= load / 2);
    const held = load / (load + growth.penalty);
    return middle === undefined ? 0 : growth.rate * held * (left[middle] ?? 0);
  });
}

interface Split {
  feature: number;
  limit: number;
  gain: number;
}

/** What one tree is grown on. */
interface Ground {
  readonly binned: readonly Uint8Array[];
  readonly used: readonly number[];
  readonly left: Float64Array;
  /** Where each day pulls its leaf: what is left of it, or only the sign of that. */
  readonly pull: Float64Array;
  readonly weights: Float64Array;
  readonly growth: Growth;
  readonly turn: number;
}

/** Per bin: weighted sum of what is left to explain, weight, number of days. */
interface Histogram {
  readonly sums: Float64Array;
  readonly loads: Float64Array;
  readonly counts: Int32Array;
}

function bestSplits(ground: Ground, node: Int16Array, from: number): Split[] {
  const { binned, used, pull, weights, growth, turn } = ground;
  const width = from + 1;
  const best = Array.from({ length: width }, () => ({ feature: -1, limit: 0, gain: 1e-9 }));
  const sums = new Float64Array(width * bins);
  const loads = new Float64Array(width * bins);
  const counts = new Int32Array(width * bins);
  for (const f of used) {
    const column = binned[f] ?? new Uint8Array();
    sums.fill(0);
    loads.fill(0);
    counts.fill(0);
    // Every other day in turn (Friedman 2002, stochastic gradient boosting): faster, and steadier.
    for (let i = turn & 1; i < pull.length; i += 2) {
      const at = (node[i] ?? 0) - from;
      if (at < 0) continue;
      const cell = at * bins + (column[i] ?? 0);
      const weight = weights[i] ?? 0;
      sums[cell] = (sums[cell] ?? 0) + weight * (pull[i] ?? 0);
      loads[cell] = (loads[cell] ?? 0) + weight;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
    best.forEach((split, k) => scan(split, f, k * bins, { sums, loads, counts }, growth));
  }
  return best;
}

function scan(
  split: Split,
  feature: number,
  base: number,
  { sums, loads, counts }: Histogram,
  growth: Growth,
): void {
  let sum = 0;
  let load = 0;
  let count = 0;
  for (let b = 0; b < bins; b += 1) {
    sum += sums[base + b] ?? 0;
    load += loads[base + b] ?? 0;
    count += counts[base + b] ?? 0;
  }
  const whole = (sum * sum) / (load + growth.penalty);
  let sumLow = 0;
  let loadLow = 0;
  let countLow = 0;
  for (let b = 0; b < bins - 1; b += 1) {
    sumLow += sums[base + b] ?? 0;
    loadLow += loads[base + b] ?? 0;
    countLow += counts[base + b] ?? 0;
    if (countLow < growth.leafDaysMin) continue;
    if (count - countLow < growth.leafDaysMin) break;
    const high = sum - sumLow;
    const gain =
      (sumLow * sumLow) / (loadLow + growth.penalty) +
      (high * high) / (load - loadLow + growth.penalty) -
      whole;
    if (gain > split.gain) Object.assign(split, { feature, limit: b, gain });
  }
}

function cutsOf(column: Float64Array): Float64Array {
  const sorted = Float64Array.from(column).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= bins) return distinct.slice(0, -1);
  const cuts: number[] = [];
  for (let b = 1; b < bins; b += 1) {
    const cut = sorted[Math.floor((b * sorted.length) / bins)] ?? 0;
    if (cut !== cuts.at(-1)) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

const binsOf = (column: Float64Array, cuts: Float64Array): Uint8Array =>
  Uint8Array.from(column, (value) => binOf(value, cuts));

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
