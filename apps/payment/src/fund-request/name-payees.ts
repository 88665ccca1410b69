import type { Session } from '@guoku/persistence';
import { Refused, type Call, type CommandContext, type Separation } from '@guoku/service';

/**
 * Notes, once a day, that the caller names payees and their accounts: whoever does may not pay.
 *
 * @throws Refused where the caller pays already
 */
export async function namePayees(
  separation: Separation,
  session: Session,
  { caller: { mofDivCode, person } }: Call,
  { now }: CommandContext,
): Promise<void> {
  const subject = `payees/${now.toISOString().slice(0, 10)}`;
  const deed = { mofDivCode, person, duty: 'fund-request.enter', subject } as const;
  const conflict = await separation.conflict(session, deed);
  if (conflict !== null) throw new Refused(conflict);
  await separation.record(session, deed);
}
