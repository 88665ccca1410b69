import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { dayOf, plusDays, type Day } from '@guoku/calendar';
import type { AccountMovement, Sentence } from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import { dataSourceOf, Transactor, type Session } from '@guoku/persistence';
import { Config, Log } from '@guoku/service';
import { BankPort, type BankInstruction, type ToldAnswer } from './bank-port.js';

interface Behaviour {
  readonly seed: string;
  readonly pollsBeforeAnswer: number;
  readonly repeats: number;
  readonly refusedPercent: number;
  readonly returnedPercent: number;
  readonly returnAfterDays: number;
}

const settlesAll: Behaviour = {
  seed: 'settles all',
  pollsBeforeAnswer: 0,
  repeats: 0,
  refusedPercent: 0,
  returnedPercent: 0,
  returnAfterDays: 1,
};

const REFUSED = { zh: '模拟：收款账户不存在', en: 'SIMULATED: no such account' };
/** No bank has this number 行号. */
const NO_BANK = /^0+$/;
const TURNED_AWAY = { zh: '模拟：收款行行号不存在', en: 'SIMULATED: no such bank code' };
const RECALLED = { zh: '模拟：已撤回', en: 'SIMULATED: it was recalled' };
const RETURNED = { zh: '模拟：收款银行退汇', en: 'SIMULATED: returned by the payee’s bank' };

/**
 * A SIMULATION of a bank: no money moves. It has a schema and connections of its own, as a bank's computers would, pays
 * on the day of the instruction and tells it after as many polls as its behaviour says. What it does to an instruction
 * depends on the seed and on the instruction's own content, never on the clock.
 */
@Injectable()
export class SimulatedBank extends BankPort implements OnApplicationShutdown {
  readonly name = '模拟银行 SIMULATED BANK';
  private readonly transactor: Transactor;

  constructor(config: Config, log: Log) {
    super();
    const settings = { applicationName: 'simulated-bank', poolSize: 2 };
    this.transactor = new Transactor(dataSourceOf(config.databaseUrl, settings));
    log.warn('payments go to a SIMULATED BANK: no money moves', 'bank');
  }

  /** After the worker has ended, which asks it to the last. */
  async onApplicationShutdown(): Promise<void> {
    await this.transactor.close();
  }

  async send(mofDivCode: string, instruction: BankInstruction): Promise<Sentence | null> {
    if (NO_BANK.test(instruction.payee.bankCode)) return TURNED_AWAY;
    return this.transactor.run(async (session) => {
      const behaviour = await behaviourOf(session, mofDivCode);
      const outcome = outcomeOf(instruction, behaviour);
      const { paymentId, accountCode, amount, day, payee } = instruction;
      if (await isRecalled(session, mofDivCode, paymentId)) return RECALLED;
      const returnFrom =
        outcome === 'settle-and-return' ? plusDays(day, behaviour.returnAfterDays) : null;
      const isNew = await session.execute(
        `insert into simulated_bank.instruction
           (mof_div_code, payment_id, account_code, amount, day, payee_name, outcome, polls_left, return_from)
         values (:mofDivCode, :paymentId, :accountCode, :amount, :day, :payeeName, :outcome, :polls, :returnFrom)
         on conflict do nothing`,
        {
          mofDivCode,
          paymentId,
          accountCode,
          amount: amount.toString(),
          day,
          payeeName: payee.name,
          outcome,
          polls: behaviour.pollsBeforeAnswer,
          returnFrom,
        },
      );
      if (isNew === 0 || outcome === 'refuse') return null;
      await session.execute(
        `insert into simulated_bank.entry (mof_div_code, account_code, day, payment_id, direction, amount, reference)
         values (:mofDivCode, :accountCode, :day, :paymentId, 'paid', :amount, :reference)`,
        {
          mofDivCode,
          accountCode,
          day,
          paymentId,
          amount: amount.toString(),
          reference: `${paymentId}-P`,
        },
      );
      return null;
    });
  }

  /** Keeps the number of what it never got, so that it does nothing when that comes late. */
  async recall(mofDivCode: string, paymentId: string): Promise<boolean> {
    return this.transactor.run(async (session) => {
      if (await isRecalled(session, mofDivCode, paymentId)) return true;
      const isNew = await session.execute(
        `insert into simulated_bank.recalled (mof_div_code, payment_id)
         select :mofDivCode, :paymentId where not exists (
           select 1 from simulated_bank.instruction
            where mof_div_code = :mofDivCode and payment_id = :paymentId)`,
        { mofDivCode, paymentId },
      );
      return isNew > 0;
    });
  }

  async answers(mofDivCode: string, after: string | null, day: Day): Promise<ToldAnswer[]> {
    return this.transactor.run(async (session) => {
      // One poll at a time, so that answers become visible in the order of their numbers.
      await session.rows(
        `select 1 from pg_advisory_xact_lock(hashtextextended('simulated bank ' || :mofDivCode, 0))`,
        { mofDivCode },
      );
      const { repeats } = await behaviourOf(session, mofDivCode);
      await tellOutcomes(session, mofDivCode, repeats);
      await giveBack(session, mofDivCode, day, repeats);
      const rows = await session.rows<AnswerRow>(
        `select seq::text as cursor, payment_id as "paymentId", kind, amount, reference,
                value_date as "valueDate", reason_zh as zh, reason_en as en
           from simulated_bank.answer
          where mof_div_code = :mofDivCode and (:after::bigint is null or seq > :after)
          order by seq limit 500`,
        { mofDivCode, after },
      );
      return rows.map(({ zh, en, ...row }) => ({
        ...row,
        amount: Money.of(row.amount),
        valueDate: dayOf(row.valueDate),
        reason: zh === null || en === null ? null : { zh, en },
      }));
    });
  }

  async statement(mofDivCode: string, accountCode: string, day: Day): Promise<AccountMovement[]> {
    const rows = await this.transactor.run(
      (session) =>
        session.rows<Omit<AccountMovement, 'amount'> & { amount: string }>(
          `select payment_id as "paymentId", direction, amount, reference as "bankReference"
             from simulated_bank.entry
            where mof_div_code = :mofDivCode and account_code = :accountCode and day = :day
            order by reference`,
          { mofDivCode, accountCode, day },
        ),
      { readOnly: true },
    );
    return rows.map((row) => ({ ...row, amount: Money.of(row.amount) }));
  }
}

interface AnswerRow {
  readonly cursor: string;
  readonly paymentId: string;
  readonly kind: ToldAnswer['kind'];
  readonly amount: string;
  readonly reference: string;
  readonly valueDate: string;
  readonly zh: string | null;
  readonly en: string | null;
}

async function behaviourOf(session: Session, mofDivCode: string): Promise<Behaviour> {
  const row = await session.one<Behaviour>(
    `select seed, polls_before_answer as "pollsBeforeAnswer", repeats, refused_percent as "refusedPercent",
            returned_percent as "returnedPercent", return_after_days as "returnAfterDays"
       from simulated_bank.behaviour where mof_div_code = :mofDivCode`,
    { mofDivCode },
  );
  return row ?? settlesAll;
}

/** Locks the payment's number first: an instruction and its recall come one after the other. */
async function isRecalled(
  session: Session,
  mofDivCode: string,
  paymentId: string,
): Promise<boolean> {
  const key = { mofDivCode, paymentId };
  await session.rows(
    `select 1 from pg_advisory_xact_lock(hashtextextended('simulated bank ' || :paymentId, 0))`,
    { paymentId },
  );
  const known = await session.one(
    `select 1 from simulated_bank.recalled
      where mof_div_code = :mofDivCode and payment_id = :paymentId`,
    key,
  );
  return known !== undefined;
}

function outcomeOf(instruction: BankInstruction, behaviour: Behaviour) {
  const { reference, amount, day } = instruction;
  const percentOf = (what: string): number =>
    createHash('sha256')
      .update([behaviour.seed, what, reference, amount.toString(), day].join('/'))
      .digest()
      .readUInt32BE() % 100;
  if (percentOf('refuse') < behaviour.refusedPercent) return 'refuse';
  return percentOf('return') < behaviour.returnedPercent ? 'settle-and-return' : 'settle';
}

async function tellOutcomes(session: Session, mofDivCode: string, repeats: number): Promise<void> {
  await session.execute(
    `with due as (
       update simulated_bank.instruction set polls_left = polls_left - 1
        where mof_div_code = :mofDivCode and polls_left >= 0
       returning payment_id, amount, day, outcome, polls_left, received)
     insert into simulated_bank.answer
       (mof_div_code, payment_id, kind, amount, reference, value_date, reason_zh, reason_en)
     select :mofDivCode, payment_id, case outcome when 'refuse' then 'refused' else 'settled' end, amount,
            payment_id || case outcome when 'refuse' then '-X' else '-P' end, day,
            case outcome when 'refuse' then :zh::text end, case outcome when 'refuse' then :en::text end
       from due, generate_series(0, :repeats::integer)
      where polls_left = -1 order by received`,
    { mofDivCode, repeats, ...REFUSED },
  );
}

/** Money comes back on the first business day that is late enough. */
async function giveBack(
  session: Session,
  mofDivCode: string,
  day: Day,
  repeats: number,
): Promise<void> {
  await session.execute(
    `with back as (
       update simulated_bank.instruction set return_from = null
        where mof_div_code = :mofDivCode and return_from <= :day
       returning payment_id, account_code, amount, received),
     entry as (
       insert into simulated_bank.entry (mof_div_code, account_code, day, payment_id, direction, amount, reference)
       select :mofDivCode, account_code, :day::date, payment_id, 'returned', amount, payment_id || '-R' from back)
     insert into simulated_bank.answer
       (mof_div_code, payment_id, kind, amount, reference, value_date, reason_zh, reason_en)
     select :mofDivCode, payment_id, 'returned', amount, payment_id || '-R', :day::date, :zh, :en
       from back, generate_series(0, :repeats::integer) order by received`,
    { mofDivCode, day, repeats, ...RETURNED },
  );
}
