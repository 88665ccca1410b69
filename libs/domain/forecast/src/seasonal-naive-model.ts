import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { uniforms } from './random.js';

/**
 * Each period ahead brings what the same place of the season brought last, plus a change from one
 * season to the next as it happened before, drawn the same for all series. With a season of 1 it
 * is the naive forecast.
 * @param season periods of one cycle, at least 1
 */
export function seasonalNaiveModel(
  panel: Panel,
  chosen: readonly number[],
  season: number,
): Simulator {
  return {
    name: season > 1 ? 'seasonal naive' : 'naive',
    simulate(days, paths, seed) {
      const length = panel.days.length;
      const draw = uniforms(seed);
      const draws = Float64Array.from({ length: days.length * paths }, draw);
      return chosen.map((s) => {
        const { values = new Float64Array(0), start = 0 } = panel.series[s] ?? {};
        const cycle = length - start > season ? season : 1;
        const changes = Math.max(0, length - start - cycle);
        return draws.map((at, i) => {
          const ahead = i % days.length;
          const from = length - cycle + (ahead % cycle);
          const donor = length - 1 - Math.floor(at * changes);
          const change = changes === 0 ? 0 : (values[donor] ?? 0) - (values[donor - cycle] ?? 0);
          return (values[from] ?? 0) + change * Math.sqrt(1 + Math.floor(ahead / cycle));
        });
      });
    },
  };
}
