import { plan, planText, readPlan, readProblem, type Problem } from '@guoku/domain-schedule';
import { differences } from './fuzz.js';
import { curesOfProblem } from './prove/cures.js';
import { judged, malformedOf } from './prove/malformed.js';
import { monthFaults } from './prove/months.js';
import { tamperedFaults } from './prove/tampered.js';
import { MUTATIONS } from './trial/mutate.js';
import type { ProblemText } from './trial/problem-text.js';
import { smallProblem } from './trial/small-problem.js';
import { TAMPERS } from './trial/tamper.js';

function read(problem: ProblemText): Problem {
  const reading = readProblem(JSON.stringify(problem));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

const seeds = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => first + index);

test('every aim of every rank equals the exact optimum, and the checker accepts: 300 problems', async () => {
  const found: string[] = [];
  for (const seed of seeds(300)) found.push(...(await differences(seed)));
  expect(found).toEqual([]);
}, 120_000);

test('problems that once went wrong: a case without any option, ranks frozen in part, frozen between open ones', async () => {
  const found: string[] = [];
  for (const seed of [8319, 1616, 81_094, 82_061]) found.push(...(await differences(seed)));
  expect(found).toEqual([]);
});

test('months: no floor broken, higher ranks first, nothing below or in another order matters', () => {
  expect(seeds(400, 5000).flatMap(monthFaults)).toEqual([]);
});

test('every cure does what it says, one fen or one day less does not', () => {
  const judged = seeds(300, 6000).map(curesOfProblem);
  expect(judged.flatMap(({ found }) => found)).toEqual([]);
  expect(judged.reduce((sum, { cases }) => sum + cases, 0)).toBeGreaterThan(600);
});

test('the checker rejects plans tampered with in forty-two ways', () => {
  const judged = seeds(60, 100).map(tamperedFaults);
  expect(judged.flatMap(({ found }) => found)).toEqual([]);
  const kinds = judged.flatMap((one) => one.kinds);
  expect(kinds.length).toBeGreaterThan(1000);
  expect(new Set(kinds).size).toBe(Object.keys(TAMPERS).length);
});

test('a plan read back from its text is the same plan', () => {
  for (const seed of seeds(60)) {
    const made = plan(read(smallProblem(seed)), { digest: 'd' });
    expect(readPlan(planText(made))).toEqual({ ok: true, plan: made });
  }
});

test('malformed input is refused with faults at their places or planned, never with a crash', async () => {
  const kinds = new Set<string>();
  for (const seed of seeds(400)) {
    const input = await malformedOf(seed);
    kinds.add(input.kind);
    expect({ seed, kind: input.kind, found: judged(input).found }).toEqual({
      seed,
      kind: input.kind,
      found: [],
    });
  }
  expect(kinds.size).toBe(Object.keys(MUTATIONS).length);
});
