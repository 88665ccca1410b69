import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { optimizer } from '@bsull/augurs-prophet-wasmstan';
import { AutoETS, initSync as initEts } from '@bsull/augurs/ets';
import { initSync as initMstl, MSTL } from '@bsull/augurs/mstl';
import { initSync as initProphet, Prophet } from '@bsull/augurs/prophet';
import { cutAt, naive, type Forecaster } from '@guoku/domain-forecast';

/** Point and ends of the band of a level, one figure a day. */
interface Band {
  readonly point: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** One tool, fitted on one series: its forecast with the 80 % band. */
type Tool = (values: readonly number[], days: readonly string[], ahead: readonly string[]) => Band;

/** Quantiles of the standard normal at the middles of 99 equal parts, by bisection of its tail (Zelen and Severo). */
const SCORES = Array.from({ length: 99 }, (_, n) => normalScore((n + 1) / 100));
const SCORE_OF_80 = normalScore(0.9);

function normalScore(level: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function normalShare(score: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(score));
  const factors = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = factors.reduce((total, factor, n) => total + factor * t ** (n + 1), 0);
  const tail = (Math.exp(-(score * score) / 2) / Math.sqrt(2 * Math.PI)) * sum;
  return score > 0 ? 1 - tail : tail;
}

/** The public tools that npm has, from WebAssembly, by name. */
export function publicTools(): Readonly<Record<string, Forecaster>> {
  const require = createRequire(import.meta.url);
  const wasm = (name: string) => ({
    module: readFileSync(require.resolve('@bsull/augurs').replace('core.js', `${name}_bg.wasm`)),
  });
  initEts(wasm('ets'));
  initMstl(wasm('mstl'));
  initProphet(wasm('prophet'));
  return {
    ETS: forecasterOf(ets),
    'MSTL 5, 21, 251': forecasterOf(mstl),
    'Prophet, monthly': forecasterOf(prophet),
  };
}

const ets: Tool = (values, _days, ahead) => {
  // The port knows no seasonal model: asked for one, it finds none.
  const model = new AutoETS(1, 'ZZN');
  model.fit([...values]);
  return bandOf(model.predict(ahead.length, 0.8));
};

const mstl: Tool = (values, _days, ahead) => {
  const model = MSTL.ets([5, 21, 251]);
  model.fit([...values]);
  return bandOf(model.predict(ahead.length, 0.8));
};

const secondsOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

const prophet: Tool = (values, days, ahead) => {
  const model = new Prophet({ optimizer, intervalWidth: 0.8 });
  model.addSeasonality('monthly', { period: 30.4375, fourierOrder: 10 });
  model.fit({ ds: days.map(secondsOf), y: [...values] });
  const { yhat } = model.predict({ ds: ahead.map(secondsOf) });
  return bandOf({ point: yhat.point, intervals: yhat.intervals });
};

interface ToolForecast {
  readonly point: readonly number[];
  readonly intervals?:
    { readonly lower: readonly number[]; readonly upper: readonly number[] } | undefined;
}

function bandOf({ point, intervals }: ToolForecast): Band {
  return { point, lower: intervals?.lower ?? point, upper: intervals?.upper ?? point };
}

/** Paths that all days of which stand at the same quantile of the band, taken for a normal one. */
function forecasterOf(tool: Tool): Forecaster {
  return (history, calendar, horizon) => {
    const ahead = naive()(history, calendar, horizon);
    const width = ahead.days.length;
    const series = ahead.series.map((paths) => {
      const flows =
        cutAt(history, history.origin).series.find(({ name }) => name === paths.name)?.flows ?? [];
      const amounts = flows.map(({ amount }) => amount);
      const band = tool(
        amounts,
        flows.map(({ day }) => day),
        ahead.days,
      );
      const values = new Float64Array(SCORES.length * width);
      SCORES.forEach((score, p) => {
        band.point.forEach((point, d) => {
          const spread = ((band.upper[d] ?? point) - (band.lower[d] ?? point)) / 2 / SCORE_OF_80;
          values[p * width + d] = point + score * spread;
        });
      });
      return { ...paths, values };
    });
    return { ...ahead, paths: SCORES.length, series };
  };
}
