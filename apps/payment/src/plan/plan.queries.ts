import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, Refused, Sorting, Versioned, type Call, type Page } from '@guoku/service';
import { refuse } from '../refusals.js';
import type {
  DECISION_SORTS,
  PlanDecisionDto,
  PlanDecisionQuery,
  PlanDto,
  PlanProblemDto,
  PlanQuery,
} from './plan.dto.js';
import { PLAN_COLUMNS } from './plan.store.js';
import { reasonView, type StoredReason } from '../fund-request/reason.dto.js';

/** Reads of plans. */
@Injectable()
export class PlanQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** The latest first. */
  async list({ caller }: Call, query: PlanQuery): Promise<Page<PlanDto>> {
    const { mofDivCode } = caller;
    const [at = null, id = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<PlanDto>(
          `select ${PLAN_COLUMNS} from plan p
           where p.mof_div_code = :mofDivCode
             and (:month::text is null or p.month = :month)
             and (:state::text is null or p.stage = :state)
             and (:at::timestamptz is null or (p.made_at, p.id) < (:at, :id::uuid))
           order by p.made_at desc, p.id desc limit :limit`,
          {
            mofDivCode,
            month: query.month ?? null,
            state: query.state ?? null,
            at,
            id,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, (row) => [row.madeAt, row.id], same);
  }

  async one({ caller }: Call, id: string): Promise<Versioned<PlanDto>> {
    const row = await this.transactor.run(
      (session) =>
        session.one<PlanDto>(
          `select ${PLAN_COLUMNS} from plan p where p.mof_div_code = :mofDivCode and p.id = :id`,
          { mofDivCode: caller.mofDivCode, id },
        ),
      { readOnly: true },
    );
    if (row === undefined) throw new Refused(refuse('not_found'));
    return new Versioned(row, row.version);
  }

  async decisions(
    { caller }: Call,
    planId: string,
    query: PlanDecisionQuery,
  ): Promise<Page<PlanDecisionDto>> {
    const { mofDivCode } = caller;
    const page = DECISION_SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<DecisionRow>(
          `select i.request_id as "requestId", i.bgt_id as "bgtId", i.amount, i.tier, i.urgency,
                  i.pool_code as "poolCode", i.due, i.status, i.reason,
                  coalesce((select jsonb_agg(jsonb_build_object('date', part.date, 'amount', part.amount::text)
                                             order by part.date)
                              from plan_part part
                             where (part.mof_div_code, part.plan_id, part.request_id) =
                                   (i.mof_div_code, i.plan_id, i.request_id)), '[]') as payments
             from plan_item i
            where i.mof_div_code = :mofDivCode and i.plan_id = :planId
              and (:status::text is null or i.status = :status)
              and (:onlyTier::integer is null or i.tier = :onlyTier)
              and ${page.after}
            order by ${page.orderBy} limit :limit`,
          {
            mofDivCode,
            planId,
            status: query.status ?? null,
            onlyTier: query.tier ?? null,
            ...page.parameters,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, decisionView);
  }

  /** What was planned and what came of it, byte for byte: to be replayed and checked by the command line. */
  async problem({ caller }: Call, id: string): Promise<PlanProblemDto> {
    const row = await this.transactor.run(
      (session) =>
        session.one<PlanProblemDto>(
          `select d.plan_id as "planId", p.digest, d.problem, d.plan
             from plan_document d join plan p on (p.mof_div_code, p.id) = (d.mof_div_code, d.plan_id)
            where d.mof_div_code = :mofDivCode and d.plan_id = :id`,
          { mofDivCode: caller.mofDivCode, id },
        ),
      { readOnly: true },
    );
    if (row === undefined) throw new Refused(refuse('not_found'));
    return row;
  }
}

type DecisionRow = Omit<PlanDecisionDto, 'reason'> & { readonly reason: StoredReason | null };

const DECISION_SORTING = new Sorting<DecisionRow, (typeof DECISION_SORTS)[number]>(
  {
    rank: {
      sql: `to_char(i.tier, 'FM00') || to_char(i.urgency, 'FM00') || i.due`,
      type: 'text',
      of: ({ tier, urgency, due }) => twoDigits(tier) + twoDigits(urgency) + due,
    },
    due: { sql: 'i.due', type: 'date', of: (row) => row.due },
    amount: { sql: 'i.amount', type: 'numeric', of: (row) => row.amount },
  },
  { sql: 'i.request_id', type: 'uuid', of: (row) => row.requestId },
  'rank',
);

/** Tier and urgency are at most 99. */
function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** To the section, which sees all requests. */
function decisionView({ reason, ...row }: DecisionRow): PlanDecisionDto {
  return { ...row, reason: reason === null ? null : reasonView(reason, 'named') };
}

function same<Row>(row: Row): Row {
  return row;
}
