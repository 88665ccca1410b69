import type { Simulator } from './model.js';
import type { Panel } from './panel.js';
import { quantileOfSorted } from './paths.js';
import { uniforms } from './random.js';
import { seasonalFactors, type SeasonalFactors } from './seasonal-factors.js';
import { dampedAhead, dynamicThetaAhead, fitDamped, thetaAhead, type Damped } from './smoothing.js';

/** Fewer periods than this leave the seasonal naive model to do it. */
export const smoothingPeriodsMin = 8;

interface Fitted {
  readonly values: Float64Array;
  readonly factors: SeasonalFactors | undefined;
  readonly usesLogs: boolean;
  /** Mean size of the values where they are not taken as logarithms. */
  readonly unit: number;
  readonly adjusted: Float64Array;
  readonly damped: Damped;
  /** Errors of one step, their median taken out, the last of them last. */
  readonly errors: Float64Array;
}

/**
 * For periods without a calendar: the mean of the theta method, its dynamic optimised form and
 * smoothing with a damped trend, on values without their season; as logarithms where all are
 * positive, since growth and errors are then shares. Around it stand the paths of damped smoothing
 * with its own errors drawn again, the same period's for all series.
 */
export function smoothingModel(panel: Panel, chosen: readonly number[], season: number): Simulator {
  const fitted = chosen.map((s) => {
    const { values = new Float64Array(0), start = 0 } = panel.series[s] ?? {};
    return fitSeries(values.slice(start), season);
  });
  return {
    name: 'smoothing',
    simulate(days, paths, seed) {
      const draw = uniforms(seed);
      const draws = Float64Array.from({ length: days.length * paths }, draw);
      return fitted.map((each) => pathsOf(each, draws, days.length, season));
    },
  };
}

function fitSeries(values: Float64Array, season: number): Fitted {
  const factors = seasonalFactors(values, season);
  const usesLogs = values.every((value) => value > 0);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
  const unit = usesLogs || size === 0 ? 1 : size;
  const adjusted = values.map((value, t) => {
    const factor = factors?.factors[t % season];
    if (usesLogs) return Math.log(value / (factor ?? 1));
    return (value - (factor ?? 0)) / unit;
  });
  const damped = fitDamped(adjusted);
  const middle = damped.errors.toSorted()[Math.floor(damped.errors.length / 2)] ?? 0;
  const errors = damped.errors.map((error) => error - middle);
  return { values, factors, usesLogs, unit, adjusted, damped, errors };
}

function pathsOf(fitted: Fitted, draws: Float64Array, ahead: number, season: number): Float64Array {
  const { values, factors, usesLogs, unit, adjusted, damped, errors } = fitted;
  const calm = dampedAhead(damped, new Float64Array(ahead));
  const theta = thetaAhead(adjusted, ahead);
  const dynamic = dynamicThetaAhead(adjusted, ahead);
  const middle = calm.map((value, d) => (value + (theta[d] ?? 0) + (dynamic[d] ?? 0)) / 3);
  // Three parameters were chosen to make the errors small, so that new ones are larger.
  const wider = Math.sqrt(errors.length / Math.max(1, errors.length - 3));
  const around = new Float64Array(draws.length);
  for (let from = 0; from < draws.length; from += ahead) {
    const drawn = draws
      .slice(from, from + ahead)
      .map((at) => wider * (errors[errors.length - 1 - Math.floor(at * errors.length)] ?? 0));
    dampedAhead(damped, drawn).forEach((value, d) => {
      around[from + d] = value - (calm[d] ?? 0);
    });
  }
  centre(around, ahead);
  return around.map((deviation, i) => {
    const d = i % ahead;
    const level = (middle[d] ?? 0) + deviation;
    const factor = factors?.factors[(values.length + d) % season];
    return usesLogs ? Math.exp(level) * (factor ?? 1) : level * unit + (factor ?? 0);
  });
}

/** Takes out of each period ahead the median that the draws happen to have. */
function centre(around: Float64Array, ahead: number): void {
  for (let d = 0; d < ahead; d += 1) {
    const median = quantileOfSorted(around.filter((_, i) => i % ahead === d).sort(), 0.5);
    for (let i = d; i < around.length; i += ahead) around[i] = (around[i] ?? 0) - median;
  }
}
