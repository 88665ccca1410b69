/** What the rows of a programme alone say of columns that take one of two values, and the programme that is left. */
import type { Programme } from './tableau.js';

/** What a node of the search leaves to every column. */
export interface Ranges {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Sums are of whole fen; rounding is far less. */
const NEAR = 1e-3;
const PASSES_MAX = 10;

type Row = Programme['rows'][number];

/**
 * Fixes, in place, every column of `twoValued` of which a row lets only one end; false where a row cannot be
 * kept.
 */
export function narrow(
  rows: readonly Row[],
  twoValued: readonly boolean[],
  ranges: Ranges,
): boolean {
  for (let pass = 0; pass < PASSES_MAX; pass++) {
    let changes = 0;
    for (const row of rows) {
      const own = narrowRow(row, twoValued, ranges);
      if (own < 0) return false;
      changes += own;
    }
    if (changes === 0) break;
  }
  return true;
}

function narrowRow(
  { at, by, right }: Row,
  twoValued: readonly boolean[],
  { lower, upper }: Ranges,
): number {
  let least = 0;
  for (const [k, column] of at.entries()) {
    const factor = by[k] ?? 0;
    least += factor * ((factor > 0 ? lower[column] : upper[column]) ?? 0);
  }
  const room = right - least + NEAR;
  if (room < 0) return -1;
  let changes = 0;
  for (const [k, column] of at.entries()) {
    const factor = by[k] ?? 0;
    const range = (upper[column] ?? 0) - (lower[column] ?? 0);
    if (range === 0 || twoValued[column] !== true || Math.abs(factor) * range <= room) continue;
    if (factor > 0) upper[column] = lower[column] ?? 0;
    else lower[column] = upper[column] ?? 0;
    changes++;
  }
  return changes;
}

/** The programme of the columns that are still open, counted from their lower ends. */
export function rest(
  { rows, objective }: Programme,
  { lower, upper }: Ranges,
): { programme: Programme; open: readonly number[]; base: number } {
  const open: number[] = [];
  const place = new Int32Array(lower.length).fill(-1);
  let base = 0;
  for (const [column, low] of lower.entries()) {
    base += low * (objective[column] ?? 0);
    if ((upper[column] ?? 0) > low) place[column] = open.push(column) - 1;
  }
  const kept: Row[] = [];
  for (const { at, by, right } of rows) {
    const row: { at: number[]; by: number[]; right: number } = { at: [], by: [], right };
    let most = 0;
    for (const [k, column] of at.entries()) {
      const factor = by[k] ?? 0;
      row.right -= factor * (lower[column] ?? 0);
      const own = place[column] ?? -1;
      if (own < 0) continue;
      row.at.push(own);
      row.by.push(factor);
      most += Math.max(0, factor * ((upper[column] ?? 0) - (lower[column] ?? 0)));
    }
    if (most > row.right || row.right < 0) kept.push(row);
  }
  const ranges = open.map((column) => (upper[column] ?? 0) - (lower[column] ?? 0));
  const worths = open.map((column) => objective[column] ?? 0);
  return { programme: { rows: kept, upper: ranges, objective: worths }, open, base };
}
