import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Sealer } from './audit/sealer.js';
import { Clock } from './clock.js';
import { forgetOldAnswers } from './idempotency.js';
import { Log } from './log.js';

/** What has to be done now and then beside the calls. Several instances of a service may do it at once. */
@Injectable()
export class Housekeeping {
  private readonly stopping = new AbortController();
  private rounds: Promise<void>[] = [];

  constructor(
    private readonly transactor: Transactor,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  start(): void {
    this.rounds = [
      this.every(1_000, () => this.sealer.seal()),
      this.every(60_000, () => this.sealer.signRoots()),
      this.every(3_600_000, () => this.forgetAnswers()),
    ];
  }

  /** Finishes the round in hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.rounds);
  }

  /** Idempotency keys older than 7 days. */
  async forgetAnswers(): Promise<void> {
    await this.transactor.run((session) => forgetOldAnswers(session, this.clock.now()));
  }

  private async every(periodMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    while (await pause(periodMs, signal)) {
      try {
        await work();
      } catch (error) {
        // The next round does it; a database that is away is told by readiness.
        this.log.warn(error, 'housekeeping');
      }
    }
  }
}

/** @returns false where it was cut short */
async function pause(periodMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    return await sleep(periodMs, true, { signal });
  } catch {
    return false;
  }
}
