/** `schedule diff a.json b.json` and `schedule breakpoints problem.json`. */
import {
  type Breakpoints,
  type Broken,
  type Flip,
  type PlanDiff,
  breakpoints,
  diffPlans,
  moneyText,
  plan,
  rankDocument,
} from '@guoku/domain-schedule';
import type { Arguments } from './arguments.js';
import { Unusable, problemIn } from './input.js';
import { write } from './output.js';
import { Progress } from './progress.js';
import { breakpointsSummary, diffSummary } from './what-if-summary.js';

function servedDocument(served: Flip['a']): object | null {
  return (
    served && {
      status: served.status,
      payments: served.payments.map(({ date, amount }) => ({ date, amount: moneyText(amount) })),
    }
  );
}

function diffDocument({ a, b, flips }: PlanDiff): object {
  return {
    a: { digest: a.digest, ranks: a.ranks.map(rankDocument) },
    b: { digest: b.digest, ranks: b.ranks.map(rankDocument) },
    flips: flips.map((flip) => ({
      request: flip.request,
      a: servedDocument(flip.a),
      b: servedDocument(flip.b),
    })),
  };
}

/** Plans both problems and prints what differs. */
export async function diffCommand(args: Arguments): Promise<number> {
  const [fileA = '-', fileB = '-'] = args.files;
  const a = await problemIn(fileA);
  const b = a === null ? null : await problemIn(fileB);
  if (a === null || b === null) return 2;
  const progress = new Progress('ranks planned');
  const onRank = (done: number, of: number) => {
    progress.at(done, of);
  };
  const [planA, planB] = [a, b].map(({ problem, digest }) =>
    plan(problem, { digest, cures: 'none', onRank }),
  );
  progress.end();
  if (planA === undefined || planB === undefined) return 2;
  const diff = diffPlans(planA, planB);
  await write([
    args.summary ? diffSummary(diff, args.language) : `${JSON.stringify(diffDocument(diff))}\n`,
  ]);
  return planA.alarms.length + planB.alarms.length > 0 ? 1 : 0;
}

/** One line a tier; `null` in every place where nothing on the grid breaks it. */
function breakpointsDocument({ inflow, delay }: Breakpoints): object {
  const told = (broken: Broken | null) => ({
    request: broken?.request ?? null,
    from: broken?.from ?? null,
    to: broken?.to ?? null,
  });
  return {
    inflow: inflow.map(({ tier, cutMillionths, broken }) => ({
      tier,
      percent: cutMillionths === null ? null : cutMillionths / 10_000,
      ...told(broken),
    })),
    delay: delay.map(({ tier, days, broken }) => ({ tier, days, ...told(broken) })),
  };
}

/** Millionths of a step given in percent, as `0.1`. */
function stepOf(text: string): number {
  const step = Math.round(Number(text) * 10_000);
  if (!/^\d+(\.\d{1,4})?$/.test(text) || step < 1 || step > 1_000_000) {
    throw new Unusable('--step takes a percentage from 0.0001 to 100');
  }
  return step;
}

/** Prints how much less or later cash may come before each tier is hurt. */
export async function breakpointsCommand(args: Arguments): Promise<number> {
  const step = stepOf(args.step ?? '0.1');
  const input = await problemIn(args.files[0] ?? '-');
  if (input === null) return 2;
  const progress = new Progress('plans made');
  let done = 0;
  const found = breakpoints(input.problem, step, () => {
    progress.at(done++);
  });
  progress.end();
  await write([
    args.summary
      ? breakpointsSummary(found, args.language)
      : `${JSON.stringify(breakpointsDocument(found))}\n`,
  ]);
  return 0;
}
