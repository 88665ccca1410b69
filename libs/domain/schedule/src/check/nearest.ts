/** What happens along a step, the nearest first: a binary heap of numbers. */
export class Nearest {
  private size = 0;
  private readonly ratios: Float64Array;
  private readonly items: Int32Array;

  constructor(capacity: number) {
    this.ratios = new Float64Array(capacity);
    this.items = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
  }

  push(ratio: number, item: number): void {
    const { ratios, items } = this;
    let at = this.size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((ratios[above] ?? 0) <= ratio) break;
      ratios[at] = ratios[above] ?? 0;
      items[at] = items[above] ?? 0;
      at = above;
    }
    ratios[at] = ratio;
    items[at] = item;
  }

  /** Takes the nearest one out. */
  pop(): { readonly ratio: number; readonly item: number } | null {
    if (this.size === 0) return null;
    const { ratios, items } = this;
    const found = { ratio: ratios[0] ?? 0, item: items[0] ?? 0 };
    const last = --this.size;
    const ratio = ratios[last] ?? 0;
    let at = 0;
    for (let below = 1; below < last; below = 2 * at + 1) {
      if (below + 1 < last && (ratios[below + 1] ?? 0) < (ratios[below] ?? 0)) below++;
      if ((ratios[below] ?? 0) >= ratio) break;
      ratios[at] = ratios[below] ?? 0;
      items[at] = items[below] ?? 0;
      at = below;
    }
    ratios[at] = ratio;
    items[at] = items[last] ?? 0;
    return found;
  }
}
