import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Caller } from './doors.js';

/** The same effect without guoku: two balances that may not fall below zero, and the movement that explains them. */
const TABLES = `
  create table bare_line (
    bgt_id uuid primary key,
    available numeric(20, 2) not null check (available >= 0),
    held numeric(20, 2) not null check (held >= 0)
  );
  create table bare_movement (
    movement_id bigint generated always as identity primary key,
    bgt_id uuid not null references bare_line,
    request_id uuid not null unique,
    amount numeric(20, 2) not null,
    moved_at timestamptz not null default now()
  )`;

const HOLD = `
  with line as (
    update bare_line set available = available - $3, held = held + $3
     where bgt_id = $1 and available >= $3 returning bgt_id)
  insert into bare_movement (bgt_id, request_id, amount) select bgt_id, $2, $3 from line`;

/** Makes the tables, with the lines that the service has too. */
export async function prepareBare(databaseUrl: string, lines: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(TABLES);
  await client.query(
    'insert into bare_line select id, 1000000000, 0 from unnest($1::uuid[]) as id',
    [lines],
  );
  await client.end();
}

/** One statement, prepared, committed by itself, on a connection of its own. */
export async function bareCaller(databaseUrl: string): Promise<Caller> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    async call(bgtId) {
      const values = [bgtId, randomUUID(), '0.01'];
      const { rowCount } = await client.query({ name: 'hold', text: HOLD, values });
      if (rowCount !== 1) throw new Error('the bare statement held nothing');
    },
    close: () => void client.end(),
  };
}
