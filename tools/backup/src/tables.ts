import { createHash } from 'node:crypto';
import type pg from 'pg';

const ROWS_AT_ONCE = 2000;

export interface Table {
  /** With its schema where that is not `public`, quoted where it must be. */
  readonly name: string;
  /** Columns that are written; the others follow from them. */
  readonly columns: readonly string[];
}

/** Every table of the database but `migrations`, which says of what form the others are. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.oid::regclass::text as name,
            array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as columns
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname <> 'migrations'
     group by c.oid order by 1`,
  );
  return rows;
}

/** Names of the migrations that have run, in order; none where the database has no table yet. */
export async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query(
    `select 1 where to_regclass('migrations') is not null`,
  );
  if (found.length === 0) return [];
  const { rows } = await client.query<{ name: string }>('select name from migrations order by id');
  return rows.map(({ name }) => name);
}

/** The rows of a table as PostgreSQL writes a whole row, in the order of that text. */
export async function* rowsOf(client: pg.Client, { name }: Table): AsyncGenerator<string[]> {
  await client.query(
    `declare reader no scroll cursor for select t::text as row from ${name} t order by t::text collate "C"`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${ROWS_AT_ONCE} from reader`);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await client.query('close reader');
}

export interface Sum {
  readonly rows: number;
  readonly sha256: string;
}

/** Sums up rows as they pass. */
export class Summing {
  private readonly hash = createHash('sha256');
  private rows = 0;

  add(line: string): void {
    this.hash.update(line);
    this.rows += 1;
  }

  sum(): Sum {
    return { rows: this.rows, sha256: this.hash.digest('hex') };
  }
}

/** One row in a file: JSON text, so that a row with line breaks in it stays one line, whoever splits the lines. */
export function lineOf(row: string): string {
  const text = JSON.stringify(row).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `${text}\n`;
}

export async function sumOf(client: pg.Client, table: Table): Promise<Sum> {
  const summing = new Summing();
  for await (const rows of rowsOf(client, table)) for (const row of rows) summing.add(lineOf(row));
  return summing.sum();
}
