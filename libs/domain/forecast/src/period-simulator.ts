import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { seasonalNaiveModel } from './seasonal-naive-model.js';
import { smoothingModel, smoothingPeriodsMin } from './smoothing-model.js';

/** The model for periods without a calendar; a series too short for it falls back, and that is said. */
export function periodSimulator(panel: Panel, season: number, notes: string[]): Simulator {
  const smooths = panel.series.map(({ name, start, values }) => {
    const length = panel.days.length - start;
    const moves = values.some((value) => value !== 0);
    if (moves && length >= smoothingPeriodsMin) return true;
    const why = moves ? `${length} periods of history` : 'nothing ever moved';
    notes.push(`${name}: ${why}, forecast by the seasonal naive model`);
    return false;
  });
  const placesOf = (wanted: boolean): number[] =>
    smooths.flatMap((each, s) => (each === wanted ? [s] : []));
  const parts = [
    { places: placesOf(true), make: smoothingModel },
    { places: placesOf(false), make: seasonalNaiveModel },
  ]
    .filter(({ places }) => places.length > 0)
    .map(({ places, make }) => ({ places, model: make(panel, places, season) }));
  return {
    name: parts.map(({ model }) => model.name).join(', '),
    simulate(days, paths, seed) {
      const out: Float64Array[] = panel.series.map(() => new Float64Array(0));
      for (const { places, model } of parts) {
        model.simulate(days, paths, seed).forEach((values, k) => {
          out[places[k] ?? 0] = values;
        });
      }
      return out;
    },
  };
}
