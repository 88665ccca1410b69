import { setTimeout as sleep } from 'node:timers/promises';
import {
  constraintOf,
  databaseIsAway,
  dataSourceOf,
  json,
  sqlStateOf,
  Transactor,
  type Migration,
} from '@guoku/persistence';
import { freshDatabase, type TestDatabase } from '@guoku/testing';
import pg from 'pg';

const migrations: Migration[] = [
  {
    folder: '2026-11-24-01-purse',
    sql: `create table purse (
            id text primary key,
            amount numeric(20,2) not null constraint purse_not_negative check (amount >= 0)
          );
          insert into purse values ('a', '10.00'), ('b', '10.00')`,
    appendOnly: [],
  },
];

let database: TestDatabase;
let transactor: Transactor;

beforeAll(async () => {
  database = await freshDatabase('persistence', migrations);
  transactor = new Transactor(dataSourceOf(database.url));
});

afterAll(async () => {
  await transactor.close();
  await database.drop();
});

const amountOf = (id: string) =>
  transactor.run(async (session) => {
    const row = await session.one<{ amount: string }>('select amount from purse where id = :id', {
      id,
    });
    return row?.amount;
  });

describe('what a session reads', () => {
  it('keeps every digit: numbers, days and instants are text', async () => {
    const row = await transactor.run((session) =>
      session.one(
        `select 123456789012345678.90::numeric as "money", 9007199254740993::int8 as "big",
                array[0.10, null]::numeric[] as "moneys", date '2026-11-24' as "day",
                array[date '2026-11-24'] as "days", 7 as "small", true as "flag",
                timestamptz '2026-11-24 08:00:00.123456+08' as "instant", :data::jsonb as "data"`,
        { data: json({ amount: '1.10' }) },
      ),
    );
    expect(row).toEqual({
      money: '123456789012345678.90',
      big: '9007199254740993',
      moneys: ['0.10', null],
      day: '2026-11-24',
      days: ['2026-11-24'],
      small: 7,
      flag: true,
      instant: '2026-11-24T00:00:00.123456Z',
      data: { amount: '1.10' },
    });
  });

  it('takes lists of text, also empty ones and with awkward characters', async () => {
    const rows = await transactor.run((session) =>
      session.rows<{ item: string }>('select unnest(:items::text[]) as "item"', {
        items: ['a,b', '{"x"}', "it's", ''],
      }),
    );
    expect(rows.map(({ item }) => item)).toEqual(['a,b', '{"x"}', "it's", '']);
    const none = await transactor.run((session) =>
      session.rows('select id from purse where id = any(:ids)', { ids: [] }),
    );
    expect(none).toEqual([]);
  });

  it('is at most one row where one is asked for', async () => {
    const many = transactor.run((session) => session.one('select generate_series(1, 2)'));
    await expect(many).rejects.toThrow('was given 2 rows');
  });
});

describe('a transaction', () => {
  it('is undone as a whole when its work throws', async () => {
    const failed = transactor.run(async (session) => {
      const changed = await session.execute(`update purse set amount = amount - 5 where id = 'a'`);
      expect(changed).toBe(1);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await amountOf('a')).toBe('10.00');
  });

  it('tells the constraint and not the parameters when the database refuses', async () => {
    const refused: unknown = await transactor
      .run((session) =>
        session.execute('update purse set amount = :secret where id = :id', {
          secret: '-4242.00',
          id: 'a',
        }),
      )
      .catch((error: unknown) => error);
    expect(constraintOf(refused)).toBe('purse_not_negative');
    expect(sqlStateOf(refused)).toBe('23514');
    expect(Object.keys(refused ?? {})).not.toContain('parameters');
  });

  it('fails when its work hides that a statement failed', async () => {
    const hidden = transactor.run(async (session) => {
      await session.execute(`update purse set amount = amount - 1 where id = 'a'`);
      await session.execute('select 1 / 0').catch(() => undefined);
      return 'all is well';
    });
    await expect(hidden).rejects.toThrow('division by zero');
  });

  it('answers and changes nothing when it is a dry run', async () => {
    const answer = await transactor.run(
      async (session) => {
        await session.execute(`update purse set amount = 1 where id = 'a'`);
        return session.one(`select amount from purse where id = 'a'`);
      },
      { rollback: true },
    );
    expect(answer).toEqual({ amount: '1.00' });
    expect(await amountOf('a')).toBe('10.00');
  });

  it('refuses to write when it is read only', async () => {
    const writing = transactor.run(
      (session) => session.execute(`update purse set amount = 1 where id = 'a'`),
      { readOnly: true },
    );
    await expect(writing).rejects.toThrow('read-only transaction');
  });

  it('is tried again when it loses a conflict: ten serializable increments are ten', async () => {
    await Promise.all(
      Array.from({ length: 10 }, () =>
        transactor.run(
          async (session) => {
            const row = await session.one<{ amount: string }>(
              `select amount from purse where id = 'b'`,
            );
            await session.execute(`update purse set amount = :amount::numeric + 1 where id = 'b'`, {
              amount: row?.amount ?? null,
            });
          },
          { isolation: 'serializable' },
        ),
      ),
    );
    expect(await amountOf('b')).toBe('20.00');
  });

  it('wakes listeners after its commit, and not when it is undone', async () => {
    const listener = new pg.Client({ connectionString: database.url });
    await listener.connect();
    const heard: string[] = [];
    listener.on('notification', ({ channel }) => heard.push(channel));
    await listener.query('listen "done"; listen "undone"');

    await transactor.run(async (session) => session.notify('undone'), { rollback: true });
    await transactor.run(async (session) => {
      session.notify('done');
      session.notify('done');
    });
    await sleep(100);
    await listener.end();
    expect(heard).toEqual(['done']);
  });
});

describe('a server that goes away', () => {
  it('is told as away, and the next transaction gets a new connection', async () => {
    const killed: unknown = await transactor
      .run(async (session) => {
        await session.execute('select pg_terminate_backend(pg_backend_pid())').catch(() => 0);
        await session.execute('select 1');
      })
      .catch((error: unknown) => error);
    expect(databaseIsAway(killed)).toBe(true);
    expect(await amountOf('a')).toBe('10.00');
  });

  it('is told as away when it goes between two statements, unnoticed by the work', async () => {
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const killed: unknown = await transactor
      .run(async (session) => {
        const row = await session.one<{ pid: number }>('select pg_backend_pid() as pid');
        await admin.query('select pg_terminate_backend($1)', [row?.pid]);
        await sleep(100);
      })
      .catch((error: unknown) => error);
    await admin.end();
    expect(databaseIsAway(killed)).toBe(true);
    expect(await amountOf('a')).toBe('10.00');
  });

  it('is told as away when nobody listens, and a wrong statement is not', async () => {
    const nowhere = new Transactor(dataSourceOf('postgresql://nobody@127.0.0.1:1/none'));
    const unreachable: unknown = await nowhere
      .run((session) => session.execute('select 1'))
      .catch((error: unknown) => error);
    expect(databaseIsAway(unreachable)).toBe(true);
    const wrong: unknown = await transactor
      .run((session) => session.execute('select * from nothing'))
      .catch((error: unknown) => error);
    expect(databaseIsAway(wrong)).toBe(false);
  });
});
