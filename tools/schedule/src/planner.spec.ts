import { check, plan, planText, readPlan, readProblem, type Problem } from '@guoku/domain-schedule';
import { differences } from './fuzz.js';
import { mutated } from './trial/mutate.js';
import type { ProblemText } from './trial/problem-text.js';
import { Chance } from './trial/random.js';
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

test('the order of pools and requests in the input changes no decision', () => {
  for (const seed of seeds(150, 5000)) {
    const problem = smallProblem(seed);
    const chance = new Chance(seed);
    const other = {
      ...problem,
      pools: chance.shuffle(problem.pools),
      requests: chance.shuffle(problem.requests),
    };
    const [a, b] = [problem, other].map((one) => plan(read(one), { digest: '' }));
    const byId = (list: readonly { request: string }[] = []) =>
      [...list].sort((x, y) => (x.request < y.request ? -1 : 1));
    expect({ seed, decisions: byId(b?.decisions) }).toEqual({
      seed,
      decisions: byId(a?.decisions),
    });
  }
});

test('a request added below changes no figure of a rank above', () => {
  for (const seed of seeds(150, 6000)) {
    const problem = smallProblem(seed);
    const extra = { ...problem.requests[0]!, id: 'FR-below', tier: 9 };
    const before = plan(read(problem), { digest: '' });
    const after = plan(read({ ...problem, requests: [...problem.requests, extra] }), {
      digest: '',
    });
    expect({ seed, ranks: after.ranks.slice(0, -1) }).toEqual({ seed, ranks: before.ranks });
  }
});

test('the checker rejects plans tampered with in forty-two ways', () => {
  const chance = new Chance(7);
  const passed: string[] = [];
  const tried = new Map<string, number>();
  for (const seed of seeds(120, 100)) {
    const problem = read(smallProblem(seed));
    const made = plan(problem, { digest: 'd' });
    for (const [name, tamper] of Object.entries(TAMPERS)) {
      if (chance.happens(0.6)) continue;
      const changed = tamper(made, chance);
      if (changed === null) continue;
      tried.set(name, (tried.get(name) ?? 0) + 1);
      if (check(problem, changed, { digest: 'd' }).ok) passed.push(`${seed}: ${name}`);
    }
  }
  expect(passed).toEqual([]);
  expect([...tried.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000);
  expect(tried.size).toBe(Object.keys(TAMPERS).length);
});

test('a plan read back from its text is the same plan', () => {
  for (const seed of seeds(60)) {
    const made = plan(read(smallProblem(seed)), { digest: 'd' });
    expect(readPlan(planText(made))).toEqual({ ok: true, plan: made });
  }
});

test('malformed input is refused with faults or planned, never with a crash', () => {
  for (const seed of seeds(600)) {
    const text = mutated(JSON.stringify(smallProblem(seed)), new Chance(seed));
    const reading = readProblem(text);
    if (reading.ok) expect(plan(reading.problem, { digest: '' }).ranks.length).toBeGreaterThan(0);
    else expect(reading.faults.length).toBeGreaterThan(0);
  }
});
