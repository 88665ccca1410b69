import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connected } from './connection.js';
import { withConnections } from './connection.js';
import type { Database } from './databases.js';
import {
  manifestFile,
  tableFile,
  type Manifest,
  type SavedDatabase,
  type SavedTable,
} from './manifest.js';
import { beginAtOneMoment } from './one-moment.js';
import { Refused } from './refused.js';
import { lineOf, migrationsOf, rowsOf, Summing, tablesOf, type Table } from './tables.js';

/**
 * Writes all rows of the four databases, as they were at one moment, into a new folder. The services may run on.
 *
 * @returns how many rows
 * @throws Refused where the folder has something in it, or a database has no schema
 */
export async function save(databases: readonly Database[], folder: string): Promise<number> {
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0)
    throw new Refused(`文件夹 ${folder} 不是空的。The folder ${folder} is not empty.`);
  await mkdir(folder, { recursive: true, mode: 0o700 });

  return withConnections(databases, async (readers) => {
    await withConnections(databases, async (holders) => {
      for (const { database, client } of holders)
        if ((await migrationsOf(client)).length === 0)
          throw new Refused(
            `${database.service} 的数据库尚未建表。The database of ${database.service} has no schema yet.`,
          );
      await beginAtOneMoment(holders, readers);
    });
    const saved = new Map<string, SavedDatabase>();
    for (const reader of readers)
      saved.set(reader.database.service, await saveDatabase(reader, folder));
    const madeAt = new Date().toISOString();
    const manifest = { format: 1, madeAt, databases: Object.fromEntries(saved) };
    await writeFile(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`);
    return rowsIn([...saved.values()]);
  });
}

export function rowsIn(databases: readonly Manifest['databases']['quota'][]): number {
  const tables = databases.flatMap((database) => database.tables);
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

async function saveDatabase(
  { database: { service }, client }: Connected,
  folder: string,
): Promise<SavedDatabase> {
  await mkdir(join(folder, service));
  const tables: SavedTable[] = [];
  for (const table of await tablesOf(client)) {
    const file = tableFile(folder, service, table);
    tables.push({ ...table, ...(await writeTable(client, table, file)) });
  }
  const { rows } = await client.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value as value from pg_sequences
     where last_value is not null and sequencename <> 'migrations_id_seq' order by 1`,
  );
  const sequences = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  return { migrations: await migrationsOf(client), tables, sequences };
}

async function writeTable(client: Connected['client'], table: Table, file: string) {
  const summing = new Summing();
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const rows of rowsOf(client, table)) {
      const lines = rows.map(lineOf);
      for (const line of lines) summing.add(line);
      await handle.write(lines.join(''));
    }
  } finally {
    await handle.close();
  }
  return summing.sum();
}
