/** The planner: rank by rank and aim by aim, the best that the ranks above leave possible. */
import { serveGreedily } from './greedy/serve-greedily.js';
import type { Plan, PlanOptions } from './plan.js';
import { preferEarlier } from './prefer-earlier.js';
import type { Problem } from './problem.js';
import { type Verdict, reportOf } from './report.js';
import { serveBest } from './search/serve-best.js';
import { moveAhead, orderTwins } from './settle.js';
import { termsOf } from './terms.js';

/**
 * Decides every request of the problem: paid on which day, late, in part, or deferred, and why.
 *
 * Lexicographic over the ranks: what is promised is kept, then as much as possible is paid on time,
 * then at all, then early. Pure: the same problem and options give the same plan on every machine.
 */
export function plan(problem: Problem, options: PlanOptions): Plan {
  const terms = termsOf(problem);
  const served = serveGreedily(terms);
  const verdicts: Verdict[] = serveBest(terms, served, options);
  preferEarlier(terms, served);
  orderTwins(terms, served);
  if (problem.timing === 'earliest') moveAhead(terms, served);
  return reportOf(terms, served, verdicts, options);
}
