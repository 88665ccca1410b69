import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { type Call, type Page, Pages, Refused, Sorting } from '@guoku/service';
import { reachOfRow, reachParameters } from '../reach.js';
import { refuse } from '../refusals.js';
import type { COLLECTION_SORTS, CollectionDto, CollectionQuery } from './collection.dto.js';
import { collectionColumns, type CollectionRow } from './collection.row.js';

const fromCollections = `from collection r
  left join unit u on u.mof_div_code = r.mof_div_code and u.agency_code = r.agency_code`;

const SORTING = new Sorting<CollectionRow, (typeof COLLECTION_SORTS)[number]>(
  {
    date: { sql: 'r.date', type: 'date', of: (row) => row.date },
    amount: { sql: 'r.amount', type: 'numeric', of: (row) => row.amount },
  },
  { sql: 'r.collection_id', type: 'uuid', of: (row) => row.collectionId },
  'date',
);

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
    const page = SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<CollectionRow>(
          `select ${collectionColumns} ${fromCollections}
            where r.mof_div_code = :mofDivCode and ${reachOfRow}
              and (:from::date is null or r.date >= :from)
              and (:to::date is null or r.date <= :to)
              and (:agencyCode::text is null or r.agency_code = :agencyCode)
              and (:billNo::text is null or r.bill_no = :billNo)
              and ${page.after}
            order by ${page.orderBy} limit :count`,
          {
            ...reachParameters(call),
            from: query.from ?? null,
            to: query.to ?? null,
            agencyCode: query.agencyCode ?? null,
            billNo: query.billNo ?? null,
            ...page.parameters,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, (row) => row);
  }
}
