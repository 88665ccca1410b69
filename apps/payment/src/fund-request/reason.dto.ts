import {
  REASON_CODES,
  reasonSentence,
  type CashReasonCode,
  type Cure,
  type DateReasonCode,
  type Reason,
} from '@guoku/domain-schedule';
import { Money } from '@guoku/money';
import {
  CodeField,
  CodesField,
  DayField,
  EnumField,
  ListField,
  MoneyField,
  TextField,
} from '@guoku/service';

export class CureDto {
  @EnumField(['cash', 'later', 'lower'], {
    description: 'more cash by a day, a later last day, or a lower amount',
  })
  readonly lever!: string;
  @MoneyField({ description: 'more cash, or the lower amount', nullable: true })
  readonly amount!: string | null;
  @DayField({ description: 'the cash has to be there by', nullable: true })
  readonly by!: string | null;
  @CodeField({ description: 'pool that the cash has to come into', nullable: true })
  readonly pool!: string | null;
  @DayField({ description: 'the later last day', nullable: true })
  readonly date!: string | null;
}

/** Why a request is not paid wholly on time, and what would let it be: the same in codes and in words. */
export class ReasonDto {
  @EnumField(REASON_CODES, { description: 'what stands against it' })
  readonly code!: string;
  @CodeField({
    description: 'pool that has the least left; null where dates are the reason',
    nullable: true,
  })
  readonly pool!: string | null;
  @DayField({ description: 'day on which it has', nullable: true })
  readonly day!: string | null;
  @MoneyField({
    description: 'missing then; not above zero where a promise is the reason',
    nullable: true,
  })
  readonly short!: string | null;
  @CodesField({
    description: 'ids of requests that come first, ten at most; none are shown to units and desks',
  })
  readonly ahead!: string[];
  @ListField(() => CureDto, { description: 'each alone would pay it' })
  readonly cures!: CureDto[];
  @TextField({ description: 'the same in Chinese', max: 4000 })
  readonly zh!: string;
  @TextField({ description: 'the same in English', max: 4000 })
  readonly en!: string;
}

/** A reason as the plan's document has it: amounts are text. */
export type StoredReason =
  | { readonly code: DateReasonCode; readonly cures: readonly StoredCure[] }
  | {
      readonly code: CashReasonCode;
      readonly pool: string;
      readonly day: string;
      readonly short: string;
      readonly ahead: readonly string[];
      readonly cures: readonly StoredCure[];
    };

type StoredCure =
  | { readonly lever: 'cash'; readonly amount: string; readonly by: string; readonly pool: string }
  | { readonly lever: 'later'; readonly date: string }
  | { readonly lever: 'lower'; readonly amount: string };

/**
 * A reason as it is shown.
 *
 * @param ahead whether the requests that come first are named, or only counted in the words
 */
export function reasonView(stored: StoredReason, ahead: 'named' | 'counted'): ReasonDto {
  const reason = reasonOf(stored);
  const where = 'pool' in stored ? stored : { pool: null, day: null, short: null, ahead: [] };
  return {
    code: stored.code,
    pool: where.pool,
    day: where.day,
    short: where.short,
    ahead: ahead === 'named' ? [...where.ahead] : [],
    cures: stored.cures.map((cure) => ({
      amount: null,
      by: null,
      pool: null,
      date: null,
      ...cure,
    })),
    zh: reasonSentence(reason, 'zh', ahead),
    en: reasonSentence(reason, 'en', ahead),
  };
}

function reasonOf(stored: StoredReason): Reason {
  const cures = stored.cures.map(cureOf);
  return 'pool' in stored ? { ...stored, short: fenOf(stored.short), cures } : { ...stored, cures };
}

function cureOf(stored: StoredCure): Cure {
  return stored.lever === 'later' ? stored : { ...stored, amount: fenOf(stored.amount) };
}

function fenOf(amount: string): number {
  return Money.of(amount).toPlainFen();
}
