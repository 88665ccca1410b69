import type { Connected } from './connection.js';
import { Refused } from './refused.js';

/** Whatever changes a service's books writes to one of these: a command leaves an entry, an event is entered. */
const WRITTEN_BY_ALL = 'audit_entry, inbox, outbox';
const TRIES_MAX = 20;

/**
 * Begins a transaction in each database that sees all four as they were at one moment: a payment that quota has heard
 * of is in payment's books as well. While the transactions begin nobody can commit a change anywhere; that takes a few
 * milliseconds, and who waits meanwhile goes on by itself.
 *
 * @param holders hold writers up
 * @param readers get the transactions
 */
export async function beginAtOneMoment(
  holders: readonly Connected[],
  readers: readonly Connected[],
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const { client } of holders) await client.query('begin');
      await Promise.all(
        holders.map(async ({ client }) => {
          // A service that waits for another one's answer would wait for ever; so we are the ones to give way.
          await client.query(`set local lock_timeout = '500ms'`);
          await client.query(`lock table ${WRITTEN_BY_ALL} in share mode`);
        }),
      );
      for (const { client } of readers) {
        await client.query('begin isolation level repeatable read read only');
        // The snapshot is taken by the first statement.
        await client.query('select 1');
      }
      return;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempt === TRIES_MAX)
        throw new Refused(
          '服务一直在写入，无法取得一致的时点，请稍后再试。The services never paused for a moment: try again later.',
        );
    } finally {
      for (const { client } of holders) await client.query('rollback');
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, 'code') === '55P03';
}
