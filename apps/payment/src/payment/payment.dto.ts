import type { Day } from '@guoku/calendar';
import {
  BoolField,
  CodeField,
  DayField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  SortField,
  TextField,
  pageOf,
} from '@guoku/service';

export const PAYMENT_STAGES = [
  'asked',
  'declined',
  'confirmed',
  'recalling',
  'sent',
  'refused',
  'settled',
  'returned',
] as const;

export class InstructDto {
  @DayField({ description: 'the open business day' })
  readonly day!: Day;
}

/** A payment as it is shown. */
export class PaymentDto {
  @IdField({ description: 'the payment' })
  readonly id!: string;
  @IdField({ description: 'the request that it pays' })
  readonly requestId!: string;
  @IdField({ description: 'the plan that promised it' })
  readonly planId!: string;
  @DayField({ description: 'day for which the plan promised it' })
  readonly partDate!: string;
  @IdField({ description: 'quota line' })
  readonly bgtId!: string;
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @CodeField({ description: 'treasury account' })
  readonly accountCode!: string;
  @MoneyField({ description: 'how much' })
  readonly amount!: string;
  @EnumField(PAYMENT_STAGES, { description: 'where it stands' })
  readonly state!: string;
  @DayField({ description: 'business day of the instruction' })
  readonly day!: string;
  @TextField({ description: 'who instructed it' })
  readonly instructedBy!: string;
  @InstantField({ description: 'when' })
  readonly instructedAt!: string;
  @CodeField({ description: 'why nothing is paid: quota’s no, or a recall', nullable: true })
  readonly declinedCode!: string | null;
  @TextField({ description: 'the bank’s number of the settlement', nullable: true })
  readonly bankReference!: string | null;
  @DayField({ description: 'day on which the bank paid', nullable: true })
  readonly valueDate!: string | null;
  @DayField({ description: 'business day on which that is booked', nullable: true })
  readonly bookedOn!: string | null;
  @DayField({ description: 'day on which it came back, or the bank refused it', nullable: true })
  readonly returnValueDate!: string | null;
  @DayField({ description: 'business day on which that is booked', nullable: true })
  readonly returnBookedOn!: string | null;
  @TextField({ description: 'why, in Chinese', nullable: true })
  readonly returnReasonZh!: string | null;
  @TextField({ description: 'why, in English', nullable: true })
  readonly returnReasonEn!: string | null;
  @EnumField(['awaited', 'restored', 'lapsed'], {
    description: 'what quota says about money that came back',
    nullable: true,
  })
  readonly quotaWord!: string | null;
  @IntField({ description: 'version' })
  readonly version!: number;
}

export class PaymentIdDto {
  @IdField({ description: 'the payment' })
  readonly id!: string;
}

export const PAYMENT_SORTS = ['day', 'amount'] as const;

export class PaymentQuery extends PageQuery {
  @DayField({ description: 'only instructed on this day', optional: true })
  readonly day?: Day;
  @DayField({ description: 'only settled with this value date', optional: true })
  readonly valueDate?: Day;
  @EnumField(PAYMENT_STAGES, { description: 'only at this stage', optional: true })
  readonly state?: string;
  @IdField({ description: 'only of this request', optional: true })
  readonly requestId?: string;
  @SortField(PAYMENT_SORTS, 'day')
  readonly sort?: string;
}

export class PaymentPage extends pageOf(() => PaymentDto, 'by day of instruction') {}

export class InstructedPaymentDto {
  @IdField({ description: 'the payment' })
  readonly paymentId!: string;
  @IdField({ description: 'the request' })
  readonly requestId!: string;
  @DayField({ description: 'promised for' })
  readonly partDate!: string;
  @MoneyField({ description: 'how much' })
  readonly amount!: string;
  @EnumField(['instructed', 'declined', 'waiting'], {
    description:
      'instructed: quota said yes, the bank gets it; declined: quota said no, or the bank turned it away; ' +
      'waiting: quota or the bank has not answered',
  })
  readonly outcome!: 'instructed' | 'declined' | 'waiting';
  @CodeField({ description: 'why it is declined', nullable: true })
  readonly code!: string | null;
  @TextField({ description: 'in the caller’s language', nullable: true })
  readonly detail!: string | null;
}

export class LeftPartDto {
  @IdField({ description: 'the request' })
  readonly requestId!: string;
  @DayField({ description: 'promised for' })
  readonly date!: string;
  @MoneyField({ description: 'how much' })
  readonly amount!: string;
  @EnumField(['not_held', 'window_passed', 'above_outstanding', 'declined_today'], {
    description: 'why it is not paid today; it is planned anew',
  })
  readonly why!: string;
}

/** What came of one instruction: what quota let through is on its way. */
export class InstructionDto {
  @IdField({ description: 'the instruction' })
  readonly id!: string;
  @DayField({ description: 'business day' })
  readonly day!: string;
  @IdField({ description: 'plan in force' })
  readonly planId!: string;
  @BoolField({ description: 'quota has answered about every payment' })
  readonly finished!: boolean;
  @ListField(() => InstructedPaymentDto, { description: 'payments', max: 100_000 })
  readonly payments!: InstructedPaymentDto[];
  @ListField(() => LeftPartDto, { description: 'parts that were due and are left', max: 100_000 })
  readonly left!: LeftPartDto[];
}
