import { allottedOf, decideLine, evolveLine } from '@guoku/domain-quota';
import { outbox } from '@guoku/messaging';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { accepted, type CommandContext, type Outcome, refused, type Refusal } from '@guoku/service';
import { dimensionsOf } from '../hold/hold.events.js';
import { type LineChange, lineOf, LineStore, type Scope } from '../line/line.store.js';
import { refuse } from '../refusals.js';
import type { BudgetRow } from './budget.row.js';
import { type Allotment, BudgetStore } from './budget.store.js';

/** Approves a document that another person entered: its lines are made where they are new, and allotted. */
export async function approveBudget(
  session: Session,
  scope: Scope,
  budgetId: string,
  { newId }: Pick<CommandContext, 'newId'>,
): Promise<Outcome<BudgetRow>> {
  const store = new BudgetStore(session, scope);

  const budget = await store.lock(budgetId);
  if (!budget) return refused(refuse('not_found'));
  if (budget.state === 'approved') return refused(refuse('budget_approved'));

  const newIds = Array.from({ length: budget.lineCount }, () => newId());
  const allotments = await store.openLines(budgetId, newIds);
  const changes: LineChange[] = [];
  for (const allotment of allotments) {
    const change = decided(budget, allotment);
    if ('code' in change) return refused(change);
    changes.push(change);
  }
  if (changes.length < budget.lineCount) return refused(lineDiffers(allotments, budget));

  await new LineStore(session, scope).save(changes);
  await store.approve(budgetId);
  await outbox.append(session, announced(scope, budgetId, allotments, changes));
  const after = await store.lock(budgetId);
  if (!after) throw new Error(`budget ${budgetId} is lost`);
  return accepted(after, { version: after.version });
}

function decided(
  { budgetId, corBgtDocNo }: BudgetRow,
  { place, amount, given, row }: Allotment,
): LineChange | Refusal {
  if (given !== null && given !== row.bgtId) {
    const extra = { bgtId: given, existing: row.bgtId };
    return refuse('line_differs', { field: `/lines/${place}/bgtId`, extra });
  }
  const before = lineOf(row);
  const decision = decideLine(before, { type: 'allot', budgetId, amount: Money.of(amount) });
  if (!decision.ok) {
    const extra = { available: row.available, frozen: row.frozen };
    return refuse(decision.refusal, { field: `/lines/${place}/amount`, extra });
  }
  const { events } = decision;
  return { line: evolveLine(before, events), events, note: corBgtDocNo };
}

/** A line that was not made although it was not there: the id that the document gave is another line's. */
function lineDiffers(allotments: readonly Allotment[], { lineCount }: BudgetRow): Refusal {
  const places = new Set(allotments.map(({ place }) => place));
  const place = Array.from({ length: lineCount }, (_, at) => at).find((at) => !places.has(at));
  return refuse('line_differs', { field: `/lines/${place ?? 0}/bgtId` });
}

function announced(
  { mofDivCode, actor }: Scope,
  budgetId: string,
  allotments: readonly Allotment[],
  changes: readonly LineChange[],
) {
  return allotments.map(({ row, amount }, at) => {
    const balances = changes[at]?.line.balances;
    if (!balances) throw new Error('an allotment without its change');
    const { bgtId } = row;
    const allotted = allottedOf(balances).toString();
    return {
      type: 'guoku.quota.allotted.v1' as const,
      subject: bgtId,
      aggregateId: bgtId,
      mofDivCode,
      actor,
      data: { bgtId, budgetId, line: dimensionsOf(row), amount, allotted },
    };
  });
}
