import type { Day, WorkingCalendar } from '@guoku/calendar';
import { Money } from '@guoku/money';
import type { BudgetLine } from './budget-line.js';
import { refused } from './decision.js';
import type { PromisedPart } from './disbursement-plan.js';
import { classify, type Classification, type PriorityPolicy } from './priority-policy.js';
import { promisesThatFit } from './promises.js';

/** One consistent snapshot of everything a plan is made from. */
export interface PlanningSnapshot {
  /** The open business day: the first day on which anything can be paid. */
  readonly today: Day;
  /** A forecast older than this is refused: the books have moved on. */
  readonly lastClosedDay: Day | null;
  readonly horizonTo: Day;
  readonly calendar: WorkingCalendar;
  readonly sameDayInflow: boolean;
  readonly timing: 'due' | 'earliest';
  readonly policy: PriorityPolicy | undefined;
  readonly pools: readonly PoolSetting[];
  readonly forecast: PlanningForecast | undefined;
  /** Held requests with something outstanding. */
  readonly requests: readonly OpenRequest[];
  /** Parts of the plan in force that are not done. */
  readonly promised: readonly PromisedPart[];
  /** Payments that the forecast's opening balances do not know: they are committed today. */
  readonly unbooked: readonly { readonly poolCode: string; readonly amount: Money }[];
}

export interface PoolSetting {
  readonly poolCode: string;
  readonly parent: string | null;
  /** Tiers up to this one may draw on the reserve. */
  readonly reserveTiers: number;
}

/** The forecast as it was published; what a pool gets contains what its descendants get. */
export interface PlanningForecast {
  readonly snapshotId: string;
  /** Last day whose flows are in `opening`. */
  readonly origin: Day;
  readonly days: readonly Day[];
  readonly pools: readonly {
    readonly poolCode: string;
    readonly opening: Money;
    readonly inflow: readonly Money[];
    readonly committed: readonly Money[];
    readonly floor: readonly Money[];
    readonly reserve: readonly Money[];
  }[];
}

export interface OpenRequest {
  readonly id: string;
  readonly agencyCode: string;
  readonly line: BudgetLine;
  readonly outstanding: Money;
  readonly earliest: Day | null;
  readonly due: Day;
  readonly latest: Day;
  readonly divisible: boolean;
  readonly minPart: Money | null;
  /** RFC 3339 with offset. */
  readonly submittedAt: string;
  /** Quota said no on this day: left out of the plans of that day. */
  readonly declinedOn: Day | null;
}

/** The planner's file format (amounts as text), as it is recorded and digested. */
export interface ProblemDocument {
  readonly days: readonly Day[];
  readonly sameDayInflow: boolean;
  readonly pools: readonly PoolDocument[];
  readonly requests: readonly RequestDocument[];
  readonly timing: 'due' | 'earliest';
}

interface PoolDocument {
  readonly id: string;
  readonly parent?: string;
  readonly opening: Money;
  readonly floor: readonly Money[];
  readonly reserve: { readonly amount: readonly Money[]; readonly tiers: number };
  readonly inflow: readonly Money[];
  readonly committed: readonly Money[];
}

interface RequestDocument {
  readonly id: string;
  readonly unit: string;
  readonly pool: string;
  readonly amount: Money;
  readonly tier: number;
  readonly urgency: number;
  readonly earliest?: Day;
  readonly due: Day;
  readonly latest: Day;
  readonly divisible: boolean;
  readonly minPart?: Money;
  readonly approved?: readonly { readonly date: Day; readonly amount: Money }[];
  readonly submittedAt: string;
}

/** Why no problem can be gathered, in order of precedence. */
export const GATHER_REFUSALS = [
  'policy_missing',
  'forecast_missing',
  'forecast_stale',
  'horizon_before_today',
  'horizon_before_promises',
  'forecast_too_short',
  'pool_without_forecast',
  'pool_unknown',
] as const;
export type GatherRefusal = (typeof GATHER_REFUSALS)[number];

export type Gathering =
  | {
      readonly ok: true;
      readonly problem: ProblemDocument;
      readonly classified: ReadonlyMap<string, Classification>;
    }
  | { readonly ok: false; readonly refusal: GatherRefusal };

/**
 * The planner's problem. The horizon runs over the working days from today; requests due after it are left
 * to a later plan, those whose time has passed stay in and are told so. What was promised for an earlier
 * day and not done is owed today.
 */
export function gatherProblem(snapshot: PlanningSnapshot): Gathering {
  const { today, horizonTo, calendar, policy, forecast, pools } = snapshot;
  if (policy === undefined) return refused('policy_missing');
  if (forecast === undefined) return refused('forecast_missing');
  if (snapshot.lastClosedDay !== null && forecast.origin < snapshot.lastClosedDay) {
    return refused('forecast_stale');
  }
  const days = calendar.workingDays(today, horizonTo);
  const [first] = days;
  if (first === undefined) return refused('horizon_before_today');
  if (snapshot.promised.some(({ date }) => date > horizonTo)) {
    return refused('horizon_before_promises');
  }
  if (days.some((day) => !forecast.days.includes(day))) return refused('forecast_too_short');
  const forecastPools = new Set(forecast.pools.map(({ poolCode }) => poolCode));
  if (pools.some(({ poolCode }) => !forecastPools.has(poolCode))) {
    return refused('pool_without_forecast');
  }

  const open = snapshot.requests
    .filter(({ due, declinedOn }) => due <= horizonTo && declinedOn !== today)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const classified = new Map(open.map(({ id, line }) => [id, classify(line, policy)]));
  const poolCodes = new Set(pools.map(({ poolCode }) => poolCode));
  if ([...classified.values()].some(({ pool }) => !poolCodes.has(pool))) {
    return refused('pool_unknown');
  }

  const promised = Map.groupBy(snapshot.promised, ({ requestId }) => requestId);
  const requests = open.map((request) => {
    const parts = promised.get(request.id) ?? [];
    return requestDocument(request, classified.get(request.id), parts, { days, calendar });
  });
  const problem: ProblemDocument = {
    days,
    sameDayInflow: snapshot.sameDayInflow,
    pools: pools.map((pool) => poolDocument(pool, forecast, days, snapshot)),
    requests,
    timing: snapshot.timing,
  };
  return { ok: true, problem, classified };
}

interface Horizon {
  readonly days: readonly Day[];
  readonly calendar: WorkingCalendar;
}

function requestDocument(
  request: OpenRequest,
  classification: Classification | undefined,
  parts: readonly PromisedPart[],
  horizon: Horizon,
): RequestDocument {
  if (classification === undefined) throw new Error(`${request.id} is not classified`);
  const divisible = classification.divisible ?? request.divisible;
  const asked = classification.minPart ?? request.minPart;
  const minPart = divisible && asked !== null ? Money.min(asked, request.outstanding) : null;
  const approved = promisesThatFit(parts, { ...request, divisible, minPart }, horizon);
  return {
    id: request.id,
    unit: request.agencyCode,
    pool: classification.pool,
    amount: request.outstanding,
    tier: classification.tier,
    urgency: classification.urgency,
    ...(request.earliest === null ? {} : { earliest: request.earliest }),
    due: request.due,
    latest: request.latest,
    divisible,
    ...(minPart === null ? {} : { minPart }),
    ...(approved.length === 0 ? {} : { approved }),
    submittedAt: request.submittedAt,
  };
}

/** Flows of forecast days before today are taken as having happened. */
function poolDocument(
  { poolCode, parent, reserveTiers }: PoolSetting,
  forecast: PlanningForecast,
  days: readonly Day[],
  { today, pools, unbooked }: PlanningSnapshot,
): PoolDocument {
  const own = forecast.pools.find((pool) => pool.poolCode === poolCode);
  if (own === undefined) throw new Error(`${poolCode} is not in the forecast`);
  const at = (amounts: readonly Money[], day: Day): Money =>
    amounts[forecast.days.indexOf(day)] ?? Money.zero;
  const before = forecast.days.filter((day) => day < today);
  const sumBefore = (amounts: readonly Money[]): Money =>
    Money.sum(before.map((day) => at(amounts, day)));
  const family = descendantsOf(poolCode, pools);
  const left = Money.sum(
    unbooked.filter((payment) => family.has(payment.poolCode)).map(({ amount }) => amount),
  );
  return {
    id: poolCode,
    ...(parent === null ? {} : { parent }),
    opening: own.opening.plus(sumBefore(own.inflow)).minus(sumBefore(own.committed)),
    floor: days.map((day) => at(own.floor, day)),
    reserve: { amount: days.map((day) => at(own.reserve, day)), tiers: reserveTiers },
    inflow: days.map((day) => at(own.inflow, day)),
    committed: days.map((day, nth) =>
      nth === 0 ? at(own.committed, day).plus(left) : at(own.committed, day),
    ),
  };
}

/** A pool and all below it: what one of them pays, it pays. */
function descendantsOf(poolCode: string, pools: readonly PoolSetting[]): ReadonlySet<string> {
  const family = new Set([poolCode]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const pool of pools) {
      if (pool.parent !== null && family.has(pool.parent)) family.add(pool.poolCode);
    }
  }
  return family;
}
