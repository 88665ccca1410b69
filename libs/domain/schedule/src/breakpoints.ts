/** How much less, or how much later, cash may come in before a tier is hurt. */
import type { Status } from './plan.js';
import { plan } from './planner.js';
import type { Fen, Problem } from './problem.js';
import { compareTies } from './tie-order.js';

/** A request that was on time and no longer is. */
export interface Broken {
  readonly tier: number;
  readonly request: string;
  readonly from: Status;
  readonly to: Status;
}

/** `null` where nothing on the grid breaks the tier. */
export interface Breakpoints {
  /** `percent` in millionths of the whole: 1 % is 10,000. */
  readonly inflow: readonly {
    readonly tier: number;
    readonly cutMillionths: number | null;
    readonly broken: Broken | null;
  }[];
  readonly delay: readonly {
    readonly tier: number;
    readonly days: number | null;
    readonly broken: Broken | null;
  }[];
}

const WHOLE = 1_000_000;

function withInflow(problem: Problem, change: (inflow: readonly Fen[]) => Fen[]): Problem {
  return {
    ...problem,
    pools: problem.pools.map((pool) => ({ ...pool, inflow: change(pool.inflow) })),
  };
}

/** Every inflow lower by that share, rounded down to the fen. */
function cut(problem: Problem, millionths: number): Problem {
  const rest = BigInt(WHOLE - millionths);
  return withInflow(problem, (inflow) =>
    inflow.map((amount) => Number((BigInt(amount) * rest) / BigInt(WHOLE))),
  );
}

/** Every inflow that many working days later; what would come after the horizon is lost. */
function delay(problem: Problem, days: number): Problem {
  return withInflow(problem, (inflow) => inflow.map((_, day) => inflow[day - days] ?? 0));
}

type Outcome = ReadonlyMap<string, Status>;

function outcomeOf(problem: Problem): Outcome {
  const { decisions } = plan(problem, { digest: '', cures: 'none' });
  return new Map(decisions.map(({ request, status }) => [request, status]));
}

/** Goes up the grid, for what is lost is not monotone, until every tier is hurt or the grid ends. */
function climb(
  problem: Problem,
  grid: Iterable<number>,
  change: (problem: Problem, size: number) => Problem,
  onStep: () => void,
): Map<number, { size: number; broken: Broken }> {
  const ordered = [...problem.requests].sort(compareTies);
  const before = outcomeOf(problem);
  const safe = new Set(
    ordered.filter(({ id }) => before.get(id) === 'on-time').map(({ tier }) => tier),
  );
  const found = new Map<number, { size: number; broken: Broken }>();
  for (const size of grid) {
    if (safe.size === 0) break;
    onStep();
    const after = outcomeOf(change(problem, size));
    for (const { id, tier } of ordered) {
      const to = after.get(id) ?? 'deferred';
      if (!safe.has(tier) || before.get(id) !== 'on-time' || to === 'on-time') continue;
      found.set(tier, { size, broken: { tier, request: id, from: 'on-time', to } });
      safe.delete(tier);
    }
  }
  return found;
}

function* steps(step: number, last: number): Generator<number> {
  for (let size = step; size <= last; size += step) yield size;
}

/**
 * Per tier, the smallest cut of all inflows, in steps of `stepMillionths`, and the smallest delay in
 * working days at which a request of the tier that was on time no longer is. `onStep` is called before
 * each plan, so that a caller can show progress.
 */
export function breakpoints(
  problem: Problem,
  stepMillionths: number,
  onStep: () => void = () => undefined,
): Breakpoints {
  const tiers = [...new Set(problem.requests.map(({ tier }) => tier))].sort((a, b) => a - b);
  const cuts = climb(problem, steps(stepMillionths, WHOLE), cut, onStep);
  const delays = climb(problem, steps(1, problem.days.length), delay, onStep);
  return {
    inflow: tiers.map((tier) => {
      const at = cuts.get(tier);
      return { tier, cutMillionths: at?.size ?? null, broken: at?.broken ?? null };
    }),
    delay: tiers.map((tier) => {
      const at = delays.get(tier);
      return { tier, days: at?.size ?? null, broken: at?.broken ?? null };
    }),
  };
}
