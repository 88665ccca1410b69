import type { BudgetState } from './budget.dto.js';

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

export const budgetColumns = `
  b.budget_id as "budgetId", b.cor_bgt_doc_no as "corBgtDocNo", b.fiscal_year as "fiscalYear",
  case when b.approved_by is null then 'entered' else 'approved' end as state,
  b.line_count as "lineCount", b.total, b.entered_by as "enteredBy", b.entered_at as "enteredAt",
  b.approved_by as "approvedBy", b.approved_at as "approvedAt", b.version`;
