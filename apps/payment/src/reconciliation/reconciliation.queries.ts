import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, Refused, type Call, type Page } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ReconciliationDto, ReconciliationQuery } from './reconciliation.dto.js';
import { RECONCILIATION_COLUMNS } from './reconciliation.store.js';

/** Reads of reconciliations. */
@Injectable()
export class ReconciliationQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** The latest first. */
  async list({ caller }: Call, query: ReconciliationQuery): Promise<Page<ReconciliationDto>> {
    const { mofDivCode } = caller;
    const [at = null, id = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<ReconciliationDto>(
          `select ${RECONCILIATION_COLUMNS} from reconciliation c
           where c.mof_div_code = :mofDivCode and (:day::date is null or c.day = :day)
             and (:at::timestamptz is null or (c.made_at, c.id) < (:at, :id::uuid))
           order by c.made_at desc, c.id desc limit :limit`,
          { mofDivCode, day: query.day ?? null, at, id, limit: this.pages.rowsToRead(query) },
        ),
      { readOnly: true },
    );
    const keyOf = (row: ReconciliationDto) => [row.madeAt, row.id];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }

  async one({ caller }: Call, id: string): Promise<ReconciliationDto> {
    const row = await this.transactor.run(
      (session) =>
        session.one<ReconciliationDto>(
          `select ${RECONCILIATION_COLUMNS} from reconciliation c
           where c.mof_div_code = :mofDivCode and c.id = :id`,
          { mofDivCode: caller.mofDivCode, id },
        ),
      { readOnly: true },
    );
    if (row === undefined) throw new Refused(refuse('not_found'));
    return row;
  }
}
