import { decideHold, type HoldCommand, type HoldState } from '@guoku/domain-quota';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import type { Refusal } from '@guoku/service';
import type { LineRow } from '../line/line.row.js';
import type { Scope } from '../line/line.store.js';
import { refuse } from '../refusals.js';
import { announcementsOf } from './hold.events.js';
import { refusalOf } from './hold.refusal.js';
import { HoldStore, type LockedHold } from './hold.store.js';

export interface HoldChangeOrder {
  readonly requestId: string;
  /** Only where the hold is to be made; else it is the line of the hold that exists. */
  readonly bgtId?: string;
  /** The payment that the command is about. */
  readonly paymentId?: string;
  /** Whether the caller may touch this line; events may touch all. */
  readonly reaches?: (line: LineRow) => boolean;
  /** The command, made when the line and its fiscal year are known. */
  readonly command: (before: LockedHold) => HoldCommand | Promise<HoldCommand>;
}

export type HoldChanged =
  | { readonly ok: true; readonly state: HoldState; readonly heldAt: string }
  | { readonly ok: false; readonly refusal: Refusal; readonly before: LockedHold };

/** Does one command to one hold: lock, decide, save, announce. The same for calls and for events. */
export async function changeHold(
  session: Session,
  scope: Scope,
  { reaches, command, ...of }: HoldChangeOrder,
): Promise<HoldChanged> {
  const store = new HoldStore(session, scope);

  const before = await store.lock(of);
  const { row, state } = before;
  if (row && reaches && !reaches(row))
    return { ok: false, refusal: refuse('not_own_unit'), before };
  const decision = decideHold(state, await command(before));
  if (!decision.ok) return { ok: false, refusal: refusalOf(decision.refusal, before), before };

  const { requestId } = of;
  const saved = await store.save(state, [{ requestId, events: decision.events }]);
  await outbox.append(session, announcementsOf(scope, row, requestId, decision.events));
  return { ok: true, state: saved.state, heldAt: saved.heldAt ?? before.heldAt ?? '' };
}
