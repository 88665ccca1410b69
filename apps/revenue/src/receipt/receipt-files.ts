import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  readReport,
  type ReportFault,
  type ReportFaultCode,
  type ReportLine,
} from '@guoku/domain-revenue';
import { Money } from '@guoku/money';
import {
  accepted,
  type Answer,
  type Call,
  Commands,
  type FieldFault,
  refused,
  Refused,
} from '@guoku/service';
import { CsvError, parse } from 'csv-parse/sync';
import { refuse } from '../refusals.js';
import type { ReceiptFileDto, ReceiptFileShownDto } from './receipt-file.dto.js';
import { ReceiptStore } from './receipt.store.js';
import { foreignPlace, Receipts, refusalOf, scopeOf } from './receipts.js';
import { takeReceipts } from './take-receipts.js';

/** Takes in the treasury's daily report 3401 收入日报 as a file: whole or nothing, and the same content once. */
@Injectable()
export class ReceiptFiles {
  constructor(
    private readonly commands: Commands,
    private readonly receipts: Receipts,
  ) {}

  /** @throws Refused `file_faulty` with every fault by line and column, where a cell cannot be read */
  take(call: Call, { name, content }: ReceiptFileDto): Promise<Answer<ReceiptFileShownDto>> {
    const lines = linesOf(content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const command = { action: 'ReceiptFileService.Take', body: { name, sha256 } };
    return this.commands.run(call, command, async (session, context) => {
      const fileId = context.newId();
      const scope = { ...(await scopeOf(call, context)), fileId };
      const store = new ReceiptStore(session, scope);
      await store.lockAccounts(lines.map(({ accountCode }) => accountCode));
      const earlier = await store.file({ sha256 });
      if (earlier) return accepted(earlier, { subject: `receipt-file/${earlier.fileId}` });
      await this.receipts.note(session, call, scope.entryId);

      const total = Money.sum(lines.map(({ amount }) => amount)).toString();
      const receipts = lines.map(({ row: _row, ...line }) => ({
        ...line,
        receiptId: context.newId(),
      }));
      const file = { fileId, name, sha256, lineCount: lines.length, total };
      const rowOf = (place: number) => ({ field: `/lines/${lines[place]?.row ?? 0}` });
      const foreign = foreignPlace(call, receipts);
      if (foreign >= 0) return refused(refuse('not_own_unit', rowOf(foreign)));
      const taken = await takeReceipts(session, scope, receipts, (news) =>
        store.insertFile({ ...file, taken: news }),
      );
      if (!taken.ok) {
        return refused({ ...refusalOf(taken, receipts, scope.today, ''), ...rowOf(taken.place) });
      }
      const shown = await store.file({ fileId });
      if (!shown) throw new Error(`file ${fileId} is lost`);
      return accepted(shown, { status: 201, subject: `receipt-file/${fileId}` });
    });
  }
}

function linesOf(content: string): readonly ReportLine[] {
  const { lines, faults } = readReport(rowsOf(content));
  if (faults.length > 0) throw new Refused(refuse('file_faulty'), faults.map(faultOf));
  return lines;
}

function rowsOf(content: string): { readonly row: number; readonly cells: readonly string[] }[] {
  const rows: { row: number; cells: readonly string[] }[] = [];
  try {
    parse(content, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: readonly string[], { lines }) => {
        rows.push({ row: lines, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? error['lines'] : 0;
    const detail = { zh: '不是有效的 CSV', en: `not valid CSV: ${error.code}` };
    throw new Refused(refuse('file_faulty'), [
      { pointer: pointerOf(row, ''), code: 'not_csv', detail },
    ]);
  }
  return rows;
}

function faultOf({ row, column, code }: ReportFault): FieldFault {
  return { pointer: pointerOf(row, column), code, detail: faultTexts[code] };
}

/** The line of the file, counted from 1 with its header, and the column. */
function pointerOf(row: number, column: string): string {
  return `#/lines/${row}${column === '' ? '' : `/${column}`}`;
}

const faultTexts: Readonly<Record<ReportFaultCode, FieldFault['detail']>> = {
  empty_file: { zh: '文件没有数据行', en: 'the file has no line' },
  column_missing: { zh: '缺少此列', en: 'this column is missing' },
  column_unknown: { zh: '没有这一列', en: 'there is no such column' },
  column_twice: { zh: '此列出现两次', en: 'this column is there twice' },
  cells_too_few: { zh: '单元格少于表头', en: 'fewer cells than the header has' },
  cells_too_many: { zh: '单元格多于表头', en: 'more cells than the header has' },
  cell_empty: { zh: '不得为空', en: 'must not be empty' },
  cell_too_long: { zh: '最多 64 个字符', en: 'must have at most 64 characters' },
  day_invalid: { zh: '日期须写作 2026-03-09', en: 'must be a day like 2026-03-09' },
  money_invalid: { zh: '金额须写作两位小数，如 12.30', en: 'must have two decimals, like 12.30' },
  line_twice: { zh: '此流水号在文件中出现两次', en: 'the reference is in the file twice' },
};
