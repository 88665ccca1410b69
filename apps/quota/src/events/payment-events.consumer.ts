import { Injectable } from '@nestjs/common';
import { dayOf } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import type { Consumer, IncomingEvent } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { businessDays, type BusinessDayState, Clock, Separation } from '@guoku/service';
import type { Scope } from '../line/line.store.js';
import { holdForRequest, carryOverRequest, releaseForRequest } from './on-fund-request.js';
import { spendForPayment, takeBackForPayment } from './on-payment.js';
import { protectPlanned } from './on-plan-approved.js';

/** What quota does when it hears of payment. Nothing is decided here. */
@Injectable()
export class PaymentEvents {
  constructor(
    private readonly clock: Clock,
    private readonly separation: Separation,
  ) {}

  consumer(): Consumer {
    const day = (state: BusinessDayState) => this.businessDay(state);
    return {
      name: 'quota',
      handlers: {
        'guoku.fund-request.submitted.v1': (session, event) =>
          holdForRequest(session, this.scopeOf(event), event.data),
        'guoku.fund-request.withdrawn.v1': (session, event) =>
          releaseForRequest(session, this.scopeOf(event), event.data),
        'guoku.fund-request.carried-over.v1': (session, event) =>
          carryOverRequest(session, this.scopeOf(event), event.data),
        'guoku.plan.approved.v1': async (session, event) => {
          await protectPlanned(session, event.mofDivCode, event.data);
          const { planId, approvedBy, signers = [approvedBy] } = event.data;
          const { mofDivCode } = event;
          const deed = { mofDivCode, duty: 'plan.approve', subject: `plan/${planId}` } as const;
          for (const person of signers) await this.separation.record(session, { ...deed, person });
        },
        'guoku.payment.instructed.v1': (session, { mofDivCode, actor: person, data }) => {
          const subject = `business-day/${data.date}`;
          return this.separation.record(session, {
            mofDivCode,
            person,
            duty: 'payment.instruct',
            subject,
          });
        },
        'guoku.payment.settled.v1': (session, event) =>
          spendForPayment(session, this.scopeOf(event), event.data),
        'guoku.payment.returned.v1': (session, event) =>
          takeBackForPayment(session, this.scopeOf(event), event.data),
        'guoku.business-day.opened.v1': day('open'),
        'guoku.business-day.cut-off.v1': day('cut-off'),
        'guoku.business-day.closed.v1': day('closed'),
      },
    };
  }

  private scopeOf({ mofDivCode, actor }: IncomingEvent): Scope {
    return { mofDivCode, actor, now: this.clock.now() };
  }

  private businessDay(state: BusinessDayState) {
    return (
      session: Session,
      { mofDivCode, data }: IncomingEvent<EventData<'guoku.business-day.opened.v1'>>,
    ) => businessDays.record(session, mofDivCode, dayOf(data.day), state);
  }
}
