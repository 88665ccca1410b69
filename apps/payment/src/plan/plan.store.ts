import type { Day } from '@guoku/calendar';
import type { ApprovalStep, BrokenPromise } from '@guoku/domain-payment';
import { json, type Session } from '@guoku/persistence';
import type { GatheredProblem } from './gather-problem.js';
import type { PlanDto } from './plan.dto.js';

export const PLAN_COLUMNS = `p.id, p.month, p.made_on as "madeOn", p.horizon_to as "horizonTo",
  p.forecast_id as "forecastId", p.policy_version as "policyVersion", p.stage as state, p.digest, p.checked,
  p.ranks, p.alarms, p.broken as "brokenPromises", p.made_by as "madeBy", p.made_at as "madeAt",
  p.approved_by as "approvedBy", p.approved_at as "approvedAt", p.version, p.steps,
  coalesce((select jsonb_agg(jsonb_build_object('step', a.step, 'by', a.person, 'onBehalfOf', a.on_behalf_of, 'at',
                     to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by a.step)
              from plan_approval a where (a.mof_div_code, a.plan_id) = (p.mof_div_code, p.id)), '[]') as signatures`;

export interface NewPlan {
  readonly id: string;
  readonly month: string;
  readonly today: Day;
  readonly horizonTo: Day;
  readonly gathered: GatheredProblem;
  /** The plan's text, byte for byte; ranks, alarms and decisions are read from it. */
  readonly text: string;
  readonly checked: boolean;
  /** Objections of the checker. */
  readonly findings: readonly object[];
  readonly broken: readonly BrokenPromise[];
  /** Signatures that it needs. */
  readonly steps: readonly ApprovalStep[];
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** An item of the event that announces an approved plan. */
export interface ApprovedItem {
  readonly requestId: string;
  readonly bgtId: string;
  readonly status: 'on-time' | 'late' | 'partial' | 'deferred';
  readonly payments: readonly { readonly date: string; readonly amount: string }[];
}

/** Plans of one division. */
export class PlanStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  async insert(plan: NewPlan): Promise<void> {
    const { mofDivCode } = this;
    await this.session.execute(
      `insert into plan (mof_div_code, id, month, made_on, horizon_to, forecast_id, policy_version, stage, digest,
                         checked, findings, ranks, alarms, broken, steps, made_by, made_at)
       values (:mofDivCode, :id, :month, :today, :horizonTo, :forecastId, :policyVersion, 'proposed', :digest,
               :checked, :findings, :text::jsonb -> 'ranks', :text::jsonb -> 'alarms', :broken, :steps, :madeBy,
               :madeAt)`,
      {
        mofDivCode,
        id: plan.id,
        month: plan.month,
        today: plan.today,
        horizonTo: plan.horizonTo,
        forecastId: plan.gathered.forecastId,
        policyVersion: plan.gathered.policyVersion,
        digest: plan.gathered.digest,
        checked: plan.checked,
        findings: json(plan.findings),
        text: plan.text,
        broken: json(plan.broken),
        steps: json(plan.steps),
        madeBy: plan.madeBy,
        madeAt: plan.madeAt,
      },
    );
    await this.session.execute(
      `insert into plan_document (mof_div_code, plan_id, problem, plan)
       values (:mofDivCode, :id, :problem, :text)`,
      { mofDivCode, id: plan.id, problem: plan.gathered.text, text: plan.text },
    );
    await this.insertDecisions(plan);
  }

  private async insertDecisions({ id, gathered, text }: NewPlan): Promise<void> {
    const { mofDivCode } = this;
    const requests = gathered.problem.requests.map(({ id: request, amount, due }) => {
      const { tier, urgency, pool } = gathered.classified.get(request) ?? {};
      return { request, fen: amount, due, tier, urgency, pool };
    });
    await this.session.execute(
      `insert into plan_item
         (mof_div_code, plan_id, request_id, bgt_id, amount, tier, urgency, pool_code, due, status, reason)
       select :mofDivCode, :id, asked.request, r.bgt_id, asked.fen / 100, asked.tier, asked.urgency, asked.pool,
              asked.due, decided.status, decided.reason
         from jsonb_to_recordset(:requests) as asked
                (request uuid, fen numeric, due date, tier integer, urgency integer, pool text)
         join jsonb_to_recordset(:text::jsonb -> 'decisions') as decided
                (request uuid, status text, reason jsonb) using (request)
         join fund_request r on r.mof_div_code = :mofDivCode and r.id = asked.request`,
      { mofDivCode, id, requests: json(requests), text },
    );
    await this.session.execute(
      `insert into plan_part (mof_div_code, plan_id, request_id, date, amount)
       select :mofDivCode, :id, decided.request, part.date, part.amount
         from jsonb_to_recordset(:text::jsonb -> 'decisions') as decided (request uuid, payments jsonb),
              jsonb_to_recordset(decided.payments) as part (date date, amount numeric)`,
      { mofDivCode, id, text },
    );
  }

  async lock(id: string): Promise<PlanDto | undefined> {
    return this.session.one<PlanDto>(
      `select ${PLAN_COLUMNS} from plan p where p.mof_div_code = :mofDivCode and p.id = :id for update`,
      { mofDivCode: this.mofDivCode, id },
    );
  }

  /** Brings a plan into force, and with that supersedes the one before and what was proposed beside it. */
  async approve(id: string, by: string, at: Date): Promise<PlanDto> {
    await this.session.execute(
      `update plan set stage = 'superseded', version = version + 1
       where mof_div_code = :mofDivCode and stage in ('proposed', 'in-force') and id <> :id`,
      { mofDivCode: this.mofDivCode, id },
    );
    const row = await this.session.one<PlanDto>(
      `update plan p set stage = 'in-force', approved_by = :by, approved_at = :at, version = p.version + 1
       where p.mof_div_code = :mofDivCode and p.id = :id returning ${PLAN_COLUMNS}`,
      { mofDivCode: this.mofDivCode, id, by, at },
    );
    if (row === undefined) throw new Error(`plan ${id} was locked and is gone`);
    return row;
  }

  /** A signature came under it, and it needs more. */
  async touch(id: string): Promise<PlanDto> {
    const row = await this.session.one<PlanDto>(
      `update plan p set version = p.version + 1
       where p.mof_div_code = :mofDivCode and p.id = :id returning ${PLAN_COLUMNS}`,
      { mofDivCode: this.mofDivCode, id },
    );
    if (row === undefined) throw new Error(`plan ${id} was locked and is gone`);
    return row;
  }

  async approvedItems(id: string): Promise<ApprovedItem[]> {
    return this.session.rows<ApprovedItem>(
      `select i.request_id as "requestId", i.bgt_id as "bgtId", i.status,
              coalesce(jsonb_agg(jsonb_build_object('date', part.date, 'amount', part.amount::text) order by part.date)
                         filter (where part.date is not null), '[]') as payments
         from plan_item i
         left join plan_part part using (mof_div_code, plan_id, request_id)
        where i.mof_div_code = :mofDivCode and i.plan_id = :id
        group by i.request_id, i.bgt_id, i.status order by i.request_id`,
      { mofDivCode: this.mofDivCode, id },
    );
  }
}
