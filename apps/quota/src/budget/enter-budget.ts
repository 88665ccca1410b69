import type { Session } from '@guoku/persistence';
import { accepted, type Outcome, refused, type Refusal } from '@guoku/service';
import type { Scope } from '../line/line.store.js';
import { refuse } from '../refusals.js';
import type { BudgetLineDto, EnterBudgetDto } from './budget.dto.js';
import type { BudgetRow } from './budget.row.js';
import { BudgetStore } from './budget.store.js';

/** Enters a budget document. Nothing is allotted until another person approves it. */
export async function enterBudget(
  session: Session,
  scope: Scope,
  budgetId: string,
  body: EnterBudgetDto,
): Promise<Outcome<BudgetRow>> {
  const store = new BudgetStore(session, scope);
  const { corBgtDocNo, fiscalYear, lines } = body;

  const wrong = zeroAmount(lines) ?? sameDimensions(lines);
  if (wrong) return refused(wrong);
  const unknown = await store.unknownCodes(fiscalYear, lines);
  const [first] = unknown;
  if (first) return refused(codeUnknown(first, fiscalYear, unknown));
  if (!(await store.insert(budgetId, body))) {
    return refused(refuse('budget_exists', { extra: { corBgtDocNo } }));
  }

  const row = await store.lock(budgetId);
  if (!row) throw new Error(`budget ${budgetId} is lost`);
  return accepted(row, { status: 201, version: row.version, subject: `budget/${budgetId}` });
}

function codeUnknown(
  { table, field, code, place }: Awaited<ReturnType<BudgetStore['unknownCodes']>>[number],
  fiscalYear: number,
  unknown: readonly object[],
): Refusal {
  const extra = { table, code, fiscalYear, unknown };
  return refuse('code_unknown', { field: `/lines/${place}/${field}`, extra });
}

function zeroAmount(lines: readonly BudgetLineDto[]): Refusal | undefined {
  const place = lines.findIndex(({ amount }) => amount.isZero());
  if (place < 0) return undefined;
  return refuse('amount_zero', { field: `/lines/${place}/amount` });
}

function sameDimensions(lines: readonly BudgetLineDto[]): Refusal | undefined {
  const places = new Map<string, number>();
  for (const [second, line] of lines.entries()) {
    const { bgtId: _bgtId, bgtDec: _bgtDec, amount: _amount, ...dimensions } = line;
    const key = JSON.stringify(Object.entries(dimensions).sort());
    const first = places.get(key);
    if (first !== undefined) {
      return refuse('line_twice', { field: `/lines/${second}`, extra: { first, second } });
    }
    places.set(key, second);
  }
  return undefined;
}
