/** Tie order: rank, due as given, instant of submission (none last), id. */
import { compareInstants, instantSeconds } from './instant.js';
import type { FundRequest } from './problem.js';

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By instant as far as seconds do not tell, then by id. */
function compareWithinSecond(a: FundRequest, b: FundRequest): number {
  return compareInstants(a.submittedAt, b.submittedAt) || compareText(a.id, b.id);
}

/** Which of two requests comes first. */
export function compareTies(a: FundRequest, b: FundRequest): number {
  return (
    a.tier - b.tier ||
    a.urgency - b.urgency ||
    compareText(a.due, b.due) ||
    compareWithinSecond(a, b)
  );
}

/** Rank and due day of each request as one number that sorts like the two. */
function rankAndDue(requests: readonly FundRequest[]): Float64Array {
  const places = new Map<string, number>();
  for (const { due } of requests) if (!places.has(due)) places.set(due, 0);
  for (const [place, due] of [...places.keys()].sort().entries()) places.set(due, place);
  const keys = new Float64Array(requests.length);
  for (const [index, { tier, urgency, due }] of requests.entries())
    keys[index] = (tier * 100 + urgency) * places.size + (places.get(due) ?? 0);
  return keys;
}

/** Positions of the requests in tie order. Numbers are compared first, text only where these are the same. */
export function tieOrder(requests: readonly FundRequest[]): Uint32Array {
  const sort = new KeySort(requests.length);
  const seconds = new Float64Array(requests.length);
  for (const [index, { submittedAt }] of requests.entries())
    seconds[index] = instantSeconds(submittedAt);
  sort.by(rankAndDue(requests), 0, requests.length, (from, to) => {
    sort.by(seconds, from, to, (first, last) => {
      sort.order.subarray(first, last).sort((a, b) => {
        const [left, right] = [requests[a], requests[b]];
        return left === undefined || right === undefined ? 0 : compareWithinSecond(left, right);
      });
    });
  });
  return sort.order;
}

/** Stretches that are short enough to be sorted by insertion. */
const SHORT = 8;

/** Sorts positions by numbers. The keys move along with the positions, so that memory is read in order. */
class KeySort {
  readonly order: Uint32Array;
  private readonly keys: Float64Array;
  private readonly otherOrder: Uint32Array;
  private readonly otherKeys: Float64Array;

  constructor(size: number) {
    this.order = Uint32Array.from({ length: size }, (_, index) => index);
    this.keys = new Float64Array(size);
    this.otherOrder = new Uint32Array(size);
    this.otherKeys = new Float64Array(size);
  }

  /** Sorts a stretch, then hands over each run of equal keys that is longer than one. */
  by(
    keyOf: Float64Array,
    from: number,
    to: number,
    withinRun: (from: number, to: number) => void,
  ): void {
    const { keys, order } = this;
    let isSorted = true;
    for (let at = from; at < to; at++) {
      keys[at] = keyOf[order[at] ?? 0] ?? 0;
      if (at > from && (keys[at] ?? 0) < (keys[at - 1] ?? 0)) isSorted = false;
    }
    if (!isSorted) this.sort(from, to);
    const ends: number[] = [];
    for (let at = from + 1; at <= to; at++)
      if (at === to || keys[at] !== keys[at - 1]) ends.push(at);
    let start = from;
    for (const end of ends) {
      if (end - start > 1) withinRun(start, end);
      start = end;
    }
  }

  private sort(from: number, to: number): void {
    for (let start = from; start < to; start += SHORT)
      this.insert(start, Math.min(start + SHORT, to));
    for (let width = SHORT; width < to - from; width *= 2) {
      for (let start = from; start + width < to; start += 2 * width)
        this.merge(start, start + width, Math.min(start + 2 * width, to));
    }
  }

  private insert(from: number, to: number): void {
    const { keys, order } = this;
    for (let next = from + 1; next < to; next++) {
      const key = keys[next] ?? 0;
      const position = order[next] ?? 0;
      let at = next;
      for (; at > from && (keys[at - 1] ?? 0) > key; at--) {
        keys[at] = keys[at - 1] ?? 0;
        order[at] = order[at - 1] ?? 0;
      }
      keys[at] = key;
      order[at] = position;
    }
  }

  /** Joins two sorted neighbours: the left one is set aside, and both are laid back in order. */
  private merge(from: number, middle: number, to: number): void {
    const { keys, order, otherKeys, otherOrder } = this;
    if ((keys[middle - 1] ?? 0) <= (keys[middle] ?? 0)) return;
    otherKeys.set(keys.subarray(from, middle), from);
    otherOrder.set(order.subarray(from, middle), from);
    let left = from;
    let right = middle;
    for (let at = from; left < middle; at++) {
      const key = otherKeys[left] ?? 0;
      if (right < to && (keys[right] ?? 0) < key) {
        keys[at] = keys[right] ?? 0;
        order[at] = order[right++] ?? 0;
      } else {
        keys[at] = key;
        order[at] = otherOrder[left++] ?? 0;
      }
    }
  }
}
