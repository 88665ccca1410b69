import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import {
  CodeField,
  CodesField,
  DayField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  TextField,
  pageOf,
} from '@guoku/service';

/** One step of a chain, as it is brought in and as it is shown. */
export class ApprovalStepDto<Amount = string> {
  @IntField({ description: '1, 2, … in the order of signing', min: 1, max: 99 })
  readonly step!: number;
  @MoneyField({
    description: 'needed where a plan newly promises one request more than this',
    min: '0.00',
  })
  readonly above!: Amount;
  @CodesField({ description: 'who may sign; nobody: whoever has the duty plan.approve', max: 100 })
  readonly signers!: string[];
  @TextField({ description: 'such as 分管领导' })
  readonly titleZh!: string;
  @TextField({ description: 'such as deputy director' })
  readonly titleEn!: string;
}

export class ApprovalChainDto<Amount = string> {
  @DayField({ description: 'for plans made from this day on' })
  readonly effectiveFrom!: Day;
  @ListField(() => ApprovalStepDto, { description: 'steps', min: 1, max: 99 })
  readonly steps!: ApprovalStepDto<Amount>[];
}

export type GivenChain = ApprovalChainDto<Money>;

export class ApprovalChainQuery extends PageQuery {
  @DayField({ description: 'only the one in force on this day', optional: true })
  readonly inForceOn?: Day;
}

export class ApprovalChainPage extends pageOf(() => ApprovalChainDto, 'the earliest first') {}

export class SignatureDto {
  @IntField({ description: 'step of the chain' })
  readonly step!: number;
  @TextField({ description: 'who signed' })
  readonly by!: string;
  @TextField({ description: 'for whom, where by delegation', nullable: true })
  readonly onBehalfOf!: string | null;
  @InstantField({ description: 'when' })
  readonly at!: string;
}

export class MakeDelegationDto {
  @IdField({ description: 'id, if the caller gives one', optional: true })
  readonly id?: string;
  @CodeField({ description: 'who is away; missing: the caller', optional: true })
  readonly from?: string;
  @CodeField({ description: 'who signs for them; has the duty plan.approve as well' })
  readonly to!: string;
  @DayField({ description: 'first business day' })
  readonly firstDay!: Day;
  @DayField({ description: 'last business day' })
  readonly lastDay!: Day;
  @TextField({ description: 'why', max: 500 })
  readonly reason!: string;
}

export class DelegationIdDto {
  @IdField({ description: 'the delegation' })
  readonly id!: string;
}

export class DelegationDto {
  @IdField({ description: 'the delegation' })
  readonly id!: string;
  @TextField({ description: 'who is away' })
  readonly from!: string;
  @TextField({ description: 'who signs for them' })
  readonly to!: string;
  @DayField({ description: 'first business day' })
  readonly firstDay!: string;
  @DayField({ description: 'last business day' })
  readonly lastDay!: string;
  @TextField({ description: 'why', max: 500 })
  readonly reason!: string;
  @TextField({ description: 'who recorded it' })
  readonly madeBy!: string;
  @InstantField({ description: 'when' })
  readonly madeAt!: string;
  @TextField({ description: 'who ended it early', nullable: true })
  readonly revokedBy!: string | null;
  @InstantField({ description: 'when', nullable: true })
  readonly revokedAt!: string | null;
}

export class DelegationQuery extends PageQuery {
  @DayField({ description: 'only those in force on this day', optional: true })
  readonly inForceOn?: Day;
  @CodeField({ description: 'only of this person, who is away or who signs', optional: true })
  readonly person?: string;
}

export class DelegationPage extends pageOf(() => DelegationDto, 'the earliest made first') {}
