import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { driverError, isConflict } from './database-error.js';
import { OpenSession, type Connection, type Session } from './session.js';
import { inTurn, type Rivalry, type Turn } from './turn.js';

export interface TransactionSettings {
  /**
   * By default `read committed`. The stricter ones may find a conflict, and are then tried again.
   */
  readonly isolation?: 'repeatable read' | 'serializable';
  /** The server refuses every write. */
  readonly readOnly?: boolean;
  /** The work is done and answered, then rolled back: a dry run. */
  readonly rollback?: boolean;
}

const ATTEMPTS_MAX = 6;

/** Runs work in transactions of one database. */
export class Transactor {
  private opening: Promise<unknown> | undefined;
  private readonly unwoken = new Set<string>();
  private waking: Promise<void> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs the work in one transaction: committed when it returns, rolled back when it throws.
   * Conflicts with other transactions (serialization failure, deadlock) are tried again, six times
   * at most, with all the work from its start: it must change nothing but through its session. A
   * server that is away is thrown, see databaseIsAway.
   */
  async run<T>(
    work: (session: Session) => Promise<T>,
    settings: TransactionSettings = {},
  ): Promise<T> {
    await this.open();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, settings);
      } catch (error) {
        if (!isConflict(error) || attempt === ATTEMPTS_MAX) throw error;
        // Random, so that two who met do not meet again.
        await sleep(randomInt(10 * 2 ** attempt));
      }
    }
  }

  /**
   * Does the work in turn with rivals: only while this process holds a lock that one process of
   * many can hold. Returns when told to stop. Work that goes on until its turn is over uses this
   * transactor's sessions as always.
   */
  async inTurn(rivalry: Rivalry, work: (turn: Turn) => Promise<void>): Promise<void> {
    const { options } = this.dataSource;
    if (options.type !== 'postgres' || !options.url) throw new TypeError('no PostgreSQL by URL');
    await inTurn(options.url, rivalry, work);
  }

  /** Ends all connections, once the transactions that are under way have ended. */
  async close(): Promise<void> {
    await this.opening?.catch(() => undefined);
    await this.waking;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** Connects at the first use, so that a service may start before its database answers. */
  private async open(): Promise<void> {
    if (this.dataSource.isInitialized) return;
    this.opening ??= this.dataSource.initialize().finally(() => {
      this.opening = undefined;
    });
    await this.opening;
  }

  /**
   * Nobody waits for it, and what is committed while a notification is under way shares the next
   * one.
   */
  private wake(channels: ReadonlySet<string>): void {
    for (const channel of channels) this.unwoken.add(channel);
    if (this.unwoken.size === 0) return;
    this.waking ??= this.notify().finally(() => {
      this.waking = undefined;
    });
  }

  private async notify(): Promise<void> {
    while (this.unwoken.size > 0) {
      const channels = [...this.unwoken];
      this.unwoken.clear();
      // When it fails, listeners look by themselves.
      await this.dataSource
        .query(`select pg_notify(channel, '') from unnest($1::text[]) as channel`, [channels])
        .catch(() => undefined);
    }
  }

  private async attempt<T>(
    work: (session: Session) => Promise<T>,
    settings: TransactionSettings,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const session = new OpenSession(await connectionOf(runner));
      await begin(runner, settings);
      const answer = await work(session);
      // PostgreSQL answers a COMMIT of a failed transaction with a silent ROLLBACK.
      if (session.failure) throw session.failure;
      await (settings.rollback ? runner.rollbackTransaction() : runner.commitTransaction());
      if (!settings.rollback) this.wake(session.channels);
      return answer;
    } catch (error) {
      // When the connection is lost the rollback fails as well; the first error is the one to tell.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw driverError(error);
    } finally {
      await runner.release();
    }
  }
}

async function begin(
  runner: QueryRunner,
  { isolation, readOnly }: TransactionSettings,
): Promise<void> {
  await runner.startTransaction();
  if (!isolation && !readOnly) return;
  const level = isolation ? ` isolation level ${isolation}` : '';
  await runner.query(`set transaction${level}${readOnly ? ' read only' : ''}`);
}

/**
 * The driver's connection behind TypeORM's: it knows prepared statements, and its errors hold no
 * parameters.
 */
function connectionOf(runner: { connect(): Promise<Connection> }): Promise<Connection> {
  return runner.connect();
}
