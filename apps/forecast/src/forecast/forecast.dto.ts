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
  ObjectField,
  PageQuery,
  TextField,
  pageOf,
} from '@guoku/service';

export class CommittedOutflowDto {
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @DayField({ description: 'day on which it leaves' })
  readonly day!: Day;
  @MoneyField({ description: 'how much', min: '0.01' })
  readonly amount!: Money;
  @TextField({ description: 'where it is known from, such as the number of a contract' })
  readonly source!: string;
}

export class RunForecastDto {
  @IdField({ description: 'id of the forecast, if the caller gives one', optional: true })
  readonly id?: string;
  @DayField({
    description: 'last day whose flows are known; by default the day of the last statements',
    optional: true,
  })
  readonly origin?: Day;
  @IntField({ description: 'working days ahead (90)', optional: true, min: 1, max: 90 })
  readonly horizonDays?: number;
  @IntField({
    description: 'the caution of planning: per cent quantile of the cumulated inflow (10)',
    optional: true,
    min: 1,
    max: 50,
  })
  readonly quantilePercent?: number;
  @ListField(() => CommittedOutflowDto, {
    description: 'outflows that are no request and cannot be put off',
    optional: true,
    max: 5000,
  })
  readonly committed?: CommittedOutflowDto[];
}

export class PoolPlanningDto {
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @MoneyField({ description: 'balance at the end of the origin day' })
  readonly opening!: string;
  @CodesField({ description: 'planning inflow, one for each day' })
  readonly inflow!: string[];
  @CodesField({ description: 'outflow that is no request, one for each day' })
  readonly committed!: string[];
  @CodesField({ description: 'nobody goes below, one for each day' })
  readonly floor!: string[];
  @CodesField({ description: 'safety line 安全线 above the floor, one for each day' })
  readonly reserve!: string[];
  @DayField({
    description:
      'first day on which the balance may fall under the floor (chance of a tenth or more)',
    nullable: true,
  })
  readonly firstShortDay!: string | null;
  @IntField({ description: 'chance in per cent that it falls under the floor within the horizon' })
  readonly shortPercent!: number;
}

export class ForecastDto {
  @IdField({ description: 'id' })
  readonly id!: string;
  @DayField({ description: 'last day whose flows were known' })
  readonly origin!: string;
  @TextField({ description: 'name of the model' })
  readonly model!: string;
  @CodeField({ description: 'quantile that planning counts on' })
  readonly quantile!: string;
  @InstantField({ description: 'flows recorded up to here were seen' })
  readonly cutOff!: string;
  @CodesField({ description: 'working days of the horizon' })
  readonly days!: string[];
  @ListField(() => PoolPlanningDto, { description: 'every pool of the division' })
  readonly pools!: PoolPlanningDto[];
  @CodesField({ description: 'what had to be done for odd input' })
  readonly notes!: string[];
}

export class ForecastPage extends pageOf(() => ForecastDto, 'latest origin first') {}

export class ForecastQuery extends PageQuery {
  @DayField({ description: 'only this origin', optional: true })
  readonly origin?: Day;
}

export class ForecastIdDto {
  @IdField({ description: 'id of the forecast' })
  readonly id!: string;
}

export class ForecastDaysQuery extends PageQuery {
  @CodeField({ description: 'only this pool', optional: true })
  readonly poolCode?: string;
  @CodeField({ description: 'only this series: inflow, outflow, net or balance', optional: true })
  readonly series?: string;
}

export class ListForecastDaysDto extends ForecastDaysQuery {
  @IdField({ description: 'id of the forecast' })
  readonly id!: string;
}

export class ForecastDayDto {
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @CodeField({ description: 'inflow, outflow, net or balance' })
  readonly series!: string;
  @DayField({ description: 'working day' })
  readonly day!: string;
  @MoneyField({ description: 'mean' })
  readonly mean!: string;
  @CodesField({ description: 'quantiles 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5 per cent' })
  readonly quantiles!: string[];
  @MoneyField({ description: 'what happened since; null while it is not known', nullable: true })
  readonly actual!: string | null;
}

export class ForecastDayPage extends pageOf(() => ForecastDayDto, 'by pool, series and day') {}

export class AccuracyDto {
  @IntField({ description: 'days of the forecast that have happened' })
  readonly days!: number;
  @IntField({ description: 'of 100 actual days, how many lay within the 80 per cent band' })
  readonly covered80Percent!: number;
  @IntField({ description: 'of 100 actual days, how many lay within the 95 per cent band' })
  readonly covered95Percent!: number;
  @MoneyField({ description: 'mean absolute error of the median' })
  readonly meanAbsoluteError!: string;
}

export class ForecastAccuracyDto {
  @ObjectField(() => AccuracyDto, { description: 'inflow of all pools without a parent' })
  readonly inflow!: AccuracyDto;
  @ObjectField(() => AccuracyDto, { description: 'outflow of all pools without a parent' })
  readonly outflow!: AccuracyDto;
}
