import type { Plan, PlanOptions } from './plan.js';
import { planGreedy } from './greedy/plan-greedy.js';
import type { Problem } from './problem.js';

/** Decides every request of the problem: paid on which day, late, in part, or deferred, and why. */
export function plan(problem: Problem, options: PlanOptions): Plan {
  return planGreedy(problem, options);
}
