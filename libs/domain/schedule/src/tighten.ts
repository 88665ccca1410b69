/** Bounds that are looser than the checker's own are replaced by those; the payments stay as they are. */
import type { CheckReport } from './check/report.js';
import type { Plan } from './plan.js';
import { gapOf } from './report.js';

/**
 * A plan whose only fault is loose bounds. The planner counts its steps, so in a large problem it may stop before a
 * bound is as low as the checker's relaxation; nobody should wait for money because of that.
 *
 * @returns the plan with the checker's relaxations for bounds; the plan itself where there is another fault, or none
 */
export function tightened(plan: Plan, { rejections, loose }: CheckReport): Plan {
  if (loose.length === 0 || rejections.length > loose.length) return plan;
  const relaxations = new Map(loose.map(({ rank, relaxation }) => [rank, relaxation]));
  const ranks = plan.ranks.map((rank, index) => {
    const bound = relaxations.get(index);
    if (bound === undefined) return rank;
    return { ...rank, bound, gapMillionths: gapOf(bound, rank.onTime) };
  });
  return { ...plan, ranks };
}
