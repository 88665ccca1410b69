import { readPlan, readProblem } from '@guoku/domain-schedule';
import { idOf, type MonthSample } from './month-sample.js';
import type { PlannedDay } from './planned-day.js';
import type { DayBooks, ShownPayment } from './run-day.js';
import { PEOPLE, type World } from './world.js';

export interface ShownRequest {
  readonly id: string;
  readonly state: string;
  readonly amount: string;
  readonly paid: string;
  readonly closed: string;
  readonly outstanding: string;
  readonly due: string;
  readonly tier: number | null;
  readonly urgency: number | null;
  readonly reference: string | null;
  readonly continuedAs: string | null;
}

export interface ShownLine {
  readonly bgtId: string;
  readonly agencyCode: string;
  readonly allotted: string;
  readonly available: string;
  readonly frozen: string;
  readonly held: string;
  readonly inTransit: string;
  readonly spent: string;
  readonly returned: string;
}

export interface ShownDecision {
  readonly requestId: string;
  readonly tier: number;
  readonly amount: string;
  readonly due: string;
  readonly status: string;
  readonly payments: readonly { readonly date: string; readonly amount: string }[];
  readonly reason: {
    readonly code: string;
    readonly day: string | null;
    readonly short: string | null;
    readonly ahead: readonly string[];
    readonly cures: readonly ShownCure[];
  } | null;
}

export interface ShownCure {
  readonly lever: string;
  readonly amount: string | null;
  readonly by: string | null;
  readonly date: string | null;
}

export interface ShownStatement {
  readonly date: string;
  readonly opening: string;
  readonly receipts: string;
  readonly payments: string;
  readonly closing: string;
}

/** Everything the services say at the end of the month, read as the auditor and the treasury may. */
export interface Books {
  readonly requests: readonly ShownRequest[];
  readonly payments: readonly ShownPayment[];
  readonly lines: readonly ShownLine[];
  readonly statements: readonly ShownStatement[];
  readonly flows: readonly {
    readonly sourceKind: string;
    readonly sourceId: string;
    readonly amount: string;
  }[];
  readonly receipts: readonly { readonly amount: string; readonly reference: string }[];
  readonly reconciliations: readonly { readonly day: string; readonly agrees: boolean }[];
  /** What the first plan of the month decided. */
  readonly firstDecisions: readonly ShownDecision[];
  /** Every morning's problem and plan. */
  readonly mornings: readonly PlannedDay[];
  readonly plans: readonly { readonly id: string; readonly checked: boolean }[];
  readonly days: readonly DayBooks[];
}

export async function readBooks(
  world: World,
  { days }: MonthSample,
  dayBooks: readonly DayBooks[],
): Promise<Books> {
  const auditor = world.as(PEOPLE.auditor);
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return {
    requests: await auditor.all('payment', '/v1/fund-requests'),
    payments: await auditor.all('payment', '/v1/payments'),
    lines: await auditor.all('quota', '/v1/lines'),
    statements: await auditor.all('forecast', '/v1/statements'),
    flows: await auditor.all('forecast', `/v1/flows?from=${first}&to=${last}`),
    receipts: await auditor.all('revenue', '/v1/receipts'),
    reconciliations: await auditor.all('payment', '/v1/reconciliations'),
    firstDecisions: await auditor.all('payment', `/v1/plans/${idOf(`plan ${first}`)}/decisions`),
    mornings: await readMornings(world, days),
    plans: await auditor.all('payment', '/v1/plans'),
    days: dayBooks,
  };
}

/** The documents that anyone can check without the services, read as the command line reads them. */
async function readMornings(world: World, days: readonly string[]): Promise<PlannedDay[]> {
  const mornings: PlannedDay[] = [];
  for (const day of days) {
    const documents = await world.as(PEOPLE.auditor).get<{
      problem: string;
      plan: string;
    }>('payment', `/v1/plans/${idOf(`plan ${day}`)}/problem`);
    const problem = readProblem(documents.problem);
    const plan = readPlan(documents.plan);
    if (!problem.ok || !plan.ok) throw new Error(`the plan of ${day} cannot be read back`);
    mornings.push({ day, problem: problem.problem, plan: plan.plan });
  }
  return mornings;
}

/**
 * The books without what differs from run to run (ids made by the services, instants, versions): two runs of the same
 * month must give the same bytes, whatever was killed in between.
 */
export function comparable({ requests, payments, lines, statements, flows, days }: Books): string {
  const referenceOf = new Map(requests.map(({ id, reference }) => [id, reference ?? '']));
  const byText = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
  return JSON.stringify(
    {
      days,
      requests: byText(
        requests.map(
          ({ reference, state, amount, paid, closed, outstanding, due, tier, urgency }) => ({
            reference,
            state,
            amount,
            paid,
            closed,
            outstanding,
            due,
            tier,
            urgency,
          }),
        ),
      ),
      payments: byText(
        payments.map(({ requestId, amount, state, day, valueDate }) => ({
          request: referenceOf.get(requestId),
          amount,
          state,
          day,
          valueDate,
        })),
      ),
      lines: byText(
        lines.map(
          ({ agencyCode, allotted, available, frozen, held, inTransit, spent, returned }) => ({
            agencyCode,
            allotted,
            available,
            frozen,
            held,
            inTransit,
            spent,
            returned,
          }),
        ),
      ),
      statements: byText(
        statements.map(({ date, opening, receipts, payments: paid, closing }) => ({
          date,
          opening,
          receipts,
          paid,
          closing,
        })),
      ),
      flows: byText(flows.map(({ sourceKind, amount }) => ({ sourceKind, amount }))),
    },
    null,
    1,
  );
}
