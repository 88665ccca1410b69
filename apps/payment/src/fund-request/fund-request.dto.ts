import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
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
  ObjectField,
  PageQuery,
  SortField,
  TextField,
  batchResultOf,
  lineResultOf,
  pageOf,
} from '@guoku/service';
import { ReasonDto } from './reason.dto.js';

export const STAGES = [
  'entered',
  'returned-to-unit',
  'submitted',
  'refused',
  'held',
  'paid',
  'withdrawn',
  'carried-over',
  'lapsed',
] as const;

export class PayeeDto {
  @TextField({ description: 'name of the account', max: 120 })
  readonly name!: string;
  @CodeField({ description: 'account number; shown masked', pattern: /^[0-9A-Za-z*-]+$/, max: 40 })
  readonly account!: string;
  @CodeField({ description: 'bank 支付系统行号', max: 20 })
  readonly bankCode!: string;
}

/** What a unit asks for, and may amend. */
export class FundRequestContentDto {
  @IdField({ description: 'quota line 指标 it draws on' })
  readonly bgtId!: string;
  @CodeField({ description: 'spending unit 预算单位' })
  readonly agencyCode!: string;
  @MoneyField({ description: 'wanted', min: '0.01' })
  readonly amount!: Money;
  @DayField({ description: 'not before this day', optional: true })
  readonly earliest?: Day;
  @DayField({ description: 'wanted by 拨付时限' })
  readonly due!: Day;
  @DayField({
    description: 'of no use afterwards; missing: on the due day or not at all',
    optional: true,
  })
  readonly latest?: Day;
  @BoolField({ description: 'may be paid in parts' })
  readonly divisible!: boolean;
  @MoneyField({ description: 'least size of a part', optional: true, min: '0.01' })
  readonly minPart?: Money;
  @TextField({ description: 'purpose 用途' })
  readonly purpose!: string;
  @ObjectField(() => PayeeDto, { description: 'who is paid' })
  readonly payee!: PayeeDto;
  @TextField({ description: 'the unit’s own reference', optional: true, max: 100 })
  readonly reference?: string;
}

export class EnterFundRequestDto extends FundRequestContentDto {
  @IdField({ description: 'id of the request, if the caller gives one', optional: true })
  readonly id?: string;
}

export class EnterFundRequestsDto {
  @ListField(() => EnterFundRequestDto, { description: 'requests', min: 1, max: 5000 })
  readonly lines!: EnterFundRequestDto[];
  @BoolField({ description: 'all or none; else each for itself', optional: true })
  readonly atomic?: boolean;
}

export class FundRequestFileDto {
  @TextField({ description: 'name of the file' })
  readonly name!: string;
  @TextField({ description: 'the CSV text', max: 20_000_000 })
  readonly content!: string;
}

export class AmendGrpcDto extends FundRequestContentDto {
  @IdField({ description: 'the request' })
  readonly id!: string;
}

export class FundRequestIdDto {
  @IdField({ description: 'the request' })
  readonly id!: string;
}

export class ReviewDto {
  @EnumField(['submit', 'return'], { description: 'submit to quota, or return to the unit' })
  readonly decision!: 'submit' | 'return';
  @TextField({ description: 'why it is returned', optional: true, max: 500 })
  readonly note?: string;
}

export class ReviewLineDto extends ReviewDto {
  @IdField({ description: 'the request' })
  readonly id!: string;
}

export class ReviewFundRequestsDto {
  @ListField(() => ReviewLineDto, { description: 'requests and decisions', min: 1, max: 5000 })
  readonly lines!: ReviewLineDto[];
  @BoolField({ description: 'all or none; else each for itself', optional: true })
  readonly atomic?: boolean;
}

export class WithdrawDto {
  @TextField({ description: 'why', optional: true, max: 500 })
  readonly reason?: string;
}

export class WithdrawGrpcDto extends WithdrawDto {
  @IdField({ description: 'the request' })
  readonly id!: string;
}

export class CarryOverDto {
  @CodeField({
    description: 'month in which it goes on, YYYY-MM',
    pattern: /^[0-9]{4}-(0[1-9]|1[0-2])$/,
  })
  readonly month!: string;
  @DayField({ description: 'wanted by' })
  readonly due!: Day;
  @DayField({ description: 'of no use afterwards; missing: the due day', optional: true })
  readonly latest?: Day;
  @IdField({
    description: 'id of the request that goes on, if the caller gives one',
    optional: true,
  })
  readonly nextRequestId?: string;
}

export class CarryOverLineDto extends CarryOverDto {
  @IdField({ description: 'the request' })
  readonly id!: string;
}

export class CarryOverFundRequestsDto {
  @ListField(() => CarryOverLineDto, { description: 'requests', min: 1, max: 5000 })
  readonly lines!: CarryOverLineDto[];
  @BoolField({ description: 'all or none; else each for itself', optional: true })
  readonly atomic?: boolean;
}

export class QuotaRefusalDto {
  @CodeField({ description: 'from the closed list of quota' })
  readonly code!: string;
  @TextField({ description: 'why, in Chinese' })
  readonly detailZh!: string;
  @TextField({ description: 'why, in English' })
  readonly detailEn!: string;
  @MoneyField({ description: 'what the line still had' })
  readonly available!: string;
}

/** A request as it is shown. */
export class FundRequestDto {
  @IdField({ description: 'the request' })
  readonly id!: string;
  @EnumField(STAGES, { description: 'where it stands' })
  readonly state!: (typeof STAGES)[number];
  @IdField({ description: 'quota line' })
  readonly bgtId!: string;
  @CodeField({ description: 'spending unit' })
  readonly agencyCode!: string;
  @CodeField({ description: 'month of its due day, YYYY-MM' })
  readonly month!: string;
  @MoneyField({
    description: 'asked for; paid + inFlight + awaitingQuota + closed + lapsed + outstanding',
  })
  readonly amount!: string;
  @MoneyField({ description: 'settled by the bank, less what came back' })
  readonly paid!: string;
  @MoneyField({ description: 'instructed and not answered' })
  readonly inFlight!: string;
  @MoneyField({ description: 'came back, quota has not yet said whether it holds it again' })
  readonly awaitingQuota!: string;
  @MoneyField({ description: 'withdrawn, carried over or released' })
  readonly closed!: string;
  @MoneyField({ description: 'came back in a later fiscal year' })
  readonly lapsed!: string;
  @MoneyField({ description: 'what a plan may still promise' })
  readonly outstanding!: string;
  @DayField({ description: 'not before', nullable: true })
  readonly earliest!: string | null;
  @DayField({ description: 'wanted by' })
  readonly due!: string;
  @DayField({ description: 'of no use afterwards' })
  readonly latest!: string;
  @BoolField({ description: 'may be paid in parts' })
  readonly divisible!: boolean;
  @MoneyField({ description: 'least part', nullable: true })
  readonly minPart!: string | null;
  @TextField({ description: 'purpose' })
  readonly purpose!: string;
  @TextField({ description: 'who is paid' })
  readonly payeeName!: string;
  @TextField({ description: 'the unit’s own reference', nullable: true })
  readonly reference!: string | null;
  @TextField({ description: 'who entered or last amended it' })
  readonly enteredBy!: string;
  @InstantField({ description: 'when it was entered or amended' })
  readonly enteredAt!: string;
  @InstantField({ description: 'when it was submitted to quota', nullable: true })
  readonly submittedAt!: string | null;
  @IntField({ description: 'tier by the priority policy of the day it was held', nullable: true })
  readonly tier!: number | null;
  @IntField({ description: 'urgency in its tier', nullable: true })
  readonly urgency!: number | null;
  @CodeField({ description: 'cash pool', nullable: true })
  readonly poolCode!: string | null;
  @TextField({ description: 'why the section returned it', nullable: true })
  readonly note!: string | null;
  @ObjectField(() => QuotaRefusalDto, { description: 'why quota refused it', nullable: true })
  readonly quotaRefusal!: QuotaRefusalDto | null;
  @IdField({ description: 'the request whose rest it goes on with', nullable: true })
  readonly carriedFrom!: string | null;
  @IdField({ description: 'the request that goes on with its rest', nullable: true })
  readonly continuedAs!: string | null;
  @IntField({ description: 'version' })
  readonly version!: number;
}

export class PromisedPartDto {
  @DayField({ description: 'on' })
  readonly date!: string;
  @MoneyField({ description: 'how much' })
  readonly amount!: string;
}

/** What the plan in force decided about a request. */
export class RequestDecisionDto {
  @IdField({ description: 'the plan in force' })
  readonly planId!: string;
  @EnumField(['on-time', 'late', 'partial', 'deferred'], { description: 'decision' })
  readonly status!: string;
  @ListField(() => PromisedPartDto, { description: 'promised' })
  readonly payments!: PromisedPartDto[];
  @ObjectField(() => ReasonDto, {
    description: 'why it waits, and what would let it be paid; null where on time',
    nullable: true,
  })
  readonly reason!: ReasonDto | null;
}

export class RequestEventDto {
  @InstantField({ description: 'when' })
  readonly at!: string;
  @TextField({ description: 'who' })
  readonly actor!: string;
  @TextField({ description: 'what' })
  readonly event!: string;
  @MoneyField({ description: 'of how much', nullable: true })
  readonly amount!: string | null;
}

export class FundRequestDetailDto extends FundRequestDto {
  @ObjectField(() => PayeeDto, { description: 'who is paid, account masked' })
  readonly payee!: PayeeDto;
  @ObjectField(() => RequestDecisionDto, { description: 'by the plan in force', nullable: true })
  readonly decision!: RequestDecisionDto | null;
  @ListField(() => RequestEventDto, { description: 'what happened, oldest first' })
  readonly history!: RequestEventDto[];
}

export class AsOfQuery {
  @InstantField({ description: 'as it was at this instant', optional: true })
  readonly asOf?: string;
}

export class GetFundRequestGrpcDto extends AsOfQuery {
  @IdField({ description: 'the request' })
  readonly id!: string;
}

export const REQUEST_SORTS = ['due', 'amount', 'enteredAt'] as const;

export class FundRequestQuery extends PageQuery {
  @CodeField({ description: 'only this unit', optional: true })
  readonly agencyCode?: string;
  @EnumField(STAGES, { description: 'only at this stage', optional: true })
  readonly state?: string;
  @CodeField({ description: 'only this month, YYYY-MM', optional: true })
  readonly month?: string;
  @IntField({ description: 'only this tier', optional: true, max: 99 })
  readonly tier?: number;
  @DayField({ description: 'due from this day on', optional: true })
  readonly dueFrom?: Day;
  @DayField({ description: 'due up to this day', optional: true })
  readonly dueTo?: Day;
  @SortField(REQUEST_SORTS, 'due')
  readonly sort?: string;
}

export class FundRequestPage extends pageOf(() => FundRequestDto, 'by due day') {}

export class FundRequestLineDto extends lineResultOf(
  () => FundRequestDto,
  'the request, where it was done',
) {}

export class FundRequestBatchDto extends batchResultOf(() => FundRequestLineDto) {}
