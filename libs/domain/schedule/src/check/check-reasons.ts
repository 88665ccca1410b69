/** Do reasons and cures follow from the payments, and are twins served in order? */
import type { Cure, Reason } from '../plan.js';
import type { Fen } from '../problem.js';
import { aimsOfClaim } from './check-figures.js';
import { type Claim, type Facts, type Findings } from './facts.js';

interface Low {
  readonly headroom: Fen;
  readonly pool: string;
  readonly day: number;
}

/** Reads headrooms as they would be without the payments of one request. */
class Without {
  constructor(
    private readonly facts: Facts,
    private readonly claim: Claim,
    private readonly payers: ReadonlyMap<string, readonly Claim[]>,
  ) {}

  private ownBy(day: number): Fen {
    return this.claim.paid.reduce((sum, part) => sum + (part.day <= day ? part.amount : 0), 0);
  }

  /** First day on which somebody else outside the reserve is paid. */
  private othersOutside(pool: string, tiers: number, firstOutside: number): number {
    if (this.claim.paid[0]?.day !== firstOutside || this.claim.request.tier <= tiers) {
      return firstOutside;
    }
    let first = this.facts.problem.days.length;
    for (const other of this.payers.get(pool) ?? []) {
      if (other === this.claim || other.request.tier <= tiers) continue;
      first = Math.min(first, other.paid[0]?.day ?? first);
    }
    return first;
  }

  /** Least headroom from a day on: first such day, lowest such pool. */
  lowest(from: number, countReserve = true): Low {
    const { basins, problem } = this.facts;
    let low: Low = { headroom: Infinity, pool: this.claim.request.pool, day: from };
    const line = basins.get(this.claim.request.pool)?.line ?? [];
    const basinsOfLine = line.flatMap((id) => {
      const basin = basins.get(id);
      if (basin === undefined) return [];
      const tiers = basin.pool.reserve?.tiers ?? 99;
      const outsider = this.claim.request.tier > tiers;
      const since = outsider ? 0 : this.othersOutside(id, tiers, basin.firstOutside);
      return [{ id, basin, since }];
    });
    for (let day = from; day < problem.days.length; day++) {
      for (const { id, basin, since } of basinsOfLine) {
        const reserve = countReserve && day >= since ? (basin.pool.reserve?.amount[day] ?? 0) : 0;
        const headroom =
          (basin.open[day] ?? 0) - (basin.spent[day] ?? 0) + this.ownBy(day) - reserve;
        if (headroom < low.headroom) low = { headroom, pool: id, day };
      }
    }
    return low;
  }

  ahead(low: Low): string[] {
    const ids: string[] = [];
    for (const other of this.payers.get(low.pool) ?? []) {
      if (other === this.claim || (other.paid[0]?.day ?? Infinity) > low.day) continue;
      ids.push(other.request.id);
      // No further than to the tenth: in a large month many wait, and far more are paid.
      if (ids.length === 10) break;
    }
    return ids;
  }
}

/** An instant in whole nanoseconds before and after 1970; later than all where there is none. */
function instantOf(text: string | null): bigint {
  if (text === null) return 1n << 200n;
  const parts =
    /^(\d+)-(\d+)-(\d+)[Tt](\d+):(\d+):(\d+)(?:\.(\d+))?(?:[Zz]|([+-])(\d+):(\d+))$/.exec(text);
  if (parts === null) return 1n << 200n;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map(Number);
  const midnight =
    Date.UTC(2000 + (year % 400), month - 1, day) + Math.floor(year / 400) * 12_622_780_800_000;
  const offset =
    (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0)) * (parts[8] === '-' ? -60 : 60);
  const seconds = midnight / 1000 + hour * 3600 + minute * 60 + second - offset;
  return BigInt(seconds) * 10n ** 30n + BigInt((parts[7] ?? '').padEnd(30, '0').slice(0, 30));
}

/** Rank, due as given, instant, id. */
export function byTieOrder(claims: readonly Claim[]): Claim[] {
  const instants = new Map(claims.map((claim) => [claim, instantOf(claim.request.submittedAt)]));
  const text = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return [...claims].sort((left, right) => {
    const a = left.request;
    const b = right.request;
    const instantA = instants.get(left) ?? 0n;
    const instantB = instants.get(right) ?? 0n;
    const instant = instantA === instantB ? 0 : instantA < instantB ? -1 : 1;
    return (
      a.tier - b.tier || a.urgency - b.urgency || text(a.due, b.due) || instant || text(a.id, b.id)
    );
  });
}

function curesOf(claim: Claim, without: Without, facts: Facts): Cure[] {
  const { request, shut, earliest, due, latest } = claim;
  const { days } = facts.problem;
  const cures: Cure[] = [];
  const opensOnDue = shut === null && due >= 0 && earliest <= due;
  const headroom = opensOnDue ? without.lowest(due).headroom : Infinity;
  const by = days[due];
  if (headroom < request.amount && by !== undefined) {
    cures.push({ lever: 'cash', amount: request.amount - headroom, by, pool: request.pool });
  }
  const holds = (day: number) => without.lowest(day).headroom >= request.amount;
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

function reasonOf(claim: Claim, without: Without, facts: Facts): Reason {
  const { request, shut, earliest, due } = claim;
  const cures = curesOf(claim, without, facts);
  if (shut !== null) return { code: shut, cures };
  const from = Math.max(due, earliest, 0);
  const low = without.lowest(from);
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
        : without.lowest(from, false).headroom >= request.amount
          ? 'reserve-kept'
          : 'pool-short';
  return {
    code,
    pool: low.pool,
    day: facts.problem.days[low.day] ?? '',
    short: request.amount - low.headroom,
    ahead: without.ahead(low),
    cures,
  };
}

function payersByPool(facts: Facts): Map<string, Claim[]> {
  const payers = new Map<string, Claim[]>();
  for (const claim of byTieOrder(facts.claims.filter(({ paid }) => paid.length > 0))) {
    for (const id of facts.basins.get(claim.request.pool)?.line ?? []) {
      const list = payers.get(id);
      if (list === undefined) payers.set(id, [claim]);
      else list.push(claim);
    }
  }
  return payers;
}

/** Text by which two values are alike whatever the order of their keys. */
function sorted(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Rejects reasons and cures that do not follow; a plan may leave cures out, but not tell wrong ones. */
export function checkReasons(facts: Facts, findings: Findings): void {
  const payers = payersByPool(facts);
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
    const expected = reasonOf(claim, new Without(facts, claim, payers), facts);
    if (sorted({ ...reason, cures: [] }) !== sorted({ ...expected, cures: [] })) {
      findings.reject('reason', at, `expected: ${sorted({ ...expected, cures: [] })}`);
    }
    if (reason.cures.length > 0 && sorted(reason.cures) !== sorted(expected.cures)) {
      findings.reject('cure', `${at}/cures`, `expected: ${sorted(expected.cures)}`);
    }
  }
}

/** Of two requests alike in all that counts, the earlier in tie order is served no worse. */
export function checkTwins(facts: Facts, findings: Findings): void {
  const last = new Map<string, Claim>();
  const { days } = facts.problem;
  for (const claim of byTieOrder(facts.claims)) {
    const { request } = claim;
    const approved = [...request.approved].sort((a, b) => (a.date < b.date ? -1 : 1));
    const { tier, urgency, pool, amount, earliest, due, latest, divisible, minPart } = request;
    const key = JSON.stringify([
      [tier, urgency, pool, amount, earliest, due, latest, divisible, minPart],
      approved.map((part) => [part.date, part.amount]),
    ]);
    const twin = last.get(key);
    last.set(key, claim);
    if (twin === undefined) continue;
    const a = aimsOfClaim(twin, days);
    const b = aimsOfClaim(claim, days);
    const worse =
      a.kept - b.kept || a.onTime - b.onTime || a.total - b.total || b.lateness - a.lateness;
    if (worse < 0) {
      findings.reject(
        'twin',
        `/decisions/${claim.index}`,
        `served better than its elder ${twin.request.id}`,
      );
    }
  }
}
