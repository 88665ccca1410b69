import { killsOf, victimsByMonth, type Step } from './kill-plan.js';
import { VICTIMS } from './standing-system.js';

const steps: Step[] = [100, 900, 1000, 5000].map((atMs, nth) => ({ text: `step ${nth}`, atMs }));

test('each victim dies as often as told, and no month has more deaths than told', () => {
  const months = victimsByMonth(7, 10, 7);
  expect(Map.groupBy(months.flat(), (victim) => victim).size).toBe(VICTIMS.length);
  for (const victim of VICTIMS)
    expect(months.flat().filter((one) => one === victim)).toHaveLength(10);
  expect(months.map(({ length }) => length)).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 4]);
});

test('the same seed gives the same kills, another seed gives others', () => {
  const victims = victimsByMonth(7, 2, 12)[0] ?? [];
  expect(victimsByMonth(7, 2, 12)[0]).toEqual(victims);
  expect(killsOf(8, victims, steps)).toEqual(killsOf(8, victims, steps));
  expect(killsOf(9, victims, steps)).not.toEqual(killsOf(8, victims, steps));
});

test('every kill falls between the first and the last step, in order, and stays away three seconds at most', () => {
  const victims = Array.from({ length: 200 }, () => 'quota' as const);
  const kills = killsOf(1, victims, steps);
  const times = kills.map(({ step, afterMs }) => (steps[step]?.atMs ?? 0) + afterMs);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(times[0]).toBeGreaterThanOrEqual(100);
  expect(times.at(-1)).toBeLessThanOrEqual(5000);
  // The longest step is hit most often.
  expect(kills.filter(({ step }) => step === 2).length).toBeGreaterThan(120);
  expect(kills.every(({ pauseMs }) => pauseMs >= 0 && pauseMs <= 3000)).toBe(true);
});
