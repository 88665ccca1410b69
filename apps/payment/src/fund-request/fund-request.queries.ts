import { Injectable } from '@nestjs/common';
import type { Session } from '@guoku/persistence';
import { Transactor } from '@guoku/persistence';
import {
  masked,
  Pages,
  reachOf,
  Reads,
  Refused,
  Sorting,
  Vault,
  Versioned,
  type Call,
  type Caller,
  type Page,
} from '@guoku/service';
import { reasonView, type StoredReason } from './reason.dto.js';
import { refuse } from '../refusals.js';
import type {
  FundRequestDetailDto,
  FundRequestDto,
  FundRequestQuery,
  REQUEST_SORTS,
  RequestDecisionDto,
  RequestEventDto,
} from './fund-request.dto.js';
import { ROW_COLUMNS, stateColumns, type FundRequestRow } from './fund-request.row.js';
import { FundRequestStore } from './fund-request.store.js';
import { requestView } from './fund-request.view.js';

/** Whose requests a caller may see, as a condition on `fund_request r`. */
const VISIBLE = `(:unit::text is null or r.agency_code = :unit)
  and (:section::text is null or exists (select 1 from unit u where u.mof_div_code = r.mof_div_code
       and u.agency_code = r.agency_code and u.mof_dep_code = :section))`;

const SORTING = new Sorting<FundRequestRow, (typeof REQUEST_SORTS)[number]>(
  {
    due: { sql: 'r.due', type: 'date', of: (row) => row.due },
    amount: { sql: 'r.amount', type: 'numeric', of: (row) => row.amount },
    enteredAt: { sql: 'r.entered_at', type: 'timestamptz', of: (row) => row.enteredAt },
  },
  { sql: 'r.id', type: 'uuid', of: (row) => row.id },
  'due',
);

/** Reads of fund requests. */
@Injectable()
export class FundRequestQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
    private readonly reads: Reads,
    private readonly vault: Vault,
  ) {}

  /** A unit sees its own, a section those of its units. */
  async list({ caller }: Call, query: FundRequestQuery): Promise<Page<FundRequestDto>> {
    const { mofDivCode } = caller;
    const page = SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<FundRequestRow>(
          `select ${ROW_COLUMNS} from fund_request r
           where r.mof_div_code = :mofDivCode and ${VISIBLE}
             and (:agencyCode::text is null or r.agency_code = :agencyCode)
             and (:state::text is null or r.stage = :state)
             and (:month::text is null or r.month = :month)
             and (:tier::integer is null or r.tier = :tier)
             and (:dueFrom::date is null or r.due >= :dueFrom)
             and (:dueTo::date is null or r.due <= :dueTo)
             and ${page.after}
           order by ${page.orderBy} limit :limit`,
          {
            mofDivCode,
            ...visibleTo(caller),
            agencyCode: query.agencyCode ?? null,
            state: query.state ?? null,
            month: query.month ?? null,
            tier: query.tier ?? null,
            dueFrom: query.dueFrom ?? null,
            dueTo: query.dueTo ?? null,
            ...page.parameters,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, requestView);
  }

  /** One request whole. It shows an account, so the reading is logged. */
  async one(call: Call, id: string, asOf?: string): Promise<Versioned<FundRequestDetailDto>> {
    const { caller } = call;
    return this.transactor.run(async (session) => {
      const now = await session.one<FundRequestRow>(
        `select ${ROW_COLUMNS} from fund_request r
         where r.mof_div_code = :mofDivCode and r.id = :id and ${VISIBLE}`,
        { mofDivCode: caller.mofDivCode, id, ...visibleTo(caller) },
      );
      if (now === undefined) throw new Refused(refuse('not_found'));
      const row = asOf === undefined ? now : await rowAsOf(session, caller, now, asOf);
      const subject = `fund-request/${id}`;
      const reading = { action: 'FundRequestService.Get', subject, fields: ['payee.account'] };
      await this.reads.record(session, call, [reading]);
      const account = this.vault.decrypt(caller.mofDivCode, row.payeeAccount);
      const { payeeName: name, payeeBankCode: bankCode } = row;
      const detail = {
        ...requestView(row),
        payee: { name, account: masked(account), bankCode },
        decision: await decisionOf(
          session,
          caller.mofDivCode,
          id,
          reachOf(caller).kind === 'division' ? 'named' : 'counted',
        ),
        history: await historyOf(session, caller.mofDivCode, id, asOf ?? null),
      };
      return new Versioned(detail, row.version);
    });
  }
}

function visibleTo(caller: Caller) {
  const reach = reachOf(caller);
  return {
    unit: reach.kind === 'unit' ? reach.agencyCode : null,
    section: reach.kind === 'section' ? reach.mofDepCode : null,
  };
}

async function rowAsOf(
  session: Session,
  { mofDivCode }: Caller,
  now: FundRequestRow,
  asOf: string,
): Promise<FundRequestRow> {
  const state = await new FundRequestStore(session, mofDivCode).asOf(now.id, asOf);
  if (state.stage === 'absent') throw new Refused(refuse('not_found'));
  return { ...now, ...stateColumns(state) };
}

async function decisionOf(
  session: Session,
  mofDivCode: string,
  id: string,
  ahead: 'named' | 'counted',
): Promise<RequestDecisionDto | null> {
  const row = await session.one<
    Omit<RequestDecisionDto, 'reason'> & { readonly reason: StoredReason | null }
  >(
    `select p.id as "planId", i.status, i.reason,
            coalesce((select jsonb_agg(jsonb_build_object('date', part.date, 'amount', part.amount::text)
                                       order by part.date)
                        from plan_part part
                       where (part.mof_div_code, part.plan_id, part.request_id) =
                             (i.mof_div_code, i.plan_id, i.request_id)), '[]') as payments
       from plan p join plan_item i on (i.mof_div_code, i.plan_id) = (p.mof_div_code, p.id)
      where p.mof_div_code = :mofDivCode and p.stage = 'in-force' and i.request_id = :id`,
    { mofDivCode, id },
  );
  if (row === undefined) return null;
  return { ...row, reason: row.reason === null ? null : reasonView(row.reason, ahead) };
}

async function historyOf(
  session: Session,
  mofDivCode: string,
  id: string,
  asOf: string | null,
): Promise<RequestEventDto[]> {
  return session.rows<RequestEventDto>(
    `select at, actor, event ->> 'type' as event,
            coalesce(event ->> 'amount', event -> 'content' ->> 'amount') as amount
       from fund_request_log
      where mof_div_code = :mofDivCode and request_id = :id and (:asOf::timestamptz is null or at <= :asOf)
      order by place`,
    { mofDivCode, id, asOf },
  );
}
