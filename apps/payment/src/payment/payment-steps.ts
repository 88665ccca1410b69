import { Injectable } from '@nestjs/common';
import { dayOf } from '@guoku/calendar';
import { Money } from '@guoku/money';
import { Transactor } from '@guoku/persistence';
import { Clock, Vault } from '@guoku/service';
import { BankPort, type BankInstruction } from '../bank/bank-port.js';
import { QuotaHolds, type HoldAnswer, type HoldQuestion } from '../quota-client/quota-holds.js';
import { changePayments, contextOf, type PaymentTask } from './change-payments.js';
import type { PaymentRow } from './payment.row.js';
import { PaymentStore, type PaymentToSend } from './payment.store.js';

/** How many payments are taken through a step at once. */
const CHUNK = 16;

/**
 * What follows an instruction, outside of its transaction: ask quota, give the bank what it lets through, take back
 * what the bank does not carry out.
 * Every step can be repeated: quota and bank know a payment by its id, and what was recorded is not recorded again. So
 * whoever was killed between two of them is followed by somebody who starts at the same place.
 */
@Injectable()
export class PaymentSteps {
  constructor(
    private readonly transactor: Transactor,
    private readonly quota: QuotaHolds,
    private readonly bank: BankPort,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Asks quota about what is not decided. False where quota does not answer. */
  async askQuota(mofDivCode: string): Promise<boolean> {
    for (;;) {
      const rows = await this.read(mofDivCode, (store) => store.toAsk(CHUNK));
      const answers = await Promise.all(
        rows.map((row) => this.quota.confirm(mofDivCode, questionOf(row))),
      );
      const tasks = rows.flatMap((row, nth) => taskOf(row, answers[nth] ?? null));
      if (tasks.length > 0) await this.record(mofDivCode, tasks);
      if (tasks.length < rows.length) return false;
      if (rows.length < CHUNK) return true;
    }
  }

  /** What quota would say, without any effect. */
  async tryOut(mofDivCode: string, rows: readonly PaymentRow[]): Promise<PaymentRow[]> {
    const tried: PaymentRow[] = [];
    for (const row of rows) {
      const answer = await this.quota.confirm(mofDivCode, questionOf(row), true);
      if (answer === null) tried.push(row);
      else if (answer.ok) tried.push({ ...row, stage: 'confirmed' });
      else {
        const { code, detail } = answer;
        tried.push({ ...row, stage: 'declined', declined: { code, detail } });
      }
    }
    return tried;
  }

  /** Gives the bank what quota let through. */
  async sendToBank(mofDivCode: string): Promise<void> {
    for (;;) {
      const rows = await this.read(mofDivCode, (store) => store.toSend(CHUNK));
      const tasks: PaymentTask[] = [];
      for (const row of rows) {
        const detail = await this.bank.send(mofDivCode, this.instructionOf(mofDivCode, row));
        const command: PaymentTask['command'] =
          detail === null ? { type: 'send' } : { type: 'recall', code: 'bank_turned_away', detail };
        tasks.push({ paymentId: row.id, command });
      }
      if (tasks.length > 0) await this.record(mofDivCode, tasks);
      if (rows.length < CHUNK) return;
    }
  }

  /** Has the bank forget what must not be paid after all, then quota; what the bank has already goes on. */
  async recall(mofDivCode: string): Promise<void> {
    const rows = await this.read(mofDivCode, (store) => store.toRecall(CHUNK));
    for (const { id: paymentId, requestId } of rows) {
      if (!(await this.bank.recall(mofDivCode, paymentId))) {
        await this.record(mofDivCode, [{ paymentId, command: { type: 'send' } }]);
      } else if (await this.quota.cancelConfirm(mofDivCode, { requestId, paymentId })) {
        await this.record(mofDivCode, [{ paymentId, command: { type: 'forget' } }]);
      }
    }
  }

  private read<T>(mofDivCode: string, work: (store: PaymentStore) => Promise<T>): Promise<T> {
    return this.transactor.run((session) => work(new PaymentStore(session, mofDivCode)), {
      readOnly: true,
    });
  }

  private async record(mofDivCode: string, tasks: readonly PaymentTask[]): Promise<void> {
    await this.transactor.run(async (session) => {
      const context = await contextOf(session, mofDivCode, null, this.clock.now());
      const [refusal] = await changePayments(session, context, tasks);
      if (refusal !== undefined) throw new Error(`${refusal.task.paymentId}: ${refusal.why}`);
    });
  }

  private instructionOf(mofDivCode: string, row: PaymentToSend): BankInstruction {
    return {
      paymentId: row.id,
      accountCode: row.accountCode,
      amount: Money.of(row.amount),
      day: dayOf(row.day),
      payee: {
        name: row.payeeName,
        account: this.vault.decrypt(mofDivCode, row.payeeAccount),
        bankCode: row.payeeBankCode,
      },
      purpose: row.purpose,
      reference: row.reference ?? row.requestId,
    };
  }
}

function questionOf({ id, requestId, amount, day }: PaymentRow): HoldQuestion {
  return { requestId, paymentId: id, amount: Money.of(amount), date: dayOf(day) };
}

function taskOf({ id: paymentId }: PaymentRow, answer: HoldAnswer): PaymentTask[] {
  if (answer === null) return [];
  if (answer.ok) return [{ paymentId, command: { type: 'confirm' } }];
  const { code, detail } = answer;
  return [{ paymentId, command: { type: 'decline', code, detail } }];
}
