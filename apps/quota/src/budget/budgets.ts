import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import {
  type Answer,
  type Call,
  type CommandContext,
  Commands,
  type Page,
  type PageQuery,
  Pages,
  Refused,
  refused,
  Separation,
  Versioned,
} from '@guoku/service';
import { reachOfLine, reachParameters } from '../line/line.reach.js';
import type { Scope } from '../line/line.store.js';
import { refuse } from '../refusals.js';
import { approveBudget } from './approve-budget.js';
import type {
  BudgetDto,
  BudgetLineShownDto,
  BudgetPath,
  BudgetQuery,
  EnterBudgetDto,
} from './budget.dto.js';
import { budgetColumns, type BudgetRow, reachedBudgets } from './budget.row.js';
import { lineOfDimensions } from './budget.store.js';
import { enterBudget } from './enter-budget.js';

/** The use cases of budget documents, shared by REST and gRPC. */
@Injectable()
export class Budgets {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  enter(call: Call, body: EnterBudgetDto): Promise<Answer<BudgetDto>> {
    const command = { action: 'BudgetService.Enter', body };
    return this.commands.run(call, command, async (session, context) => {
      const budgetId = body.id ?? context.newId();
      await this.separation.record(session, deedOf(call, 'budget.enter', budgetId));
      return enterBudget(session, scopeOf(call, context), budgetId, body);
    });
  }

  approve(call: Call, { budgetId }: BudgetPath): Promise<Answer<BudgetDto>> {
    const command = { action: 'BudgetService.Approve', subject: `budget/${budgetId}`, body: {} };
    return this.commands.run(call, command, async (session, context) => {
      const deed = deedOf(call, 'budget.approve', budgetId);
      const conflict = await this.separation.conflict(session, deed);
      if (conflict) return refused(conflict);
      await this.separation.record(session, deed);
      return approveBudget(session, scopeOf(call, context), budgetId, context);
    });
  }

  async get(call: Call, budgetId: string): Promise<Versioned<BudgetDto>> {
    const row = await this.transactor.run(
      (session) =>
        session.one<BudgetRow>(
          `select ${budgetColumns} from ${reachedBudgets} b
            where b.mof_div_code = :mofDivCode and b.budget_id = :budgetId`,
          { ...reachParameters(call), budgetId },
        ),
      { readOnly: true },
    );
    if (!row) throw new Refused(refuse('not_found'));
    return new Versioned(row, row.version);
  }

  async list(call: Call, query: BudgetQuery): Promise<Page<BudgetDto>> {
    const { mofDivCode } = call.caller;
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<BudgetRow>(
          `select ${budgetColumns} from ${reachedBudgets} b
            where b.mof_div_code = :mofDivCode
              and (:fiscalYear::int is null or b.fiscal_year = :fiscalYear)
              and (:approved::boolean is null or (b.approved_by is not null) = :approved)
              and (:after::uuid is null or b.budget_id > :after)
            order by b.budget_id limit :count`,
          {
            ...reachParameters(call),
            fiscalYear: query.fiscalYear ?? null,
            approved: query.state === undefined ? null : query.state === 'approved',
            after,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(
      rows,
      query,
      mofDivCode,
      (row) => [row.budgetId],
      (row) => row,
    );
  }

  async lines(call: Call, budgetId: string, query: PageQuery): Promise<Page<BudgetLineShownDto>> {
    await this.get(call, budgetId);
    const { mofDivCode } = call.caller;
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<BudgetLineShownDto & { place: number }>(
          `select x.place, coalesce(same.bgt_id, x.bgt_id) as "bgtId", x.agency_code as "agencyCode",
                  x.pro_code as "proCode", x.exp_func_code as "expFuncCode",
                  x.gov_bgt_eco_code as "govBgtEcoCode", x.dep_bgt_eco_code as "depBgtEcoCode",
                  x.fund_type_code as "fundTypeCode", x.sb_sign as "sbSign",
                  x.sb_standard as "sbStandard", x.is_dir as "isDir", x.bgt_dec as "bgtDec", x.amount
             from budget b join budget_line x using (mof_div_code, budget_id)
             join unit u on u.mof_div_code = x.mof_div_code and u.agency_code = x.agency_code
            cross join lateral (select x.agency_code, u.mof_dep_code) l
             left join lateral ${lineOfDimensions} same on b.approved_by is not null
            where b.mof_div_code = :mofDivCode and b.budget_id = :budgetId and ${reachOfLine}
              and (:after::int is null or x.place > :after)
            order by x.place limit :count`,
          { ...reachParameters(call), budgetId, after, count: this.pages.rowsToRead(query) },
        ),
      { readOnly: true },
    );
    return this.pages.page(
      rows,
      query,
      mofDivCode,
      (row) => [String(row.place)],
      ({ place: _place, ...line }) => line,
    );
  }
}

function scopeOf({ caller }: Call, { now }: CommandContext): Scope {
  return { mofDivCode: caller.mofDivCode, actor: caller.person, now };
}

function deedOf({ caller }: Call, duty: 'budget.enter' | 'budget.approve', budgetId: string) {
  const { mofDivCode, person } = caller;
  return { mofDivCode, person, duty, subject: `budget/${budgetId}` };
}
