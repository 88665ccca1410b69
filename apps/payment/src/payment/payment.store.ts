import type { Day } from '@guoku/calendar';
import type { PaymentEvent } from '@guoku/domain-payment';
import { json, type Session } from '@guoku/persistence';
import {
  PAYMENT_COLUMNS,
  PAYMENT_NAMES,
  PAYMENT_TYPES,
  PAYMENT_VALUES,
  type PaymentRow,
} from './payment.row.js';

export interface PaymentLogEntry {
  readonly id: string;
  readonly event: PaymentEvent;
  readonly at: Date;
}

/** A payment with what the bank must be told of its request. */
export interface PaymentToSend extends PaymentRow {
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly payeeBankCode: string;
  readonly purpose: string;
  readonly reference: string | null;
}

/** Payments of one division, for writing. */
export class PaymentStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** The payments as they stand, unlocked: which requests must be locked before them. */
  async requestsOf(ids: readonly string[]): Promise<string[]> {
    const rows = await this.session.rows<{ requestId: string }>(
      `select distinct request_id as "requestId" from payment
       where mof_div_code = :mofDivCode and id = any(:ids::uuid[])`,
      { mofDivCode: this.mofDivCode, ids: [...ids] },
    );
    return rows.map(({ requestId }) => requestId);
  }

  /** Locks the payments in the order of their ids. Their requests are locked already. */
  async lock(ids: readonly string[]): Promise<Map<string, PaymentRow>> {
    const rows = await this.session.rows<PaymentRow>(
      `select ${PAYMENT_COLUMNS} from payment p
       where p.mof_div_code = :mofDivCode and p.id = any(:ids::uuid[]) order by p.id for update`,
      { mofDivCode: this.mofDivCode, ids: [...ids] },
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  async insert(rows: readonly PaymentRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.session.execute(
      `insert into payment (mof_div_code, ${PAYMENT_NAMES})
       select :mofDivCode, ${PAYMENT_VALUES} from jsonb_to_recordset(:rows) as given (${PAYMENT_TYPES})`,
      { mofDivCode: this.mofDivCode, rows: json(rows) },
    );
  }

  async update(rows: readonly PaymentRow[], entries: readonly PaymentLogEntry[]): Promise<void> {
    if (rows.length === 0) return;
    await this.session.execute(
      `update payment set (${PAYMENT_NAMES}) = row(${PAYMENT_VALUES})
         from jsonb_to_recordset(:rows) as given (${PAYMENT_TYPES})
        where mof_div_code = :mofDivCode and payment.id = given.id`,
      { mofDivCode: this.mofDivCode, rows: json(rows) },
    );
    await this.session.execute(
      `insert into payment_log (mof_div_code, payment_id, place, at, event)
       select :mofDivCode, given.id,
              row_number() over (partition by given.id order by given.nth) +
                (select coalesce(max(known.place), 0) from payment_log known
                  where known.mof_div_code = :mofDivCode and known.payment_id = given.id),
              given.at, given.event
         from rows from (jsonb_to_recordset(:entries) as (id uuid, at timestamptz, event jsonb))
              with ordinality as given (id, at, event, nth)`,
      { mofDivCode: this.mofDivCode, entries: json(entries) },
    );
  }

  /** Payments about which quota has not answered, oldest first. */
  async toAsk(limit: number): Promise<PaymentRow[]> {
    return this.session.rows<PaymentRow>(
      `select ${PAYMENT_COLUMNS} from payment p
       where p.mof_div_code = :mofDivCode and p.stage = 'asked' order by p.id limit :limit`,
      { mofDivCode: this.mofDivCode, limit },
    );
  }

  /** Payments that quota let through and the bank may not have yet, oldest first. */
  async toSend(limit: number): Promise<PaymentToSend[]> {
    return this.session.rows<PaymentToSend>(
      `select ${PAYMENT_COLUMNS}, r.payee_name as "payeeName", r.payee_account as "payeeAccount",
              r.payee_bank_code as "payeeBankCode", r.purpose, r.reference
         from payment p join fund_request r on (r.mof_div_code, r.id) = (p.mof_div_code, p.request_id)
        where p.mof_div_code = :mofDivCode and p.stage = 'confirmed' order by p.id limit :limit`,
      { mofDivCode: this.mofDivCode, limit },
    );
  }

  /** Payments that must not be paid after all, and that bank or quota still know, oldest first. */
  async toRecall(limit: number): Promise<PaymentRow[]> {
    return this.session.rows<PaymentRow>(
      `select ${PAYMENT_COLUMNS} from payment p
       where p.mof_div_code = :mofDivCode and p.stage = 'recalling' order by p.id limit :limit`,
      { mofDivCode: this.mofDivCode, limit },
    );
  }

  /** Payments instructed up to a day that the bank may not have, by their ids. */
  async unsentOf(day: Day): Promise<string[]> {
    const rows = await this.session.rows<{ id: string }>(
      `select id from payment where mof_div_code = :mofDivCode and stage = 'confirmed' and day <= :day`,
      { mofDivCode: this.mofDivCode, day },
    );
    return rows.map(({ id }) => id);
  }

  async ofInstruction(instructionId: string): Promise<PaymentRow[]> {
    return this.session.rows<PaymentRow>(
      `select ${PAYMENT_COLUMNS} from payment p
       where p.mof_div_code = :mofDivCode and p.instruction_id = :instructionId order by p.id`,
      { mofDivCode: this.mofDivCode, instructionId },
    );
  }
}
