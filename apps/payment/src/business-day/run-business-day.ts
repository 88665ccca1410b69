import { Injectable } from '@nestjs/common';
import { monthOf, type Day } from '@guoku/calendar';
import {
  dayToClose,
  decideBusinessDay,
  type BusinessDayCommand,
  type BusinessDays,
} from '@guoku/domain-payment';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { accepted, Commands, divisions, refused, type Answer, type Call } from '@guoku/service';
import { DivisionStore } from '../division/division.store.js';
import { changePayments, contextOf } from '../payment/change-payments.js';
import { PaymentStore } from '../payment/payment.store.js';
import { ReconciliationStore } from '../reconciliation/reconciliation.store.js';
import { refuse } from '../refusals.js';
import type { BusinessDayDto, OpenBusinessDayDto } from './business-day.dto.js';
import { BusinessDayStore } from './business-day.store.js';

type CommandOf = (
  session: Session,
  days: BusinessDays,
  store: BusinessDayStore,
) => Promise<BusinessDayCommand>;

/** Opens, cuts off and closes the division's business days. */
@Injectable()
export class RunBusinessDay {
  constructor(private readonly commands: Commands) {}

  open(call: Call, dto: OpenBusinessDayDto): Promise<Answer<BusinessDayDto>> {
    return this.run(call, 'BusinessDayService.Open', dto, async (session) => {
      const division = await divisions.find(session, call.caller.mofDivCode);
      if (division === undefined) throw new Error('a division with settings is set up');
      const calendar = await divisions.calendarOf(session, division);
      return { type: 'open', day: dto.day, calendar };
    });
  }

  cutOff(call: Call): Promise<Answer<BusinessDayDto>> {
    return this.run(call, 'BusinessDayService.CutOff', {}, async (_session, _days, store) => ({
      type: 'cut-off',
      unanswered: await store.unasked(),
    }));
  }

  close(call: Call): Promise<Answer<BusinessDayDto>> {
    return this.run(call, 'BusinessDayService.Close', {}, async (session, days) => {
      const day = dayToClose(days);
      const reconciliations = new ReconciliationStore(session, call.caller.mofDivCode);
      return { type: 'close', reconciled: day !== null && (await reconciliations.agrees(day)) };
    });
  }

  private run(
    call: Call,
    action: string,
    body: object,
    commandOf: CommandOf,
  ): Promise<Answer<BusinessDayDto>> {
    const { mofDivCode } = call.caller;
    return this.commands.run(call, { action, body }, async (session, context) => {
      const settings = await new DivisionStore(session, mofDivCode).lockSettings();
      if (settings === undefined) return refused(refuse('not_found'));
      const store = new BusinessDayStore(session, mofDivCode);
      const days = await store.latest();
      const decision = decideBusinessDay(days, await commandOf(session, days, store));
      if (!decision.ok) return refused(refuse(decision.refusal, { extra: { ...body } }));

      for (const event of decision.events) {
        await store.save(event, context.now);
        if (event.type === 'cut-off') await recallUnsent(session, call, event.day, context.now);
        await announce(session, call, event.type, event.day);
      }
      const day = decision.events[0]?.day ?? days.latest?.day ?? null;
      return answerOf(store, day);
    });
  }
}

const unsent = {
  code: 'unsent_at_cut_off',
  detail: {
    zh: '日切时银行尚未收到，收回后重新安排',
    en: 'the bank did not have it at cut-off; it is planned again',
  },
} as const;

/** Quota was asked about this day and no other: what the bank has not got by its end is recalled. */
async function recallUnsent(session: Session, { caller }: Call, day: Day, at: Date) {
  const { mofDivCode, person } = caller;
  const ids = await new PaymentStore(session, mofDivCode).unsentOf(day);
  const command = { type: 'recall', ...unsent } as const;
  const context = await contextOf(session, mofDivCode, person, at);
  await changePayments(
    session,
    context,
    ids.map((paymentId) => ({ paymentId, command })),
  );
}

async function answerOf(store: BusinessDayStore, day: Day | null) {
  const view = await store.view(day);
  if (view === undefined) throw new Error('a business day that was decided on is there');
  return accepted(view, { version: view.version, subject: `business-day/${view.day}` });
}

const TYPES = {
  opened: 'guoku.business-day.opened.v1',
  'cut-off': 'guoku.business-day.cut-off.v1',
  closed: 'guoku.business-day.closed.v1',
} as const;

async function announce(
  session: Session,
  { caller }: Call,
  type: keyof typeof TYPES,
  day: Day,
): Promise<void> {
  const { mofDivCode, person } = caller;
  const data = { day, month: monthOf(day) };
  await outbox.append(session, [
    {
      type: TYPES[type],
      subject: day,
      mofDivCode,
      aggregateId: 'business-day',
      actor: person,
      data,
    },
  ]);
}
