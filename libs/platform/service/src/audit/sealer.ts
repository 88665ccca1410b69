import { Injectable } from '@nestjs/common';
import { Transactor, type Session } from '@guoku/persistence';
import { Config } from '../config.js';
import { Clock } from '../clock.js';
import { CHAIN_START, hashOf, signRoot, type SealedEntry } from './audit-file.js';
import { entryColumns, type EntryRow } from './audit-entry.js';

const entriesMax = 500;
/** Any number of ours: one sealer at a time per database. */
const sealerLock = 7_108_002;

interface Head {
  readonly position: string;
  readonly hash: string;
}

/**
 * Chains what was audited, some time after it happened, so that no command has to wait for the chain. Signs the chain's
 * head once a day and division. Several services' instances may run it at once: one of them works.
 */
@Injectable()
export class Sealer {
  constructor(
    private readonly transactor: Transactor,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Chains everything that is committed. */
  async seal(): Promise<void> {
    while ((await this.transactor.run((session) => this.sealSome(session))) === entriesMax);
  }

  /** For each division whose day has ended, in its own zone, with entries that no root covers. */
  async signRoots(): Promise<void> {
    await this.transactor.run((session) => this.signDue(session));
  }

  /** @returns how many entries were sealed */
  private async sealSome(session: Session): Promise<number> {
    if (!(await alone(session))) return 0;
    const entries = await session.rows<EntryRow>(
      `select ${entryColumns} from audit_unsealed join audit_entry using (mof_div_code, id)
       order by mof_div_code, id limit ${entriesMax}`,
    );
    const heads = new Map<string, SealedEntry | null>();
    const seals: SealedEntry[] = [];
    for (const entry of entries) {
      const head = heads.get(entry.mofDivCode) ?? (await headOf(session, entry.mofDivCode));
      const next = following(head, entry);
      heads.set(entry.mofDivCode, next);
      seals.push(next);
    }
    if (seals.length > 0) await keep(session, seals);
    return seals.length;
  }

  private async signDue(session: Session): Promise<void> {
    if (!(await alone(session))) return;
    const due = await session.rows<{ mofDivCode: string; day: string } & Head>(
      `select mof_div_code as "mofDivCode", ended.today - 1 as day, head.position, head.hash
       from division
       cross join lateral (select (:now::timestamptz at time zone time_zone)::date as today) ended
       cross join lateral (
         select position, hash from audit_seal seal
         join audit_entry entry on (entry.mof_div_code, entry.id) = (seal.mof_div_code, seal.entry_id)
         where seal.mof_div_code = division.mof_div_code
           and entry.at < ended.today::timestamp at time zone time_zone
         order by position desc limit 1) head
       where not exists (select from audit_root root
         where root.mof_div_code = division.mof_div_code
           and (root.day >= ended.today - 1 or root.position >= head.position))`,
      { now: this.clock.now() },
    );
    for (const { mofDivCode, day, position, hash } of due) {
      const root = { mofDivCode, day, position: Number(position), hash };
      const { signature, publicKey } = signRoot(root, this.config.auditSigningKey);
      await session.execute(
        `insert into audit_root (mof_div_code, day, position, hash, signature, public_key)
         values (:mofDivCode, :day, :position, :hash, :signature, :publicKey)`,
        { ...root, signature, publicKey },
      );
    }
  }
}

async function alone(session: Session): Promise<boolean> {
  const lock = await session.one<{ mine: boolean }>(
    'select pg_try_advisory_xact_lock(:sealerLock) as mine',
    { sealerLock },
  );
  return lock?.mine === true;
}

async function headOf(session: Session, mofDivCode: string): Promise<Head | null> {
  const head = await session.one<Head>(
    `select position, hash from audit_seal where mof_div_code = :mofDivCode
     order by position desc limit 1`,
    { mofDivCode },
  );
  return head ?? null;
}

function following(
  head: (Pick<SealedEntry, 'hash'> & { position: string | number }) | null,
  row: EntryRow,
): SealedEntry {
  const sealed = {
    position: Number(head?.position ?? 0) + 1,
    previous: head?.hash ?? CHAIN_START,
    entry: { ...row },
  };
  return { ...sealed, hash: hashOf(sealed) };
}

async function keep(session: Session, seals: readonly SealedEntry[]): Promise<void> {
  await session.execute(
    `with sealed as (
       insert into audit_seal (mof_div_code, position, entry_id, previous, hash)
       select * from unnest(:divisions::text[], :positions::bigint[], :ids::uuid[], :previous::text[], :hashes::text[])
       returning mof_div_code, entry_id)
     delete from audit_unsealed using sealed
     where audit_unsealed.mof_div_code = sealed.mof_div_code and audit_unsealed.id = sealed.entry_id`,
    {
      divisions: seals.map(({ entry }) => entry['mofDivCode'] ?? ''),
      positions: seals.map(({ position }) => position),
      ids: seals.map(({ entry }) => entry['id'] ?? ''),
      previous: seals.map(({ previous }) => previous),
      hashes: seals.map(({ hash }) => hash),
    },
  );
}
