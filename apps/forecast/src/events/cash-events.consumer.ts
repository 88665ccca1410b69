import { dayOf } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import type { Consumer, IncomingEvent } from '@guoku/messaging';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { businessDays, type BusinessDayState, type Clock } from '@guoku/service';
import type { Direction } from '../flow/flow.dto.js';
import { FlowStore, type Flow } from '../flow/flow.store.js';

/** Money that really moved becomes a flow on its value date; each event counts once, whenever it comes. */
export function cashEvents(clock: Clock): Consumer {
  const add = async (session: Session, { mofDivCode }: IncomingEvent, flow: Flow) => {
    await new FlowStore(session, mofDivCode).add([flow], clock.now());
  };
  return {
    name: 'forecast',
    handlers: {
      'guoku.revenue.received.v1': (session, event) =>
        add(session, event, {
          ...of(event.data, 'receipts', 'inflow'),
          sourceKind: 'receipt',
          sourceId: event.data.receiptId,
        }),
      'guoku.payment.settled.v1': (session, event) =>
        add(session, event, {
          ...of(event.data, 'outlays', 'outflow'),
          sourceKind: 'payment',
          sourceId: event.data.paymentId,
        }),
      // Without a settlement no money had left.
      'guoku.payment.returned.v1': async (session, event) => {
        if (!event.data.afterSettlement) return;
        await add(session, event, {
          ...of(event.data, 'outlays', 'outflow'),
          sourceKind: 'return',
          sourceId: event.data.returnId,
          amount: Money.of(event.data.amount).negated().toString(),
        });
      },
      'guoku.business-day.opened.v1': (session, event) => note(session, event, 'open'),
      'guoku.business-day.cut-off.v1': (session, event) => note(session, event, 'cut-off'),
      'guoku.business-day.closed.v1': (session, event) => note(session, event, 'closed'),
    },
  };
}

interface Moved {
  readonly poolCode: string;
  readonly valueDate: string;
  readonly amount: string;
}

function of({ poolCode, valueDate: day, amount }: Moved, series: string, direction: Direction) {
  return { series, poolCode, direction, day, amount };
}

async function note(
  session: Session,
  { mofDivCode, data: { day } }: IncomingEvent<EventData<'guoku.business-day.opened.v1'>>,
  state: BusinessDayState,
): Promise<void> {
  await businessDays.record(session, mofDivCode, dayOf(day), state);
}
