function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * One test per row, named by the row's own cells, so that the table reads as the rule does.
 *
 * @param run checks one row
 */
export function table<Row extends object>(
  rows: readonly Row[],
  run: (row: Row) => void | Promise<void>,
): void {
  for (const row of rows) {
    const title = Object.entries(row)
      .map(([column, cell]) => `${column} ${shown(cell)}`)
      .join(', ');
    it(title, async () => run(row));
  }
}
