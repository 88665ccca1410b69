import { Injectable } from '@nestjs/common';
import type { Session } from '@guoku/persistence';
import { Clock } from '../clock.js';
import { refuse } from '../platform-refusals.js';
import type { Refusal } from '../refusal.js';
import type { Duty } from './duty.js';

/** Somebody doing something: in this service, or in another one as an event tells. */
export interface Deed {
  readonly mofDivCode: string;
  readonly person: string;
  readonly duty: Duty;
  /** The thing it is done to; both sides of a conflict name it alike, such as `budget/0190…`. */
  readonly subject: string;
}

/**
 * Incompatible duties 不相容岗位, enforced on the person. The matrix is data (`duty_conflict`). A use case first asks
 * `conflict`, then writes `record` in the same transaction; consumers record what other services' events say.
 */
@Injectable()
export class Separation {
  constructor(private readonly clock: Clock) {}

  /** Notes that the person did it. Noting it again changes nothing. */
  async record(session: Session, deed: Deed): Promise<void> {
    await session.execute(
      `insert into duty_record (mof_div_code, person, duty, subject, at)
       values (:mofDivCode, :person, :duty, :subject, :at) on conflict do nothing`,
      { ...deed, at: this.clock.now() },
    );
  }

  /** The refusal `duty_conflict` where the person did the other duty before, or null. */
  async conflict(session: Session, deed: Deed): Promise<Refusal | null> {
    const found = await session.one<{ earlier: string; zh: string; en: string }>(
      `select done.duty as earlier, rule.reason_zh as zh, rule.reason_en as en
       from duty_conflict rule
       join duty_record done on done.mof_div_code = :mofDivCode and done.person = :person
         and done.duty = case :duty when rule.duty_a then rule.duty_b when rule.duty_b then rule.duty_a end
       where (rule.on_same and done.subject = :subject)
          or (not rule.on_same and done.at > :now::timestamptz - make_interval(days => rule.within_days))
       order by done.at limit 1`,
      { ...deed, now: this.clock.now() },
    );
    if (found === undefined) return null;
    const { earlier, zh, en } = found;
    return refuse('duty_conflict', { extra: { earlier, duty: deed.duty, reason: { zh, en } } });
  }
}
