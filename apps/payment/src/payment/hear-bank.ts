import { Injectable } from '@nestjs/common';
import type { Day } from '@guoku/calendar';
import { bookingDay, type BankAnswer } from '@guoku/domain-payment';
import { json, Transactor, type Session } from '@guoku/persistence';
import { Clock } from '@guoku/service';
import { BankPort, type ToldAnswer } from '../bank/bank-port.js';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { changePayments, contextOf, type PaymentTask } from './change-payments.js';

/** Reads the bank's answers and books them: each has one effect, however often it is told. */
@Injectable()
export class HearBank {
  constructor(
    private readonly transactor: Transactor,
    private readonly bank: BankPort,
    private readonly clock: Clock,
  ) {}

  /** True where there was something new. */
  async handle(mofDivCode: string): Promise<boolean> {
    const { cursor, today } = await this.transactor.run(async (session) => ({
      cursor: await cursorOf(session, mofDivCode),
      today: (await new BusinessDayStore(session, mofDivCode).latest()).latest?.day,
    }));
    if (today === undefined) return false;
    const told = await this.bank.answers(mofDivCode, cursor, today);
    if (told.length === 0) return false;
    return this.transactor.run((session) => this.book(session, mofDivCode, cursor, told));
  }

  /** In their order, up to the first for which no day is open. */
  private async book(
    session: Session,
    mofDivCode: string,
    cursor: string | null,
    told: readonly ToldAnswer[],
  ): Promise<boolean> {
    // Another worker may have booked them meanwhile.
    if ((await lockCursor(session, mofDivCode)) !== cursor) return true;
    const days = await new BusinessDayStore(session, mofDivCode).latest();
    const tasks: (PaymentTask & { readonly told: ToldAnswer })[] = [];
    for (const one of told) {
      const bookedOn = bookingDay(days, one.valueDate);
      if (bookedOn === null) break;
      const { paymentId, amount } = one;
      const command = { type: 'answer', answer: answerOf(one, bookedOn) } as const;
      tasks.push({ paymentId, amount, command, told: one });
    }
    const last = tasks.at(-1);
    if (last === undefined) return false;
    const at = this.clock.now();
    const context = await contextOf(session, mofDivCode, this.bank.name, at);
    const refusals = await changePayments(session, context, tasks);
    const whyOf = new Map<PaymentTask, string>(refusals.map(({ task, why }) => [task, why]));
    for (const task of tasks) {
      const why = whyOf.get(task);
      if (why !== undefined) await noteContradiction(session, mofDivCode, task.told, why, at);
    }
    await session.execute(
      'update bank_cursor set cursor = :cursor where mof_div_code = :mofDivCode',
      { mofDivCode, cursor: last.told.cursor },
    );
    return true;
  }
}

function answerOf(told: ToldAnswer, bookedOn: Day): BankAnswer {
  const settlement = { bankReference: told.reference, valueDate: told.valueDate, bookedOn };
  if (told.kind === 'settled') return { kind: 'settled', settlement };
  const reason = told.reason ?? { zh: '银行未说明原因', en: 'the bank gave no reason' };
  return { kind: told.kind, back: { ...settlement, reason } };
}

async function cursorOf(session: Session, mofDivCode: string): Promise<string | null> {
  const row = await session.one<{ cursor: string }>(
    'select cursor from bank_cursor where mof_div_code = :mofDivCode',
    { mofDivCode },
  );
  return row === undefined || row.cursor === '' ? null : row.cursor;
}

async function lockCursor(session: Session, mofDivCode: string): Promise<string | null> {
  await session.execute(
    `insert into bank_cursor (mof_div_code, cursor) values (:mofDivCode, '') on conflict do nothing`,
    { mofDivCode },
  );
  const row = await session.one<{ cursor: string }>(
    'select cursor from bank_cursor where mof_div_code = :mofDivCode for update',
    { mofDivCode },
  );
  return row === undefined || row.cursor === '' ? null : row.cursor;
}

/** What the bank cannot mean is kept for people; reconciliation will disagree until they have cleared it. */
async function noteContradiction(
  session: Session,
  mofDivCode: string,
  told: ToldAnswer,
  why: string,
  seenAt: Date,
): Promise<void> {
  await session.execute(
    `insert into bank_contradiction (mof_div_code, answer_id, payment_id, why, answer, seen_at)
     values (:mofDivCode, :answerId, :paymentId, :why, :answer, :seenAt) on conflict do nothing`,
    {
      mofDivCode,
      answerId: `${told.reference}/${told.kind}`,
      paymentId: told.paymentId,
      why,
      answer: json(told),
      seenAt,
    },
  );
}
