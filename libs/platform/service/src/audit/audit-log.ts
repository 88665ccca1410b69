import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import type { Caller } from '../caller.js';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { Pages, type Page } from '../pages.js';
import { entryColumns, type EntryRow } from './audit-entry.js';
import {
  CHAIN_START,
  canonical,
  signRoot,
  type SealedEntry,
  type SignedRoot,
} from './audit-file.js';
import type {
  AuditEntryQuery,
  AuditEntryView,
  AuditRootQuery,
  AuditRootView,
} from './audit.dto.js';

interface SealColumns {
  readonly position: string | null;
  readonly hash: string | null;
}

/** The audit log of the caller's division, as the auditor reads it. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async entries({ mofDivCode }: Caller, query: AuditEntryQuery): Promise<Page<AuditEntryView>> {
    const rows = await this.read<EntryRow & SealColumns>(
      `select ${entryColumns}, seal.position, seal.hash from audit_entry
       left join audit_seal seal on (seal.mof_div_code, seal.entry_id) = (audit_entry.mof_div_code, audit_entry.id)
       where audit_entry.mof_div_code = :mofDivCode
         and (:person::text is null or person = :person) and (:action::text is null or action = :action)
         and (:subject::text is null or subject = :subject)
         and (:after::uuid is null or audit_entry.id < :after::uuid)
       order by audit_entry.id desc limit :limit`,
      {
        mofDivCode,
        person: query.person ?? null,
        action: query.action ?? null,
        subject: query.subject ?? null,
        after: this.pages.after(query, mofDivCode)?.[0] ?? null,
        limit: this.pages.rowsToRead(query),
      },
    );
    return this.pages.page(rows, query, mofDivCode, (row) => [row.id], shown);
  }

  /** Newest first. */
  async roots({ mofDivCode }: Caller, query: AuditRootQuery): Promise<Page<AuditRootView>> {
    const rows = await this.read<AuditRootView>(
      `select ${rootColumns} from audit_root where mof_div_code = :mofDivCode
         and (:after::date is null or day < :after::date) order by day desc limit :limit`,
      {
        mofDivCode,
        after: this.pages.after(query, mofDivCode)?.[0] ?? null,
        limit: this.pages.rowsToRead(query),
      },
    );
    return this.pages.page(
      rows,
      query,
      mofDivCode,
      (row) => [row.day],
      (row) => row,
    );
  }

  /**
   * The whole chain as the file that the verifier reads. What no daily root covers yet is signed for as the file is
   * given out, so that from then on no byte of it can be changed or cut off.
   */
  file({ mofDivCode }: Caller): Readable {
    return Readable.from(this.lines(mofDivCode));
  }

  private async *lines(mofDivCode: string): AsyncGenerator<string> {
    let last = 0;
    let head = CHAIN_START;
    for (;;) {
      const rows = await this.read<EntryRow & { position: string; previous: string; hash: string }>(
        `select ${entryColumns}, seal.position, seal.previous, seal.hash from audit_seal seal
         join audit_entry on (audit_entry.mof_div_code, audit_entry.id) = (seal.mof_div_code, seal.entry_id)
         where seal.mof_div_code = :mofDivCode and seal.position > :last
         order by seal.position limit 1000`,
        { mofDivCode, last },
      );
      if (rows.length === 0) break;
      for (const { position, previous, hash, ...entry } of rows) {
        last = Number(position);
        head = hash;
        const sealed: SealedEntry = { position: last, previous, hash, entry };
        yield `${canonical(sealed)}\n`;
      }
    }
    const roots = await this.read<AuditRootView>(
      `select ${rootColumns} from audit_root
       where mof_div_code = :mofDivCode and position <= :last order by day`,
      { mofDivCode, last },
    );
    for (const { signature, publicKey, ...root } of roots) {
      const signed: SignedRoot = { root, signature, publicKey };
      yield `${canonical(signed)}\n`;
    }
    if ((roots.at(-1)?.position ?? 0) === last) return;
    const root = { mofDivCode, day: await this.today(mofDivCode), position: last, hash: head };
    yield `${canonical(signRoot(root, this.config.auditSigningKey))}\n`;
  }

  /** In the division's own zone. */
  private async today(mofDivCode: string): Promise<string> {
    const [row] = await this.read<{ today: string }>(
      `select (:now::timestamptz at time zone time_zone)::date as today from division
       where mof_div_code = :mofDivCode`,
      { mofDivCode, now: this.clock.now().toISOString() },
    );
    return row?.today ?? this.clock.now().toISOString().slice(0, 10);
  }

  private read<Row extends object>(
    sql: string,
    parameters: Readonly<Record<string, string | number | null>>,
  ): Promise<Row[]> {
    return this.transactor.run((session) => session.rows<Row>(sql, parameters), { readOnly: true });
  }
}

const rootColumns = `mof_div_code as "mofDivCode", day, position::int, hash, signature, public_key as "publicKey"`;

function shown({
  mofDivCode: _division,
  position,
  hash,
  ...entry
}: EntryRow & SealColumns): AuditEntryView {
  return { ...entry, position: position === null ? null : Number(position), hash };
}
