/** One day's error, what came less what was expected, by cause. The four add up to it to the fen. */
export interface ErrorParts {
  /** It came, or will come, on another day near by; over a whole window these add up to nothing. */
  readonly timing: number;
  /** It came on its day, larger or smaller. */
  readonly amount: number;
  /** It was expected and hardly anything came (never positive for positive flows). */
  readonly missing: number;
  /** It came and hardly anything was expected. */
  readonly unplanned: number;
}

/** What is less than a tenth of the other figure counts as hardly anything. */
const hardlyShare = 10;

/**
 * Splits the errors of consecutive days. First what came too much on one day is set against what
 * came too little on another, the nearest days first, earlier ones before later ones: that is
 * timing. What is left of a day is missing where hardly anything came, unplanned where hardly
 * anything was expected, and else amount.
 * @param expected whole fen
 * @param came whole fen, as many days
 * @param reach working days within which money counts as moved and not as missing
 */
export function splitErrors(
  expected: readonly number[],
  came: readonly number[],
  reach: number,
): ErrorParts[] {
  const left = came.map((value, d) => value - (expected[d] ?? 0));
  const timing = left.map(() => 0);
  for (let apart = 1; apart <= reach; apart += 1) {
    for (let d = 0; d + apart < left.length; d += 1) settle(left, timing, d, d + apart);
  }
  return left.map((rest, d) => {
    const parts = { timing: timing[d] ?? 0, amount: 0, missing: 0, unplanned: 0 };
    const planned = Math.abs(expected[d] ?? 0);
    const moved = Math.abs(came[d] ?? 0);
    if (moved * hardlyShare < planned) return { ...parts, missing: rest };
    return planned * hardlyShare < moved
      ? { ...parts, unplanned: rest }
      : { ...parts, amount: rest };
  });
}

/** Sets a surplus of one day against a lack of the other. */
function settle(left: number[], timing: number[], one: number, other: number): void {
  const a = left[one] ?? 0;
  const b = left[other] ?? 0;
  if (a === 0 || b === 0 || a > 0 === b > 0) return;
  const moved = Math.sign(a) * Math.min(Math.abs(a), Math.abs(b));
  left[one] = a - moved;
  left[other] = b + moved;
  timing[one] = (timing[one] ?? 0) + moved;
  timing[other] = (timing[other] ?? 0) - moved;
}
