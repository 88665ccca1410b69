/** Branch and bound over the linear programme: depth first, the more promising side first. */
import type { Part } from '../served.js';
import { type Ask, promisedOn } from '../terms.js';
import { slackOf } from './look-ahead.js';
import type { Model, Option } from './model.js';
import type { Simplex } from './simplex.js';

interface Node {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Per pool with a reserve in question: the days between which outsiders may first be paid. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** What the node above could reach. */
  readonly reach: number;
}

/** A column that is not whole yet, and the two ranges between which it must choose. */
interface Split {
  readonly option: Option;
  readonly low: number;
  readonly high: number;
  readonly highFirst: boolean;
}

export type Chosen = ReadonlyMap<Ask, readonly Part[]>;

/** What is looked for, how long, and what helps. */
export interface Hunt {
  /** Only payments worth more are of interest. */
  readonly value: number;
  /** Pivot count at which to stop. */
  readonly last: number;
  /** The most that whole payments can be worth where the programme reaches so much. */
  readonly attainable: (value: number) => number;
  /** Tries to make whole payments of a node's; their worth where they are the best so far. */
  readonly repair: (parts: Chosen) => number | null;
}

const REPAIR_EVERY = 150;
const WHOLE = 1e-4;

export class BranchAndBound {
  private best: Chosen | null = null;
  private value = 0;
  private attainable: (value: number) => number = (value) => value;
  private nodes = 0;

  constructor(
    private readonly model: Model,
    private readonly simplex: Simplex,
    private readonly costs: Float64Array,
  ) {}

  /** The most that parts of a fen could reach, rounded down; the simplex is left at that optimum. */
  relax(value: number, stepsMax: number): number {
    this.value = -Infinity;
    const reach = this.reachOf(this.root(), stepsMax);
    return reach.known ? Math.max(reach.value, value) : Infinity;
  }

  /**
   * Looks for whole payments worth more than `value`. `bound`: nothing whole is worth more; it equals
   * the worth of the best where the search came to its end.
   */
  search({ value, last, attainable, repair }: Hunt): { best: Chosen | null; bound: number } {
    this.value = value;
    this.attainable = attainable;
    const stack = [this.root()];
    let rootReach = Infinity;
    let open = -Infinity;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.reach <= this.value) continue;
      const isRoot = rootReach === Infinity;
      const reach = this.reachOf(node, Math.max(0, last - this.simplex.steps));
      if (isRoot) rootReach = reach.known ? reach.value : rootReach;
      if (reach.value <= this.value) continue;
      this.nodes++;
      if (reach.known && this.nodes % REPAIR_EVERY === 0)
        this.value = repair(this.wholeParts()) ?? this.value;
      if (reach.value <= this.value) continue;
      const children = reach.known ? this.children(node, reach.value) : null;
      if (children === null) open = Math.max(open, reach.value);
      else stack.push(...children);
      if (this.value >= rootReach) break;
    }
    return { best: this.best, bound: Math.max(open, this.value) };
  }

  /** The same with some requests kept as they are paid; what of it is whole, rounded down. */
  relaxBeside(
    stays: ReadonlyMap<Ask, readonly Part[]>,
    stepsMax: number,
  ): { reach: number; parts: Chosen } | null {
    this.value = -Infinity;
    const node = this.root();
    for (const [ask, parts] of stays) {
      for (const { day, column } of this.model.byAsk.get(ask) ?? []) {
        const amount = parts.find((part) => part.day === day)?.amount ?? 0;
        node.lower[column] = amount;
        node.upper[column] = amount;
      }
    }
    const reach = this.reachOf(node, stepsMax);
    return reach.known && reach.value > -Infinity
      ? { reach: reach.value, parts: this.wholeParts() }
      : null;
  }

  /** What is whole at the simplex's optimum; fractions are left out. */
  wholeParts(): Map<Ask, Part[]> {
    const parts = new Map<Ask, Part[]>();
    for (const [ask, options] of this.model.byAsk) {
      const list: Part[] = [];
      for (const { day, column, most } of options) {
        const value = this.simplex.value(column);
        const amount = ask.divisible ? Math.floor(value + WHOLE) : value > most - WHOLE ? most : 0;
        if (amount >= ask.minPart) list.push({ day, amount });
      }
      if (list.length > 0) parts.set(ask, list);
    }
    return parts;
  }

  /** The whole programme, nothing decided yet. */
  private root(): Node {
    const { columns, switches, terms } = this.model;
    const length = terms.pools.length;
    return {
      lower: new Float64Array(columns.length),
      upper: Float64Array.from(columns, (column) => column.upper),
      from: Int32Array.from({ length }, (_, pool) => switches.get(pool)?.from ?? 0),
      to: Int32Array.from({ length }, (_, pool) => switches.get(pool)?.to ?? 0),
      reach: Infinity,
    };
  }

  /** The most that the node can reach in whole fen. Unknown: steps ran out before its optimum. */
  private reachOf(node: Node, stepsMax: number): { value: number; known: boolean } {
    this.load(node);
    const outcome = this.simplex.solve(stepsMax, this.value + 0.5);
    if (outcome === 'infeasible') return { value: -Infinity, known: true };
    const value = this.simplex.objective();
    const whole = Math.floor(value + slackOf(value));
    const reach = Math.min(node.reach, this.attainable(whole));
    return { value: reach, known: outcome === 'optimal' };
  }

  private load(node: Node): void {
    const { options, reserveRows, switches, terms } = this.model;
    for (let column = 0; column < node.upper.length; column++) {
      this.simplex.setBounds(column, node.lower[column] ?? 0, node.upper[column] ?? 0);
    }
    if (switches.size === 0) return;
    for (const { row, pool, day, plain, reserved } of reserveRows) {
      this.simplex.setRight(row, day >= (node.to[pool] ?? 0) ? reserved : plain);
    }
    for (const { ask, day, column } of options) {
      const shut = (terms.lines[ask.pool] ?? []).some(
        (pool) => switches.has(pool) && this.isOutside(ask, pool) && day < (node.from[pool] ?? 0),
      );
      if (shut) this.simplex.setBounds(column, 0, 0);
    }
  }

  private isOutside(ask: Ask, pool: number): boolean {
    return ask.tier > (this.model.terms.insideTiers[pool] ?? 99);
  }

  /** The two halves of a node that is not whole; none where it is; `null` where rounding hides which. */
  private children(node: Node, reach: number): Node[] | null {
    const split = this.split();
    if (split !== null) return this.halves(node, split, reach);
    const parts = this.partsAtHand();
    const broken = this.brokenReserve(parts, node);
    if (broken !== null) return switchHalves(node, broken, reach);
    const value = this.worth(parts);
    if (value > this.value) {
      this.value = value;
      this.best = parts;
    }
    return value < reach ? null : [];
  }

  /** The largest request that is not whole. */
  private split(): Split | null {
    let found: Split | null = null;
    let size = 0;
    for (const [ask, options] of this.model.byAsk) {
      if (found !== null && ask.amount <= size && !found.option.ask.divisible) continue;
      const split = ask.divisible ? this.splitDivisible(options) : this.splitWhole(options);
      if (split === null) continue;
      if (found === null || (found.option.ask.divisible && !ask.divisible) || ask.amount > size) {
        found = split;
        size = ask.amount;
      }
    }
    return found;
  }

  private splitWhole(options: readonly Option[]): Split | null {
    let best: Split | null = null;
    let most = WHOLE;
    for (const option of options) {
      const value = this.simplex.value(option.column);
      if (value > most && value < option.most - WHOLE) {
        most = value;
        const highFirst = value * 2 >= option.most;
        best = { option, low: 0, high: option.most, highFirst };
      }
    }
    return best;
  }

  private splitDivisible(options: readonly Option[]): Split | null {
    for (const option of options) {
      const value = this.simplex.value(option.column);
      const { minPart } = option.ask;
      if (value > WHOLE && value < minPart - WHOLE) {
        return { option, low: 0, high: minPart, highFirst: value * 2 >= minPart };
      }
      const near = Math.round(value);
      if (Math.abs(value - near) > WHOLE) {
        const low = Math.floor(value);
        return { option, low, high: low + 1, highFirst: true };
      }
    }
    return null;
  }

  private halves(node: Node, { option, low, high, highFirst }: Split, reach: number): Node[] {
    const lowUpper = Float64Array.from(node.upper);
    lowUpper[option.column] = low;
    const lowHalf = { ...node, upper: lowUpper, reach };
    const highLower = Float64Array.from(node.lower);
    highLower[option.column] = high;
    const highUpper = Float64Array.from(node.upper);
    if (!option.ask.divisible) {
      for (const other of this.model.byAsk.get(option.ask) ?? []) {
        if (other !== option) highUpper[other.column] = 0;
      }
    }
    const highHalf = { ...node, lower: highLower, upper: highUpper, reach };
    return highFirst ? [lowHalf, highHalf] : [highHalf, lowHalf];
  }

  private partsAtHand(): Map<Ask, Part[]> {
    const parts = new Map<Ask, Part[]>();
    for (const [ask, options] of this.model.byAsk) {
      const list: Part[] = [];
      for (const { day, column } of options) {
        const amount = Math.round(this.simplex.value(column));
        if (amount > 0) list.push({ day, amount });
      }
      if (list.length > 0) parts.set(ask, list);
    }
    return parts;
  }

  private worth(parts: Chosen): number {
    let sum = 0;
    for (const [ask, list] of parts) {
      const options = this.model.byAsk.get(ask) ?? [];
      for (const { day, amount } of list) {
        const option = options.find((one) => one.day === day);
        if (option === undefined) continue;
        sum += (this.costs[option.column] ?? 0) * amount;
        const { keptColumn } = option;
        if (keptColumn === null || keptColumn === option.column) continue;
        sum += (this.costs[keptColumn] ?? 0) * Math.min(amount, promisedOn(ask, day));
      }
    }
    return sum;
  }

  /** A pool whose reserve is drawn on though an outsider was paid by then, and the day that was. */
  private brokenReserve(parts: Chosen, node: Node): { pool: number; day: number } | null {
    const { switches, terms, reserveRows } = this.model;
    for (const pool of switches.keys()) {
      let first = node.to[pool] ?? 0;
      const inside: Part[] = [];
      for (const [ask, list] of parts) {
        if (!(terms.lines[ask.pool] ?? []).includes(pool)) continue;
        inside.push(...list);
        if (this.isOutside(ask, pool)) first = Math.min(first, list[0]?.day ?? first);
      }
      for (const row of reserveRows) {
        if (row.pool !== pool || row.day < first) continue;
        const paid = inside.reduce((sum, part) => sum + (part.day <= row.day ? part.amount : 0), 0);
        if (paid > row.reserved && first < (node.to[pool] ?? 0)) return { pool, day: first };
      }
    }
    return null;
  }
}

/** Either outsiders are first paid by that day, and the reserve is kept from it on, or only later. */
function switchHalves(
  node: Node,
  { pool, day }: { pool: number; day: number },
  reach: number,
): Node[] {
  const to = Int32Array.from(node.to);
  to[pool] = day;
  const from = Int32Array.from(node.from);
  from[pool] = day + 1;
  return [
    { ...node, from, reach },
    { ...node, to, reach },
  ];
}
