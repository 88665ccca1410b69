import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSourceOf } from './data-source.js';
import { driverError } from './database-error.js';

/** One folder `2026-11-24-01-name` with `up.sql` (what runs) and `notes.md` (why). Forward only. */
export interface Migration {
  readonly folder: string;
  readonly sql: string;
  /** Tables named by `-- append-only: a, b` in up.sql, beside those whose names say so. */
  readonly appendOnly: readonly string[];
}

const FOLDER_NAME = /^(\d{4})-(\d{2})-(\d{2})-(\d{2})-[a-z0-9-]+$/;
const APPEND_ONLY_NAME = /_(movement|entry|log)$/;

/**
 * Reads the migrations of one folder in the order of their names. A folder with a wrong name or
 * without its two files throws.
 */
export function migrationsFrom(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      if (!FOLDER_NAME.test(name)) throw new Error(`${path}: not named YYYY-MM-DD-NN-name`);
      if (!existsSync(join(path, 'notes.md'))) throw new Error(`${path}: notes.md is missing`);
      const sql = readFileSync(join(path, 'up.sql'), 'utf8');
      const appendOnly = [...sql.matchAll(/^-- append-only: (.+)$/gm)].flatMap(([, tables = '']) =>
        tables.split(',').map((table) => table.trim()),
      );
      return { folder: name, sql, appendOnly };
    });
}

/**
 * TypeORM takes the order of migrations from the last thirteen digits of their names, as
 * milliseconds.
 */
function typeormName(folder: string): string {
  const [, year = '', month = '', day = '', number = ''] = FOLDER_NAME.exec(folder) ?? [];
  return `${folder}-${Date.parse(`${year}-${month}-${day}T00:00:00Z`) + Number(number)}`;
}

function typeormMigration({ folder, sql }: Migration): new () => MigrationInterface {
  return class FolderMigration implements MigrationInterface {
    readonly name = typeormName(folder);

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }

    async down(): Promise<void> {
      throw new Error(`${folder}: migrations go forward only`);
    }
  };
}

/** Any number, the same for all: two migrations of one database wait for each other. */
const MIGRATION_LOCK = 7_108_469;

/**
 * Brings a database to the newest form, as the owner of its tables and each migration in a
 * transaction of its own, and gives the service's role its rights: SELECT, INSERT, UPDATE, DELETE;
 * on append-only tables SELECT and INSERT only. Safe to run again and by several at once.
 *
 * @param ownerUrl the owner's connection; the service never has it
 * @param serviceRole name of the role the service runs as; it must exist
 * @returns the folders that were new
 */
export async function migrate(
  ownerUrl: string,
  migrations: readonly Migration[],
  serviceRole: string,
): Promise<string[]> {
  const dataSource = dataSourceOf(ownerUrl, {
    applicationName: 'guoku-migrate',
    poolSize: 2,
    statementTimeoutMs: 0,
  });
  dataSource.setOptions({ migrations: migrations.map(typeormMigration) });
  await dataSource.initialize();
  try {
    return await underLock(dataSource, async (runner) => {
      const names = new Map(migrations.map(({ folder }) => [typeormName(folder), folder]));
      if (names.size < migrations.length) throw new Error('two migrations have the same name');
      const done = await dataSource.runMigrations({ transaction: 'each' });
      const appendOnly = migrations.flatMap((migration) => migration.appendOnly);
      await grant(runner, appendOnly, serviceRole);
      return done.map(({ name }) => names.get(name) ?? name);
    });
  } catch (error) {
    throw driverError(error);
  } finally {
    await dataSource.destroy();
  }
}

async function underLock<T>(
  dataSource: DataSource,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(runner);
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

/** What the granting needs of TypeORM's QueryRunner. */
interface Owner {
  query(sql: string): Promise<unknown>;
  query<Row>(sql: string, values: unknown[], structured: true): Promise<{ records: Row[] }>;
}

interface Relation {
  name: string;
  schema: string;
  quoted: string;
  isPartition: boolean;
}

/** Rights are given anew after every migration, so that none can be forgotten in one. */
async function grant(
  owner: Owner,
  appendOnly: readonly string[],
  serviceRole: string,
): Promise<void> {
  const { records: tables } = await owner.query<Relation>(
    `select c.relname as "name", quote_ident(n.nspname) as "schema", c.oid::regclass::text as "quoted",
            c.relispartition as "isPartition"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
        and c.relkind in ('r', 'p', 'v', 'm') and pg_has_role(c.relowner, 'usage') order by 1`,
    [],
    true,
  );
  const missing = appendOnly.filter((table) => !tables.some(({ name }) => name === table));
  if (missing.length > 0) throw new Error(`append-only tables do not exist: ${missing.join(', ')}`);

  const role = pg.escapeIdentifier(serviceRole);
  const statements = tables.flatMap(({ name, quoted, isPartition }) => {
    const revoke = `revoke all on ${quoted} from ${role}, public`;
    // Partitions are reached through their table, whose rights count.
    if (isPartition) return [revoke];
    if (name === 'migrations') return [revoke, `grant select on ${quoted} to ${role}`];
    const mayChange = !APPEND_ONLY_NAME.test(name) && !appendOnly.includes(name);
    const rights = mayChange ? 'select, insert, update, delete' : 'select, insert';
    return [revoke, `grant ${rights} on ${quoted} to ${role}`];
  });
  const schemas = new Set(['public', ...tables.map(({ schema }) => schema)]);
  for (const schema of schemas) {
    statements.push(
      `grant usage on schema ${schema} to ${role}`,
      `grant usage on all sequences in schema ${schema} to ${role}`,
    );
    if (schema !== 'public') statements.push(`revoke all on schema ${schema} from public`);
  }
  await owner.query(`begin; ${statements.join('; ')}; commit`);
}
