import { SubsetSumsKept, subsetsBetween } from './sums.js';

/** Subsets by plain counting, as bits. */
function counted(items: readonly number[], low: number, high: number): number[] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => bits).filter((bits) => {
    const sum = items.reduce((all, item, at) => all + (((bits >>> at) & 1) === 1 ? item : 0), 0);
    return sum >= low && sum <= high;
  });
}

describe('sums of subsets', () => {
  const left = [7, 12, 12, 30];
  const right = [5, 9, 41, 2, 7];
  const kept = new SubsetSumsKept();

  it('finds every subset between two values, those of equal items too', () => {
    for (let low = -3; low < 130; low += 4) {
      for (const width of [0, 1, 6, 40]) {
        const halves = [kept.of(left), kept.of(right)] as const;
        const between = { low, high: low + width };
        const found = subsetsBetween(halves, left.length, between, 1000);
        const expected = counted([...left, ...right], low, low + width);
        expect(found?.toSorted((a, b) => a - b)).toEqual(expected);
      }
    }
  });

  it('tells nothing where there are more subsets than asked for', () => {
    const halves = [kept.of(left), kept.of(right)] as const;
    expect(subsetsBetween(halves, left.length, { low: 0, high: 200 }, 511)).toBeNull();
    expect(subsetsBetween(halves, left.length, { low: 0, high: 200 }, 512)).toHaveLength(512);
  });
});
