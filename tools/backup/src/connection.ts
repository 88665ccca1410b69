import pg from 'pg';
import type { Database } from './databases.js';
import { Refused } from './refused.js';

/** A connection of the owner's that writes and reads every value in the one form that loses nothing. */
export async function connect({ service, ownerUrl }: Database): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'guoku-backup',
    options: '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1',
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new Refused(
      `无法连接 ${service} 的数据库。The database of ${service} cannot be reached: ${String(error)}`,
    );
  }
}

/** Opens one for each database, hands them over, and ends them whatever happens. */
export async function withConnections<T>(
  databases: readonly Database[],
  work: (connected: readonly Connected[]) => Promise<T>,
): Promise<T> {
  const connected: Connected[] = [];
  try {
    for (const database of databases) connected.push({ database, client: await connect(database) });
    return await work(connected);
  } finally {
    await Promise.all(connected.map(({ client }) => client.end()));
  }
}

export interface Connected {
  readonly database: Database;
  readonly client: pg.Client;
}
