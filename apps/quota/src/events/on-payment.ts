import { dayOf } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import type { HoldCommand } from '@guoku/domain-quota';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { changeHold, type HoldChanged } from '../hold/change-hold.js';
import { fiscalYearAt } from '../hold/fiscal-year.js';
import type { LockedHold } from '../hold/hold.store.js';
import type { Scope } from '../line/line.store.js';

/** The bank paid: the part is spent, also where its confirmation was missed. */
export async function spendForPayment(
  session: Session,
  scope: Scope,
  { requestId, paymentId, ...paid }: EventData<'guoku.payment.settled.v1'>,
): Promise<void> {
  const amount = Money.of(paid.amount);
  const command = (): HoldCommand => ({ type: 'settle', paymentId, amount });
  must(await changeHold(session, scope, { requestId, paymentId, command }), paymentId);
}

/** The payment came back: before any money left, in the year of its line, or later. */
export async function takeBackForPayment(
  session: Session,
  scope: Scope,
  { requestId, paymentId, ...back }: EventData<'guoku.payment.returned.v1'>,
): Promise<void> {
  const amount = Money.of(back.amount);
  const command = ({ row }: LockedHold): HoldCommand => {
    const returned = back.afterSettlement ? returnedIn(back.date, row) : 'unsettled';
    return { type: 'return', paymentId, amount, returned };
  };
  must(await changeHold(session, scope, { requestId, paymentId, command }), paymentId);
}

function returnedIn(date: string, row: LockedHold['row']): 'same-year' | 'earlier-year' {
  const year = row && fiscalYearAt(dayOf(date), row.fiscalYearStart);
  return year === row?.fiscalYear ? 'same-year' : 'earlier-year';
}

/** Money that left without quota is no case of a rule: the event is parked, and somebody has to look. */
function must(changed: HoldChanged, paymentId: string): void {
  if (changed.ok) return;
  const { code, detail } = changed.refusal;
  throw new Error(`payment ${paymentId} does not fit the quota: ${code}, ${detail.en}`);
}
