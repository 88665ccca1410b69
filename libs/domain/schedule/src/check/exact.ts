/** The checker's own exact search: does any whole plan pay more on time than the bound says? */
import type { Meaning, Relaxation } from './relaxation.js';
import { type Programme, solveProgramme } from './tableau.js';

/** `none`: nothing beats the value. `found`: something does. `stopped`: the steps did not suffice. */
export type Verdict = 'none' | 'found' | 'stopped';

interface Node {
  readonly lower: ReadonlyMap<number, number>;
  readonly upper: ReadonlyMap<number, number>;
}

const WHOLE = 1e-5;

/** The programme with some columns kept between bounds: lower bounds are moved into the right sides. */
function bounded(programme: Programme, node: Node): { programme: Programme; base: number } {
  const upper = programme.upper.map(
    (most, column) => (node.upper.get(column) ?? most) - (node.lower.get(column) ?? 0),
  );
  let base = 0;
  for (const [column, low] of node.lower) base += low * (programme.objective[column] ?? 0);
  const rows = programme.rows.map(({ at, by, right }) => ({
    at,
    by,
    right: at.reduce(
      (rest, column, k) => rest - (node.lower.get(column) ?? 0) * (by[k] ?? 0),
      right,
    ),
  }));
  return { programme: { rows, upper, objective: programme.objective }, base };
}

/** A column that is not what it must be, with the two ranges left to it. */
function broken(
  x: readonly number[],
  meanings: readonly Meaning[],
): { column: number; low: number; high: number } | null {
  let found: { column: number; low: number; high: number } | null = null;
  let weight = 0;
  for (const [column, meaning] of meanings.entries()) {
    const value = x[column] ?? 0;
    if (meaning.kind === 'kept') continue;
    const size = meaning.kind === 'switch' ? Infinity : meaning.claim.request.amount;
    if (found !== null && size <= weight) continue;
    const range = rangeOf(value, meaning);
    if (range === null) continue;
    found = { column, ...range };
    weight = size;
  }
  return found;
}

function rangeOf(value: number, meaning: Meaning): { low: number; high: number } | null {
  if (meaning.kind === 'switch')
    return value > 1e-9 && value < 1 - 1e-9 ? { low: 0, high: 1 } : null;
  if (meaning.kind === 'kept') return null;
  const { request } = meaning.claim;
  const least = request.divisible ? request.minPart : request.amount;
  if (value > WHOLE && value < least - WHOLE) return { low: 0, high: least };
  return Math.abs(value - Math.round(value)) > WHOLE
    ? { low: Math.floor(value), high: Math.floor(value) + 1 }
    : null;
}

/** Looks for a whole plan worth more than `value`, in at most `pivotsMax` pivots. */
export function beats(
  { programme, meanings }: Relaxation,
  value: number,
  pivotsMax: number,
): Verdict {
  const stack: Node[] = [{ lower: new Map(), upper: new Map() }];
  let left = pivotsMax;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const inner = bounded(programme, node);
    const solution = solveProgramme(inner.programme, left);
    left -= solution.pivots + 1;
    if (solution.outcome === 'stopped' || left <= 0) return 'stopped';
    if (solution.outcome === 'infeasible') continue;
    const reach = solution.value + inner.base;
    if (Math.floor(reach + 1e-4 + Math.abs(reach) * 1e-13) <= value) continue;
    const lower = node.lower;
    const x = solution.x.map((one, column) => one + (lower.get(column) ?? 0));
    const split = broken(x, meanings);
    if (split === null) return 'found';
    stack.push(
      { lower, upper: new Map(node.upper).set(split.column, split.low) },
      { lower: new Map(lower).set(split.column, split.high), upper: node.upper },
    );
  }
  return 'none';
}
