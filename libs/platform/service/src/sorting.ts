import type { PageKey } from './pages.js';

/** A column that is never null, and its value in a row that was read. */
export interface SortColumn<Row> {
  readonly sql: string;
  readonly type: 'date' | 'integer' | 'numeric' | 'text' | 'timestamptz' | 'uuid';
  readonly of: (row: Row) => string;
}

/** The part of a list's statement that depends on its order. It takes the parameters `sortKey` and `sortId`. */
export interface SortedPage<Row> {
  /** Condition: what comes after the page before. */
  readonly after: string;
  readonly orderBy: string;
  readonly parameters: { readonly sortKey: string | null; readonly sortId: string | null };
  readonly keyOf: (row: Row) => PageKey;
}

/** The orders in which a list can be asked for (`sort=amount`, `sort=-amount`); rows that are equal in it go by id. */
export class Sorting<Row, Name extends string> {
  /** @param usual the order of a list that is asked for without one */
  constructor(
    private readonly columns: Readonly<Record<Name, SortColumn<Row>>>,
    private readonly id: SortColumn<Row>,
    private readonly usual: Name,
  ) {}

  /**
   * @param sort a name of a column, with `-` in front for the other way round; the query's class lets no other through
   * @param key what `keyOf` said of the last row of the page before; null for the first page
   */
  page(sort: string | undefined, key: PageKey | null): SortedPage<Row> {
    const descending = sort?.startsWith('-') ?? false;
    const column = this.column(descending ? sort?.slice(1) : sort);
    const { id } = this;
    const [sortKey = null, sortId = null] = key ?? [];
    const [sign, way] = descending ? ['<', ' desc'] : ['>', ''];
    const last = `(:sortKey::text::${column.type}, :sortId::text::${id.type})`;
    return {
      after: `(:sortId::text is null or (${column.sql}, ${id.sql}) ${sign} ${last})`,
      orderBy: `${column.sql}${way}, ${id.sql}${way}`,
      parameters: { sortKey, sortId },
      keyOf: (row) => [column.of(row), id.of(row)],
    };
  }

  private column(name: string = this.usual): SortColumn<Row> {
    const columns = Object.entries<SortColumn<Row>>(this.columns);
    const found = columns.find(([known]) => known === name);
    if (found === undefined) throw new Error(`no list is sorted by ${name}`);
    return found[1];
  }
}
