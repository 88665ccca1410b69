/** How a node of the search is divided in two where its programme is not whole. */
import type { Part } from '../served.js';
import type { Ask } from '../terms.js';
import type { Model, Option } from './model.js';
import type { Simplex } from './simplex.js';

/** Part of the choices: ranges of columns, and when outsiders may first be paid. */
export interface Node {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Per pool with a reserve in question: the days between which outsiders may first be paid. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** What the node above could reach. */
  readonly reach: number;
}

export type Chosen = ReadonlyMap<Ask, readonly Part[]>;

/** A column that is not whole yet, and the two ranges between which it must choose. */
interface Split {
  readonly option: Option;
  readonly low: number;
  readonly high: number;
  readonly highFirst: boolean;
}

export const WHOLE = 1e-4;

/** The whole programme, nothing decided yet. */
export function rootOf({ columns, switches, terms, musts }: Model): Node {
  const { length } = terms.pools;
  const lower = new Float64Array(columns.length);
  const upper = Float64Array.from(columns, (column) => column.upper);
  for (const column of musts) lower[column] = upper[column] ?? 0;
  return {
    lower,
    upper,
    from: Int32Array.from({ length }, (_, pool) => switches.get(pool)?.from ?? 0),
    to: Int32Array.from({ length }, (_, pool) => switches.get(pool)?.to ?? 0),
    reach: Infinity,
  };
}

/**
 * The two halves of a node, the one to be looked at first behind; `null` where all is whole. Requests of rank
 * `first` are told apart before others.
 */
export function halvesOf(model: Model, simplex: Simplex, node: Node, first: number): Node[] | null {
  const split = splitOf(model, simplex, node, first);
  if (split === null) return null;
  const { option, low, high, highFirst } = split;
  const lowUpper = Float64Array.from(node.upper);
  lowUpper[option.column] = low;
  const lowHalf = { ...node, lower: Float64Array.from(node.lower), upper: lowUpper };
  const highLower = Float64Array.from(node.lower);
  highLower[option.column] = high;
  const highUpper = Float64Array.from(node.upper);
  if (!option.ask.divisible) {
    for (const other of model.byAsk.get(option.ask) ?? []) {
      if (other !== option) highUpper[other.column] = 0;
    }
  }
  const highHalf = { ...node, lower: highLower, upper: highUpper };
  return highFirst ? [lowHalf, highHalf] : [highHalf, lowHalf];
}

/** The largest request that is not whole, of those of rank `first` where there is one. */
function splitOf(model: Model, simplex: Simplex, node: Node, first: number): Split | null {
  let found: Split | null = null;
  let most = -1;
  for (const [ask, options] of model.byAsk) {
    const weight = (ask.rank === first ? 4 : 0) + (ask.divisible ? 0 : 2);
    const size = weight + ask.amount / (ask.amount + 1e9);
    if (size <= most) continue;
    const split = ask.divisible
      ? splitDivisible(options, simplex)
      : splitWhole(options, simplex, node);
    if (split === null) continue;
    found = split;
    most = size;
  }
  return found;
}

function splitWhole(options: readonly Option[], simplex: Simplex, node: Node): Split | null {
  let best: Split | null = null;
  let most = WHOLE;
  for (const option of options) {
    const { column } = option;
    const value = simplex.value(column);
    if (value <= most || value >= option.most - WHOLE) continue;
    if (node.lower[column] === node.upper[column]) continue;
    most = value;
    best = { option, low: 0, high: option.most, highFirst: value * 2 >= option.most };
  }
  return best;
}

function splitDivisible(options: readonly Option[], simplex: Simplex): Split | null {
  for (const option of options) {
    const value = simplex.value(option.column);
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

/** Is the request of a tier that must leave the pool's reserve? */
export function isOutside({ terms }: Model, ask: Ask, pool: number): boolean {
  return ask.tier > (terms.insideTiers[pool] ?? 99);
}

/**
 * Where a reserve is drawn on though an outsider was paid by then: either outsiders are first paid by that
 * day, and the reserve is kept from it on, or only later. `null` where no reserve is broken.
 */
export function reserveHalvesOf(model: Model, node: Node, parts: Chosen): Node[] | null {
  const broken = brokenReserve(model, node, parts);
  if (broken === null) return null;
  const to = Int32Array.from(node.to);
  to[broken.pool] = broken.day;
  const from = Int32Array.from(node.from);
  from[broken.pool] = broken.day + 1;
  const copy = () => ({
    ...node,
    lower: Float64Array.from(node.lower),
    upper: Float64Array.from(node.upper),
  });
  return [
    { ...copy(), from },
    { ...copy(), to },
  ];
}

function brokenReserve(
  model: Model,
  node: Node,
  parts: Chosen,
): { pool: number; day: number } | null {
  const { switches, terms, reserveRows } = model;
  for (const pool of switches.keys()) {
    let first = node.to[pool] ?? 0;
    const inside: Part[] = [];
    for (const [ask, list] of parts) {
      if (!(terms.lines[ask.pool] ?? []).includes(pool)) continue;
      inside.push(...list);
      if (isOutside(model, ask, pool)) first = Math.min(first, list[0]?.day ?? first);
    }
    for (const row of reserveRows) {
      if (row.pool !== pool || row.day < first) continue;
      const paid = inside.reduce((sum, part) => sum + (part.day <= row.day ? part.amount : 0), 0);
      if (paid > row.reserved && first < (node.to[pool] ?? 0)) return { pool, day: first };
    }
  }
  return null;
}
