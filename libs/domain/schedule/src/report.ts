/** From payments to the plan as it is handed out: decisions, figures of ranks and pools, alarms. */
import { Cash } from './cash.js';
import type {
  Alarm,
  CureChoice,
  Decision,
  Plan,
  PlanOptions,
  PoolResult,
  RankResult,
  Status,
} from './plan.js';
import type { Fen, Problem } from './problem.js';
import { Explainer } from './reasons.js';
import { NO_PARTS, type Part, type Served, aimsOf, isPaidOnDue, rankAims } from './served.js';
import type { Ask, Terms } from './terms.js';

/** What the search learned about one rank. */
export interface Verdict {
  /** No plan as good for the ranks above pays more on time. */
  readonly bound: Fen;
  /** All four aims are best. */
  readonly proven: boolean;
}

const CURES_BY_DEFAULT = 2000;
const MILLION = 1_000_000n;

/** (bound - onTime) / bound in millionths, rounded up. */
export function gapOf(bound: Fen, onTime: Fen): number {
  if (bound <= onTime || bound <= 0) return 0;
  if (bound === Infinity) return 1_000_000;
  const missing = BigInt(bound - onTime) * MILLION;
  const whole = BigInt(bound);
  return Number((missing + whole - 1n) / whole);
}

function statusOf(ask: Ask, parts: readonly Part[]): Status {
  if (isPaidOnDue(ask, parts)) return 'on-time';
  const aims = aimsOf(ask, parts);
  if (aims.onTime === ask.amount) return 'on-time';
  if (aims.total === ask.amount) return 'late';
  return aims.total > 0 ? 'partial' : 'deferred';
}

/** Which requests get cures. */
function cureTest(choice: CureChoice | undefined, problem: Problem): (ask: Ask) => boolean {
  if (choice === 'none') return () => false;
  if (choice === 'all') return () => true;
  if (choice !== undefined) {
    const wanted = new Set(choice);
    return (ask) => wanted.has(problem.requests[ask.index]?.id ?? '');
  }
  let left = CURES_BY_DEFAULT;
  return () => left-- > 0;
}

function decisionsOf(terms: Terms, cash: Cash, served: Served, cures?: CureChoice): Decision[] {
  const { problem } = terms;
  const explainer = new Explainer(terms, cash, served);
  const wantsCures = cureTest(cures, problem);
  const decisions = new Array<Decision>(terms.asks.length);
  for (const ask of terms.asks) {
    const parts = served[ask.order] ?? NO_PARTS;
    const status = statusOf(ask, parts);
    decisions[ask.index] = {
      request: problem.requests[ask.index]?.id ?? '',
      status,
      payments: parts.map((part) => paymentOf(part, problem)),
      reason: status === 'on-time' ? null : explainer.reasonOf(ask, wantsCures(ask)),
    };
  }
  return decisions;
}

function paymentOf({ day, amount }: Part, problem: Problem): { date: string; amount: Fen } {
  return { date: problem.days[day] ?? '', amount };
}

function ranksOf(terms: Terms, served: Served, verdicts: readonly Verdict[]): RankResult[] {
  return terms.ranks.map(({ tier, urgency, asks }, index) => {
    const aims = rankAims(asks, served);
    const { bound, proven } = verdicts[index] ?? { bound: Infinity, proven: false };
    const requested = asks.reduce((sum, ask) => sum + ask.amount, 0);
    const gapMillionths = gapOf(bound, aims.onTime);
    return { tier, urgency, requested, ...aims, bound, gapMillionths, proven };
  });
}

function poolsOf(terms: Terms, cash: Cash): PoolResult[] {
  const { problem } = terms;
  const position = new Map(terms.pools.map((pool, index) => [pool.id, index]));
  return problem.pools.map((pool) => {
    const at = position.get(pool.id) ?? 0;
    const headrooms = Array.from(terms.open[at] ?? [], (open, day) => open - cash.paidBy(at, day));
    let lowest = 0;
    for (const [day, headroom] of headrooms.entries()) {
      if (headroom < (headrooms[lowest] ?? 0)) lowest = day;
    }
    return {
      id: pool.id,
      balance: headrooms.map((headroom, day) => headroom + (pool.floor[day] ?? 0)),
      floor: pool.floor,
      lowest: { day: problem.days[lowest] ?? '', headroom: headrooms[lowest] ?? 0 },
    };
  });
}

/** Days on which a pool is under its floor though nothing is paid, and what that holds back. */
export function alarmsOf(terms: Terms): Alarm[] {
  const { problem } = terms;
  const position = new Map(terms.pools.map((pool, index) => [pool.id, index]));
  const alarms: Alarm[] = [];
  for (const pool of problem.pools) {
    const at = position.get(pool.id) ?? 0;
    for (const [day, headroom] of (terms.open[at] ?? new Float64Array()).entries()) {
      if (headroom >= 0) continue;
      const blocks = terms.asks
        .filter((ask) => ask.shut === null && ask.due <= day)
        .filter((ask) => (terms.lines[ask.pool] ?? []).includes(at))
        .reduce((sum, ask) => sum + ask.amount, 0);
      alarms.push({
        code: 'pool-under-floor',
        pool: pool.id,
        day: problem.days[day] ?? '',
        short: -headroom,
        blocks,
      });
    }
  }
  return alarms;
}

/** The plan that those payments make. */
export function reportOf(
  terms: Terms,
  served: Served,
  verdicts: readonly Verdict[],
  options: PlanOptions,
): Plan {
  const cash = Cash.after(terms, served);
  return {
    decisions: decisionsOf(terms, cash, served, options.cures),
    ranks: ranksOf(terms, served, verdicts),
    pools: poolsOf(terms, cash),
    alarms: alarmsOf(terms),
    digest: options.digest,
  };
}
