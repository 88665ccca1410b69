import {
  decidePayment,
  evolvePayment,
  type PaymentCommand,
  type PaymentEvent,
  type PaymentRefusal,
  type RequestEvent,
} from '@guoku/domain-payment';
import { dayOf, type FiscalYearStart } from '@guoku/calendar';
import { outbox } from '@guoku/messaging';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { divisions } from '@guoku/service';
import { v7 } from 'uuid';
import { FundRequestStore, type RequestChange } from '../fund-request/fund-request.store.js';
import { announced } from './payment.events.js';
import { paymentOf, stateColumns, type PaymentRow } from './payment.row.js';
import { PaymentStore } from './payment.store.js';

/** What quota or the bank says about one payment. */
export interface PaymentTask {
  readonly paymentId: string;
  readonly command: PaymentCommand;
  /** Where the bank says how much: it must be what it was asked to pay. */
  readonly amount?: Money;
}

export interface PaymentsContext {
  readonly mofDivCode: string;
  readonly fiscalYearStart: FiscalYearStart;
  /** Person or service behind it; null: whoever instructed the payment. */
  readonly actor: string | null;
  readonly at: Date;
}

/** @throws Error where the division is not set up */
export async function contextOf(
  session: Session,
  mofDivCode: string,
  actor: string | null,
  at: Date,
): Promise<PaymentsContext> {
  const division = await divisions.find(session, mofDivCode);
  if (division === undefined) throw new Error(`division ${mofDivCode} is not set up`);
  return { mofDivCode, fiscalYearStart: division.fiscalYearStart, actor, at };
}

/** A task that could not be: the bank contradicts itself, or speaks of what it never got. */
export interface RefusedTask {
  readonly task: PaymentTask;
  readonly why: PaymentRefusal | 'payment_unknown' | 'amount_differs';
}

/**
 * Moves payments and, in the same step, the books of their requests; announces both. Requests are locked before
 * payments, everywhere. What was said before changes nothing.
 */
export async function changePayments(
  session: Session,
  context: PaymentsContext,
  tasks: readonly PaymentTask[],
): Promise<RefusedTask[]> {
  const { mofDivCode, fiscalYearStart, at } = context;
  const payments = new PaymentStore(session, mofDivCode);
  const requests = new FundRequestStore(session, mofDivCode);
  const ids = tasks.map(({ paymentId }) => paymentId);
  const stored = await requests.lock(await payments.requestsOf(ids));
  const rows = await payments.lock(ids);

  const refusals: RefusedTask[] = [];
  const happened: { id: string; event: PaymentEvent; row: PaymentRow }[] = [];
  for (const task of tasks) {
    const row = rows.get(task.paymentId);
    if (row === undefined) {
      refusals.push({ task, why: 'payment_unknown' });
      continue;
    }
    if (task.amount !== undefined && !task.amount.equals(Money.of(row.amount))) {
      refusals.push({ task, why: 'amount_differs' });
      continue;
    }
    const decision = decidePayment(paymentOf(row), task.command);
    if (!decision.ok) refusals.push({ task, why: decision.refusal });
    else {
      for (const event of decision.events) {
        const after = rowAfter(rows.get(row.id) ?? row, event);
        rows.set(row.id, after);
        happened.push({ id: row.id, event, row: after });
      }
    }
  }

  const changed = [...new Set(happened.map(({ id }) => id))].flatMap((id) => rows.get(id) ?? []);
  await payments.update(
    changed,
    happened.map(({ id, event }) => ({ id, event, at })),
  );
  const moves = Map.groupBy(happened, ({ row }) => row.requestId);
  await requests.save(
    [...moves].flatMap(([requestId, moved]): RequestChange[] => {
      const events = moved.flatMap(({ event, row }) => requestEvents(event, row));
      if (events.length === 0) return [];
      const before = stored.get(requestId);
      if (before === undefined) throw new Error(`request ${requestId} of a payment is not there`);
      const actor = context.actor ?? moved[0]?.row.instructedBy ?? '';
      const declined = moved.find(({ row }) => row.stage === 'declined');
      const declinedOn = declined === undefined ? {} : { declinedOn: dayOf(declined.row.day) };
      return [{ before, events, actor, at, ...declinedOn }];
    }),
  );
  await outbox.append(
    session,
    happened.flatMap(({ event, row }) => {
      const actor = context.actor ?? row.instructedBy;
      return announced(mofDivCode, event, row, { actor, fiscalYearStart });
    }),
  );
  return refusals;
}

function rowAfter(row: PaymentRow, event: PaymentEvent): PaymentRow {
  const state = evolvePayment(paymentOf(row), event);
  const columns = stateColumns(state);
  const returnId = columns.returnReference === null ? null : (row.returnId ?? v7());
  return { ...row, ...columns, returnId, version: row.version + 1 };
}

/** What a payment's event means for the books of its request. */
function requestEvents(event: PaymentEvent, row: PaymentRow): RequestEvent[] {
  const part = { paymentId: row.id, amount: Money.of(row.amount) };
  switch (event.type) {
    case 'declined':
    case 'recalled':
    case 'refused':
      return [{ type: 'payment-stopped', ...part }];
    case 'settled':
      return [{ type: 'payment-settled', ...part }];
    case 'returned':
      return [{ type: 'payment-returned', ...part }];
    case 'quota-heard':
      return [{ type: event.quota === 'restored' ? 'quota-restored' : 'quota-lapsed', ...part }];
    default:
      return [];
  }
}
