import type { Day } from '@guoku/calendar';
import { CodeField, DayField, EnumField, InstantField, IntField, MoneyField } from '@guoku/service';

export class OpenBusinessDayDto {
  @DayField({ description: 'the next working day; the first one of a division may be any' })
  readonly day!: Day;
}

export class BusinessDayQuery {
  @DayField({ description: 'missing: the day that was opened last', optional: true })
  readonly day?: Day;
}

/** A business day 营业日 and what happened on it. */
export class BusinessDayDto {
  @DayField({ description: 'the day' })
  readonly day!: string;
  @CodeField({ description: 'its month, YYYY-MM' })
  readonly month!: string;
  @EnumField(['opened', 'cut-off', 'closed'], { description: 'where it stands' })
  readonly state!: string;
  @InstantField({ description: 'opened at' })
  readonly openedAt!: string;
  @InstantField({ description: 'cut off at', nullable: true })
  readonly cutOffAt!: string | null;
  @InstantField({ description: 'closed at', nullable: true })
  readonly closedAt!: string | null;
  @MoneyField({ description: 'receipts booked on it' })
  readonly receipts!: string;
  @MoneyField({ description: 'instructed on it' })
  readonly instructed!: string;
  @MoneyField({ description: 'settled by the bank with its value date' })
  readonly settled!: string;
  @MoneyField({ description: 'came back after settlement with its value date' })
  readonly returned!: string;
  @IntField({ description: 'payments of it that the bank has not answered' })
  readonly unanswered!: number;
  @IntField({ description: 'version' })
  readonly version!: number;
}
