/** Places where the dual step changes slope, the nearest first: a binary heap without objects. */
export class Breakpoints {
  private size = 0;
  private readonly ratios: Float64Array;
  private readonly groups: Int32Array;
  private readonly options: Int32Array;

  constructor(capacity: number) {
    this.ratios = new Float64Array(capacity);
    this.groups = new Int32Array(capacity);
    this.options = new Int32Array(capacity);
  }

  clear(): void {
    this.size = 0;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** The group, option and ratio of the nearest one. */
  get group(): number {
    return this.groups[0] ?? 0;
  }

  get option(): number {
    return this.options[0] ?? 0;
  }

  get ratio(): number {
    return this.ratios[0] ?? 0;
  }

  push(ratio: number, group: number, option: number): void {
    let at = this.size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((this.ratios[above] ?? 0) <= ratio) break;
      this.move(above, at);
      at = above;
    }
    this.put(at, ratio, group, option);
  }

  /** Takes the nearest one out. */
  pop(): void {
    const last = --this.size;
    const ratio = this.ratios[last] ?? 0;
    const group = this.groups[last] ?? 0;
    const option = this.options[last] ?? 0;
    let at = 0;
    for (let below = 1; below < last; below = 2 * at + 1) {
      if (below + 1 < last && (this.ratios[below + 1] ?? 0) < (this.ratios[below] ?? 0)) below++;
      if ((this.ratios[below] ?? 0) >= ratio) break;
      this.move(below, at);
      at = below;
    }
    this.put(at, ratio, group, option);
  }

  private move(from: number, to: number): void {
    this.put(to, this.ratios[from] ?? 0, this.groups[from] ?? 0, this.options[from] ?? 0);
  }

  private put(at: number, ratio: number, group: number, option: number): void {
    this.ratios[at] = ratio;
    this.groups[at] = group;
    this.options[at] = option;
  }
}
