import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { Config } from './config.js';
import { IntField, TextField } from './fields.js';
import { refuse } from './platform-refusals.js';
import { Refused } from './refusal.js';

/** Parameters of every list. Filters are fields of the class that extends it. */
export class PageQuery {
  @TextField({ description: 'nextCursor of the page before', optional: true, max: 2000 })
  readonly cursor?: string;

  @IntField({ description: 'items at most (50)', optional: true, min: 1, max: 500 })
  readonly limit?: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** Where a page begins: values of the columns of its `order by`, as text. */
export type PageKey = readonly string[];

/**
 * Pages by key, so that rows that come in meanwhile move nothing. Cursors are signed and bound to the division and the
 * filters: a forged or borrowed one is refused.
 */
@Injectable()
export class Pages {
  constructor(private readonly config: Config) {}

  /** How many rows to read: one more than asked for tells whether there is a next page. */
  rowsToRead(query: PageQuery): number {
    return limitOf(query) + 1;
  }

  /** The key after which the page begins, or null for the first page. Throws `cursor_invalid`. */
  after(query: PageQuery, mofDivCode: string): PageKey | null {
    if (query.cursor === undefined) return null;
    const [payload = '', seal = ''] = query.cursor.split('.');
    const expected = Buffer.from(this.seal(payload, query, mofDivCode));
    const given = Buffer.from(seal);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
      throw new Refused(refuse('cursor_invalid'));
    }
    const key: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return Array.isArray(key) ? key.map(String) : null;
  }

  /**
   * @param rows at most `rowsToRead(query)` of them, in order
   * @param keyOf values of the `order by` columns of a row
   * @param itemOf the row as it is shown
   */
  page<Row, Item>(
    rows: readonly Row[],
    query: PageQuery,
    mofDivCode: string,
    keyOf: (row: Row) => PageKey,
    itemOf: (row: Row) => Item,
  ): Page<Item> {
    const shown = rows.slice(0, limitOf(query));
    const last = shown.at(-1);
    const more = rows.length > shown.length && last !== undefined;
    const payload = more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : '';
    return {
      items: shown.map(itemOf),
      nextCursor: more ? `${payload}.${this.seal(payload, query, mofDivCode)}` : null,
    };
  }

  private seal(payload: string, query: PageQuery, mofDivCode: string): string {
    const { cursor: _cursor, limit: _limit, ...filters } = query;
    const bound = canonicalize(JSON.parse(JSON.stringify({ payload, mofDivCode, filters }))) ?? '';
    return createHmac('sha256', this.config.cursorKey).update(bound).digest('base64url');
  }
}

function limitOf({ limit = 50 }: PageQuery): number {
  return limit;
}
