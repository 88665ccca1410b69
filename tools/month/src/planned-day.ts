import type { FundRequest, Plan, Pool, Problem } from '@guoku/domain-schedule';

/** One morning: what the planner was asked, and what it answered. */
export interface PlannedDay {
  readonly day: string;
  readonly problem: Problem;
  readonly plan: Plan;
}

/** The pool and all above it: what the first pays, all of them pay. */
export function lineOf(id: string, pools: readonly Pool[]): Pool[] {
  const pool = pools.find((one) => one.id === id);
  if (pool === undefined) return [];
  return [pool, ...(pool.parent === null ? [] : lineOf(pool.parent, pools))];
}

/** Ranks in order: tier, then urgency. */
export function rankOf({ tier, urgency }: Pick<FundRequest, 'tier' | 'urgency'>): number {
  return tier * 100 + urgency;
}
