import type { Day } from '@guoku/calendar';
import {
  BoolField,
  DayField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  TextField,
  pageOf,
} from '@guoku/service';

export class ReconcileDto {
  @DayField({ description: 'business day that is compared with the bank' })
  readonly day!: Day;
}

export class DifferenceDto {
  @EnumField(['missing', 'extra', 'amount-differs'], {
    description: 'missing: booked, not printed by the bank; extra: printed, not booked',
  })
  readonly kind!: string;
  @IdField({ description: 'the payment' })
  readonly paymentId!: string;
  @EnumField(['paid', 'returned'], { description: 'out of the account, or back' })
  readonly direction!: string;
  @MoneyField({ description: 'as booked', nullable: true })
  readonly booked!: string | null;
  @MoneyField({ description: 'as printed', nullable: true })
  readonly printed!: string | null;
}

export class ReconciliationDto {
  @IdField({ description: 'the reconciliation' })
  readonly id!: string;
  @DayField({ description: 'the day' })
  readonly day!: string;
  @BoolField({ description: 'no difference' })
  readonly agrees!: boolean;
  @IntField({ description: 'movements on both sides' })
  readonly matched!: number;
  @MoneyField({ description: 'booked as paid with the day’s value date' })
  readonly paid!: string;
  @MoneyField({ description: 'booked as returned with the day’s value date' })
  readonly returned!: string;
  @IntField({ description: 'payments that the bank has not answered yet' })
  readonly unanswered!: number;
  @ListField(() => DifferenceDto, { description: 'what does not agree', max: 100_000 })
  readonly differences!: DifferenceDto[];
  @TextField({ description: 'which bank; a simulated one says so' })
  readonly bank!: string;
  @TextField({ description: 'who reconciled' })
  readonly madeBy!: string;
  @InstantField({ description: 'when' })
  readonly madeAt!: string;
}

export class ReconciliationIdDto {
  @IdField({ description: 'the reconciliation' })
  readonly id!: string;
}

export class ReconciliationQuery extends PageQuery {
  @DayField({ description: 'only of this day', optional: true })
  readonly day?: Day;
}

export class ReconciliationPage extends pageOf(() => ReconciliationDto, 'the latest first') {}
