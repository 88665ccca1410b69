import { dayOf } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import { Money } from '@guoku/money';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { carryOverHold } from '../hold/carry-over-hold.js';
import { changeHold } from '../hold/change-hold.js';
import { fiscalYearAt } from '../hold/fiscal-year.js';
import { refusedOf } from '../hold/hold.events.js';
import type { Scope } from '../line/line.store.js';

/** Holds the request's quota, or says why not. The year asked for is that of the day it is wanted by. */
export async function holdForRequest(
  session: Session,
  scope: Scope,
  { requestId, bgtId, due, ...asked }: EventData<'guoku.fund-request.submitted.v1'>,
): Promise<void> {
  const amount = Money.of(asked.amount);
  const changed = await changeHold(session, scope, {
    requestId,
    bgtId,
    command: ({ row }) => {
      const fiscalYear = row ? fiscalYearAt(dayOf(due), row.fiscalYearStart) : 0;
      return { type: 'hold', requestId, amount, fiscalYear };
    },
  });
  if (changed.ok) return;
  const asking = { requestId, bgtId, amount };
  await outbox.append(session, [refusedOf(scope, asking, changed.refusal, changed.before.row)]);
}

/** Lets go what a withdrawn request still holds. One that was refused holds nothing, and nothing happens. */
export async function releaseForRequest(
  session: Session,
  scope: Scope,
  { requestId }: EventData<'guoku.fund-request.withdrawn.v1'>,
): Promise<void> {
  await changeHold(session, scope, {
    requestId,
    command: () => ({ type: 'release', byRequest: true }),
  });
}

/** Moves the rest of the hold to the request that goes on, or refuses that one its quota. */
export async function carryOverRequest(
  session: Session,
  scope: Scope,
  {
    requestId,
    nextRequestId,
    bgtId,
    month,
    ...asked
  }: EventData<'guoku.fund-request.carried-over.v1'>,
): Promise<void> {
  const amount = Money.of(asked.amount);
  const first = dayOf(`${month}-01`);
  const changed = await carryOverHold(session, scope, requestId, ({ row }) => ({
    nextRequestId,
    amount,
    fiscalYear: row ? fiscalYearAt(first, row.fiscalYearStart) : 0,
  }));
  if (changed.ok) return;
  const asking = { requestId: nextRequestId, bgtId, amount };
  await outbox.append(session, [refusedOf(scope, asking, changed.refusal, changed.before.row)]);
}
