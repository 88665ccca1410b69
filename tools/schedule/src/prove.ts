/** `npm run prove:schedule -- [count] [first seed]`: malformed inputs and cures, by the thousand. */
import { type Decision, type Problem, check, plan, readProblem } from '@guoku/domain-schedule';
import { mutated } from './trial/mutate.js';
import { Chance } from './trial/random.js';
import { smallProblem } from './trial/small-problem.js';
import { TAMPERS } from './trial/tamper.js';

/** A malformed text must give faults or a plan; a throw is a failure. */
function survives(seed: number): string[] {
  const text = mutated(JSON.stringify(smallProblem(seed)), new Chance(seed));
  try {
    const reading = readProblem(text);
    if (reading.ok) plan(reading.problem, { digest: '' });
    return [];
  } catch (error) {
    return [`seed ${seed}: ${error instanceof Error ? error.message : 'thrown'}`];
  }
}

/** A plan is accepted, each tampered copy rejected. */
function judged(seed: number, problem: Problem): string[] {
  const made = plan(problem, { digest: '' });
  const found = check(problem, made, { digest: '' }).rejections.map(
    ({ at, detail }) => `seed ${seed}: rejected at ${at}: ${detail}`,
  );
  const chance = new Chance(seed);
  const [name, tamper] = chance.pick(Object.entries(TAMPERS));
  const changed = tamper(made, chance);
  if (changed !== null && check(problem, changed, { digest: '' }).ok) {
    found.push(`seed ${seed}: accepted with ${name}`);
  }
  return found;
}

/** The order of the input changes nothing. */
function ordered(seed: number, problem: Problem): string[] {
  const chance = new Chance(seed);
  const other = {
    ...problem,
    requests: chance.shuffle(problem.requests),
    pools: chance.shuffle(problem.pools),
  };
  const texts = [problem, other].map((one) => {
    const { decisions } = plan(one, { digest: '' });
    const byId = (a: Decision, b: Decision) => (a.request < b.request ? -1 : 1);
    return JSON.stringify([...decisions].sort(byId));
  });
  return texts[0] === texts[1] ? [] : [`seed ${seed}: the order of the input matters`];
}

/** Prints each failure with its seed. Exit status 1 where there is one. */
export function prove(args: readonly string[]): Promise<number> {
  const count = Number(args[0] ?? 10_000);
  const first = Number(args[1] ?? 1);
  let failures = 0;
  for (let seed = first; seed < first + count; seed++) {
    const reading = readProblem(JSON.stringify(smallProblem(seed)));
    const found = [
      ...survives(seed),
      ...(reading.ok ? [...judged(seed, reading.problem), ...ordered(seed, reading.problem)] : []),
    ];
    failures += found.length;
    for (const line of found) process.stdout.write(`${line}\n`);
    if ((seed - first) % 1000 === 999) process.stderr.write(`${seed - first + 1} of ${count}\n`);
  }
  process.stdout.write(`${count} months from seed ${first}: ${failures} failures\n`);
  return Promise.resolve(failures === 0 ? 0 : 1);
}
