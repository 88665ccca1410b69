import {
  CalendarOverrideBody,
  DivisionBody,
  IntField,
  ListField,
  ObjectField,
} from '@guoku/service';
import { AccountDto, PoolDto } from './pool.dto.js';

export class ImportDivisionDto {
  @ObjectField(() => DivisionBody, { description: 'the division 区划' })
  readonly division!: DivisionBody;
  @ListField(() => CalendarOverrideBody, {
    description: 'its own decisions about single days',
    max: 5000,
  })
  readonly calendarOverrides!: CalendarOverrideBody[];
  @ListField(() => AccountDto, { description: 'treasury accounts', max: 5000 })
  readonly accounts!: AccountDto[];
  @ListField(() => PoolDto, { description: 'cash pools', min: 1, max: 1000 })
  readonly pools!: PoolDto[];
}

export class ImportedDto {
  @IntField({ description: 'accounts of the import' })
  readonly accounts!: number;
  @IntField({ description: 'pools of the import' })
  readonly pools!: number;
}
