import { parse } from 'csv-parse/sync';
import { readFields, Refused, type FieldFault } from '@guoku/service';
import { refuse } from '../refusals.js';
import { EnterFundRequestsDto, type EnterFundRequestDto } from './fund-request.dto.js';

const COLUMNS = [
  'id',
  'bgtId',
  'agencyCode',
  'amount',
  'earliest',
  'due',
  'latest',
  'divisible',
  'minPart',
  'purpose',
  'payeeName',
  'payeeAccount',
  'payeeBankCode',
  'reference',
];

/**
 * Reads a CSV file of fund requests: a header with these columns in any order, one request a line, empty cells for what
 * is not given, `divisible` true or false.
 *
 * @throws Refused `file_invalid` with every fault, at `#/line/<line of the file>/<column>`
 */
export async function readRequestFile(content: string): Promise<EnterFundRequestDto[]> {
  const rows = recordsOf(content);
  const lines = rows.map(({ cells }) => requestOf(cells));
  try {
    const read = await readFields(EnterFundRequestsDto, { lines }, 'body');
    return read.lines;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw fileInvalid(error.faults.map((fault) => atLine(fault, rows)));
  }
}

interface FileRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

function recordsOf(content: string): FileRow[] {
  const records = tableOf(content);
  const [header = []] = records;
  const unknown = header.filter((column) => !COLUMNS.includes(column));
  if (header.length === 0 || unknown.length > 0) {
    throw fileInvalid([
      {
        pointer: `#/line/1/${unknown[0] ?? ''}`,
        code: 'unknown_column',
        detail: {
          zh: `可用的列：${COLUMNS.join('、')}`,
          en: `the columns are ${COLUMNS.join(', ')}`,
        },
      },
    ]);
  }
  return records.slice(1).map((cells, nth) => ({
    line: nth + 2,
    cells: Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ''])),
  }));
}

function tableOf(content: string): string[][] {
  try {
    return parse(content, { bom: true, relax_column_count: false, skip_empty_lines: true });
  } catch (error) {
    const en = error instanceof Error ? error.message : 'the text is not CSV';
    throw fileInvalid([
      { pointer: '#', code: 'not_csv', detail: { zh: `不是合格的 CSV：${en}`, en } },
    ]);
  }
}

function requestOf(cells: FileRow['cells']): object {
  const given = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));
  const { payeeName, payeeAccount, payeeBankCode, divisible, ...rest } = given;
  const flag = divisible === 'true' ? true : divisible === 'false' ? false : divisible;
  const payee = { name: payeeName, account: payeeAccount, bankCode: payeeBankCode };
  return { ...rest, divisible: flag, payee };
}

const PAYEE_COLUMNS: Readonly<Record<string, string>> = {
  name: 'payeeName',
  account: 'payeeAccount',
  bankCode: 'payeeBankCode',
};

function atLine(fault: FieldFault, rows: readonly FileRow[]): FieldFault {
  const [, , nth = '', member = '', below = ''] = fault.pointer.split('/');
  const line = rows[Number(nth)]?.line ?? 1;
  const column = member === 'payee' ? (PAYEE_COLUMNS[below] ?? 'payeeName') : member;
  return { ...fault, pointer: `#/line/${line}/${column}` };
}

function fileInvalid(faults: readonly FieldFault[]): Refused {
  return new Refused(refuse('file_invalid'), faults);
}
