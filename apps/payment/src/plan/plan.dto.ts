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
  ObjectField,
  PageQuery,
  SortField,
  TextField,
  pageOf,
} from '@guoku/service';
import { ApprovalStepDto, SignatureDto } from '../approval/approval.dto.js';
import { PromisedPartDto } from '../fund-request/fund-request.dto.js';
import { ReasonDto } from '../fund-request/reason.dto.js';

export class MakePlanDto {
  @IdField({ description: 'id of the plan, if the caller gives one', optional: true })
  readonly id?: string;
  @CodeField({
    description: 'month that is planned, YYYY-MM',
    pattern: /^[0-9]{4}-(0[1-9]|1[0-2])$/,
  })
  readonly month!: string;
  @DayField({
    description: 'last day of the horizon; missing: ten working days into the next month',
    optional: true,
  })
  readonly horizonTo?: Day;
  @IdField({ description: 'forecast to plan on; missing: the latest', optional: true })
  readonly forecastId?: string;
}

export class PlanIdDto {
  @IdField({ description: 'the plan' })
  readonly id!: string;
}

export class RankDto {
  @IntField({ description: 'tier' })
  readonly tier!: number;
  @IntField({ description: 'urgency' })
  readonly urgency!: number;
  @MoneyField({ description: 'asked for' })
  readonly requested!: string;
  @MoneyField({ description: 'of what was promised, kept' })
  readonly kept!: string;
  @MoneyField({ description: 'paid on time' })
  readonly onTime!: string;
  @MoneyField({ description: 'paid at all' })
  readonly total!: string;
  @MoneyField({ description: 'amount x working days late' })
  readonly lateness!: string;
  @MoneyField({ description: 'no plan as good for the ranks above pays more on time' })
  readonly bound!: string;
  @CodeField({ description: '(bound - onTime) / bound' })
  readonly gap!: string;
  @BoolField({ description: 'proven best' })
  readonly proven!: boolean;
}

export class AlarmDto {
  @CodeField({ description: 'pool-under-floor' })
  readonly code!: string;
  @CodeField({ description: 'pool' })
  readonly pool!: string;
  @DayField({ description: 'day' })
  readonly day!: string;
  @MoneyField({ description: 'missing' })
  readonly short!: string;
  @MoneyField({ description: 'amounts of the requests that it blocks' })
  readonly blocks!: string;
}

export class BrokenPromiseDto {
  @IdField({ description: 'the request' })
  readonly requestId!: string;
  @DayField({ description: 'promised for' })
  readonly date!: string;
  @MoneyField({ description: 'promised' })
  readonly amount!: string;
  @MoneyField({ description: 'of it, kept' })
  readonly kept!: string;
}

/** A disbursement plan as it is shown; what it decided is read by ListDecisions. */
export class PlanDto {
  @IdField({ description: 'the plan' })
  readonly id!: string;
  @CodeField({ description: 'month that is planned' })
  readonly month!: string;
  @DayField({ description: 'business day on which it was made' })
  readonly madeOn!: string;
  @DayField({ description: 'last day of the horizon' })
  readonly horizonTo!: string;
  @IdField({ description: 'forecast it was made on' })
  readonly forecastId!: string;
  @CodeField({ description: 'priority policy' })
  readonly policyVersion!: string;
  @EnumField(['proposed', 'in-force', 'superseded'], { description: 'where it stands' })
  readonly state!: string;
  @CodeField({ description: 'SHA-256 of the problem in RFC 8785 form' })
  readonly digest!: string;
  @BoolField({ description: 'the checker has no objection' })
  readonly checked!: boolean;
  @ListField(() => RankDto, { description: 'rank by rank', max: 10_000 })
  readonly ranks!: RankDto[];
  @ListField(() => AlarmDto, {
    description: 'pools under their floor without any payment',
    max: 100_000,
  })
  readonly alarms!: AlarmDto[];
  @ListField(() => BrokenPromiseDto, { description: 'promises it does not keep', max: 100_000 })
  readonly brokenPromises!: BrokenPromiseDto[];
  @TextField({ description: 'who made it' })
  readonly madeBy!: string;
  @InstantField({ description: 'when' })
  readonly madeAt!: string;
  @ListField(() => ApprovalStepDto, { description: 'signatures that it needs', max: 99 })
  readonly steps!: ApprovalStepDto[];
  @ListField(() => SignatureDto, { description: 'signatures that it has', max: 99 })
  readonly signatures!: SignatureDto[];
  @TextField({ description: 'whose signature was the last', nullable: true })
  readonly approvedBy!: string | null;
  @InstantField({ description: 'when', nullable: true })
  readonly approvedAt!: string | null;
  @IntField({ description: 'version' })
  readonly version!: number;
}

export class PlanQuery extends PageQuery {
  @CodeField({ description: 'only this month, YYYY-MM', optional: true })
  readonly month?: string;
  @EnumField(['proposed', 'in-force', 'superseded'], {
    description: 'only at this stage',
    optional: true,
  })
  readonly state?: string;
}

export class PlanPage extends pageOf(() => PlanDto, 'the latest first') {}

/** What a plan decided about one request. */
export class PlanDecisionDto {
  @IdField({ description: 'the request' })
  readonly requestId!: string;
  @IdField({ description: 'its quota line' })
  readonly bgtId!: string;
  @MoneyField({ description: 'what was outstanding' })
  readonly amount!: string;
  @IntField({ description: 'tier by the policy of the plan' })
  readonly tier!: number;
  @IntField({ description: 'urgency' })
  readonly urgency!: number;
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @DayField({ description: 'wanted by' })
  readonly due!: string;
  @EnumField(['on-time', 'late', 'partial', 'deferred'], { description: 'decision' })
  readonly status!: string;
  @ListField(() => PromisedPartDto, { description: 'paid when' })
  readonly payments!: PromisedPartDto[];
  @ObjectField(() => ReasonDto, {
    description: 'why it waits, and what would let it be paid; null where on time',
    nullable: true,
  })
  readonly reason!: ReasonDto | null;
}

export const DECISION_SORTS = ['rank', 'due', 'amount'] as const;

export class PlanDecisionQuery extends PageQuery {
  @EnumField(['on-time', 'late', 'partial', 'deferred'], {
    description: 'only these',
    optional: true,
  })
  readonly status?: string;
  @IntField({ description: 'only this tier', optional: true, max: 99 })
  readonly tier?: number;
  @SortField(DECISION_SORTS, 'rank and due day')
  readonly sort?: string;
}

export class PlanDecisionGrpcQuery extends PlanDecisionQuery {
  @IdField({ description: 'the plan' })
  readonly id!: string;
}

export class PlanDecisionPage extends pageOf(() => PlanDecisionDto, 'by rank and due day') {}

export class PlanProblemDto {
  @IdField({ description: 'the plan' })
  readonly planId!: string;
  @CodeField({ description: 'SHA-256 of the problem in RFC 8785 form' })
  readonly digest!: string;
  @TextField({
    description: 'the problem that was planned, as JSON text for the planner’s command line',
    max: 100_000_000,
  })
  readonly problem!: string;
  @TextField({
    description: 'the plan, as JSON text for the checker’s command line',
    max: 100_000_000,
  })
  readonly plan!: string;
}
