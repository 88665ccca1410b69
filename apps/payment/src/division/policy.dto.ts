import type { Day } from '@guoku/calendar';
import { DayField, PageQuery, pageOf } from '@guoku/service';
import { PriorityPolicyDto } from './division.dto.js';

export class PolicyQuery extends PageQuery {
  @DayField({ description: 'only the one in force on this day', optional: true })
  readonly inForceOn?: Day;
}

export class PolicyPage extends pageOf(() => PriorityPolicyDto, 'the earliest first') {}
