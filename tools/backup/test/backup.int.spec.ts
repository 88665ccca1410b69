import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@guoku/contracts';
import { migrate, type Migration } from '@guoku/persistence';
import { migrationsOf } from '@guoku/service';
import { eventually, freshDatabase, type TestDatabase } from '@guoku/testing';
import pg from 'pg';
import { v7 } from 'uuid';
import type { Database } from '../src/databases.js';
import { restore } from '../src/restore.js';
import { save } from '../src/save.js';

const migrationsFor = (service: ServiceName): Migration[] =>
  migrationsOf({
    migrations: join(import.meta.dirname, '../../../apps', service, 'src/migrations'),
  });

/** The four databases of one system; bare ones have no table. */
class Books {
  private constructor(readonly all: ReadonlyMap<ServiceName, TestDatabase>) {}

  static async open({ bare = false } = {}): Promise<Books> {
    const all = new Map<ServiceName, TestDatabase>();
    for (const service of SERVICES)
      all.set(service, await freshDatabase(service, bare ? [] : migrationsFor(service)));
    return new Books(all);
  }

  get databases(): Database[] {
    return [...this.all].map(([service, { ownerUrl, url }]) => ({
      service,
      ownerUrl,
      serviceUrl: url,
    }));
  }

  restore(folder: string, migrations = migrationsFor): Promise<number> {
    return restore(this.databases, {
      folder,
      migrate: async ({ service, ownerUrl }) => {
        await migrate(ownerUrl, migrations(service), `${service}_service`);
      },
    });
  }

  async query<Row extends pg.QueryResultRow>(
    service: ServiceName,
    sql: string,
    values: unknown[] = [],
    role: 'adminUrl' | 'url' = 'adminUrl',
  ): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.all.get(service)?.[role] });
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Every row of every table as text, by service and table. */
  async contents(): Promise<Record<string, string[]>> {
    const contents: Record<string, string[]> = {};
    for (const service of SERVICES) {
      const tables = await this.query<{ name: string }>(
        service,
        `select oid::regclass::text as name from pg_class where relkind = 'r'
         and relnamespace::regnamespace::text in ('public', 'simulated_bank') and relname <> 'migrations'`,
      );
      for (const { name } of tables) {
        const without = name === 'outbox' ? `to_jsonb(t) - 'published_at'` : 't';
        const rows = await this.query<{ row: string }>(
          service,
          `select (${without})::text as row from ${name} t order by 1`,
        );
        contents[`${service} ${name}`] = rows.map(({ row }) => row);
      }
    }
    return contents;
  }

  async drop(): Promise<void> {
    await Promise.all([...this.all.values()].map((database) => database.drop()));
  }
}

let folder: string;
let opened: Books[];
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'backup-')), 'saved');
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((books) => books.drop()));
  await rm(join(folder, '..'), { recursive: true });
});

async function open(options = {}): Promise<Books> {
  const books = await Books.open(options);
  opened.push(books);
  return books;
}

/** Values that a careless copy loses: line breaks, quotes, an empty text, microseconds, keys in a circle. */
async function fill(books: Books): Promise<void> {
  const odd = 'a\nb\r\nc\u2028d"e\'f\\g,(h){i}\t国库 🏛';
  await books.query(
    'forecast',
    `insert into pool (mof_div_code, pool_code, name_zh, name_en, parent, floor, reserve, reserve_tiers) values
       ('990001000', 'a', $1, '', 'b', -0.01, 0.00, 0), ('990001000', 'b', $1, 'null', null, 1.10, 2.00, 99)`,
    [odd],
  );
  await books.query(
    'forecast',
    `insert into flow_movement select '990001000', 'history', n::text, $1, 'a', 'inflow', date '2026-01-01' + n % 300,
            n / 100.0, timestamptz '2026-01-01 00:00:00.123456+08' + n * interval '1 microsecond'
     from generate_series(1, 5001) n`,
    [odd],
  );
  await books.query(
    'forecast',
    `insert into snapshot
     values ('990001000', $1, '2026-01-01', 1, 'm', 0.1, 1, $2, '{}', '[1.10]', now(), 'p', now())`,
    [v7(), JSON.stringify({ odd, none: null })],
  );
  await books.query(
    'forecast',
    `insert into snapshot_day
     select mof_div_code, id, 'a', 'inflow', '2026-01-02', 1, array[-1.00, null, 3.10]::numeric[] from snapshot`,
  );
  for (const service of SERVICES) {
    await books.query(
      service,
      `insert into outbox (id, mof_div_code, aggregate_id, type, subject, actor, data, published_at)
       select gen_random_uuid(), '990001000', n::text, 't', 's', 'p', jsonb_build_object('odd', $1::text), now()
       from generate_series(1, 3) n`,
      [odd],
    );
    await books.query(service, `delete from outbox where seq = 3`);
  }
}

const refusalOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: unknown) => String(error),
  );

test('a restored system has every row of the four databases, and goes on where they stood', async () => {
  const before = await open();
  await fill(before);
  const saved = await save(before.databases, folder);

  const after = await open({ bare: true });
  expect(await after.restore(folder)).toBe(saved);
  expect(await after.contents()).toEqual(await before.contents());
  const [announced] = await after.query<{ seq: string }>(
    'quota',
    `insert into outbox (id, mof_div_code, aggregate_id, type, subject, actor, data)
     values (gen_random_uuid(), '990001000', 'x', 't', 's', 'p', '{}') returning seq`,
  );
  expect(announced?.seq).toBe('4');
  const waiting = await after.query('payment', 'select 1 from outbox where published_at is null');
  expect(waiting).toHaveLength(2);
}, 120_000);

test('limits, references and the two roles are as the migrations make them', async () => {
  const before = await open();
  await fill(before);
  await save(before.databases, folder);
  const after = await open({ bare: true });
  await after.restore(folder);
  const rules = async (books: Books) => {
    const found: unknown[] = [];
    for (const service of SERVICES)
      found.push(
        await books.query(
          service,
          `select conrelid::regclass::text, conname, pg_get_constraintdef(pg_constraint.oid) as rule, convalidated,
                  relacl::text
           from pg_constraint join pg_class on pg_class.oid = conrelid order by 1, 2`,
        ),
      );
    return found;
  };
  expect(await rules(after)).toEqual(await rules(before));
  const change = after.query('forecast', 'delete from flow_movement', [], 'url');
  await expect(change).rejects.toThrow('permission denied');
}, 120_000);

test('a database in which something has happened is refused, and all four stay as they are', async () => {
  const before = await open();
  await fill(before);
  await save(before.databases, folder);
  const used = await open();
  await used.query(
    'payment',
    `insert into business_day_copy values ('990001000', '2026-03-09', 'open')`,
  );
  const contents = await used.contents();
  expect(await refusalOf(used.restore(folder))).toMatch(/payment is in use: business_day_copy/);
  expect(await used.contents()).toEqual(contents);
  const [day] = await used.query<{ day: string }>(
    'payment',
    'delete from business_day_copy returning day::text',
  );
  expect(day).toEqual({ day: '2026-03-09' });
  expect(await used.restore(folder)).toBeGreaterThan(5000);
}, 120_000);

test('a backup of another schema version is refused, whichever is the newer one', async () => {
  const before = await open();
  await save(before.databases, folder);
  const after = await open({ bare: true });
  const newer = (service: ServiceName): Migration[] => [
    ...migrationsFor(service),
    { folder: '2027-01-01-01-more', sql: 'create table more (id int)', appendOnly: [] },
  ];
  expect(await refusalOf(after.restore(folder, newer))).toMatch(
    /another schema version \(2027-01-01-01-more/,
  );

  const file = join(folder, 'manifest.json');
  const text = await readFile(file, 'utf8');
  const known = /"2026-11-24-00-messaging-\d+"/;
  expect(text).toMatch(known);
  await writeFile(file, text.replace(known, '$&, "2027-02-02-01-other-1"'));
  const other = await open({ bare: true });
  expect(await refusalOf(other.restore(folder))).toMatch(/another schema version \(2027-02-02-01/);
  expect(await other.query('quota', 'select 1 from outbox')).toEqual([]);
}, 120_000);

test('a damaged backup is refused before anything is touched', async () => {
  const before = await open();
  await fill(before);
  await save(before.databases, folder);
  const after = await open({ bare: true });
  const file = join(folder, 'forecast', 'flow_movement.jsonl');
  const text = await readFile(file, 'utf8');

  await writeFile(file, text.replace('2026-01-02', '2026-01-03'));
  expect(await refusalOf(after.restore(folder))).toMatch(/damaged.*flow_movement/);
  await writeFile(file, text);
  await appendFile(file, '"(990001000,history)"\n');
  expect(await refusalOf(after.restore(folder))).toMatch(/damaged.*flow_movement/);
  await rm(file);
  expect(await refusalOf(after.restore(folder))).toMatch(/damaged.*flow_movement/);
  await rm(join(folder, 'manifest.json'));
  expect(await refusalOf(after.restore(folder))).toMatch(/no whole backup/);
  expect(await after.query('quota', `select to_regclass('outbox') as outbox`)).toEqual([
    { outbox: null },
  ]);
}, 120_000);

test('a folder with something in it, and databases without schema, are not backed up', async () => {
  const bare = await open({ bare: true });
  expect(await refusalOf(save(bare.databases, folder))).toMatch(/no schema yet/);
  await writeFile(join(folder, 'mine.txt'), '');
  expect(await refusalOf(save(bare.databases, folder))).toMatch(/not empty/);
  expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
});

test('while the services work on, the four databases are saved as of one moment', async () => {
  const books = await open();
  const stop = new AbortController();
  const connect = async (service: ServiceName) => {
    const client = new pg.Client({ connectionString: books.all.get(service)?.adminUrl });
    await client.connect();
    return client;
  };
  // Quota, saved first, says something; payment, saved last, hears it. Nobody hears what was not said.
  const works = Array.from({ length: 6 }, async () => {
    const [quota, payment] = await Promise.all([connect('quota'), connect('payment')]);
    while (!stop.signal.aborted) {
      const id = v7();
      await quota.query(
        `insert into outbox (id, mof_div_code, aggregate_id, type, subject, actor, data)
         values ($1, '990001000', 'a', 't', 's', 'p', '{}')`,
        [id],
      );
      await payment.query(
        `insert into inbox (mof_div_code, consumer, event_id) values ('990001000', 'c', $1)`,
        [id],
      );
    }
    await Promise.all([quota.end(), payment.end()]);
  });
  const idsIn = async (...place: string[]) => {
    const text = await readFile(join(folder, ...place), 'utf8');
    return text
      .split('\n')
      .flatMap((line) => /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/.exec(line)?.[0] ?? []);
  };
  try {
    await eventually(async () =>
      expect(await books.query('payment', 'select 1 from inbox limit 1')).toHaveLength(1),
    );
    for (let round = 1; round <= 10; round += 1) {
      await save(books.databases, join(folder, String(round)));
      const said = new Set(await idsIn(String(round), 'quota', 'outbox.jsonl'));
      const heard = await idsIn(String(round), 'payment', 'inbox.jsonl');
      expect(said.size).toBeGreaterThan(0);
      expect([round, heard.filter((id) => !said.has(id))]).toEqual([round, []]);
    }
  } finally {
    stop.abort();
    await Promise.all(works);
  }
}, 120_000);
