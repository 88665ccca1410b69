import { across, cumulate, quantileOfSorted, type SeriesPaths } from './paths.js';

/**
 * What a planner may count on per day: the rise of the running maximum of the chosen quantile of
 * the cumulated inflow, never under zero, in whole fen rounded down. The caution is taken once, on
 * the sum; adding up the days' own quantiles would count it once a day.
 * @param inflow joint paths of a pool's inflow
 * @param level the cautious quantile by the division's policy, e.g. 0.1
 */
export function planningInflow(inflow: SeriesPaths, level: number): number[] {
  const cumulated = cumulate(inflow, inflow.name);
  let promised = 0;
  return inflow.days.map((_, d) => {
    const sure = Math.floor(quantileOfSorted(across(cumulated, d).sort(), level));
    const rise = Math.max(0, sure - promised);
    promised += rise;
    return rise;
  });
}
