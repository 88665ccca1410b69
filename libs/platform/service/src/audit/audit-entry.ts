import type { Session } from '@guoku/persistence';
import { v7 } from 'uuid';
import type { Call } from '../caller.js';
import { currentTraceId } from '../trace.js';

/** Who did what to what, when. The command itself is not repeated: its digest proves which one it was. */
export interface AuditRecord {
  readonly call: Call;
  readonly at: Date;
  /** Use case id. */
  readonly action: string;
  readonly subject: string;
  /** SHA-256 of person, action, subject and body. */
  readonly digest: string;
  /** Code of the refusal; null where it was done. */
  readonly refusal: string | null;
}

/** Appends the entry in the transaction of the command. The sealer chains it within a second or so. */
export async function recordAudit(session: Session, record: AuditRecord): Promise<void> {
  const { call, at, action, subject, digest, refusal } = record;
  const { mofDivCode, person } = call.caller;
  await session.execute(
    `with entry as (
       insert into audit_entry
         (id, mof_div_code, at, person, action, subject, digest, refusal, transport, trace_id)
       values (:id, :mofDivCode, :at, :person, :action, :subject, :digest, :refusal, :transport, :traceId)
       returning mof_div_code, id)
     insert into audit_unsealed (mof_div_code, id) select mof_div_code, id from entry`,
    {
      id: v7({ msecs: at.getTime() }),
      mofDivCode,
      at,
      person,
      action,
      subject,
      digest,
      refusal,
      transport: call.transport,
      traceId: currentTraceId() ?? null,
    },
  );
}

/** An entry as it is sealed, shown and exported: all of its columns. */
export interface EntryRow {
  readonly mofDivCode: string;
  readonly id: string;
  /** Microseconds, UTC. */
  readonly at: string;
  readonly person: string;
  readonly action: string;
  readonly subject: string;
  readonly digest: string;
  readonly refusal: string | null;
  readonly transport: string;
  readonly traceId: string | null;
}

export const entryColumns = `
  audit_entry.mof_div_code as "mofDivCode", audit_entry.id, audit_entry.at, audit_entry.person,
  audit_entry.action, audit_entry.subject, audit_entry.digest, audit_entry.refusal,
  audit_entry.transport, audit_entry.trace_id as "traceId"`;
