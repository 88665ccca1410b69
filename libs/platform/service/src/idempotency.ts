import { json, type Session } from '@guoku/persistence';
import { Answer } from './outcome.js';
import { refuse } from './platform-refusals.js';
import { Refused } from './refusal.js';

/** An answer as it is kept for its key. */
export interface KeptAnswer<T> {
  readonly result: Answer<T>['result'];
  readonly status: number;
  readonly version: number | null;
}

interface Claim<T> {
  readonly busy: boolean;
  readonly digest: string | null;
  readonly answer: KeptAnswer<T> | null;
}

/**
 * Takes the key for this transaction. Null: nobody has used it. Otherwise the answer to give instead of working.
 *
 */
export async function claimKey<T>(
  session: Session,
  mofDivCode: string,
  key: string,
  digest: string,
): Promise<Answer<T> | null> {
  const claim = await session.one<Claim<T>>(
    'select busy, digest, answer from idempotency_claim(:mofDivCode, :key)',
    { mofDivCode, key },
  );
  if (claim === undefined) throw new Error('idempotency_claim() gave no row');
  if (claim.busy) throw new Refused(refuse('idempotency_in_progress'));
  if (claim.answer === null) return null;
  if (claim.digest !== digest) throw new Refused(refuse('idempotency_key_reused'));
  const { result, status, version } = claim.answer;
  return new Answer<T>(result, status, version, true);
}

export async function keepAnswer(
  session: Session,
  kept: {
    readonly mofDivCode: string;
    readonly key: string;
    readonly digest: string;
    readonly now: Date;
    readonly answer: Answer<unknown>;
  },
): Promise<void> {
  const { mofDivCode, key, digest, now, answer } = kept;
  const { result, status, version } = answer;
  await session.execute(
    `insert into idempotency_answer (mof_div_code, idempotency_key, digest, answered_at, answer)
     values (:mofDivCode, :key, :digest, :now, :answer)`,
    { mofDivCode, key, digest, now, answer: json({ result, status, version }) },
  );
}

/** Keys are kept for 7 days; older ones may be used again. */
export async function forgetOldAnswers(session: Session, now: Date): Promise<number> {
  return session.execute(
    `delete from idempotency_answer where answered_at < :now::timestamptz - interval '7 days'`,
    { now },
  );
}
