/** `npm run fuzz:schedule -- [count] [first seed]`: the planner against the exact optimum. */
import { check, plan, readProblem } from '@guoku/domain-schedule';
import { countOf, refuseMore } from './trial-arguments.js';
import { referenceAims } from './trial/reference.js';
import { smallProblem } from './trial/small-problem.js';

const AIMS = ['kept', 'onTime', 'total', 'lateness'] as const;

/** What differs from the optimum in one random problem; empty where nothing does. */
export async function differences(seed: number): Promise<string[]> {
  const reading = readProblem(JSON.stringify(smallProblem(seed)));
  if (!reading.ok) return [`seed ${seed}: ${JSON.stringify(reading.faults)}`];
  const planned = plan(reading.problem, { digest: '' });
  const report = check(reading.problem, planned, { digest: '' });
  const best = await referenceAims(reading.problem);
  const found = [...report.rejections, ...report.unconfirmed].map(
    ({ at, detail }) => `seed ${seed} checker ${at}: ${detail}`,
  );
  for (const [index, rank] of planned.ranks.entries()) {
    const name = `seed ${seed} rank ${rank.tier}.${rank.urgency}`;
    for (const aim of AIMS) {
      if (rank[aim] !== best[index]?.[aim]) {
        found.push(`${name} ${aim}: planned ${rank[aim]}, best ${best[index]?.[aim]}`);
      }
    }
    if (!rank.proven) found.push(`${name}: not proven, bound ${rank.bound} of ${rank.onTime}`);
  }
  return found;
}

/** Compares `count` random problems; prints each difference with its seed. Exit status 1 where there is one. */
export async function fuzz(args: readonly string[]): Promise<number> {
  refuseMore(args, 2);
  const count = countOf(args[0], 'COUNT', 10_000);
  const first = countOf(args[1], 'FIRST-SEED', 1);
  let failures = 0;
  for (let seed = first; seed < first + count; seed++) {
    const found = await differences(seed);
    if (found.length > 0) failures++;
    for (const line of found) process.stdout.write(`${line}\n`);
    if ((seed - first) % 500 === 499) process.stderr.write(`${seed - first + 1} of ${count}\n`);
  }
  process.stdout.write(
    `${count} problems from seed ${first}: ${failures} differ from the optimum\n`,
  );
  return failures === 0 ? 0 : 1;
}
