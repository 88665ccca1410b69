import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataSourceOf, migrate, migrationsFrom, sqlStateOf, Transactor } from '@guoku/persistence';
import { freshDatabase, type TestDatabase } from '@guoku/testing';

const folder = mkdtempSync(join(tmpdir(), 'guoku-migrations-'));

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'up.sql'), sql);
  writeFileSync(join(folder, name, 'notes.md'), 'Why.\n');
}

let database: TestDatabase;
let service: Transactor;

beforeAll(async () => {
  write(
    '2026-11-24-01-first',
    `-- append-only: seal, stamp
     create table balance (id int generated always as identity primary key, amount numeric(20,2));
     create table balance_entry (amount numeric(20,2)); create table seal (n int); create table stamp (n int);
     create schema apart; create table apart.thing (id bigint generated always as identity, n int);
     create view total as select sum(amount) as "amount" from balance_entry;`,
  );
  database = await freshDatabase('migrations');
  service = new Transactor(dataSourceOf(database.url));
});

afterAll(async () => {
  await service.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const run = () => migrate(database.ownerUrl, migrationsFrom(folder), database.serviceRole);
const stateOf = (sql: string) =>
  service.run((session) => session.execute(sql)).then(() => 'done', sqlStateOf);

describe('migrations', () => {
  it('run once, in the order of their folders, also when several start at the same time', async () => {
    const runs = await Promise.all([run(), run(), run()]);
    expect(runs.flat()).toEqual(['2026-11-24-01-first']);
    write('2026-11-25-02-third', 'alter table second add column m int');
    write('2026-11-25-01-second', 'create table second (n int)');
    expect(await run()).toEqual(['2026-11-25-01-second', '2026-11-25-02-third']);
    expect(await run()).toEqual([]);
  });

  it('leave nothing behind when one fails', async () => {
    write('2026-11-26-01-broken', 'create table half (n int); select 1 / 0');
    await expect(run()).rejects.toThrow('division by zero');
    rmSync(join(folder, '2026-11-26-01-broken'), { recursive: true });
    expect(await stateOf('select * from half')).toBe('42P01');
  });

  it.each([
    ['insert into balance (amount) values (1)', 'done'],
    ['update balance set amount = 2', 'done'],
    ['delete from balance', 'done'],
    ['select * from total', 'done'],
    ['insert into balance_entry values (1)', 'done'],
    ['update balance_entry set amount = 2', '42501'],
    ['delete from balance_entry', '42501'],
    ['truncate balance_entry', '42501'],
    ['insert into seal values (1)', 'done'],
    ['update seal set n = 2', '42501'],
    ['delete from stamp', '42501'],
    ['delete from migrations', '42501'],
    ['drop table balance', '42501'],
    ['create table mine (n int)', '42501'],
    ['insert into apart.thing (n) values (1)', 'done'],
    ['update apart.thing set n = 2', 'done'],
    ['create table apart.mine (n int)', '42501'],
  ])('let the role of the service do: %s: %s', async (sql, outcome) => {
    expect(await stateOf(sql)).toBe(outcome);
  });

  it('give nothing to anybody else, in any schema', async () => {
    const granted = await service.run((session) =>
      session.rows(
        `select relname from pg_class, aclexplode(relacl) as given
          where grantee = 0 and relnamespace::regnamespace::text in ('public', 'apart')
         union all
         select nspname from pg_namespace, aclexplode(nspacl) as given
          where grantee = 0 and nspname = 'apart'`,
      ),
    );
    expect(granted).toEqual([]);
  });

  it('refuse an append-only table that does not exist, a bad name and a missing note', async () => {
    write('2026-11-27-01-typo', '-- append-only: sael\nselect 1');
    await expect(run()).rejects.toThrow('sael');
    rmSync(join(folder, '2026-11-27-01-typo'), { recursive: true });
    mkdirSync(join(folder, 'later'));
    expect(() => migrationsFrom(folder)).toThrow('not named YYYY-MM-DD-NN-name');
    rmSync(join(folder, 'later'), { recursive: true });
    mkdirSync(join(folder, '2026-11-28-01-silent'));
    expect(() => migrationsFrom(folder)).toThrow('notes.md is missing');
  });
});
