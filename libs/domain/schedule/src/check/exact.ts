/** The checker's own exact search: does any whole plan pay more on time than the bound says? */
import type { Meaning, Relaxation } from './relaxation.js';
import { type Ranges, narrow, rest } from './narrow.js';
import { solveProgramme } from './tableau.js';

/** `none`: nothing beats the value. `found`: something does. `stopped`: the steps did not suffice. */
export type Verdict = 'none' | 'found' | 'stopped';

const WHOLE = 1e-5;
/** Values are whole; a part of one that rounding cannot reach. */
const NEARLY_ONE = 0.99;
/** Looking through all rows takes a few passes. */
const NARROWING = 4;

/** A column that is not what it must be, with the two ranges left to it: what counts goes before what does not. */
function broken(
  x: Float64Array,
  meanings: readonly Meaning[],
  objective: readonly number[],
): { column: number; low: number; high: number } | null {
  let found: { column: number; low: number; high: number } | null = null;
  let weight = 0;
  for (const [column, meaning] of meanings.entries()) {
    const value = x[column] ?? 0;
    if (meaning.kind === 'kept') continue;
    const counts = (objective[column] ?? 0) > 0 ? 2 ** 53 : 0;
    const size = meaning.kind === 'switch' ? Infinity : counts + meaning.claim.request.amount;
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

/** Is the column one of its two ends, and nothing between? */
function isTwoValued(meaning: Meaning): boolean {
  return meaning.kind === 'switch' || (meaning.kind === 'pay' && !meaning.claim.request.divisible);
}

/** Looks for a whole plan worth more than `value`, touching at most `cellsMax` cells of tableaus. */
export function beats(
  { programme, meanings }: Relaxation,
  value: number,
  cellsMax: number,
): Verdict {
  const { objective } = programme;
  const twoValued = meanings.map(isTwoValued);
  const at = [...objective.keys()].filter((column) => objective[column] !== 0);
  const goal = { at, by: at.map((column) => -(objective[column] ?? 0)), right: -(value + 1) };
  const rows = [...programme.rows, goal];
  const stack: Ranges[] = [
    { lower: new Float64Array(objective.length), upper: Float64Array.from(programme.upper) },
  ];
  let left = cellsMax;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    left -= NARROWING * rows.length * objective.length;
    if (left <= 0) return 'stopped';
    if (!narrow(rows, twoValued, node)) continue;
    const inner = rest(programme, node);
    const height = inner.programme.rows.length;
    const cells = height * (height + inner.open.length) + 1;
    const solution = solveProgramme(inner.programme, Math.ceil(left / cells));
    // A tableau is filled once, and touched by every pivot.
    left -= (solution.pivots + 1) * cells;
    if (solution.outcome === 'stopped') return 'stopped';
    if (solution.outcome === 'infeasible') continue;
    const reach = solution.value + inner.base;
    if (Math.floor(reach + 1e-4 + Math.abs(reach) * 1e-13) <= value) continue;
    const { lower, upper } = node;
    const x = Float64Array.from(lower);
    for (const [place, column] of inner.open.entries())
      x[column] = (x[column] ?? 0) + (solution.x[place] ?? 0);
    const split = broken(x, meanings, objective);
    if (split === null) return 'found';
    for (const [place, column] of inner.open.entries()) {
      const price = solution.prices[place] ?? 0;
      const range = (upper[column] ?? 0) - (lower[column] ?? 0);
      if (twoValued[column] !== true || column === split.column) continue;
      if (reach - Math.abs(price) * range >= value + NEARLY_ONE) continue;
      if (price < 0) upper[column] = lower[column] ?? 0;
      else lower[column] = upper[column] ?? 0;
    }
    stack.push(
      { lower: Float64Array.from(lower), upper: upper.with(split.column, split.low) },
      { lower: lower.with(split.column, split.high), upper: Float64Array.from(upper) },
    );
  }
  return 'none';
}
