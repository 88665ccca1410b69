export interface BalanceDay {
  readonly day: string;
  /** In millions. */
  readonly planned: number;
  readonly actual: number;
  readonly record: number;
}

/**
 * A chart for a terminal, one line a day: what the first plan of the month foresaw (○), what the day ended with
 * (█ up to it) and what the record with borrowing shows (│).
 */
export function balanceChart(days: readonly BalanceDay[], width = 60): string {
  const highest = Math.max(
    1,
    ...days.flatMap(({ planned, actual, record }) => [planned, actual, record]),
  );
  const column = (value: number) =>
    Math.max(0, Math.min(width - 1, Math.round((value / highest) * (width - 1))));
  const lines = days.map(({ day, planned, actual, record }) => {
    const line: string[] = Array.from({ length: width }, (_, at) =>
      at < column(actual) ? '█' : ' ',
    );
    line[column(record)] = '│';
    line[column(planned)] = '○';
    return `${day.slice(5)} ${line.join('')} ${Math.round(actual).toLocaleString('en-US').padStart(8)}`;
  });
  return [
    '      █ actual 实际   ○ first plan 首次计划   │ record with borrowing 举债的实际记录',
    ...lines,
  ].join('\n');
}
