import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import {
  CodeField,
  DayField,
  EnumField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  SortField,
  TextField,
  pageOf,
} from '@guoku/service';

const DIRECTIONS = ['inflow', 'outflow'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export class PastFlowDto {
  @DayField({ description: 'day on which the money moved' })
  readonly day!: Day;
  @CodeField({ description: 'revenue or spending class, such as receipts' })
  readonly series!: string;
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @EnumField(DIRECTIONS, { description: 'which way it moved' })
  readonly kind!: Direction;
  @MoneyField({ description: 'how much; negative for a correction' })
  readonly amount!: Money;
}

export class ImportFlowHistoryDto {
  @ListField(() => PastFlowDto, { description: 'past flows, any order', min: 1, max: 50_000 })
  readonly flows!: PastFlowDto[];
}

export class FlowHistoryDto {
  @IntField({ description: 'flows that were new' })
  readonly added!: number;
  @IntField({ description: 'flows that were already here' })
  readonly known!: number;
}

export class FlowDto {
  @DayField({ description: 'day' })
  readonly day!: string;
  @CodeField({ description: 'class' })
  readonly series!: string;
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @EnumField(DIRECTIONS, { description: 'which way' })
  readonly kind!: Direction;
  @MoneyField({ description: 'how much' })
  readonly amount!: string;
  @EnumField(['history', 'receipt', 'payment', 'return'], { description: 'where it is known from' })
  readonly sourceKind!: string;
  @TextField({ description: 'id there' })
  readonly sourceId!: string;
}

export const FLOW_SORTS = ['day', 'amount'] as const;

export class FlowQuery extends PageQuery {
  @CodeField({ description: 'only this class', optional: true })
  readonly series?: string;
  @CodeField({ description: 'only this pool', optional: true })
  readonly poolCode?: string;
  @DayField({ description: 'from this day on', optional: true })
  readonly from?: Day;
  @DayField({ description: 'up to this day', optional: true })
  readonly to?: Day;
  @SortField(FLOW_SORTS, 'day')
  readonly sort?: string;
}

export class FlowPage extends pageOf(() => FlowDto, 'earliest first') {}
