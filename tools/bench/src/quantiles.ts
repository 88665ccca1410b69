/** What half, and 99 of 100, took at most, and the slowest; in milliseconds with two decimals. */
export interface Quantiles {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** @param samplesMs at least one */
export function quantilesOf(samplesMs: readonly number[]): Quantiles {
  const sorted = samplesMs.toSorted((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return {
    count: sorted.length,
    p50Ms: round(at(0.5)),
    p99Ms: round(at(0.99)),
    maxMs: round(at(1)),
  };
}
