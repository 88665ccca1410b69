import type { Statement } from '@guoku/domain-forecast';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { STATEMENT_COLUMNS, type StatementRow } from './statement.row.js';

export interface Chain {
  readonly poolCode: string;
  readonly same: StatementRow | undefined;
  readonly latest: StatementRow | undefined;
}

/** SQL of the statements of one division, for writing. */
export class StatementStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** Locks the account and reads what a new statement of `date` must fit; undefined where there is no such account. */
  async lockChain(accountCode: string, date: string): Promise<Chain | undefined> {
    const { mofDivCode } = this;
    const account = await this.session.one<{ poolCode: string }>(
      `select pool_code as "poolCode" from account
       where mof_div_code = :mofDivCode and account_code = :accountCode for no key update`,
      { mofDivCode, accountCode },
    );
    if (account === undefined) return undefined;
    const read = (condition: string) =>
      this.session.one<StatementRow>(
        `select ${STATEMENT_COLUMNS} from statement s join account a using (mof_div_code, account_code)
         where mof_div_code = :mofDivCode and account_code = :accountCode ${condition}`,
        { mofDivCode, accountCode, ...(condition.includes(':date') ? { date } : {}) },
      );
    return {
      poolCode: account.poolCode,
      same: await read('and s.date = :date'),
      latest: await read('order by s.date desc limit 1'),
    };
  }

  /** @returns false where the id names another statement: then nothing is written */
  async insert(row: StatementRow, actor: string, recordedAt: Date): Promise<boolean> {
    const inserted = await this.session.execute(
      `insert into statement (mof_div_code, id, account_code, date, opening, receipts, payments, closing, actor,
                              recorded_at)
       values (:mofDivCode, :id, :accountCode, :date, :opening, :receipts, :payments, :closing, :actor, :recordedAt)
       on conflict (mof_div_code, id) do nothing`,
      {
        mofDivCode: this.mofDivCode,
        id: row.id,
        accountCode: row.accountCode,
        date: row.date,
        opening: row.opening,
        receipts: row.receipts,
        payments: row.payments,
        closing: row.closing,
        actor,
        recordedAt,
      },
    );
    return inserted === 1;
  }
}

export function statementOf(row: StatementRow): Statement {
  return {
    date: row.date,
    opening: Money.of(row.opening),
    receipts: Money.of(row.receipts),
    payments: Money.of(row.payments),
    closing: Money.of(row.closing),
  };
}
