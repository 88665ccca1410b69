import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { uniforms } from './random.js';

/** For a series that has hardly begun: each day ahead is drawn from the days there are. */
export function recentDaysModel(panel: Panel, chosen: readonly number[]): Simulator {
  return {
    name: 'recent days',
    simulate(days, paths, seed) {
      const draw = uniforms(seed);
      const draws = Float64Array.from({ length: days.length * paths }, draw);
      return chosen.map((s) => {
        const series = panel.series[s];
        const start = series?.start ?? 0;
        const length = panel.days.length - start;
        return draws.map((at) => series?.values[start + Math.floor(at * length)] ?? 0);
      });
    },
  };
}
