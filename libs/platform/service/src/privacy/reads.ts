import { Injectable } from '@nestjs/common';
import type { Session } from '@guoku/persistence';
import { v7 } from 'uuid';
import type { Call } from '../caller.js';
import { Clock } from '../clock.js';
import { currentTraceId } from '../trace.js';

/** What somebody was shown of personal or account data. */
export interface Reading {
  /** Use case id. */
  readonly action: string;
  /** Whose data, such as `payee/0190…`. */
  readonly subject: string;
  /** Which fields, not what was in them. */
  readonly fields: readonly string[];
}

/** Notes who saw personal or account data: in the session that reads them, so that no answer goes out unnoted. */
@Injectable()
export class Reads {
  constructor(private readonly clock: Clock) {}

  async record(session: Session, { caller }: Call, readings: readonly Reading[]): Promise<void> {
    const at = this.clock.now();
    for (const { action, subject, fields } of readings) {
      await session.execute(
        `insert into read_log (mof_div_code, id, at, person, action, subject, fields, trace_id)
         values (:mofDivCode, :id, :at, :person, :action, :subject, :fields, :traceId)`,
        {
          mofDivCode: caller.mofDivCode,
          id: v7({ msecs: at.getTime() }),
          at,
          person: caller.person,
          action,
          subject,
          fields: [...fields],
          traceId: currentTraceId() ?? null,
        },
      );
    }
  }
}
