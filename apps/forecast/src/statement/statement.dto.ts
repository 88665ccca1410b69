import { CodeField, DayField, IdField, MoneyField, PageQuery, pageOf } from '@guoku/service';
import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';

export class ReceiveStatementDto {
  @IdField({ description: 'id of the statement, if the caller gives one', optional: true })
  readonly id?: string;
  @CodeField({ description: 'treasury account 国库账户' })
  readonly accountCode!: string;
  @DayField({ description: 'day of the report' })
  readonly date!: Day;
  @MoneyField({ description: 'balance at the start of the day 上日余额' })
  readonly opening!: Money;
  @MoneyField({ description: 'in 本日收入' })
  readonly receipts!: Money;
  @MoneyField({ description: 'out 本日支出' })
  readonly payments!: Money;
  @MoneyField({ description: 'balance at the end of the day 本日余额' })
  readonly closing!: Money;
}

/** A statement as it is shown. */
export class StatementDto {
  @IdField({ description: 'id' })
  readonly id!: string;
  @CodeField({ description: 'treasury account' })
  readonly accountCode!: string;
  @CodeField({ description: 'cash pool of the account' })
  readonly poolCode!: string;
  @DayField({ description: 'day of the report' })
  readonly date!: string;
  @MoneyField({ description: 'balance at the start of the day' })
  readonly opening!: string;
  @MoneyField({ description: 'in' })
  readonly receipts!: string;
  @MoneyField({ description: 'out' })
  readonly payments!: string;
  @MoneyField({ description: 'balance at the end of the day' })
  readonly closing!: string;
}

export class StatementQuery extends PageQuery {
  @CodeField({ description: 'only this account', optional: true })
  readonly accountCode?: string;
  @DayField({ description: 'from this day on', optional: true })
  readonly from?: Day;
  @DayField({ description: 'up to this day', optional: true })
  readonly to?: Day;
}

export class StatementPage extends pageOf(() => StatementDto, 'latest first') {}
