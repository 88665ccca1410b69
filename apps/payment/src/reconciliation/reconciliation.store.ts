import type { Day } from '@guoku/calendar';
import type { AccountMovement, Comparison } from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import type { ReconciliationDto } from './reconciliation.dto.js';

export const RECONCILIATION_COLUMNS = `c.id, c.day, c.agrees, c.matched, c.paid, c.returned, c.unanswered,
  c.differences, c.bank, c.made_by as "madeBy", c.made_at as "madeAt"`;

/** Movements booked with a value date: settlements, and returns after them. */
const BOOKED = `
  select p.id as "paymentId", 'paid' as direction, p.amount, p.bank_reference as "bankReference", p.account_code
    from payment p where p.mof_div_code = :mofDivCode and p.value_date = :day
  union all
  select p.id, 'returned', p.amount, p.return_reference, p.account_code
    from payment p where p.mof_div_code = :mofDivCode and p.return_value_date = :day and p.stage = 'returned'`;

export interface NewReconciliation {
  readonly id: string;
  readonly day: Day;
  readonly comparison: Comparison;
  readonly booked: readonly AccountMovement[];
  readonly unanswered: number;
  readonly bank: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** Reconciliations of one division. */
export class ReconciliationStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  async booked(accountCode: string, day: Day): Promise<AccountMovement[]> {
    const rows = await this.session.rows<Omit<AccountMovement, 'amount'> & { amount: string }>(
      `select "paymentId", direction, amount, "bankReference" from (${BOOKED}) as booked
       where account_code = :accountCode`,
      { mofDivCode: this.mofDivCode, accountCode, day },
    );
    return rows.map((row) => ({ ...row, amount: Money.of(row.amount) }));
  }

  /** Payments instructed up to the day that the bank has not answered. */
  async unanswered(day: Day): Promise<number> {
    const row = await this.session.one<{ count: number }>(
      `select count(*)::integer as count from payment
       where mof_div_code = :mofDivCode and day <= :day and stage in ('confirmed', 'recalling', 'sent')`,
      { mofDivCode: this.mofDivCode, day },
    );
    return row?.count ?? 0;
  }

  async insert(one: NewReconciliation): Promise<ReconciliationDto> {
    const { comparison, booked } = one;
    const total = (direction: AccountMovement['direction']): string =>
      Money.sum(
        booked.filter((each) => each.direction === direction).map(({ amount }) => amount),
      ).toString();
    const row = await this.session.one<ReconciliationDto>(
      `insert into reconciliation as c (mof_div_code, id, day, agrees, matched, paid, returned, unanswered,
                                        differences, bank, made_by, made_at)
       values (:mofDivCode, :id, :day, :agrees, :matched, :paid, :returned, :unanswered,
               :differences, :bank, :madeBy, :madeAt)
       returning ${RECONCILIATION_COLUMNS}`,
      {
        mofDivCode: this.mofDivCode,
        id: one.id,
        day: one.day,
        agrees: comparison.agrees,
        matched: comparison.matched,
        paid: total('paid'),
        returned: total('returned'),
        unanswered: one.unanswered,
        differences: json(comparison.differences),
        bank: one.bank,
        madeBy: one.madeBy,
        madeAt: one.madeAt,
      },
    );
    if (row === undefined) throw new Error('a reconciliation that was inserted is there');
    return row;
  }

  /** Whether the day's latest reconciliation agrees and nothing was booked with its value date since. */
  async agrees(day: Day): Promise<boolean> {
    const row = await this.session.one<{ agrees: boolean }>(
      `select c.agrees and c.matched = (select count(*) from (${BOOKED}) as booked) as agrees
         from reconciliation c
        where c.mof_div_code = :mofDivCode and c.day = :day order by c.made_at desc, c.id desc limit 1`,
      { mofDivCode: this.mofDivCode, day },
    );
    return row?.agrees ?? false;
  }
}
