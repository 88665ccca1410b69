import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { CalendarName, DayOverride } from '@guoku/calendar';
import type { Outlook, OutlookInput } from '@guoku/domain-forecast';

/** What a thread can be given: the calendar by name and overrides. */
export interface OutlookTask extends Omit<OutlookInput, 'calendar'> {
  readonly calendar: CalendarName;
  readonly overrides: readonly DayOverride[];
}

const THREAD = new URL(`./outlook.worker${extname(import.meta.filename)}`, import.meta.url);

/**
 * Computes outlooks in a thread of their own, one at a time. Fitting fills a core for as long as it takes (by the
 * profile model 0.1 s for two series of six years, 0.7 s for eighty), and calls must be answered meanwhile.
 */
@Injectable()
export class Forecaster {
  private last: Promise<unknown> = Promise.resolve();

  /** The same task gives the same outlook, to the fen. */
  outlook(task: OutlookTask): Promise<Outlook> {
    const next = this.last.then(() => inThread(task));
    this.last = next.catch(() => undefined);
    return next;
  }
}

function inThread(task: OutlookTask): Promise<Outlook> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, { execArgv: [] });
    worker.once('message', (outlook: Outlook) => resolve(outlook));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`the forecast's thread ended with ${code}`));
    });
    worker.postMessage(task);
  });
}
