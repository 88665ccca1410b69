import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What only one process of many may do at a time, see Transactor.inTurn. */
export interface Rivalry {
  /** Processes that name the same lock of the same database are rivals. */
  readonly lock: string;
  /** Channel whose notifications end Turn.woken. */
  readonly channel: string;
  /** Ends the turn, and the waiting for one. */
  readonly stop: AbortSignal;
  /** Told of every lost or failed turn; the next one is tried for by itself. */
  readonly onError: (error: unknown) => void;
}

/** The time in which a process holds the lock. */
export interface Turn {
  /** Aborted when the lock may be another's by now, or the process is to stop. */
  readonly over: AbortSignal;
  /**
   * Waits for a notification that came since the last call, for the end of the turn, or for the
   * time given.
   */
  woken(withinMs: number): Promise<void>;
}

const RETRY_MS = 500;
const HEARTBEAT_MS = 2000;
/**
 * Longer than a heartbeat may take, so that the old holder knows of its loss before another can
 * begin.
 */
const SERVER_LETS_GO_MS = 10_000;

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
}

/**
 * Does the work whenever this process holds the lock, until told to stop. The lock lives on a
 * connection of its own: when its process dies the server frees it at once, when the process hangs
 * or the net is cut after ten seconds.
 */
export async function inTurn(
  url: string,
  rivalry: Rivalry,
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  const { stop, onError } = rivalry;
  while (!stop.aborted) {
    const client = new pg.Client({
      connectionString: url,
      application_name: `guoku ${rivalry.lock}`,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
    });
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    try {
      await client.connect();
      await client.query(`set idle_session_timeout = ${SERVER_LETS_GO_MS}`);
      if (await lockIsOurs(client, rivalry)) {
        await client.query(`listen ${client.escapeIdentifier(rivalry.channel)}`);
        await takeTurn(client, { over: AbortSignal.any([stop, lost.signal]), lost, onError }, work);
      }
    } catch (error) {
      onError(error);
      await pause(RETRY_MS, stop);
    } finally {
      // A cut net would never answer.
      await Promise.race([client.end().catch(() => undefined), sleep(1000)]);
    }
  }
}

/**
 * Asks again and again instead of waiting in the server: a statement that waits keeps VACUUM from
 * its work.
 */
async function lockIsOurs(client: pg.Client, { lock, stop }: Rivalry): Promise<boolean> {
  while (!stop.aborted) {
    const { rows } = await client.query<{ ours: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as ours',
      [lock],
    );
    if (rows[0]?.ours) return true;
    await pause(RETRY_MS, stop);
  }
  return false;
}

interface Term {
  readonly over: AbortSignal;
  readonly lost: AbortController;
  readonly onError: (error: unknown) => void;
}

async function takeTurn(
  client: pg.Client,
  { over, lost, onError }: Term,
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  let heard = false;
  let wake: () => void = () => undefined;
  client.on('notification', () => {
    heard = true;
    wake();
  });
  over.addEventListener('abort', () => wake());
  const heartbeat = setInterval(() => {
    client.query('select 1').catch((error: unknown) => {
      onError(error);
      lost.abort();
    });
  }, HEARTBEAT_MS);

  async function woken(withinMs: number): Promise<void> {
    if (!heard && !over.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    heard = false;
  }

  try {
    await work({ over, woken });
  } finally {
    clearInterval(heartbeat);
  }
}
