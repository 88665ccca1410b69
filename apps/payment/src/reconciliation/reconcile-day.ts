import { Injectable } from '@nestjs/common';
import { compareWithBank, type AccountMovement } from '@guoku/domain-payment';
import { accepted, Commands, refused, Separation, type Answer, type Call } from '@guoku/service';
import { BankPort } from '../bank/bank-port.js';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { refuse } from '../refusals.js';
import type { ReconcileDto, ReconciliationDto } from './reconciliation.dto.js';
import { ReconciliationStore } from './reconciliation.store.js';

/** Compares what was booked with a day's value date with what the bank prints for it, account by account. */
@Injectable()
export class ReconcileDay {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
    private readonly bank: BankPort,
  ) {}

  handle(call: Call, { day }: ReconcileDto): Promise<Answer<ReconciliationDto>> {
    const { mofDivCode, person } = call.caller;
    const subject = `day/${day}`;
    const info = { action: 'ReconciliationService.Make', subject, body: { day } };
    return this.commands.run(call, info, async (session, context) => {
      const reference = new DivisionStore(session, mofDivCode);
      await reference.lockSettings();
      const view = await new BusinessDayStore(session, mofDivCode).view(day);
      if (view === undefined) return refused(refuse('not_found', { field: '/day' }));
      const deed = { mofDivCode, person, duty: 'payment.reconcile', subject } as const;
      const conflict = await this.separation.conflict(session, deed);
      if (conflict !== null) return refused(conflict);

      const store = new ReconciliationStore(session, mofDivCode);
      const booked: AccountMovement[] = [];
      const printed: AccountMovement[] = [];
      for (const accountCode of await reference.accountCodes()) {
        booked.push(...(await store.booked(accountCode, day)));
        printed.push(...(await this.bank.statement(mofDivCode, accountCode, day)));
      }
      await this.separation.record(session, deed);
      const made = await store.insert({
        id: context.newId(),
        day,
        comparison: compareWithBank(booked, printed),
        booked,
        unanswered: await store.unanswered(day),
        bank: this.bank.name,
        madeBy: person,
        madeAt: context.now,
      });
      return accepted(made, { status: 201, subject: `reconciliation/${made.id}` });
    });
  }
}
