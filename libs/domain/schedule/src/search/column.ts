/** Columns of a linear programme, in short. */

export interface Column {
  readonly rows: readonly number[];
  readonly values: readonly number[];
  /** First rows of the chains that the column fills to their ends with ones. */
  readonly chains: readonly number[];
  readonly upper: number;
}

export interface Entry {
  readonly row: number;
  readonly value: number;
}

/** The rows of a column with its chains spelt out. `next` is the row after each row of a chain, or -1. */
export function entriesOf(
  column: Column,
  next: readonly number[],
): { row: number; value: number }[] {
  const entries = column.rows.map((row, at) => ({ row, value: column.values[at] ?? 0 }));
  for (const first of column.chains) {
    for (let row = first; row >= 0; row = next[row] ?? -1) entries.push({ row, value: 1 });
  }
  return entries;
}

/** The single entries, and one for each chain, whose sums lie behind the rows. */
export function shortEntriesOf(column: Column, rowCount: number): Entry[] {
  const singles = column.rows.map((row, at) => ({ row, value: column.values[at] ?? 0 }));
  return [...singles, ...column.chains.map((row) => ({ row: rowCount + row, value: 1 }))];
}

/** Lists of entries one behind the other; list `j` lies from `starts[j]` to `starts[j + 1]`. */
export function pack(lists: readonly (readonly Entry[])[]) {
  const starts = new Int32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) starts[at + 1] = (starts[at] ?? 0) + list.length;
  const entries = lists.flat();
  return {
    starts,
    indices: Int32Array.from(entries, ({ row }) => row),
    values: Float64Array.from(entries, ({ value }) => value),
  };
}
