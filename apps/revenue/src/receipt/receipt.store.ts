import type { Receipt } from '@guoku/domain-revenue';
import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import {
  receiptColumns,
  receiptFileColumns,
  type ReceiptFileRow,
  type ReceiptRow,
} from './receipt.row.js';

/** Who enters, where, when, and on which business day it is booked. */
export interface Scope {
  readonly mofDivCode: string;
  readonly actor: string;
  readonly now: Date;
  readonly today: string;
  /** The call that brings the rows in. */
  readonly entryId: string;
  /** The report that they came in. */
  readonly fileId?: string;
}

/** A receipt to be written; its pool is that of its account. */
export interface NewReceipt extends Receipt {
  readonly poolCode: string;
}

/** What is here already of a line. */
export interface Earlier {
  readonly sameReference: ReceiptRow | undefined;
  readonly sameId: ReceiptRow | undefined;
}

/** All SQL that writes receipts. */
export class ReceiptStore {
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  /** Locks the accounts, so that the same line cannot come in twice at once. @returns their pools by code */
  async lockAccounts(accountCodes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.session.rows<{ accountCode: string; poolCode: string }>(
      `select account_code as "accountCode", pool_code as "poolCode" from account
        where mof_div_code = :mofDivCode and account_code = any(:accountCodes::text[])
        order by account_code for update`,
      { mofDivCode: this.scope.mofDivCode, accountCodes: [...new Set(accountCodes)] },
    );
    return new Map(rows.map(({ accountCode, poolCode }) => [accountCode, poolCode]));
  }

  /** What is here already of the lines, one answer per line in their order. */
  async earlier(lines: readonly Receipt[]): Promise<readonly Earlier[]> {
    const { mofDivCode } = this.scope;
    const wanted = lines.map(({ accountCode, valueDate, reference }) => ({
      accountCode,
      valueDate,
      reference,
    }));
    const rows = await this.session.rows<ReceiptRow>(
      `select ${receiptColumns} from receipt r
        where r.mof_div_code = :mofDivCode and r.receipt_id = any(:ids::uuid[])
       union
       select ${receiptColumns} from receipt r
         join jsonb_to_recordset(:wanted::jsonb) as x
              ("accountCode" text, "valueDate" date, reference text)
           on r.account_code = x."accountCode" and r.value_date = x."valueDate"
              and r.reference = x.reference
        where r.mof_div_code = :mofDivCode and r.reversal_of is null`,
      { mofDivCode, ids: lines.map(({ receiptId }) => receiptId), wanted: json(wanted) },
    );
    const byId = new Map(rows.map((row) => [row.receiptId, row]));
    const byReference = new Map(
      rows.filter(({ reversalOf }) => reversalOf === null).map((row) => [referenceOf(row), row]),
    );
    return lines.map((line) => ({
      sameReference: byReference.get(referenceOf(line)),
      sameId: byId.get(line.receiptId),
    }));
  }

  async insert(receipts: readonly NewReceipt[]): Promise<void> {
    const { mofDivCode, actor, now, today, entryId, fileId = null } = this.scope;
    await this.session.execute(
      `insert into receipt (mof_div_code, receipt_id, entry_id, file_id, date, value_date, account_code,
                            pool_code, item_code, fund_type_code, agency_code, amount, reference, actor,
                            recorded_at)
       select :mofDivCode, x."receiptId", :entryId, :fileId, :today, x."valueDate", x."accountCode",
              x."poolCode", x."itemCode", x."fundTypeCode", x."agencyCode", x.amount, x.reference, :actor,
              :now
         from jsonb_to_recordset(:receipts::jsonb) as x
           ("receiptId" uuid, "valueDate" date, "accountCode" text, "poolCode" text, "itemCode" text,
            "fundTypeCode" text, "agencyCode" text, amount numeric, reference text)`,
      { mofDivCode, entryId, fileId, today, actor, now, receipts: json(receipts) },
    );
  }

  async read(receiptIds: readonly string[]): Promise<readonly ReceiptRow[]> {
    const rows = await this.session.rows<ReceiptRow>(
      `select ${receiptColumns} from receipt r
        where r.mof_div_code = :mofDivCode and r.receipt_id = any(:receiptIds::uuid[])`,
      { mofDivCode: this.scope.mofDivCode, receiptIds },
    );
    const byId = new Map(rows.map((row) => [row.receiptId, row]));
    return receiptIds.flatMap((id) => byId.get(id) ?? []);
  }

  /** Writes the receipt that cancels another: all as in that one, save the amount and the day of booking. */
  async reverse(receiptId: string, of: string, amount: Money, reason: string): Promise<void> {
    const { mofDivCode, actor, now, today, entryId } = this.scope;
    await this.session.execute(
      `insert into receipt (mof_div_code, receipt_id, entry_id, date, value_date, account_code, pool_code,
                            item_code, fund_type_code, agency_code, amount, reference, reversal_of, reason,
                            actor, recorded_at)
       select mof_div_code, :receiptId, :entryId, :today, value_date, account_code, pool_code, item_code,
              fund_type_code, agency_code, :amount::numeric, reference, receipt_id, :reason, :actor, :now
         from receipt where mof_div_code = :mofDivCode and receipt_id = :of`,
      { mofDivCode, receiptId, of, amount: amount.toString(), reason, entryId, today, actor, now },
    );
  }

  async insertFile(file: Omit<ReceiptFileRow, 'date' | 'actor' | 'recordedAt'>): Promise<void> {
    const { mofDivCode, actor, now, today } = this.scope;
    await this.session.execute(
      `insert into receipt_file (mof_div_code, file_id, name, sha256, line_count, taken, total, date,
                                 actor, recorded_at)
       values (:mofDivCode, :fileId, :name, :sha256, :lineCount, :taken, :total::numeric, :today, :actor,
               :now)`,
      { ...file, mofDivCode, actor, now, today },
    );
  }

  async file(by: { fileId: string } | { sha256: string }): Promise<ReceiptFileRow | undefined> {
    return this.session.one<ReceiptFileRow>(
      `select ${receiptFileColumns} from receipt_file f
        where f.mof_div_code = :mofDivCode
          and (f.file_id = :fileId::uuid or f.sha256 = :sha256::text)`,
      { mofDivCode: this.scope.mofDivCode, fileId: null, sha256: null, ...by },
    );
  }
}

/** A receipt; its account is locked, so that it cannot be reversed twice at once. */
export async function lockReceipt(
  session: Session,
  mofDivCode: string,
  receiptId: string,
): Promise<(ReceiptRow & { readonly entryId: string }) | undefined> {
  await session.execute(
    `select 1 from account where mof_div_code = :mofDivCode and account_code =
       (select account_code from receipt where mof_div_code = :mofDivCode and receipt_id = :receiptId)
       for update`,
    { mofDivCode, receiptId },
  );
  return session.one(
    `select ${receiptColumns}, r.entry_id as "entryId" from receipt r
      where r.mof_div_code = :mofDivCode and r.receipt_id = :receiptId`,
    { mofDivCode, receiptId },
  );
}

/** One account, value date and reference are one receipt. */
export function referenceOf({
  accountCode,
  valueDate,
  reference,
}: Pick<Receipt, 'accountCode' | 'valueDate' | 'reference'>): string {
  return JSON.stringify([accountCode, valueDate, reference]);
}

export function receiptOf(row: ReceiptRow): Receipt {
  const { receiptId, valueDate, accountCode, itemCode, fundTypeCode, agencyCode, reference } = row;
  const amount = Money.of(row.amount);
  return {
    receiptId,
    valueDate,
    accountCode,
    itemCode,
    fundTypeCode,
    agencyCode,
    amount,
    reference,
  };
}
