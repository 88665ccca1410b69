import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';

/** What is wrong with one cell (or a whole file, row 0), in words for the person who keeps the file. */
export interface CellFault {
  readonly file: string;
  /** Line of the file, counted from 1 (the header is line 1); 0 where the fault is of the whole file. */
  readonly row: number;
  readonly column: string;
  readonly detail: { readonly zh: string; readonly en: string };
}

/** A rule for one column: says what is wrong with the text, or nothing. */
export type CellRule = (text: string) => CellFault['detail'] | undefined;
export type Columns = Readonly<Record<string, CellRule>>;
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: string } & {
  readonly row: number;
};

/**
 * Reads a CSV file with a header and checks every cell. Bad cells are pushed to `faults`; the rows come back all the
 * same, so that one run names every fault of a folder.
 */
export async function readTable<C extends Columns>(
  folder: string,
  file: string,
  columns: C,
  faults: CellFault[],
): Promise<RowOf<C>[]> {
  const names = Object.keys(columns);
  const records = parseFile(await textOf(folder, file, faults), file, faults);
  const [header, ...body] = records;
  if (header === undefined) return [];
  const missing = names.filter((name) => !header.cells.includes(name));
  const unknown = header.cells.filter((name) => !names.includes(name));
  for (const column of missing)
    faults.push({ file, row: 1, column, detail: { zh: '缺少此列', en: 'this column is missing' } });
  for (const column of unknown)
    faults.push({
      file,
      row: 1,
      column,
      detail: {
        zh: `没有这一列；可用的列：${names.join('、')}`,
        en: `there is no such column; known: ${names.join(', ')}`,
      },
    });
  if (missing.length > 0) return [];
  return body
    .map(({ cells, row }) => {
      const named = Object.fromEntries(
        names.map((name) => [name, cells[header.cells.indexOf(name)] ?? '']),
      );
      for (const [column, rule] of Object.entries(columns)) {
        const detail = rule(named[column] ?? '');
        if (detail) faults.push({ file, row, column, detail });
      }
      return { ...named, row };
    })
    .filter((row) => isRow(row, columns));
}

/** True: the rows were built from exactly the names of the columns. */
function isRow<C extends Columns>(row: { readonly row: number }, columns: C): row is RowOf<C> {
  return Object.keys(columns).every((name) => name in row);
}

async function textOf(folder: string, file: string, faults: CellFault[]): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch {
    faults.push({
      file,
      row: 0,
      column: '',
      detail: { zh: '文件不存在或无法读取', en: 'the file is missing or cannot be read' },
    });
    return '';
  }
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly row: number;
}

function parseFile(text: string, file: string, faults: CellFault[]): CsvRecord[] {
  try {
    const records: CsvRecord[] = [];
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      on_record: (cells: readonly string[], { lines }) => {
        records.push({ cells, row: lines });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? error['lines'] : 0;
    faults.push({
      file,
      row,
      column: '',
      detail: { zh: '不是有效的 CSV', en: `not valid CSV: ${error.message}` },
    });
    return [];
  }
}

export const text: CellRule = (cell) =>
  cell === '' ? { zh: '不能为空', en: 'must not be empty' } : undefined;

export const anything: CellRule = () => undefined;

/** A cell that matches `pattern`, described by an example; `optional` lets it be empty. */
export function matching(pattern: RegExp, example: string, optional = false): CellRule {
  return (cell) =>
    pattern.test(cell) || (optional && cell === '')
      ? undefined
      : { zh: `应形如 ${example}，现为“${cell}”`, en: `must look like ${example}, is "${cell}"` };
}

export function among(...values: readonly string[]): CellRule {
  return (cell) =>
    values.includes(cell)
      ? undefined
      : {
          zh: `应为 ${values.join('、')} 之一，现为“${cell}”`,
          en: `must be one of ${values.join(', ')}, is "${cell}"`,
        };
}

export const money = matching(/^-?(0|[1-9]\d{0,17})\.\d{2}$/, '1234.50');
export const day = matching(/^\d{4}-\d{2}-\d{2}$/, '2026-12-01');
export const whole = matching(/^\d{1,9}$/, '1');
export const codeText = matching(/^[A-Za-z0-9._-]{1,64}$/, '101001');
export const optionalCode = matching(/^[A-Za-z0-9._-]{1,64}$/, '101001', true);
export const yesNo = among('true', 'false');

/** The rules by name, for whoever reads a CSV file of another kind. */
export const cells = {
  text,
  anything,
  matching,
  among,
  money,
  day,
  whole,
  codeText,
  optionalCode,
  yesNo,
};
