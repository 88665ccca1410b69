/** Every plan made is accepted by the checker, every tampered copy of it rejected. */
import { check, plan, readProblem } from '@guoku/domain-schedule';
import { Chance } from '../trial/random.js';
import { smallProblem } from '../trial/small-problem.js';
import { TAMPERS } from '../trial/tamper.js';

/** The plan of one random problem and a tampered copy of each kind that it has something for. */
export function tamperedFaults(seed: number): {
  readonly kinds: readonly string[];
  readonly found: readonly string[];
} {
  const reading = readProblem(JSON.stringify(smallProblem(seed)));
  if (!reading.ok) return { kinds: [], found: [`seed ${seed}: ${JSON.stringify(reading.faults)}`] };
  const { problem } = reading;
  const made = plan(problem, { digest: 'd' });
  const chance = new Chance(seed);
  const found = check(problem, made, { digest: 'd' }).rejections.map(
    ({ at, detail }) => `seed ${seed}: rejected at ${at}: ${detail}`,
  );
  const kinds: string[] = [];
  for (const [name, tamper] of Object.entries(TAMPERS)) {
    const changed = tamper(made, chance);
    if (changed === null) continue;
    kinds.push(name);
    if (check(problem, changed, { digest: 'd' }).ok) found.push(`seed ${seed}: accepted ${name}`);
  }
  return { kinds, found };
}
