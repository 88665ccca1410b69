import type { Day } from '@guoku/calendar';
import { DayField, ListField, PageQuery, TextField } from '@guoku/service';
import { PriorityPolicyDto } from './division.dto.js';

export class PolicyQuery extends PageQuery {
  @DayField({ description: 'only the one in force on this day', optional: true })
  readonly inForceOn?: Day;
}

export class PolicyPage {
  @ListField(() => PriorityPolicyDto, { description: 'the earliest first' })
  readonly items!: PriorityPolicyDto[];
  @TextField({ description: 'where the next page begins', nullable: true, max: 2000 })
  readonly nextCursor!: string | null;
}
