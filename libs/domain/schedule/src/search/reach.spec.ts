import { Reach } from './reach.js';

/** Sums of whole items by plain counting. */
function sumsOf(items: readonly number[]): number[] {
  return items.reduce<number[]>((sums, item) => [...sums, ...sums.map((sum) => sum + item)], [0]);
}

function largest(sums: readonly number[], cap: number): number {
  return Math.max(...sums.filter((sum) => sum <= cap));
}

describe('sums of whole payments', () => {
  const items = [1868, 1485, 1485, 1485, 548, 548, 549, 270, 270];
  const sums = sumsOf(items);

  it('knows the largest sum under any cap, those of equal items too', () => {
    const reach = new Reach(1000);
    for (const item of items) reach.add(item, item, Infinity);
    for (let cap = 0; cap < 9000; cap += 7) expect(reach.within(cap)).toBe(largest(sums, cap));
  });

  it('is never under what can be had where there is room for few intervals only', () => {
    for (const intervals of [1, 2, 4, 8, 16]) {
      const reach = new Reach(intervals);
      for (const item of items) reach.add(item, item, Infinity);
      for (let cap = 0; cap < 9000; cap += 7)
        expect(reach.within(cap)).toBeGreaterThanOrEqual(largest(sums, cap));
    }
  });

  it('forgets sums that a cap cuts off before later items come', () => {
    const reach = new Reach(1000);
    for (const item of [60, 50]) reach.add(item, item, 100);
    reach.cut(100);
    expect(reach.most).toBe(60);
    reach.add(45, 45, 200);
    expect(reach.most).toBe(105);
  });

  it('takes any part of a request that is large enough', () => {
    const reach = new Reach(1000);
    reach.add(100, 100, Infinity);
    reach.add(30, 50, Infinity);
    expect([29, 30, 47, 60, 129, 130, 149, 900].map((cap) => reach.within(cap))).toEqual([
      0, 30, 47, 50, 100, 130, 149, 150,
    ]);
  });
});
