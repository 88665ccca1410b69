/** A sheet saved as CSV: its columns by name, and where each cell stands. */
import { CsvError, parse } from 'csv-parse/sync';

/** What is wrong at one place of a sheet, for the person who keeps it. */
export interface SheetFault {
  readonly file: string;
  /** Line of the file, the header being line 1; 0 where the whole file is at fault. */
  readonly line: number;
  /** As the sheet heads it. */
  readonly column: string;
  readonly code: string;
  readonly detail: { readonly zh: string; readonly en: string };
}

/** A cell as a problem has it. */
export type Cell = string | number | boolean;

export interface Column {
  /** What it is called in a problem. */
  readonly name: string;
  /** What a Chinese sheet calls it. */
  readonly zh: string;
  readonly isRequired: boolean;
  /** The value of a cell in a problem. */
  readonly read: (cell: string) => Cell;
}

export interface SheetRow {
  readonly line: number;
  /** Values of cells that are not empty, by the column's name. */
  readonly values: Readonly<Partial<Record<string, Cell>>>;
}

export interface Sheet {
  readonly file: string;
  readonly rows: readonly SheetRow[];
  /** How the sheet heads each column it has. */
  readonly heads: ReadonlyMap<string, string>;
  /** Heads of columns that say nothing to the planner. */
  readonly unused: readonly string[];
}

/** UTF-8, or else GB 18030, in which spreadsheets in China save CSV. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Reads a sheet; what is wrong with it as a whole goes to `faults`, and then it has no rows. */
export function readSheet(
  file: string,
  bytes: Uint8Array,
  columns: readonly Column[],
  faults: SheetFault[],
): Sheet {
  const records = recordsOf(file, decoded(bytes), faults);
  const [header = []] = records.map(({ cells }) => cells);
  const places = new Map<string, number>();
  const heads = new Map<string, string>();
  const unused: string[] = [];
  for (const [place, head] of header.entries()) {
    const column = columns.find(
      ({ name, zh }) => head === zh || head.toLowerCase() === name.toLowerCase(),
    );
    if (column === undefined) {
      if (head !== '') unused.push(head);
    } else if (places.has(column.name)) {
      faults.push({ file, line: 1, column: head, code: 'repeated-column', detail: REPEATED });
    } else {
      places.set(column.name, place);
      heads.set(column.name, head);
    }
  }
  const missing = columns.filter(({ name, isRequired }) => isRequired && !places.has(name));
  for (const { name, zh } of records.length > 0 ? missing : []) {
    const detail = { zh: `缺少此列（${zh}）`, en: 'this column is missing' };
    faults.push({ file, line: 1, column: name, code: 'missing-column', detail });
  }
  if (records.length === 0 && !faults.some((fault) => fault.file === file))
    faults.push({ file, line: 0, column: '', code: 'empty-sheet', detail: EMPTY });
  const rows =
    missing.length > 0 ? [] : records.slice(1).map((record) => rowOf(record, columns, places));
  return { file, rows, heads, unused };
}

const REPEATED = { zh: '此列出现两次', en: 'this column stands twice' };
const EMPTY = { zh: '表中没有内容', en: 'there is nothing in the sheet' };

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowOf(
  { line, cells }: CsvRecord,
  columns: readonly Column[],
  places: ReadonlyMap<string, number>,
): SheetRow {
  const values: Record<string, Cell> = {};
  for (const { name, read } of columns) {
    const cell = cells[places.get(name) ?? -1] ?? '';
    if (cell !== '') values[name] = read(cell);
  }
  return { line, values };
}

function recordsOf(file: string, text: string, faults: SheetFault[]): CsvRecord[] {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      // Rows that end early have empty cells at their end.
      relax_column_count_less: true,
      on_record: (cells: readonly string[], { lines }) => {
        records.push({ line: lines, cells });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 0;
    const detail = { zh: '不是有效的 CSV', en: `not valid CSV: ${error.message}` };
    faults.push({ file, line, column: '', code: 'not-csv', detail });
    return [];
  }
}
