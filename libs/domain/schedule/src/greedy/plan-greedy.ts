/** The first planner, kept beside the real one to show what choosing well is worth. */
import type { Plan, PlanOptions } from '../plan.js';
import type { Problem } from '../problem.js';
import { reportOf } from '../report.js';
import { rankAims } from '../served.js';
import { moveAhead, orderTwins } from '../settle.js';
import { termsOf } from '../terms.js';
import { serveGreedily } from './serve-greedily.js';

/**
 * Requests in tie order, each paid as far as it fits, on time or else as early as it can be.
 * It proves nothing but what is paid wholly: `bound` is what was asked for.
 */
export function planGreedy(problem: Problem, options: PlanOptions): Plan {
  const terms = termsOf(problem);
  const served = serveGreedily(terms);
  const verdicts = terms.ranks.map(({ asks }) => {
    const { kept, onTime } = rankAims(asks, served);
    const wanted = asks.reduce((sum, ask) => sum + ask.amount, 0);
    const promised = asks
      .flatMap((ask) => ask.promised)
      .reduce((sum, part) => sum + part.amount, 0);
    return { bound: wanted, proven: onTime === wanted && kept === promised };
  });
  orderTwins(terms, served);
  if (problem.timing === 'earliest') moveAhead(terms, served);
  return reportOf(terms, served, verdicts, options);
}
