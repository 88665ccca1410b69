/** `schedule check problem.json plan.json`. */
import { check, plan, planText, readPlan } from '@guoku/domain-schedule';
import { type Arguments, curesOf } from './arguments.js';
import { type ReadProblem, problemIn, textOf } from './input.js';
import { write } from './output.js';

/** `null`: the plan is made again, to the byte. */
function differsAgain(input: ReadProblem, text: string, cures: string | undefined): string | null {
  const again = planText(plan(input.problem, { digest: input.digest, ...curesOf(cures) }));
  if (again === text) return null;
  let at = 0;
  while (again[at] === text[at]) at++;
  return `planned again, the bytes differ from character ${at} on`;
}

/** Prints the report as JSON. 0 accepted, 1 rejected with every reason, 2 the problem is refused. */
export async function checkCommand(args: Arguments): Promise<number> {
  const [problemFile = '-', planFile = '-'] = args.files;
  const input = await problemIn(problemFile);
  if (input === null) return 2;
  const text = (await textOf(planFile)) ?? '';
  const reading = readPlan(text);
  if (!reading.ok) {
    const rejections = reading.faults.map(({ pointer, detail }) => ({
      code: 'shape',
      at: pointer,
      detail,
    }));
    await write([`${JSON.stringify({ ok: false, rejections, unconfirmed: [] })}\n`]);
    return 1;
  }
  const report = check(input.problem, reading.plan, { digest: input.digest });
  const rejections = [...report.rejections];
  const again = args.again ? differsAgain(input, text, args.cures) : null;
  if (again !== null) rejections.push({ code: 'not-repeated', at: '', detail: again });
  const ok = rejections.length === 0;
  await write([`${JSON.stringify({ ok, rejections, unconfirmed: report.unconfirmed })}\n`]);
  return ok ? 0 : 1;
}
