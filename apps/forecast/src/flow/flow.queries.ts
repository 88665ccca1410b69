import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, Sorting, type Call, type Page } from '@guoku/service';
import type { FLOW_SORTS, FlowDto, FlowQuery } from './flow.dto.js';

const SORTING = new Sorting<FlowDto, (typeof FLOW_SORTS)[number]>(
  {
    day: { sql: 'day', type: 'date', of: (row) => row.day },
    amount: { sql: 'amount', type: 'numeric', of: (row) => row.amount },
  },
  {
    sql: `source_kind || '/' || source_id`,
    type: 'text',
    of: (row) => `${row.sourceKind}/${row.sourceId}`,
  },
  'day',
);

/** Reads for screens. */
@Injectable()
export class FlowQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** Flows of the division. */
  async list({ caller }: Call, query: FlowQuery): Promise<Page<FlowDto>> {
    const { mofDivCode } = caller;
    const page = SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<FlowDto>(
          `select day, series, pool_code as "poolCode", direction as kind, amount,
                  source_kind as "sourceKind", source_id as "sourceId"
           from flow_movement
           where mof_div_code = :mofDivCode
             and (:series::text is null or series = :series)
             and (:poolCode::text is null or pool_code = :poolCode)
             and (:from::date is null or day >= :from)
             and (:to::date is null or day <= :to)
             and ${page.after}
           order by ${page.orderBy} limit :limit`,
          {
            mofDivCode,
            series: query.series ?? null,
            poolCode: query.poolCode ?? null,
            from: query.from ?? null,
            to: query.to ?? null,
            ...page.parameters,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, (row) => row);
  }
}
