import { check } from './check/check.js';
import { readProblem } from './door/read-problem.js';
import { plan } from './planner.js';
import { gapOf } from './report.js';
import { tightened } from './tighten.js';

const digest = 'd';

function aProblem() {
  const request = (id: string) => ({ id, pool: 'p', amount: '6.00', tier: 1, due: '2026-12-01' });
  const reading = readProblem(
    JSON.stringify({
      days: ['2026-12-01'],
      pools: [{ id: 'p', opening: '10.00' }],
      requests: [request('A'), request('B')],
    }),
  );
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

/** The plan with another bound: 6.00 is paid, the relaxation is 10.00. */
function withBound(bound: number) {
  const made = plan(aProblem(), { digest });
  const ranks = made.ranks.map((rank) => {
    return { ...rank, bound, gapMillionths: gapOf(bound, rank.onTime), proven: false };
  });
  return { ...made, ranks };
}

test('a bound above the relaxation is lowered to it, and then the checker accepts the plan', () => {
  const loose = withBound(1_100);
  const report = check(aProblem(), loose, { digest });
  expect(report).toMatchObject({ ok: false, loose: [{ rank: 0, relaxation: 1_000 }] });
  const better = tightened(loose, report);
  expect(better.ranks).toMatchObject([{ bound: 1_000, gapMillionths: 400_000, onTime: 600 }]);
  expect(better.decisions).toEqual(loose.decisions);
  expect(check(aProblem(), better, { digest }).rejections).toEqual([]);
});

test('a plan with any other fault stays as it is, and rejected', () => {
  const other = { ...withBound(1_100), digest: 'of another problem' };
  expect(tightened(other, check(aProblem(), other, { digest }))).toBe(other);
});

test('a plan without fault stays as it is', () => {
  const sound = plan(aProblem(), { digest });
  expect(tightened(sound, check(aProblem(), sound, { digest }))).toBe(sound);
});
