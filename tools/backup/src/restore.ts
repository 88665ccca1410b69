import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { withConnections, type Connected } from './connection.js';
import type { Database } from './databases.js';
import { readManifest, tableFile, type Manifest, type SavedTable } from './manifest.js';
import { Refused } from './refused.js';
import { rowsIn } from './save.js';
import { migrationsOf, Summing, sumOf, tablesOf, type Table } from './tables.js';

const ROWS_AT_ONCE = 2000;

export interface RestoreOptions {
  readonly folder: string;
  /** Makes the schema of one database, or brings it to the newest form. */
  readonly migrate: (database: Database) => Promise<void>;
}

/**
 * Puts a backup into four databases in which nothing has happened yet. All four or none: they are committed when every
 * table has been read again and is what the backup says. What had been announced is then announced once more, for the
 * broker may be another one; who has heard it does nothing.
 *
 * @returns how many rows
 * @throws Refused where a database is in use, the backup is damaged, or of another form
 */
export async function restore(
  databases: readonly Database[],
  { folder, migrate }: RestoreOptions,
): Promise<number> {
  const manifest = await readManifest(folder);
  for (const { service } of databases)
    for (const table of manifest.databases[service].tables)
      await readRows(tableFile(folder, service, table), table, () => Promise.resolve());
  await withConnections(databases, (connected) => inTurn(connected, needUnused));
  for (const database of databases) await migrate(database);

  await withConnections(databases, async (connected) => {
    await inTurn(connected, (each) => needSameForm(each, manifest));
    for (const { client } of connected) await client.query('begin');
    await inTurn(connected, (each) => restoreDatabase(each, manifest, folder));
    for (const { client } of connected) await client.query('commit');
  });
  return rowsIn(Object.values(manifest.databases));
}

async function inTurn(
  connected: readonly Connected[],
  work: (each: Connected) => Promise<void>,
): Promise<void> {
  for (const each of connected) await work(each);
}

/** A row that no migration made is somebody's: a migration's rows and its mark are of one transaction. */
async function needUnused({ database: { service }, client }: Connected): Promise<void> {
  const isMigrated = (await migrationsOf(client)).length > 0;
  for (const { name } of await tablesOf(client)) {
    const made = isMigrated ? 'where t.xmin::text not in (select xmin::text from migrations)' : '';
    const { rowCount } = await client.query(`select 1 from ${name} t ${made} limit 1`);
    if (rowCount !== 0)
      throw new Refused(
        `${service} 的数据库已在使用（表 ${name} 有数据），未恢复任何数据。` +
          `The database of ${service} is in use: ${name} has rows in it. Nothing was restored.`,
      );
  }
}

async function needSameForm(
  { database: { service }, client }: Connected,
  manifest: Manifest,
): Promise<void> {
  const here = await migrationsOf(client);
  const { migrations } = manifest.databases[service];
  const strange = [
    ...migrations.filter((name) => !here.includes(name)),
    ...here.filter((name) => !migrations.includes(name)),
  ];
  if (strange.length === 0) return;
  throw new Refused(
    `备份的表结构版本与本程序不同（${service}）：${strange.join('、')}。请用生成备份的版本恢复，再升级。` +
      `The backup of ${service} is of another schema version (${strange.join(', ')}): ` +
      'restore it with the version that made it, then migrate.',
  );
}

async function restoreDatabase(
  { database: { service }, client }: Connected,
  manifest: Manifest,
  folder: string,
): Promise<void> {
  const { tables, sequences } = manifest.databases[service];
  const backUp = await takeForeignKeysDown(client);
  const names = tables.map(({ name }) => name);
  await client.query(`truncate ${names.join(', ')}`);
  for (const table of tables)
    await readRows(tableFile(folder, service, table), table, (rows) => insert(client, table, rows));
  for (const [name, value] of Object.entries(sequences))
    await client.query('select setval($1::regclass, $2)', [name, value]);
  for (const statement of backUp) await client.query(statement);

  for (const table of tables)
    if ((await sumOf(client, table)).sha256 !== table.sha256)
      throw new Error(`${service}: ${table.name} is not what was saved`);
  await client.query('update outbox set published_at = null');
}

/** Tables may refer to one another in a circle. @returns statements that put the keys up again and check every row */
async function takeForeignKeysDown(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; key: string; definition: string }>(
    `select conrelid::regclass::text as name, quote_ident(conname) as key, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' order by 1, 2`,
  );
  for (const { name, key } of rows)
    await client.query(`alter table ${name} drop constraint ${key}`);
  return rows.map(
    ({ name, key, definition }) => `alter table ${name} add constraint ${key} ${definition}`,
  );
}

async function insert(client: pg.Client, table: Table, rows: readonly string[]): Promise<void> {
  const { name, columns } = table;
  await client.query(
    `insert into ${name} (${columns.join(', ')}) overriding system value
     select ${columns.map((column) => `(saved.row).${column}`).join(', ')}
     from (select line::${name} as row from unnest($1::text[]) as line) saved`,
    [rows],
  );
}

/** @throws Refused where the file is not what the manifest says */
async function readRows(
  file: string,
  table: SavedTable,
  take: (rows: readonly string[]) => Promise<void>,
): Promise<void> {
  const summing = new Summing();
  let rows: string[] = [];
  try {
    for await (const line of createInterface({
      input: createReadStream(file),
      crlfDelay: Infinity,
    })) {
      summing.add(`${line}\n`);
      rows.push(rowOf(line));
      if (rows.length < ROWS_AT_ONCE) continue;
      await take(rows);
      rows = [];
    }
  } catch (error) {
    if (!(error instanceof SyntaxError) && Reflect.get(Object(error), 'code') !== 'ENOENT')
      throw error;
    throw damaged(file);
  }
  if (rows.length > 0) await take(rows);
  if (summing.sum().sha256 !== table.sha256) throw damaged(file);
}

function rowOf(line: string): string {
  const row: unknown = JSON.parse(line);
  return String(row);
}

function damaged(file: string): Refused {
  return new Refused(`备份文件已损坏。The backup is damaged: ${file} is not what was saved.`);
}
