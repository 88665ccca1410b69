import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { type Call, type Page, type PageQuery, Pages, Refused, Sorting } from '@guoku/service';
import { reachOfReport, reachOfRow, reachParameters } from '../reach.js';
import { refuse } from '../refusals.js';
import type { ReceiptFileShownDto } from './receipt-file.dto.js';
import type {
  RECEIPT_SORTS,
  ReceiptDto,
  ReceiptQuery,
  TotalDto,
  TotalGroup,
  TotalQuery,
} from './receipt.dto.js';
import {
  receiptColumns,
  receiptFileColumns,
  type ReceiptFileRow,
  type ReceiptRow,
} from './receipt.row.js';

const fromReceipts = `from receipt r
  left join unit u on u.mof_div_code = r.mof_div_code and u.agency_code = r.agency_code`;

/** Codes that totals may be grouped by, as their columns. */
const groupColumns: Readonly<Record<TotalGroup, string>> = {
  itemCode: 'r.item_code',
  fundTypeCode: 'r.fund_type_code',
  accountCode: 'r.account_code',
  agencyCode: `coalesce(r.agency_code, '-')`,
};

const SORTING = new Sorting<ReceiptRow, (typeof RECEIPT_SORTS)[number]>(
  {
    valueDate: { sql: 'r.value_date', type: 'date', of: (row) => row.valueDate },
    amount: { sql: 'r.amount', type: 'numeric', of: (row) => row.amount },
  },
  { sql: 'r.receipt_id', type: 'uuid', of: (row) => row.receiptId },
  'valueDate',
);

/** Reads receipts for screens. */
@Injectable()
export class ReceiptQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** @throws Refused `not_found` where there is none that the caller may see */
  async get(call: Call, receiptId: string): Promise<ReceiptDto> {
    const row = await this.transactor.run(
      (session) =>
        session.one<ReceiptRow>(
          `select ${receiptColumns} ${fromReceipts}
            where r.mof_div_code = :mofDivCode and r.receipt_id = :receiptId and ${reachOfRow}`,
          { ...reachParameters(call), receiptId },
        ),
      { readOnly: true },
    );
    if (!row) throw new Refused(refuse('not_found'));
    return row;
  }

  async list(call: Call, query: ReceiptQuery): Promise<Page<ReceiptDto>> {
    const { mofDivCode } = call.caller;
    const page = SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<ReceiptRow>(
          `select ${receiptColumns} ${fromReceipts}
            where r.mof_div_code = :mofDivCode and ${reachOfRow}
              and (:from::date is null or r.value_date >= :from)
              and (:to::date is null or r.value_date <= :to)
              and (:accountCode::text is null or r.account_code = :accountCode)
              and (:itemCode::text is null or r.item_code = :itemCode)
              and (:agencyCode::text is null or r.agency_code = :agencyCode)
              and (:fileId::uuid is null or r.file_id = :fileId)
              and ${page.after}
            order by ${page.orderBy} limit :count`,
          {
            ...reachParameters(call),
            from: query.from ?? null,
            to: query.to ?? null,
            accountCode: query.accountCode ?? null,
            itemCode: query.itemCode ?? null,
            agencyCode: query.agencyCode ?? null,
            fileId: query.fileId ?? null,
            ...page.parameters,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, (row) => row);
  }

  /** Sums per value date, reversals counted in. */
  async totals(call: Call, query: TotalQuery): Promise<Page<TotalDto>> {
    const { mofDivCode } = call.caller;
    const [afterDay = null, afterCode = null] = this.pages.after(query, mofDivCode) ?? [];
    const code = query.groupBy === undefined ? `''` : groupColumns[query.groupBy];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<TotalDto>(
          `select * from (
             select r.value_date as "valueDate", ${code} as code, count(*)::int as count,
                    sum(r.amount) as amount
               ${fromReceipts}
              where r.mof_div_code = :mofDivCode and ${reachOfRow}
                and (:from::date is null or r.value_date >= :from)
                and (:to::date is null or r.value_date <= :to)
                and (:asOf::timestamptz is null or r.recorded_at <= :asOf)
              group by 1, 2) total
            where :afterDay::date is null or ("valueDate", code) > (:afterDay::date, :afterCode::text)
            order by "valueDate", code limit :count`,
          {
            ...reachParameters(call),
            from: query.from ?? null,
            to: query.to ?? null,
            asOf: query.asOf ?? null,
            afterDay,
            afterCode,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    const keyOf = (row: TotalDto) => [row.valueDate, row.code ?? ''];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => ({
      ...row,
      code: row.code || null,
    }));
  }

  async file(call: Call, fileId: string): Promise<ReceiptFileShownDto> {
    const row = await this.transactor.run(
      (session) =>
        session.one<ReceiptFileRow>(
          `select ${receiptFileColumns} from receipt_file f
            where f.mof_div_code = :mofDivCode and f.file_id = :fileId and ${reachOfReport}`,
          { ...reachParameters(call), fileId },
        ),
      { readOnly: true },
    );
    if (!row) throw new Refused(refuse('not_found'));
    return row;
  }

  async files(call: Call, query: PageQuery): Promise<Page<ReceiptFileShownDto>> {
    const { mofDivCode } = call.caller;
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<ReceiptFileRow>(
          `select ${receiptFileColumns} from receipt_file f
            where f.mof_div_code = :mofDivCode and ${reachOfReport}
              and (:after::uuid is null or f.file_id > :after)
            order by f.file_id limit :count`,
          { ...reachParameters(call), after, count: this.pages.rowsToRead(query) },
        ),
      { readOnly: true },
    );
    return this.pages.page(
      rows,
      query,
      mofDivCode,
      (row) => [row.fileId],
      (row) => row,
    );
  }
}
