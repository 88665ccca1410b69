import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Log } from '@guoku/service';
import { HearBank } from './hear-bank.js';
import type { PaymentRow } from './payment.row.js';
import { PaymentSteps } from './payment-steps.js';

/** Divisions whose payments wait for somebody are looked at this often, the others once in ten. */
const BEAT_MS = 100;
const BEATS_OF_ALL = 10;

interface DivisionAtWork {
  readonly mofDivCode: string;
  readonly waits: boolean;
}

/**
 * Takes payments further wherever they stand: asks quota, sends to the bank, hears the bank. It runs from start to
 * stop, so that what a crash left is gone on from; an instruction runs it at once for its own division.
 */
@Injectable()
export class PaymentWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly runs = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;

  constructor(
    private readonly steps: PaymentSteps,
    private readonly bank: HearBank,
    private readonly transactor: Transactor,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.beat();
  }

  /** Ends what is in hand; the next start goes on. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    await Promise.allSettled(this.runs.values());
  }

  /** Takes the division's payments as far as quota and bank let it, after whatever runs already for it. */
  async runDivision(mofDivCode: string): Promise<void> {
    const before = this.runs.get(mofDivCode) ?? Promise.resolve();
    const run = before.catch(() => undefined).then(() => this.advance(mofDivCode));
    this.runs.set(mofDivCode, run);
    try {
      await run;
    } catch (error) {
      this.log.error(error, 'payments are taken further at the next beat');
    } finally {
      if (this.runs.get(mofDivCode) === run) this.runs.delete(mofDivCode);
    }
  }

  /** What quota would say about payments of a dry run. */
  tryOut(mofDivCode: string, rows: readonly PaymentRow[]): Promise<PaymentRow[]> {
    return this.steps.tryOut(mofDivCode, rows);
  }

  private async advance(mofDivCode: string): Promise<void> {
    await this.steps.askQuota(mofDivCode);
    await this.steps.sendToBank(mofDivCode);
    await this.steps.recall(mofDivCode);
    while (await this.bank.handle(mofDivCode));
  }

  private async beat(): Promise<void> {
    for (let nth = 0; !this.stopping.signal.aborted; nth += 1) {
      try {
        for (const { mofDivCode, waits } of await this.divisions()) {
          if (waits || nth % BEATS_OF_ALL === 0) await this.runDivision(mofDivCode);
        }
      } catch (error) {
        this.log.warn(error, 'the database does not answer; payments wait');
      }
      await sleep(BEAT_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private divisions(): Promise<DivisionAtWork[]> {
    return this.transactor.run(
      (session) =>
        session.rows<DivisionAtWork>(
          `select d.mof_div_code as "mofDivCode",
                  exists (select 1 from payment p where p.mof_div_code = d.mof_div_code
                           and p.stage in ('asked', 'confirmed', 'recalling', 'sent')) as waits
             from division_setting d order by 1`,
        ),
      { readOnly: true },
    );
  }
}
