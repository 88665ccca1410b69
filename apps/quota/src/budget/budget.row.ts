import { reachOfLine } from '../line/line.reach.js';
import type { BudgetState } from './budget.dto.js';

/** Lines of documents as `l`, with the section that their unit belongs to. */
const linesWithSection = `(
  select line.*, unit.mof_dep_code from budget_line line join unit using (mof_div_code, agency_code)) l`;

/** A row of `budget`. */
export interface BudgetRow {
  readonly budgetId: string;
  readonly corBgtDocNo: string;
  readonly fiscalYear: number;
  readonly state: BudgetState;
  readonly lineCount: number;
  readonly total: string;
  readonly enteredBy: string;
  readonly enteredAt: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly version: number;
}

/**
 * The documents that a caller reaches, with the number and the sum of those of their lines that it reaches; a unit does
 * not see what others were given by the same document. Parameters: `reachParameters`.
 */
export const reachedBudgets = `(
  select b.mof_div_code, b.budget_id, b.cor_bgt_doc_no, b.fiscal_year, b.entered_by, b.entered_at,
         b.approved_by, b.approved_at, b.version, reached.line_count, reached.total
    from budget b
   cross join lateral (
     select count(*)::int as line_count, coalesce(sum(l.amount), 0) as total
       from ${linesWithSection}
      where l.mof_div_code = b.mof_div_code and l.budget_id = b.budget_id and ${reachOfLine}) reached
   where reached.line_count > 0)`;

export const budgetColumns = `
  b.budget_id as "budgetId", b.cor_bgt_doc_no as "corBgtDocNo", b.fiscal_year as "fiscalYear",
  case when b.approved_by is null then 'entered' else 'approved' end as state,
  b.line_count as "lineCount", b.total, b.entered_by as "enteredBy", b.entered_at as "enteredAt",
  b.approved_by as "approvedBy", b.approved_at as "approvedAt", b.version`;
