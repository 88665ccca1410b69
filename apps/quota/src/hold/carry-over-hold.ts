import { carryOver, type CarryOver } from '@guoku/domain-quota';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import type { Scope } from '../line/line.store.js';
import type { HoldChanged } from './change-hold.js';
import { announcementsOf } from './hold.events.js';
import { refusalOf } from './hold.refusal.js';
import { HoldStore, type LockedHold } from './hold.store.js';

/** Moves what a request still holds to the one that goes on with it, in one step. */
export async function carryOverHold(
  session: Session,
  scope: Scope,
  requestId: string,
  to: (before: LockedHold) => CarryOver,
): Promise<HoldChanged> {
  const store = new HoldStore(session, scope);

  const before = await store.lock({ requestId });
  const command = to(before);
  const next = await store.read(command.nextRequestId);
  const decision = carryOver(before.state, next.hold, command);
  if (!decision.ok) return { ok: false, refusal: refusalOf(decision.refusal, before), before };

  const saved = await store.save(before.state, [
    { requestId, events: decision.ended },
    { requestId: command.nextRequestId, events: decision.next, hold: next.hold, part: undefined },
  ]);
  await outbox.append(session, [
    ...announcementsOf(scope, before.row, requestId, decision.ended),
    ...announcementsOf(scope, before.row, command.nextRequestId, decision.next),
  ]);
  return { ok: true, state: saved.state, heldAt: saved.heldAt ?? next.heldAt ?? '' };
}
