import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { seasonalNaiveModel } from './seasonal-naive-model.js';

/** The model for periods without a calendar. */
export function periodSimulator(panel: Panel, season: number, _notes: string[]): Simulator {
  return seasonalNaiveModel(
    panel,
    panel.series.map((_, s) => s),
    season,
  );
}
