import { isDay } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import type { Consumer, IncomingEvent } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { businessDays, type BusinessDayState } from '@guoku/service';
import { FlowStore, type Flow } from '../flow/flow.store.js';

/** Money that really moved becomes a flow on its value date; each event counts once, whenever it comes. */
export const cashEvents: Consumer = {
  name: 'forecast',
  handlers: {
    'guoku.revenue.received.v1': (session, event) =>
      add(session, event, {
        sourceKind: 'receipt',
        sourceId: event.data.receiptId,
        series: 'receipts',
        poolCode: event.data.poolCode,
        direction: 'inflow',
        day: event.data.valueDate,
        amount: event.data.amount,
      }),
    'guoku.payment.settled.v1': (session, event) =>
      add(session, event, {
        sourceKind: 'payment',
        sourceId: event.data.paymentId,
        series: 'outlays',
        poolCode: event.data.poolCode,
        direction: 'outflow',
        day: event.data.valueDate,
        amount: event.data.amount,
      }),
    'guoku.payment.returned.v1': (session, event) =>
      event.data.afterSettlement
        ? add(session, event, {
            sourceKind: 'return',
            sourceId: event.data.returnId,
            series: 'outlays',
            poolCode: event.data.poolCode,
            direction: 'outflow',
            day: event.data.valueDate,
            amount: `-${event.data.amount}`,
          })
        : Promise.resolve(),
    'guoku.business-day.opened.v1': (session, event) => note(session, event, 'open'),
    'guoku.business-day.cut-off.v1': (session, event) => note(session, event, 'cut-off'),
    'guoku.business-day.closed.v1': (session, event) => note(session, event, 'closed'),
  },
};

async function add(session: Session, event: IncomingEvent, flow: Flow): Promise<void> {
  await new FlowStore(session, event.mofDivCode).add([flow], new Date(event.time));
}

async function note(
  session: Session,
  event: IncomingEvent<EventData<'guoku.business-day.opened.v1'>>,
  state: BusinessDayState,
): Promise<void> {
  const { day } = event.data;
  if (!isDay(day)) throw new Error(`${day} is no day`);
  await businessDays.record(session, event.mofDivCode, day, state);
}
