import { Injectable } from '@nestjs/common';
import { dayOf } from '@guoku/calendar';
import { faultOfDelegation, openDay } from '@guoku/domain-payment';
import { Transactor, type Session } from '@guoku/persistence';
import {
  accepted,
  Commands,
  Pages,
  refused,
  type Answer,
  type Call,
  type Page,
} from '@guoku/service';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { refuse } from '../refusals.js';
import type { DelegationDto, DelegationQuery, MakeDelegationDto } from './approval.dto.js';
import { ApprovalStore, DELEGATION_COLUMNS, delegationCounts } from './approval.store.js';

/** Who signs for whom while they are away. A delegation is recorded, dated, may be ended early, and is never deleted. */
@Injectable()
export class Delegations {
  constructor(
    private readonly commands: Commands,
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  make(call: Call, dto: MakeDelegationDto): Promise<Answer<DelegationDto>> {
    const { mofDivCode, person } = call.caller;
    const command = { action: 'DelegationService.Make', body: dto };
    return this.commands.run(call, command, async (session, context) => {
      const { id = context.newId(), from = person } = dto;
      const content = { ...dto, from };
      const today = openDay(await new BusinessDayStore(session, mofDivCode).latest());
      const fault = faultOfDelegation(content, authorityOf(call), today);
      if (fault !== null) return refused(refuse(fault));
      const store = new ApprovalStore(session, mofDivCode);
      if (!(await store.insertDelegation({ ...content, id, madeBy: person }, context.now))) {
        return refused(refuse('delegation_exists'));
      }
      const rest = { status: 201, subject: `delegation/${id}` } as const;
      return accepted(await shown(session, mofDivCode, id), rest);
    });
  }

  /** From now on it counts no more; what was signed stays signed. */
  revoke(call: Call, id: string): Promise<Answer<DelegationDto>> {
    const { mofDivCode, person } = call.caller;
    const command = { action: 'DelegationService.Revoke', subject: `delegation/${id}`, body: {} };
    return this.commands.run(call, command, async (session, context) => {
      const store = new ApprovalStore(session, mofDivCode);
      const delegation = await store.lockDelegation(id);
      if (delegation === undefined) return refused(refuse('not_found'));
      const { from, to, firstDay, lastDay } = delegation;
      const content = { from, to, firstDay: dayOf(firstDay), lastDay: dayOf(lastDay) };
      const fault = faultOfDelegation(content, authorityOf(call), null);
      if (fault !== null) return refused(refuse(fault));
      await store.revoke(id, person, context.now);
      return accepted(await shown(session, mofDivCode, id));
    });
  }

  async list({ caller }: Call, query: DelegationQuery): Promise<Page<DelegationDto>> {
    const { mofDivCode } = caller;
    const [at = null, id = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<DelegationDto>(
          `select ${DELEGATION_COLUMNS} from delegation d
           where d.mof_div_code = :mofDivCode
             and (:day::date is null or (${delegationCounts}))
             and (:person::text is null or :person in (d.from_person, d.to_person))
             and (:at::timestamptz is null or (d.made_at, d.id) > (:at, :id::uuid))
           order by d.made_at, d.id limit :limit`,
          {
            mofDivCode,
            day: query.inForceOn ?? null,
            person: query.person ?? null,
            at,
            id,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    const keyOf = (row: DelegationDto) => [row.madeAt, row.id];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }
}

function authorityOf({ caller: { person, duties } }: Call) {
  return { person, administers: duties.includes('division.import') };
}

async function shown(session: Session, mofDivCode: string, id: string): Promise<DelegationDto> {
  const delegation = await new ApprovalStore(session, mofDivCode).lockDelegation(id);
  if (delegation === undefined) throw new Error(`delegation ${id} was just recorded`);
  return delegation;
}
