import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, type Call, type Page } from '@guoku/service';
import type { StatementQuery } from './statement.dto.js';
import { STATEMENT_COLUMNS, type StatementRow } from './statement.row.js';

/** Reads for screens. */
@Injectable()
export class StatementQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** Statements of the division, latest first. */
  async list({ caller }: Call, query: StatementQuery): Promise<Page<StatementRow>> {
    const { mofDivCode } = caller;
    const [date = null, accountCode = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<StatementRow>(
          `select ${STATEMENT_COLUMNS} from statement s join account a using (mof_div_code, account_code)
           where mof_div_code = :mofDivCode
             and (:account::text is null or account_code = :account)
             and (:from::date is null or s.date >= :from)
             and (:to::date is null or s.date <= :to)
             and (:date::date is null or s.date < :date or (s.date = :date and account_code > :accountCode))
           order by s.date desc, account_code limit :limit`,
          {
            mofDivCode,
            account: query.accountCode ?? null,
            from: query.from ?? null,
            to: query.to ?? null,
            date,
            accountCode,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    const keyOf = (row: StatementRow) => [row.date, row.accountCode];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }
}
