interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * A place where `cost` is low, by the simplex search of Nelder and Mead (1965), which takes the
 * same steps on every machine.
 * @param start the first place tried
 * @param reach how far each coordinate is moved at first
 * @param stepsMax after so many steps the best place so far is taken
 */
export function minimise(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  reach: readonly number[],
  stepsMax: number,
): readonly number[] {
  const corner = (at: readonly number[]): Corner => ({ at, value: cost(at) });
  const moved = (n: number): number[] => start.map((x, i) => (i === n ? x + (reach[i] ?? 0) : x));
  let corners = [corner(start), ...start.map((_, n) => corner(moved(n)))];
  for (let step = 0; step < stepsMax; step += 1) {
    corners = corners.toSorted((a, b) => a.value - b.value);
    const [best] = corners;
    const [second, worst] = corners.slice(-2);
    if (best === undefined || second === undefined || worst === undefined) break;
    if (worst.value - best.value <= 1e-9 * Math.abs(best.value)) break;
    const next = improved(corner, corners.slice(0, -1), worst, { best, second });
    corners =
      next === undefined
        ? corners.map((each) => (each === best ? best : corner(between(best.at, each.at, 0.5))))
        : [...corners.slice(0, -1), next];
  }
  return corners.reduce((a, b) => (b.value < a.value ? b : a)).at;
}

/** What to put in the worst corner's place; undefined where nothing on its line is better. */
function improved(
  corner: (at: readonly number[]) => Corner,
  others: readonly Corner[],
  worst: Corner,
  { best, second }: { readonly best: Corner; readonly second: Corner },
): Corner | undefined {
  const middle = worst.at.map(
    (_, i) => others.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / others.length,
  );
  const on = (share: number): Corner => corner(between(middle, worst.at, share));
  const mirrored = on(-1);
  if (mirrored.value < best.value) {
    const further = on(-2);
    return further.value < mirrored.value ? further : mirrored;
  }
  if (mirrored.value < second.value) return mirrored;
  const nearer = on(mirrored.value < worst.value ? -0.5 : 0.5);
  return nearer.value < Math.min(mirrored.value, worst.value) ? nearer : undefined;
}

const between = (from: readonly number[], to: readonly number[], share: number): number[] =>
  from.map((x, i) => x + share * ((to[i] ?? 0) - x));
