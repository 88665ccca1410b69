import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Day } from '@guoku/calendar';
import { Transactor, type Session } from '@guoku/persistence';
import canonicalize from 'canonicalize';
import { v7 } from 'uuid';
import { recordAudit } from './audit/audit-entry.js';
import { businessDays } from './division/business-day.js';
import type { Call } from './caller.js';
import { Clock } from './clock.js';
import { claimKey, keepAnswer, type KeptAnswer } from './idempotency.js';
import { Answer, type Accepted, type Outcome } from './outcome.js';
import { refuse } from './platform-refusals.js';
import { Refused, type Refusal } from './refusal.js';

/** What is asked for, in the words of the contract. */
export interface CommandInfo {
  /** Use case id, such as `HoldService.PlaceHold`. */
  readonly action: string;
  /** What is changed, such as `hold/0190…`; where the use case makes it, its outcome says so. */
  readonly subject?: string;
  /** The whole of the request beside headers: two commands are the same if this is the same. */
  readonly body: object;
}

export interface CommandContext {
  /** A new UUIDv7, for what the caller gave no id. */
  newId(): string;
  /** The instant of the command. */
  readonly now: Date;
  /** The division's open business day. Throws `business_day_missing` where none is open. */
  today(): Promise<Day>;
  /** The refusal to give where the caller has seen another version than the stored one. */
  staleness(storedVersion: number): Refusal | null;
}

export type Work<T> = (session: Session, context: CommandContext) => Promise<Outcome<T>>;

/** Undoes what the use case wrote before it refused. */
class Undone extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/**
 * The one door of every change, shared by REST and gRPC. One transaction holds the work, its events, the audit entry
 * and the answer that is kept for the idempotency key; so either all of it happened or nothing.
 */
@Injectable()
export class Commands {
  constructor(
    private readonly transactor: Transactor,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` once per idempotency key of the division, for 7 days. The same command again gets the kept answer; the
   * key with another command `idempotency_key_reused`; while the first still runs `idempotency_in_progress`.
   * A dry run does all of it, answers, and rolls back. A refusal is kept and audited; what the work wrote is not.
   *
   * @param call from `@CurrentCall()`
   * @throws Refused where the key is missing or malformed
   */
  async run<T>(call: Call, command: CommandInfo, work: Work<T>): Promise<Answer<T>> {
    const asked = { call, command, key: keyOf(call), digest: digestOf(call, command) };
    const once = (session: Session): Promise<Answer<T>> => this.once(session, asked, work);
    try {
      return await this.transactor.run(once, { rollback: call.dryRun });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      const { refusal } = error;
      if (call.dryRun) return answerOf<T>({ ok: false, refusal });
      return await this.transactor.run((session) => this.keepRefusal<T>(session, asked, refusal));
    }
  }

  private async once<T>(session: Session, asked: Asked, work: Work<T>): Promise<Answer<T>> {
    const earlier = await claimKey<T>(
      session,
      asked.call.caller.mofDivCode,
      asked.key,
      asked.digest,
    );
    if (earlier !== null) return earlier;
    const context = this.contextOf(session, asked.call);
    const outcome = await work(session, context).catch(refusalThrown);
    if (!outcome.ok) throw new Undone(outcome.refusal);
    return this.keep(session, asked, context.now, outcome);
  }

  /** In a transaction of its own, after the work's was undone: another with this key may have come in between. */
  private async keepRefusal<T>(
    session: Session,
    asked: Asked,
    refusal: Refusal,
  ): Promise<Answer<T>> {
    const earlier = await claimKey<T>(
      session,
      asked.call.caller.mofDivCode,
      asked.key,
      asked.digest,
    );
    return earlier ?? this.keep<T>(session, asked, this.clock.now(), { ok: false, refusal });
  }

  private async keep<T>(
    session: Session,
    { call, command, key, digest }: Asked,
    now: Date,
    outcome: Outcome<T>,
  ): Promise<Answer<T>> {
    const answer = answerOf(outcome);
    const made = outcome.ok ? outcome.subject : undefined;
    await recordAudit(session, {
      call,
      at: now,
      action: command.action,
      subject: made ?? command.subject ?? '',
      digest,
      refusal: outcome.ok ? null : outcome.refusal.code,
    });
    await keepAnswer(session, { mofDivCode: call.caller.mofDivCode, key, digest, now, answer });
    return answer;
  }

  private contextOf(session: Session, call: Call): CommandContext {
    const now = this.clock.now();
    return {
      now,
      newId: () => v7({ msecs: now.getTime() }),
      today: () => businessDays.today(session, call.caller.mofDivCode),
      staleness: (stored) =>
        call.ifMatch === null || call.ifMatch === stored ? null : refuse('version_stale'),
    };
  }
}

interface Asked {
  readonly call: Call;
  readonly command: CommandInfo;
  readonly key: string;
  readonly digest: string;
}

function keyOf({ idempotencyKey }: Call): string {
  if (idempotencyKey === null) throw new Refused(refuse('idempotency_key_missing'));
  if (/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)) return idempotencyKey;
  throw new Refused(refuse('idempotency_key_invalid'));
}

/**
 * Another person with the same key is another command: nobody is shown what somebody else was answered. An empty list
 * is the same as none, since gRPC cannot tell them apart.
 */
function digestOf({ caller, ifMatch }: Call, { action, subject, body }: CommandInfo): string {
  const { person } = caller;
  const text = JSON.stringify(
    { person, ifMatch, action, subject, body },
    (_name, value: unknown) => (Array.isArray(value) && value.length === 0 ? undefined : value),
  );
  const parts: unknown = JSON.parse(text);
  return createHash('sha256')
    .update(canonicalize(parts) ?? '')
    .digest('hex');
}

function refusalThrown(error: unknown): { readonly ok: false; readonly refusal: Refusal } {
  if (error instanceof Refused) return { ok: false, refusal: error.refusal };
  throw error;
}

/** The first answer goes through JSON as the kept one does, so that a repeat cannot differ from it. */
function answerOf<T>(outcome: Outcome<T>): Answer<T> {
  const kept: unknown = JSON.parse(JSON.stringify(keptOf(outcome)));
  if (!isKept<T>(kept)) throw new TypeError('an answer without JSON form');
  return new Answer(kept.result, kept.status, kept.version);
}

function keptOf<T>(outcome: Outcome<T>): object {
  if (!outcome.ok) {
    return { result: outcome, status: outcome.refusal.http, version: null };
  }
  const { value, status = 200, version }: Accepted<T> = outcome;
  return { result: { ok: true, body: value }, status, version: version ?? null };
}

function isKept<T>(value: unknown): value is KeptAnswer<T> {
  return typeof value === 'object' && value !== null && 'result' in value && 'status' in value;
}
