import type { Consumer } from '@guoku/messaging';
import { addReceipt, keepForecast, keepStatement } from './cash-events.js';
import type { Separation } from '@guoku/service';
import type { QuotaEvents } from './quota-events.js';

/** Everything that payment hears of. */
export function paymentConsumer(quota: QuotaEvents, separation: Separation): Consumer {
  return {
    name: 'payment',
    handlers: {
      'guoku.quota.allotted.v1': (session, event) => quota.allotted(session, event),
      'guoku.quota.held.v1': (session, event) => quota.held(session, event),
      'guoku.quota.refused.v1': (session, event) => quota.refused(session, event),
      'guoku.quota.released.v1': (session, event) => quota.released(session, event),
      'guoku.quota.returned.v1': (session, event) => quota.returned(session, event),
      'guoku.forecast.published.v1': keepForecast,
      'guoku.statement.received.v1': keepStatement,
      'guoku.revenue.received.v1': async (session, event) => {
        await addReceipt(session, event);
        const { mofDivCode, actor: person, data } = event;
        const subject = `business-day/${data.date}`;
        await separation.record(session, { mofDivCode, person, duty: 'receipt.enter', subject });
      },
    },
  };
}
