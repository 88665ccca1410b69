import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import { lineColumns, type LineRow } from '../line/line.row.js';
import type { Scope } from '../line/line.store.js';
import type { BudgetLineDto, EnterBudgetDto } from './budget.dto.js';
import { budgetColumns, type BudgetRow } from './budget.row.js';

/** A code that no table of the year has, and the first line that uses it. */
export interface UnknownCode {
  readonly table: string;
  readonly field: string;
  readonly code: string;
  readonly place: number;
}

/** A line of a document beside the quota line that has its dimensions, which is locked. */
export interface Allotment {
  readonly place: number;
  readonly amount: string;
  /** The id that the document gave, if it gave one. */
  readonly given: string | null;
  readonly row: LineRow;
}

/**
 * The line that has the dimensions of a document's line. As a subquery, it is looked up by all columns of its index; as a
 * join, a planner without statistics may read all lines of the year for each.
 */
export const lineOfDimensions = `(
  select l.bgt_id from quota_line l
   where l.mof_div_code = b.mof_div_code and l.fiscal_year = b.fiscal_year
     and l.dimensions = x.dimensions limit 1)`;

/** All SQL that writes budget documents, and makes the lines that they allot to. */
export class BudgetStore {
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  /** Codes of the lines that the division's tables do not have, the first line first. */
  async unknownCodes(
    fiscalYear: number,
    lines: readonly BudgetLineDto[],
  ): Promise<readonly UnknownCode[]> {
    return this.session.rows<UnknownCode>(
      `with line as (
         select * from jsonb_to_recordset(:lines::jsonb) as x
           (place int, agency_code text, pro_code text, exp_func_code text, gov_bgt_eco_code text,
            dep_bgt_eco_code text, fund_type_code text)),
       used as (
         select 'unit' as "table", 'agencyCode' as field, agency_code as code, place from line
         union all select 'project', 'proCode', pro_code, place from line
         union all select 'exp_func', 'expFuncCode', exp_func_code, place from line
         union all select 'gov_eco', 'govBgtEcoCode', gov_bgt_eco_code, place from line
         union all select 'dep_eco', 'depBgtEcoCode', dep_bgt_eco_code, place from line
         union all select 'fund_type', 'fundTypeCode', fund_type_code, place from line)
       select "table", field, used.code, min(place) as place from used
        where used.code is not null
          and not exists (select from unit where mof_div_code = :mofDivCode
                             and "table" = 'unit' and agency_code = used.code)
          and not exists (select from project where mof_div_code = :mofDivCode
                             and "table" = 'project' and pro_code = used.code)
          and not exists (select from code c where c.mof_div_code = :mofDivCode
                             and c.code_table = "table" and c.fiscal_year = :fiscalYear
                             and c.code = used.code)
        group by "table", field, used.code
        order by min(place), "table" limit 100`,
      { mofDivCode: this.scope.mofDivCode, fiscalYear, lines: json(linesJson(lines)) },
    );
  }

  /** @returns false where the division has a document of this number in that year, or of this id */
  async insert(budgetId: string, body: EnterBudgetDto): Promise<boolean> {
    const { mofDivCode, actor, now } = this.scope;
    const inserted = await this.session.execute(
      `insert into budget (mof_div_code, budget_id, cor_bgt_doc_no, fiscal_year, line_count, total,
                           entered_by, entered_at)
       values (:mofDivCode, :budgetId, :corBgtDocNo, :fiscalYear, :lineCount, :total::numeric, :actor,
               :now)
       on conflict do nothing`,
      {
        mofDivCode,
        budgetId,
        corBgtDocNo: body.corBgtDocNo,
        fiscalYear: body.fiscalYear,
        lineCount: body.lines.length,
        total: Money.sum(body.lines.map(({ amount }) => amount)).toString(),
        actor,
        now,
      },
    );
    if (inserted === 0) return false;
    await this.session.execute(
      `insert into budget_line
         (mof_div_code, budget_id, place, bgt_id, agency_code, pro_code, exp_func_code,
          gov_bgt_eco_code, dep_bgt_eco_code, fund_type_code, sb_sign, sb_standard, is_dir, bgt_dec,
          amount)
       select :mofDivCode, :budgetId, x.place, x.bgt_id, x.agency_code, x.pro_code, x.exp_func_code,
              x.gov_bgt_eco_code, x.dep_bgt_eco_code, x.fund_type_code, x.sb_sign, x.sb_standard,
              x.is_dir, x.bgt_dec, x.amount
         from jsonb_to_recordset(:lines::jsonb) as x
           (place int, bgt_id uuid, agency_code text, pro_code text, exp_func_code text,
            gov_bgt_eco_code text, dep_bgt_eco_code text, fund_type_code text, sb_sign text,
            sb_standard text, is_dir boolean, bgt_dec text, amount numeric)`,
      { mofDivCode, budgetId, lines: json(linesJson(body.lines)) },
    );
    return true;
  }

  async lock(budgetId: string): Promise<BudgetRow | undefined> {
    return this.session.one<BudgetRow>(
      `select ${budgetColumns} from budget b
        where b.mof_div_code = :mofDivCode and b.budget_id = :budgetId for update`,
      { mofDivCode: this.scope.mofDivCode, budgetId },
    );
  }

  /**
   * Makes the lines that the document needs and the division has not, at nothing, and locks all that it concerns.
   *
   * @param newIds as many as the document has lines, for those it gave no id
   */
  async openLines(budgetId: string, newIds: readonly string[]): Promise<readonly Allotment[]> {
    const { mofDivCode, now } = this.scope;
    await this.session.execute(
      `insert into quota_line
         (mof_div_code, bgt_id, fiscal_year, agency_code, mof_dep_code, pro_code, exp_func_code,
          gov_bgt_eco_code, dep_bgt_eco_code, fund_type_code, cor_bgt_doc_no, sb_sign, sb_standard,
          is_dir, bgt_dec, moved_at)
       select b.mof_div_code, coalesce(x.bgt_id, new.id), b.fiscal_year, x.agency_code, u.mof_dep_code,
              x.pro_code, x.exp_func_code, x.gov_bgt_eco_code, x.dep_bgt_eco_code, x.fund_type_code,
              b.cor_bgt_doc_no, x.sb_sign, x.sb_standard, x.is_dir, x.bgt_dec, :now
         from budget b
         join budget_line x using (mof_div_code, budget_id)
         join unit u on u.mof_div_code = x.mof_div_code and u.agency_code = x.agency_code
         join unnest(:newIds::uuid[]) with ordinality as new (id, place) on new.place = x.place + 1
        where b.mof_div_code = :mofDivCode and b.budget_id = :budgetId
        order by x.dimensions
       on conflict do nothing`,
      { mofDivCode, budgetId, newIds, now },
    );
    const wanted = await this.session.rows<Omit<Allotment, 'row'> & { readonly bgtId: string }>(
      `select x.place, x.amount, x.bgt_id as given, l.bgt_id as "bgtId"
         from budget b
         join budget_line x using (mof_div_code, budget_id)
        cross join lateral ${lineOfDimensions} l
        where b.mof_div_code = :mofDivCode and b.budget_id = :budgetId
        order by x.place`,
      { mofDivCode, budgetId },
    );
    const rows = await this.session.rows<LineRow>(
      `select ${lineColumns} from quota_line l
        where l.mof_div_code = :mofDivCode and l.bgt_id = any(:bgtIds::uuid[])
        order by l.bgt_id for update`,
      { mofDivCode, bgtIds: wanted.map(({ bgtId }) => bgtId) },
    );
    const byId = new Map(rows.map((row) => [row.bgtId, row]));
    return wanted.flatMap(({ bgtId, ...allotment }) => {
      const row = byId.get(bgtId);
      return row ? [{ ...allotment, row }] : [];
    });
  }

  async approve(budgetId: string): Promise<void> {
    const { mofDivCode, actor, now } = this.scope;
    await this.session.execute(
      `update budget set approved_by = :actor, approved_at = :now, version = version + 1
        where mof_div_code = :mofDivCode and budget_id = :budgetId`,
      { mofDivCode, budgetId, actor, now },
    );
  }
}

function linesJson(lines: readonly BudgetLineDto[]): object[] {
  return lines.map((line, place) => ({
    place,
    bgt_id: line.bgtId ?? null,
    agency_code: line.agencyCode,
    pro_code: line.proCode,
    exp_func_code: line.expFuncCode,
    gov_bgt_eco_code: line.govBgtEcoCode ?? null,
    dep_bgt_eco_code: line.depBgtEcoCode,
    fund_type_code: line.fundTypeCode,
    sb_sign: line.sbSign,
    sb_standard: line.sbStandard ?? null,
    is_dir: line.isDir,
    bgt_dec: line.bgtDec ?? null,
    amount: line.amount,
  }));
}
