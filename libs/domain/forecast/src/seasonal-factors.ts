/** What each place of a season brings more or less than the level. */
export interface SeasonalFactors {
  /** One for each place, the first for the first period: shares of the level, or amounts. */
  readonly factors: readonly number[];
  readonly areShares: boolean;
}

/** The 90 % point of the standard normal, both sides: a season that is less sure than this is none. */
const sure = 1.645;

/**
 * Classical decomposition by centred moving means; undefined where the autocorrelation one season
 * apart is no larger than chance makes it, or where there are not two seasons. Shares where all
 * values are positive, else amounts.
 */
export function seasonalFactors(values: Float64Array, season: number): SeasonalFactors | undefined {
  if (season < 2 || values.length < 2 * season + 1 || !isSeasonal(values, season)) return undefined;
  const areShares = values.every((value) => value > 0);
  const neutral = areShares ? 1 : 0;
  const sums = new Array<number>(season).fill(0);
  const counts = new Array<number>(season).fill(0);
  const half = Math.floor(season / 2);
  for (let t = half; t < values.length - half; t += 1) {
    const level = centredMean(values, t, season);
    const value = values[t] ?? 0;
    sums[t % season] = (sums[t % season] ?? 0) + (areShares ? value / level : value - level);
    counts[t % season] = (counts[t % season] ?? 0) + 1;
  }
  const raw = sums.map((sum, place) =>
    counts[place] === 0 ? neutral : sum / (counts[place] ?? 1),
  );
  const mean = raw.reduce((sum, each) => sum + each, 0) / season;
  return { areShares, factors: raw.map((each) => (areShares ? each / mean : each - mean)) };
}

/** The autocorrelation test of the theta method (Assimakopoulos and Nikolopoulos 2000). */
function isSeasonal(values: Float64Array, season: number): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const around = values.map((value) => value - mean);
  const together = (apart: number): number => {
    let sum = 0;
    for (let t = apart; t < around.length; t += 1) {
      sum += (around[t] ?? 0) * (around[t - apart] ?? 0);
    }
    return sum;
  };
  const whole = together(0);
  if (whole === 0) return false;
  let squares = 0;
  for (let apart = 1; apart < season; apart += 1) squares += (together(apart) / whole) ** 2;
  const chance = sure * Math.sqrt((1 + 2 * squares) / values.length);
  return Math.abs(together(season) / whole) > chance;
}

function centredMean(values: Float64Array, t: number, season: number): number {
  const half = Math.floor(season / 2);
  const isEven = season % 2 === 0;
  let sum = 0;
  for (let k = -half; k <= half; k += 1) {
    sum += (values[t + k] ?? 0) * (isEven && Math.abs(k) === half ? 0.5 : 1);
  }
  return sum / season;
}
