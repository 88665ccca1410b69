import { isDay } from '@guoku/calendar';
import { Money } from '@guoku/money';
import type { Receipt } from './receipt.js';

/** Columns of the treasury's daily report 3401 收入日报 as a file, in any order. */
export const REPORT_COLUMNS = [
  'valueDate',
  'accountCode',
  'itemCode',
  'fundTypeCode',
  'agencyCode',
  'amount',
  'reference',
] as const;
export type ReportColumn = (typeof REPORT_COLUMNS)[number];

/** One line of the file; `row` counts the file's lines from 1, the header included. */
export type ReportLine = Omit<Receipt, 'receiptId'> & { readonly row: number };

/** What is wrong with one cell, or with the header (row 1) or the whole file (row 0, no column). */
export interface ReportFault {
  readonly row: number;
  readonly column: string;
  readonly code: ReportFaultCode;
}

export type ReportFaultCode =
  | 'empty_file'
  | 'column_missing'
  | 'column_unknown'
  | 'column_twice'
  | 'cells_too_few'
  | 'cells_too_many'
  | 'cell_empty'
  | 'cell_too_long'
  | 'day_invalid'
  | 'money_invalid'
  | 'line_twice';

/** Cells of one line of the file. */
export interface ReportRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * Reads the lines of a report. Every fault of the file is found in one go; a file with one is taken in no part.
 *
 * @param rows the header first
 */
export function readReport(rows: readonly ReportRow[]): {
  readonly lines: readonly ReportLine[];
  readonly faults: readonly ReportFault[];
} {
  const [header, ...body] = rows;
  if (!header || body.length === 0) {
    return { lines: [], faults: [{ row: 0, column: '', code: 'empty_file' }] };
  }
  const faults = headerFaults(header);
  if (faults.length > 0) return { lines: [], faults };

  const read = body.map((row) => readLine(header.cells, row));
  const lines = read.flatMap(({ line }) => (line ? [line] : []));
  return { lines, faults: [...read.flatMap((each) => each.faults), ...repeated(lines)] };
}

function headerFaults({ row, cells }: ReportRow): ReportFault[] {
  const known: readonly string[] = REPORT_COLUMNS;
  const missing = REPORT_COLUMNS.filter((column) => !cells.includes(column));
  const unknown = cells.filter((column) => !known.includes(column));
  const twice = cells.filter((column, at) => cells.indexOf(column) !== at);
  const faultOf = (code: ReportFaultCode) => (column: string) => ({ row, column, code });
  return [
    ...missing.map(faultOf('column_missing')),
    ...unknown.map(faultOf('column_unknown')),
    ...twice.map(faultOf('column_twice')),
  ];
}

function readLine(
  header: readonly string[],
  { row, cells }: ReportRow,
): { readonly line?: ReportLine; readonly faults: readonly ReportFault[] } {
  if (cells.length !== header.length) {
    const code = cells.length < header.length ? 'cells_too_few' : 'cells_too_many';
    return { faults: [{ row, column: '', code }] };
  }
  const cell = (column: ReportColumn) => cells[header.indexOf(column)] ?? '';
  const faults = REPORT_COLUMNS.flatMap((column): ReportFault[] => {
    const code = cellFault(column, cell(column));
    return code ? [{ row, column, code }] : [];
  });
  if (faults.length > 0) return { faults };

  const agencyCode = cell('agencyCode');
  const line = {
    row,
    valueDate: cell('valueDate'),
    accountCode: cell('accountCode'),
    itemCode: cell('itemCode'),
    fundTypeCode: cell('fundTypeCode'),
    agencyCode: agencyCode === '' ? null : agencyCode,
    amount: Money.of(cell('amount')),
    reference: cell('reference'),
  };
  return { line, faults };
}

function cellFault(column: ReportColumn, text: string): ReportFaultCode | undefined {
  if (text === '') return column === 'agencyCode' ? undefined : 'cell_empty';
  if (column === 'valueDate') return isDay(text) ? undefined : 'day_invalid';
  if (column === 'amount') return Money.parse(text).ok ? undefined : 'money_invalid';
  return text.length > 64 ? 'cell_too_long' : undefined;
}

/** A report has each reference once; the second one is at fault. */
function repeated(lines: readonly ReportLine[]): ReportFault[] {
  const seen = new Set<string>();
  return lines.flatMap(({ accountCode, valueDate, reference, row }): ReportFault[] => {
    const key = JSON.stringify([accountCode, valueDate, reference]);
    if (seen.has(key)) return [{ row, column: 'reference', code: 'line_twice' }];
    seen.add(key);
    return [];
  });
}
