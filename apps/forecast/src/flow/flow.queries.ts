import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, type Call, type Page } from '@guoku/service';
import type { FlowDto, FlowQuery } from './flow.dto.js';

/** Reads for screens. */
@Injectable()
export class FlowQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** Flows of the division, earliest first. */
  async list({ caller }: Call, query: FlowQuery): Promise<Page<FlowDto>> {
    const { mofDivCode } = caller;
    const [day = null, kind = null, id = null] = this.pages.after(query, mofDivCode) ?? [];
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
             and (:day::date is null or (day, source_kind, source_id) > (:day::date, :kind::text, :id::text))
           order by day, source_kind, source_id limit :limit`,
          {
            mofDivCode,
            series: query.series ?? null,
            poolCode: query.poolCode ?? null,
            from: query.from ?? null,
            to: query.to ?? null,
            day,
            kind,
            id,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    const keyOf = (row: FlowDto) => [row.day, row.sourceKind, row.sourceId];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }
}
