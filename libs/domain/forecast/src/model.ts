import type { Direction } from './history.js';
import type { Timeline } from './timeline.js';

/** Draws joint paths of all modelled series for the given future days: one array per series. */
export interface Simulator {
  readonly name: string;
  simulate(days: readonly number[], paths: number, seed: number): Float64Array[];
}

/** A fitted model: what `forecast` needs, and no more of the history than that. */
export interface Model {
  readonly origin: string;
  readonly series: readonly { readonly name: string; readonly direction: Direction }[];
  readonly notes: readonly string[];
  readonly simulator: Simulator;
  readonly timeline: Timeline;
}
