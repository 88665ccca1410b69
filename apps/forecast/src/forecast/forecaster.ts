import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { CalendarName, DayOverride } from '@guoku/calendar';
import type { Outlook, OutlookInput } from '@guoku/domain-forecast';
import { OwnThread } from '@guoku/service';

/** What a thread can be given: the calendar by name and overrides. */
export interface OutlookTask extends Omit<OutlookInput, 'calendar'> {
  readonly calendar: CalendarName;
  readonly overrides: readonly DayOverride[];
}

const THREAD = new URL(`./outlook.worker${extname(import.meta.filename)}`, import.meta.url);

/** Computes outlooks in a thread of their own, one at a time. */
@Injectable()
export class Forecaster {
  private readonly thread = new OwnThread<OutlookTask, Outlook>(THREAD);

  /** The same task gives the same outlook, to the fen. */
  outlook(task: OutlookTask): Promise<Outlook> {
    return this.thread.run(task);
  }
}
