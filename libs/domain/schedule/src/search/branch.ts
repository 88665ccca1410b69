/** Branch and bound over the linear programme: depth first, the more promising side first. */
import type { Part } from '../served.js';
import { type Ask, promisedOn } from '../terms.js';
import type { Model, Option } from './model.js';
import { Propagation } from './propagate.js';
import type { Simplex } from './simplex.js';
import { slackOf } from './slack.js';
import {
  type Chosen,
  type Node,
  WHOLE,
  halvesOf,
  isOutside,
  reserveHalvesOf,
  rootOf,
} from './splits.js';
import { Halves, WORK_PER_STEP, bitsOf, itemsOf } from './halves.js';
import { SubsetSumsKept } from './sums.js';
import { type Ways, type Window, narrowTo, rangesOf, waysOf } from './windows.js';

/** The programme of one aim. */
export interface Programme {
  readonly model: Model;
  readonly simplex: Simplex;
  readonly costs: Float64Array;
  /** Most and least sums of the rows; -Infinity where there is no least. */
  readonly right: Float64Array;
  readonly least: Float64Array;
  /** Sums of whole requests that payments worth from `low` to `high` have. */
  readonly windows: (low: number, high: number) => readonly Window[];
  /** Columns in place of which another does as well. */
  readonly idle: ReadonlySet<number>;
}

/** What is looked for, how long, and what helps. */
export interface Hunt {
  /** Only payments worth more are of interest. */
  readonly value: number;
  /** Step count at which to stop. */
  readonly last: number;
  /** The most that whole payments can be worth where the programme reaches so much. */
  readonly attainable: (value: number) => number;
  /** Tries to make whole payments of a node's; their worth where they are the best so far. */
  readonly repair: (parts: Chosen) => number | null;
  /** Rank whose requests are told apart before others; -1 where the largest are. */
  readonly first: number;
}

/** What a look at a node found. */
interface Look {
  readonly reach: number;
  /** False where the steps ran out before its optimum. */
  readonly known: boolean;
  /** True where its payments lie outside what its ranges were narrowed to since. */
  readonly isPassed: boolean;
  /** The few ways that are left to meet some sum; `null` where there are more for all. */
  readonly ways: Ways | null;
}

const REPAIR_EVERY = 150;
/** So many choices, as a power of two, are looked at in halves at first; fewer once that was too many. */
const BITS_MAX = 64;
const BITS_LESS = 2;
/** So few ways to meet a sum are told apart all at once. */
const WAYS_TO_BRANCH = 16;
/** Worths are whole; a part of one that rounding cannot reach. */
const NEARLY_ONE = 0.99;

export class BranchAndBound {
  private best: Chosen | null = null;
  private value = 0;
  private attainable: (value: number) => number = (value) => value;
  /** Nodes looked at. */
  private nodes = 0;
  /** Choices looked at in halves. */
  private work = 0;
  private bitsMax = BITS_MAX;
  private readonly propagation: Propagation;
  private readonly right: Float64Array;
  private readonly sums = new SubsetSumsKept();

  constructor(private readonly programme: Programme) {
    this.propagation = new Propagation(programme.model, programme.costs);
    this.right = Float64Array.from(programme.right);
  }

  /** Pivots made and nodes looked at. */
  get steps(): number {
    return this.programme.simplex.steps + this.nodes + Math.floor(this.work / WORK_PER_STEP);
  }

  /** The most that parts of a fen could reach, rounded down; the simplex is left at that optimum. */
  relax(value: number, stepsMax: number): number {
    this.value = -Infinity;
    const root = this.closedRoot();
    const reach = this.reachOf(root, stepsMax);
    return reach.known ? Math.max(reach.value, value) : Infinity;
  }

  /** The whole choice as the reserves have it. */
  closedRoot(): Node {
    const root = rootOf(this.programme.model);
    this.closeReserves(root);
    return root;
  }

  /** The root, its ranges narrowed to where payments worth more may lie; `null` where there are none. */
  openRoot({ value, last, attainable }: Omit<Hunt, 'repair' | 'first'>): Node | null {
    this.value = value;
    this.attainable = attainable;
    const root = rootOf(this.programme.model);
    for (const column of this.programme.idle) root.upper[column] = root.lower[column] ?? 0;
    return this.look(root, last) === null ? null : root;
  }

  /**
   * Looks for whole payments worth more than `value`. `bound`: nothing whole is worth more; it equals
   * the worth of the best where the search came to its end.
   */
  search(
    { value, last, attainable, repair, first }: Hunt,
    root: Node,
  ): { best: Chosen | null; bound: number } {
    this.value = value;
    this.attainable = attainable;
    const stack = [root];
    let rootReach = Infinity;
    let open = -Infinity;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.reach <= this.value) continue;
      const look = this.look(node, last);
      if (look === null) continue;
      if (rootReach === Infinity && look.known) rootReach = look.reach;
      if (look.known && !look.isPassed && this.nodes % REPAIR_EVERY === 0)
        this.value = Math.max(this.value, repair(this.wholeParts()) ?? this.value);
      if (look.reach <= this.value) continue;
      const isOver = !look.known || this.steps >= last;
      const children = isOver ? null : this.children(node, look, first);
      if (children === null) open = Math.max(open, look.reach);
      else stack.push(...children);
      if (this.value >= rootReach) break;
    }
    return { best: this.best, bound: Math.max(open, this.value) };
  }

  /** The best there is, where nothing is left to be searched. */
  found(): { best: Chosen | null; bound: number } {
    return { best: this.best, bound: this.value };
  }

  /** The same with some requests kept as they are paid; what of it is whole, rounded down. */
  relaxBeside(
    stays: ReadonlyMap<Ask, readonly Part[]>,
    stepsMax: number,
  ): { reach: number; parts: Chosen } | null {
    this.value = -Infinity;
    const { model } = this.programme;
    const node = rootOf(model);
    this.closeReserves(node);
    for (const [ask, parts] of stays) {
      for (const { day, column } of model.byAsk.get(ask) ?? []) {
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
    const { model, simplex } = this.programme;
    const parts = new Map<Ask, Part[]>();
    for (const [ask, options] of model.byAsk) {
      const list: Part[] = [];
      for (const { day, column, most } of options) {
        const value = simplex.value(column);
        const amount = ask.divisible ? Math.floor(value + WHOLE) : value > most - WHOLE ? most : 0;
        if (amount >= ask.minPart) list.push({ day, amount });
      }
      if (list.length > 0) parts.set(ask, list);
    }
    return parts;
  }

  /** Solves a node and narrows its ranges; `null` where nothing worth more is left in it. */
  private look(node: Node, last: number): Look | null {
    this.nodes++;
    if (!this.closeReserves(node) || !this.narrow(node)) return null;
    const { value: reach, known } = this.reachOf(node, Math.max(0, last - this.steps));
    if (reach <= this.value) return null;
    if (!known) return { reach, known, isPassed: false, ways: null };
    this.narrowByPrices(node);
    if (!this.narrow(node)) return null;
    const ways = this.narrowSums(node, reach);
    if (ways === 'none') return null;
    if (this.decides(node)) return null;
    return { reach, known, isPassed: this.isPassed(node), ways };
  }

  /** Looks at all choices that are left, where they are few; true where none is worth more any longer. */
  private decides(node: Node): boolean {
    const { model, simplex, costs, least, windows } = this.programme;
    const items = itemsOf(model, node);
    const bits = items === null ? Infinity : bitsOf(items);
    if (items === null || bits > this.bitsMax) return false;
    const found = simplex.objective();
    const reach = found + slackOf(found);
    const question = {
      model,
      ranges: node,
      sides: { right: this.right, least },
      costs,
      windows: windows(this.value + 1, Math.floor(reach)),
      value: this.value,
      reducedCost: (column: number) => simplex.reducedCost(column),
      margin: reach - this.value - NEARLY_ONE,
    };
    const halves = new Halves(question, items);
    const answer = halves.best();
    this.work += halves.work;
    if (answer !== null && answer.paid !== null) {
      this.value = answer.value;
      this.best = this.partsOf(node, answer.paid);
    }
    if (answer?.isWhole === true) return true;
    this.bitsMax = bits - BITS_LESS;
    return false;
  }

  private partsOf({ lower }: Node, paid: readonly Option[]): Chosen {
    const parts = new Map<Ask, Part[]>();
    for (const option of this.programme.model.options) {
      const { ask, day, column } = option;
      const amount = paid.includes(option) ? ask.amount : (lower[column] ?? 0);
      if (amount > 0) parts.set(ask, [...(parts.get(ask) ?? []), { day, amount }]);
    }
    return parts;
  }

  /** What follows from limits. */
  private narrow(node: Node): boolean {
    const { least } = this.programme;
    return this.propagation.narrow(node, { right: this.right, least }, this.value + 1);
  }

  /** What follows from sums of whole requests; the fewest ways to meet one of them, where they are few. */
  private narrowSums(node: Node, reach: number): Ways | null | 'none' {
    let fewest: Ways | null = null;
    for (const window of this.programme.windows(this.value + 1, reach)) {
      const ways = waysOf(window, node, this.sums, (payments) => this.propagation.fits(payments));
      if (ways === null) continue;
      const count = ways.bits.length;
      if (count === 0) return 'none';
      if (narrowTo(ways, node) > 0 && !this.narrow(node)) return 'none';
      if (count > 1 && count < (fewest?.bits.length ?? WAYS_TO_BRANCH)) fewest = ways;
    }
    return fewest;
  }

  /** Fixes columns that would cost more than payments worth more than the best can afford. */
  private narrowByPrices(node: Node): void {
    const { simplex, model } = this.programme;
    const reach = simplex.objective();
    const margin = reach + slackOf(reach) - this.value - NEARLY_ONE;
    for (let column = 0; column < model.columns.length; column++) {
      const range = (node.upper[column] ?? 0) - (node.lower[column] ?? 0);
      if (range === 0 || this.propagation.isWhole[column] !== 1) continue;
      const cost = simplex.reducedCost(column);
      if (Math.abs(cost) * range <= margin) continue;
      if (cost < 0) node.upper[column] = node.lower[column] ?? 0;
      else node.lower[column] = node.upper[column] ?? 0;
    }
  }

  private isPassed(node: Node): boolean {
    const { simplex, model } = this.programme;
    for (let column = 0; column < model.columns.length; column++) {
      const value = simplex.value(column);
      if (value < (node.lower[column] ?? 0) - WHOLE || value > (node.upper[column] ?? 0) + WHOLE)
        return true;
    }
    return false;
  }

  /** Right sides and columns as the node's reserves have it; false where an outsider must be paid too early. */
  private closeReserves(node: Node): boolean {
    const { model } = this.programme;
    const { options, reserveRows, switches, terms } = model;
    if (switches.size === 0) return true;
    for (const { row, pool, day, plain, reserved } of reserveRows)
      this.right[row] = day >= (node.to[pool] ?? 0) ? reserved : plain;
    for (const { ask, day, column } of options) {
      const shut = (terms.lines[ask.pool] ?? []).some(
        (pool) => switches.has(pool) && isOutside(model, ask, pool) && day < (node.from[pool] ?? 0),
      );
      if (!shut) continue;
      if ((node.lower[column] ?? 0) > 0) return false;
      node.upper[column] = 0;
    }
    return true;
  }

  /** The most that the node can reach in whole fen. Unknown: steps ran out before its optimum. */
  private reachOf(node: Node, stepsMax: number): { value: number; known: boolean } {
    const { simplex, model } = this.programme;
    for (let column = 0; column < node.upper.length; column++)
      simplex.setBounds(column, node.lower[column] ?? 0, node.upper[column] ?? 0);
    for (const { row } of model.reserveRows) simplex.setRight(row, this.right[row] ?? 0);
    const outcome = simplex.solve(stepsMax, this.value + 0.5);
    if (outcome === 'infeasible') return { value: -Infinity, known: true };
    const value = simplex.objective();
    const whole = Math.floor(value + slackOf(value));
    const reach = Math.min(node.reach, this.attainable(whole));
    return { value: reach, known: outcome === 'optimal' };
  }

  /** The parts of a node that is not whole; none where it is; `null` where rounding hides which. */
  private children(node: Node, { reach, isPassed, ways }: Look, first: number): Node[] | null {
    const { model, simplex } = this.programme;
    const here = { ...node, reach };
    if (isPassed) return [here];
    const inWays = ways === null ? null : rangesOf(model, ways, here);
    if (inWays !== null) return inWays.map((ranges) => ({ ...here, ...ranges }));
    const halves = halvesOf(model, simplex, here, first);
    if (halves !== null) return halves;
    const parts = this.partsAtHand();
    const reserves = reserveHalvesOf(model, here, parts);
    if (reserves !== null) return reserves;
    const value = this.worth(parts);
    if (value > this.value) {
      this.value = value;
      this.best = parts;
    }
    return value < reach ? null : [];
  }

  private partsAtHand(): Map<Ask, Part[]> {
    const { model, simplex } = this.programme;
    const parts = new Map<Ask, Part[]>();
    for (const [ask, options] of model.byAsk) {
      const list: Part[] = [];
      for (const { day, column } of options) {
        const amount = Math.round(simplex.value(column));
        if (amount > 0) list.push({ day, amount });
      }
      if (list.length > 0) parts.set(ask, list);
    }
    return parts;
  }

  private worth(parts: Chosen): number {
    const { model, costs } = this.programme;
    let sum = 0;
    for (const [ask, list] of parts) {
      const options = model.byAsk.get(ask) ?? [];
      for (const { day, amount } of list) {
        const option = options.find((one) => one.day === day);
        if (option === undefined) continue;
        sum += (costs[option.column] ?? 0) * amount;
        const { keptColumn } = option;
        if (keptColumn === null || keptColumn === option.column) continue;
        sum += (costs[keptColumn] ?? 0) * Math.min(amount, promisedOn(ask, day));
      }
    }
    return sum;
  }
}
