import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Refused, Versioned, type Call } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { BusinessDayDto, BusinessDayQuery } from './business-day.dto.js';
import { BusinessDayStore } from './business-day.store.js';

/** Reads of business days. */
@Injectable()
export class BusinessDayQueries {
  constructor(private readonly transactor: Transactor) {}

  async one({ caller }: Call, { day }: BusinessDayQuery): Promise<Versioned<BusinessDayDto>> {
    const view = await this.transactor.run(
      (session) => new BusinessDayStore(session, caller.mofDivCode).view(day ?? null),
      { readOnly: true },
    );
    if (view === undefined) throw new Refused(refuse('not_found'));
    return new Versioned(view, view.version);
  }
}
