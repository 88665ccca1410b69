import { Injectable } from '@nestjs/common';
import { dayOf } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import {
  classify,
  decideRequest,
  policyOn,
  type BudgetLine,
  type RequestCommand,
} from '@guoku/domain-payment';
import type { IncomingEvent } from '@guoku/messaging';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { Clock, Separation } from '@guoku/service';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { FundRequestStore, type RequestChange } from '../fund-request/fund-request.store.js';
import { changePayments, contextOf } from '../payment/change-payments.js';

/** What payment does when quota has spoken. */
@Injectable()
export class QuotaEvents {
  constructor(
    private readonly clock: Clock,
    private readonly separation: Separation,
  ) {}

  /** The line's codes give tier, urgency and pool, by the policy in force; never the asker. */
  async held(session: Session, event: IncomingEvent<EventData<'guoku.quota.held.v1'>>) {
    const line = lineOf(event.data.line);
    const amount = Money.of(event.data.amount);
    const classification = await classified(session, event.mofDivCode, line);
    const command = { type: 'hear-held', line, amount } as const;
    await this.change(session, event, command, classification);
  }

  async refused(session: Session, event: IncomingEvent<EventData<'guoku.quota.refused.v1'>>) {
    const { code, detail, available, amount } = event.data;
    const because = { code, detail, available: Money.of(available) };
    const command = { type: 'hear-refused', because, amount: Money.of(amount) } as const;
    await this.change(session, event, command);
  }

  async released(session: Session, event: IncomingEvent<EventData<'guoku.quota.released.v1'>>) {
    const amount = Money.of(event.data.amount);
    await this.change(session, event, { type: 'hear-released', amount });
  }

  /** Money that had been paid is back: held again for its request, or of an earlier year and lost to it. */
  async returned(session: Session, event: IncomingEvent<EventData<'guoku.quota.returned.v1'>>) {
    const { paymentId, restored } = event.data;
    const at = this.clock.now();
    const context = await contextOf(session, event.mofDivCode, event.actor, at);
    const command = { type: 'hear-quota', restored } as const;
    const [refusal] = await changePayments(session, context, [{ paymentId, command }]);
    if (refusal !== undefined) throw new Error(`${paymentId}: ${refusal.why}`);
  }

  /** Who issued quota may not approve or instruct payment. */
  async allotted(session: Session, event: IncomingEvent<EventData<'guoku.quota.allotted.v1'>>) {
    const { mofDivCode, actor: person, data } = event;
    const subject = `budget/${data.budgetId}`;
    await this.separation.record(session, { mofDivCode, person, duty: 'budget.approve', subject });
  }

  private async change(
    session: Session,
    event: IncomingEvent<{ readonly requestId: string }>,
    command: RequestCommand,
    classification?: RequestChange['classification'],
  ): Promise<void> {
    const store = new FundRequestStore(session, event.mofDivCode);
    const before = await store.lockOne(event.data.requestId);
    // A hold that somebody placed by quota's own door has no request here.
    if (before === undefined) return;
    const decision = decideRequest(before.state, command);
    if (!decision.ok) throw new Error(`quota's word cannot be refused: ${decision.refusal}`);
    const { events } = decision;
    const change = { before, events, actor: event.actor, at: this.clock.now() };
    await store.save([classification === undefined ? change : { ...change, classification }]);
  }
}

async function classified(session: Session, mofDivCode: string, line: BudgetLine) {
  const { latest } = await new BusinessDayStore(session, mofDivCode).latest();
  const policies = await new DivisionStore(session, mofDivCode).policies();
  const policy = policyOn(latest?.day ?? dayOf('2999-12-31'), policies);
  return policy === undefined ? undefined : classify(line, policy);
}

/** The line as the contract has it, what is missing as null. */
function lineOf(line: EventData<'guoku.quota.held.v1'>['line']): BudgetLine {
  const { govBgtEcoCode = null, sbStandard = null, ...rest } = line;
  return { ...rest, govBgtEcoCode, sbStandard };
}
