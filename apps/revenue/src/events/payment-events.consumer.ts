import { dayOf } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import type { Consumer, IncomingEvent } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { businessDays, type BusinessDayState, type Separation } from '@guoku/service';

/**
 * Revenue hears of payment's business days, because receipts are booked on the open one, and of who pays, because the
 * cashier may not keep the record of receipts.
 */
export function paymentEvents(separation: Separation): Consumer {
  return {
    name: 'revenue',
    handlers: {
      'guoku.business-day.opened.v1': becomes('open'),
      'guoku.business-day.cut-off.v1': becomes('cut-off'),
      'guoku.business-day.closed.v1': becomes('closed'),
      'guoku.payment.instructed.v1': (session, { mofDivCode, actor: person, data }) => {
        const subject = `business-day/${data.date}`;
        const deed = { mofDivCode, person, duty: 'payment.instruct', subject } as const;
        return separation.record(session, deed);
      },
    },
  };
}

function becomes(state: BusinessDayState) {
  return (
    session: Session,
    { mofDivCode, data }: IncomingEvent<EventData<'guoku.business-day.opened.v1'>>,
  ): Promise<void> => businessDays.record(session, mofDivCode, dayOf(data.day), state);
}
