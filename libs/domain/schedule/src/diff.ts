/** What changes between two plans: the answer to "what if". */
import type { Payment, Plan, RankResult, Status } from './plan.js';

export interface Served {
  readonly status: Status;
  readonly payments: readonly Payment[];
}

/** A request that the two plans treat differently; `null` where one of them lacks it. */
export interface Flip {
  readonly request: string;
  readonly a: Served | null;
  readonly b: Served | null;
}

export interface PlanDiff {
  readonly a: { readonly digest: string; readonly ranks: readonly RankResult[] };
  readonly b: { readonly digest: string; readonly ranks: readonly RankResult[] };
  /** In the order of plan `a`, then what only `b` has. */
  readonly flips: readonly Flip[];
}

function servedBy(plan: Plan): Map<string, Served> {
  return new Map(
    plan.decisions.map(({ request, status, payments }) => [request, { status, payments }]),
  );
}

function isAlike(a: Served, b: Served): boolean {
  return (
    a.status === b.status &&
    a.payments.length === b.payments.length &&
    a.payments.every(
      ({ date, amount }, index) =>
        date === b.payments[index]?.date && amount === b.payments[index].amount,
    )
  );
}

/** Compares two plans, request by request. */
export function diffPlans(a: Plan, b: Plan): PlanDiff {
  const before = servedBy(a);
  const after = servedBy(b);
  const flips: Flip[] = [];
  for (const request of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(request) ?? null;
    const now = after.get(request) ?? null;
    if (old === null || now === null || !isAlike(old, now)) flips.push({ request, a: old, b: now });
  }
  return {
    a: { digest: a.digest, ranks: a.ranks },
    b: { digest: b.digest, ranks: b.ranks },
    flips,
  };
}
