/** Sums of subsets, by meeting in the middle: every subset of one half beside every subset of the other. */

/** More items than this would take more than a million sums a half. */
export const ITEMS_MAX = 40;

/** Sums kept at most, of 12 bytes each. */
const KEPT_MAX = 1_000_000;

/** Sums of all subsets of the items, ascending, each with the subset as bits. */
export interface SubsetSums {
  readonly sums: Float64Array;
  readonly bits: Uint32Array;
}

/** All 2^n sums, ascending, by merging in one item after the other. */
export function subsetSums(items: readonly number[]): SubsetSums {
  let sums = new Float64Array([0]);
  let bits = new Uint32Array([0]);
  for (const [at, item] of items.entries()) {
    const length = sums.length;
    const mergedSums = new Float64Array(2 * length);
    const mergedBits = new Uint32Array(2 * length);
    const bit = 1 << at;
    let without = 0;
    let withItem = 0;
    for (let k = 0; k < 2 * length; k++) {
      const plain = without < length ? (sums[without] ?? 0) : Infinity;
      const raised = withItem < length ? (sums[withItem] ?? 0) + item : Infinity;
      if (plain <= raised) {
        mergedSums[k] = plain;
        mergedBits[k] = bits[without++] ?? 0;
      } else {
        mergedSums[k] = raised;
        mergedBits[k] = (bits[withItem++] ?? 0) | bit;
      }
    }
    sums = mergedSums;
    bits = mergedBits;
  }
  return { sums, bits };
}

/** First place in ascending sums that is above the limit. */
function placeAbove(sums: Float64Array, limit: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The sums of subsets that lie above `low` and not above `high`, ascending and each once; `null` where
 * there are too many items or sums to tell.
 */
export function sumsBetween(
  items: readonly number[],
  low: number,
  high: number,
  countMax = 200_000,
): Float64Array | null {
  if (items.length > ITEMS_MAX) return null;
  const half = items.length >> 1;
  const left = subsetSums(items.slice(0, half)).sums;
  const right = subsetSums(items.slice(half)).sums;
  const found: number[] = [];
  for (const sum of left) {
    if (sum > high) break;
    for (let at = placeAbove(right, high - sum) - 1; at >= 0; at--) {
      const total = sum + (right[at] ?? 0);
      if (total <= low) break;
      found.push(total);
      if (found.length > countMax) return null;
    }
  }
  return Float64Array.from(new Set(found)).sort();
}

/** The largest sum not above the value; -Infinity where none is left. */
export function largestNotAbove(sums: Float64Array, value: number): number {
  return sums[placeAbove(sums, value) - 1] ?? -Infinity;
}

/** Sums of subsets, kept as long as there is room, for searches that ask for the same ones again and again. */
export class SubsetSumsKept {
  private readonly kept = new Map<string, SubsetSums>();
  private size = 0;

  of(items: readonly number[]): SubsetSums {
    const key = items.join();
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const sums = subsetSums(items);
    this.size += sums.sums.length;
    if (this.size > KEPT_MAX) {
      this.kept.clear();
      this.size = sums.sums.length;
    }
    this.kept.set(key, sums);
    return sums;
  }
}

/**
 * The subsets of two sets of items with sums from `low` to `high`, as bits, those of the second set behind the
 * `leftCount` of the first; `null` where there are more than `countMax`.
 */
export function subsetsBetween(
  [left, right]: readonly [SubsetSums, SubsetSums],
  leftCount: number,
  { low, high }: { readonly low: number; readonly high: number },
  countMax: number,
): number[] | null {
  const found: number[] = [];
  let top = right.sums.length - 1;
  for (let k = 0; k < left.sums.length; k++) {
    const sum = left.sums[k] ?? 0;
    while (top >= 0 && sum + (right.sums[top] ?? 0) > high) top--;
    for (let at = top; at >= 0 && sum + (right.sums[at] ?? 0) >= low; at--) {
      if (found.length === countMax) return null;
      found.push((left.bits[k] ?? 0) | ((right.bits[at] ?? 0) << leftCount));
    }
  }
  return found;
}
