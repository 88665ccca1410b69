import { setTimeout as sleep } from 'node:timers/promises';
import { Sealer } from '../audit/sealer.js';
import type { RunningService } from '../service.js';

/** Asks the service's database as its superuser. */
export type AskDatabase = <Row extends object>(
  sql: string,
  values?: unknown[],
) => Promise<readonly Row[]>;

export interface ChecksumOptions {
  /** Names of tables as SQL's `like` reads them; all of them where not said. */
  readonly tables?: string;
  /** A query that gives rows while the service still waits for an answer from elsewhere. */
  readonly awaited?: string;
}

/**
 * One digest over every row of the service's tables, once what runs beside the calls (relay, sealer, workers) has
 * come to rest.
 */
export async function databaseChecksum(
  service: RunningService,
  ask: AskDatabase,
  { tables = '%', awaited = unsaid }: ChecksumOptions = {},
): Promise<string> {
  const sealer = service.app.get(Sealer);
  let [before, after] = ['', await digest(ask, tables)];
  while (before !== after || (await anyRow(ask, unsaid)) || (await anyRow(ask, awaited))) {
    await sealer.seal();
    await sleep(50);
    [before, after] = [after, await digest(ask, tables)];
  }
  return after;
}

const unsaid = 'select 1 from outbox where published_at is null limit 1';

async function anyRow(ask: AskDatabase, sql: string): Promise<boolean> {
  return (await ask(sql)).length > 0;
}

async function digest(ask: AskDatabase, tables: string): Promise<string> {
  const names = await ask<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind = 'r' and relname like '${tables}'
        and nspname <> 'information_schema' and nspname not like 'pg\\_%' order by 1`,
  );
  const rows = `md5(coalesce(string_agg(t::text, '|' order by t::text), ''))`;
  const sums = await ask<{ sum: string }>(
    names
      .map(({ name }) => `select '${name} ' || ${rows} as sum from ${name} t`)
      .join(' union all '),
  );
  return sums
    .map(({ sum }) => sum)
    .sort()
    .join('\n');
}
