/** What the checker works out of problem and plan by itself, the plain way. */
import type { Decision, Plan } from '../plan.js';
import type { Fen, FundRequest, Pool, Problem } from '../problem.js';
import type { LooseBound, Rejection, RejectionCode } from './report.js';

/** One request with its window in positions and what the plan pays it. */
export interface Claim {
  readonly request: FundRequest;
  readonly decision: Decision;
  /** Position in the problem and in the plan's decisions. */
  readonly index: number;
  readonly earliest: number;
  readonly due: number;
  readonly latest: number;
  readonly shut: 'window-empty' | 'after-horizon' | null;
  readonly paid: readonly { readonly day: number; readonly amount: Fen }[];
}

export interface Basin {
  readonly pool: Pool;
  /** The pool and all above it, lowest first. */
  readonly line: readonly string[];
  /** Over the floor at the end of each day, if nothing were paid. */
  readonly open: readonly Fen[];
  /** Paid out of it and its descendants by the end of each day. */
  readonly spent: readonly Fen[];
  /** First day with a payment, and with one to a tier outside the reserve. */
  readonly firstPaid: number;
  readonly firstOutside: number;
}

export interface Facts {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly claims: readonly Claim[];
  readonly basins: ReadonlyMap<string, Basin>;
}

/** Collects what is wrong. */
export class Findings {
  readonly rejections: Rejection[] = [];
  readonly unconfirmed: Rejection[] = [];
  readonly loose: LooseBound[] = [];

  reject(code: RejectionCode, at: string, detail: string): void {
    this.rejections.push({ code, at, detail });
  }

  doubt(code: RejectionCode, at: string, detail: string): void {
    this.unconfirmed.push({ code, at, detail });
  }
}

/** Position of the last working day not after the date, counted. */
function position(days: readonly string[], date: string): number {
  let count = 0;
  for (const day of days) {
    if (day > date) break;
    count++;
  }
  return count - 1;
}

/** Positions of dates, each worked out once. */
function positions(days: readonly string[]): (date: string) => number {
  const known = new Map<string, number>();
  return (date) => {
    let found = known.get(date);
    if (found === undefined) {
      found = position(days, date);
      known.set(date, found);
    }
    return found;
  };
}

function claimsOf(problem: Problem, plan: Plan): Claim[] {
  const { days } = problem;
  const at = positions(days);
  const known = new Map(days.map((day, index) => [day, index]));
  return problem.requests.flatMap((request, index) => {
    const decision = plan.decisions[index];
    if (decision === undefined) return [];
    const due = at(request.due);
    const latest = at(request.latest ?? request.due);
    const start = request.earliest ?? '';
    const earliest = known.get(start) ?? at(start) + 1;
    const afterHorizon = earliest >= days.length;
    const shut: Claim['shut'] =
      latest < 0 || (!afterHorizon && earliest > latest)
        ? 'window-empty'
        : afterHorizon
          ? 'after-horizon'
          : null;
    const paid = decision.payments.map(({ date, amount }) => ({
      day: known.get(date) ?? -1,
      amount,
    }));
    return [{ request, decision, index, earliest, due, latest, shut, paid }];
  });
}

function lineOf(pool: Pool, pools: ReadonlyMap<string, Pool>): string[] {
  const line: string[] = [];
  for (let at: Pool | undefined = pool; at !== undefined; at = pools.get(at.parent ?? '')) {
    line.push(at.id);
  }
  return line;
}

function openOf(pool: Pool, problem: Problem): Fen[] {
  return problem.days.map((_, day) => {
    const arrived = pool.inflow.slice(0, problem.sameDayInflow ? day + 1 : day);
    const gone = pool.committed.slice(0, day + 1);
    const total = (list: readonly Fen[]) => list.reduce((sum, one) => sum + one, 0);
    return pool.opening + total(arrived) - total(gone) - (pool.floor[day] ?? 0);
  });
}

/** All that follows from the payments of the plan. */
export function factsOf(problem: Problem, plan: Plan): Facts {
  const claims = claimsOf(problem, plan);
  const pools = new Map(problem.pools.map((pool) => [pool.id, pool]));
  const lines = new Map(problem.pools.map((pool) => [pool.id, lineOf(pool, pools)]));
  const daily = new Map(problem.pools.map((pool) => [pool.id, problem.days.map(() => 0)]));
  const firstPaid = new Map<string, number>();
  const firstOutside = new Map<string, number>();
  const earlier = (marks: Map<string, number>, id: string, day: number) => {
    marks.set(id, Math.min(marks.get(id) ?? problem.days.length, day));
  };
  for (const { request, paid } of claims) {
    for (const { day, amount } of paid) {
      for (const id of lines.get(request.pool) ?? []) {
        const own = daily.get(id);
        if (own?.[day] !== undefined) own[day] += amount;
        earlier(firstPaid, id, day);
        const tiers = pools.get(id)?.reserve?.tiers ?? 99;
        if (request.tier > tiers) earlier(firstOutside, id, day);
      }
    }
  }
  const basins = new Map(
    problem.pools.map((pool): [string, Basin] => {
      let sum = 0;
      const spent = (daily.get(pool.id) ?? []).map((amount) => (sum += amount));
      return [
        pool.id,
        {
          pool,
          line: lines.get(pool.id) ?? [],
          open: openOf(pool, problem),
          spent,
          firstPaid: firstPaid.get(pool.id) ?? problem.days.length,
          firstOutside: firstOutside.get(pool.id) ?? problem.days.length,
        },
      ];
    }),
  );
  return { problem, plan, claims, basins };
}

/** Money as people read it, for what is told. */
export function yuan(fen: Fen): string {
  return (fen / 100).toFixed(2);
}
