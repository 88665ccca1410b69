import { dayOf, fiscalYearOf, type FiscalYearStart } from '@guoku/calendar';
import type { PaymentEvent } from '@guoku/domain-payment';
import type { OutgoingEvent } from '@guoku/messaging';
import type { PaymentRow } from './payment.row.js';

/** What others hear of a payment's event. */
export function announced(
  mofDivCode: string,
  event: PaymentEvent,
  row: PaymentRow,
  { actor, fiscalYearStart }: { actor: string; fiscalYearStart: FiscalYearStart },
): OutgoingEvent[] {
  const { id: paymentId, requestId, bgtId, amount, poolCode, accountCode, planId, day } = row;
  const common = { subject: paymentId, mofDivCode, aggregateId: requestId, actor };
  const payment = { paymentId, requestId, bgtId, amount, poolCode, accountCode };
  const returnId = row.returnId ?? '';
  switch (event.type) {
    case 'confirmed':
      return [
        {
          ...common,
          type: 'guoku.payment.instructed.v1',
          data: { ...payment, date: day, planId },
        },
      ];
    case 'recalled': {
      const { code, detail: reason } = event;
      const data = { ...payment, date: day, code, reason };
      return [{ ...common, type: 'guoku.payment.recalled.v1', data }];
    }
    case 'settled': {
      const { bookedOn: date, valueDate, bankReference } = event.settlement;
      return [
        {
          ...common,
          type: 'guoku.payment.settled.v1',
          data: { ...payment, date, valueDate, bankReference },
        },
      ];
    }
    case 'refused': {
      const { bookedOn: date, valueDate, reason } = event.refusal;
      const data = { ...payment, returnId, date, valueDate, afterSettlement: false, reason };
      return [{ ...common, type: 'guoku.payment.returned.v1', data }];
    }
    case 'returned': {
      const { bookedOn: date, valueDate, reason } = event.back;
      const settledOn = dayOf(row.bookedOn ?? date);
      const settledYear = String(fiscalYearOf(settledOn, fiscalYearStart).name);
      const data = {
        ...payment,
        returnId,
        date,
        valueDate,
        afterSettlement: true,
        settledYear,
        reason,
      };
      return [{ ...common, type: 'guoku.payment.returned.v1', data }];
    }
    default:
      return [];
  }
}
