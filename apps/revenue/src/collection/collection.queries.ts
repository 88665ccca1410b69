import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { type Call, type Page, Pages, Refused } from '@guoku/service';
import { reachOfRow, reachParameters } from '../reach.js';
import { refuse } from '../refusals.js';
import type { CollectionDto, CollectionQuery } from './collection.dto.js';
import { collectionColumns, type CollectionRow } from './collection.row.js';

const fromCollections = `from collection r
  left join unit u on u.mof_div_code = r.mof_div_code and u.agency_code = r.agency_code`;

/** Reads collections for screens. A unit sees its own. */
@Injectable()
export class CollectionQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** @throws Refused `not_found` where there is none that the caller may see */
  async get(call: Call, collectionId: string): Promise<CollectionDto> {
    const row = await this.transactor.run(
      (session) =>
        session.one<CollectionRow>(
          `select ${collectionColumns} ${fromCollections}
            where r.mof_div_code = :mofDivCode and r.collection_id = :collectionId and ${reachOfRow}`,
          { ...reachParameters(call), collectionId },
        ),
      { readOnly: true },
    );
    if (!row) throw new Refused(refuse('not_found'));
    return row;
  }

  async list(call: Call, query: CollectionQuery): Promise<Page<CollectionDto>> {
    const { mofDivCode } = call.caller;
    const [afterDay = null, afterId = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<CollectionRow>(
          `select ${collectionColumns} ${fromCollections}
            where r.mof_div_code = :mofDivCode and ${reachOfRow}
              and (:from::date is null or r.date >= :from)
              and (:to::date is null or r.date <= :to)
              and (:agencyCode::text is null or r.agency_code = :agencyCode)
              and (:billNo::text is null or r.bill_no = :billNo)
              and (:afterDay::date is null or (r.date, r.collection_id) > (:afterDay::date, :afterId::uuid))
            order by r.date, r.collection_id limit :count`,
          {
            ...reachParameters(call),
            from: query.from ?? null,
            to: query.to ?? null,
            agencyCode: query.agencyCode ?? null,
            billNo: query.billNo ?? null,
            afterDay,
            afterId,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    const keyOf = (row: CollectionRow) => [row.date, row.collectionId];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }
}
