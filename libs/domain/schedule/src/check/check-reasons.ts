/** Do reasons and cures follow from the payments? */
import type { Cure, Reason } from '../plan.js';
import { type Claim, type Facts, type Findings } from './facts.js';
import { Headrooms, type Low } from './headroom.js';

/** As many as a reason names of those that were paid before. */
const AHEAD_MAX = 10;

/** Who is paid out of each pool or those below it, in tie order. */
class Payers {
  private readonly byPool = new Map<string, Claim[]>();
  /** By pool and day, the first of them that are paid by then. */
  private readonly first = new Map<string, readonly Claim[]>();

  constructor(facts: Facts, ordered: readonly Claim[]) {
    for (const claim of ordered) {
      if (claim.paid.length === 0) continue;
      for (const id of facts.basins.get(claim.request.pool)?.line ?? []) {
        const list = this.byPool.get(id);
        if (list === undefined) this.byPool.set(id, [claim]);
        else list.push(claim);
      }
    }
  }

  ahead(claim: Claim, { pool, day }: Low): string[] {
    const key = `${day} ${pool}`;
    const first = this.first.get(key) ?? this.firstOf(pool, day);
    this.first.set(key, first);
    const others = first.filter((other) => other !== claim);
    return others.slice(0, AHEAD_MAX).map(({ request }) => request.id);
  }

  /** One more than are named, as the claim itself may be among them. */
  private firstOf(pool: string, day: number): Claim[] {
    const first: Claim[] = [];
    for (const payer of this.byPool.get(pool) ?? []) {
      if ((payer.paid[0]?.day ?? Infinity) <= day) first.push(payer);
      if (first.length > AHEAD_MAX) break;
    }
    return first;
  }
}

function curesOf(claim: Claim, lows: readonly Low[], facts: Facts): Cure[] {
  const { request, shut, earliest, due, latest } = claim;
  const { days } = facts.problem;
  const cures: Cure[] = [];
  const opensOnDue = shut === null && due >= 0 && earliest <= due;
  const headroomFrom = (day: number) => lows[day]?.headroom ?? Infinity;
  const headroom = opensOnDue ? headroomFrom(due) : Infinity;
  const by = days[due];
  if (headroom < request.amount && by !== undefined) {
    cures.push({ lever: 'cash', amount: request.amount - headroom, by, pool: request.pool });
  }
  const holds = (day: number) => headroomFrom(day) >= request.amount;
  if (shut !== null || !holds(latest)) {
    for (let day = Math.max(latest + 1, earliest, 0); day < days.length; day++) {
      if (!holds(day)) continue;
      cures.push({ lever: 'later', date: days[day] ?? '' });
      break;
    }
  }
  const least = request.divisible ? request.minPart : 1;
  if (headroom < request.amount && headroom >= least)
    cures.push({ lever: 'lower', amount: headroom });
  return cures;
}

function reasonOf(claim: Claim, headrooms: Headrooms, payers: Payers, facts: Facts): Reason {
  const { request, shut, earliest, due } = claim;
  const lows = headrooms.lows(claim);
  const cures = curesOf(claim, lows, facts);
  if (shut !== null) return { code: shut, cures };
  const from = Math.max(due, earliest, 0);
  const low = lows[from] ?? { headroom: Infinity, pool: request.pool, day: from };
  const holds = low.headroom >= request.amount;
  if (holds && earliest > due) return { code: 'late-only', cures };
  const rest = request.amount - claim.paid.reduce((sum, part) => sum + part.amount, 0);
  const onlyRest = request.divisible && rest > 0 && rest < request.minPart;
  const underFloor = (facts.basins.get(low.pool)?.open[low.day] ?? 0) < 0;
  const code = holds
    ? 'as-approved'
    : onlyRest
      ? 'min-part'
      : underFloor
        ? 'pool-under-floor'
        : (headrooms.lows(claim, false)[from]?.headroom ?? Infinity) >= request.amount
          ? 'reserve-kept'
          : 'pool-short';
  return {
    code,
    pool: low.pool,
    day: facts.problem.days[low.day] ?? '',
    short: request.amount - low.headroom,
    ahead: payers.ahead(claim, low),
    cures,
  };
}

/** Are two values of a plan the same, whatever the order of their keys? */
function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const others = new Map(Object.entries(b));
  const own = Object.entries(a);
  return own.length === others.size && own.every(([key, value]) => alike(value, others.get(key)));
}

/**
 * Rejects reasons and cures that do not follow; a plan may leave cures out, but not tell wrong ones.
 *
 * @param ordered the claims in tie order
 */
export function checkReasons(facts: Facts, ordered: readonly Claim[], findings: Findings): void {
  const payers = new Payers(facts, ordered);
  const headrooms = new Headrooms(facts);
  for (const claim of facts.claims) {
    const { reason, status } = claim.decision;
    const at = `/decisions/${claim.index}/reason`;
    if (status === 'on-time') {
      if (reason !== null) findings.reject('reason', at, 'none is due where all is on time');
      continue;
    }
    if (reason === null) {
      findings.reject('reason', at, 'a reason is due where not all is on time');
      continue;
    }
    const expected = reasonOf(claim, headrooms, payers, facts);
    if (!alike({ ...reason, cures: [] }, { ...expected, cures: [] })) {
      const told = JSON.stringify({ ...expected, cures: [] });
      findings.reject('reason', at, `expected: ${told}`);
    }
    if (reason.cures.length > 0 && !alike(reason.cures, expected.cures)) {
      findings.reject('cure', `${at}/cures`, `expected: ${JSON.stringify(expected.cures)}`);
    }
  }
}
