/** Do statuses, ranks, pools and alarms follow from the payments? */
import type { RankResult } from '../plan.js';
import { type Claim, type Facts, type Findings, yuan } from './facts.js';

/** What a request adds to the aims of its rank. */
export function aimsOfClaim(claim: Claim, days: readonly string[]) {
  const aims = { kept: 0, onTime: 0, total: 0, lateness: 0 };
  for (const { day, amount } of claim.paid) {
    const promised = claim.request.approved.find(({ date }) => date === days[day]);
    aims.kept += Math.min(amount, promised?.amount ?? 0);
    aims.total += amount;
    if (day <= claim.due) aims.onTime += amount;
    else aims.lateness += amount * (day - claim.due);
  }
  return aims;
}

function statusOf(claim: Claim, days: readonly string[]): string {
  const { onTime, total } = aimsOfClaim(claim, days);
  if (onTime === claim.request.amount) return 'on-time';
  if (total === claim.request.amount) return 'late';
  return total > 0 ? 'partial' : 'deferred';
}

function checkStatuses({ claims, problem }: Facts, findings: Findings): void {
  for (const claim of claims) {
    const status = statusOf(claim, problem.days);
    if (claim.decision.status !== status) {
      findings.reject('status', `/decisions/${claim.index}/status`, `it is ${status}`);
    }
  }
}

/** (bound - onTime) / bound in millionths, rounded up. */
function gapMillionths(bound: number, onTime: number): bigint {
  if (bound <= 0 || bound <= onTime) return 0n;
  const missing = (BigInt(bound) - BigInt(onTime)) * 1_000_000n;
  return (missing + BigInt(bound) - 1n) / BigInt(bound);
}

/** Claims by rank, ranks ascending. */
export function claimsByRank(claims: readonly Claim[]): { key: number; claims: Claim[] }[] {
  const groups = new Map<number, Claim[]>();
  for (const claim of claims) {
    const key = claim.request.tier * 100 + claim.request.urgency;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [claim]);
    else group.push(claim);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([key, group]) => ({ key, claims: group }));
}

function checkRank(
  rank: RankResult,
  claims: readonly Claim[],
  place: { readonly at: string; readonly days: readonly string[] },
  findings: Findings,
): void {
  const sums = { requested: 0, kept: 0, onTime: 0, total: 0, lateness: 0 };
  for (const claim of claims) {
    const aims = aimsOfClaim(claim, place.days);
    sums.requested += claim.request.amount;
    sums.kept += aims.kept;
    sums.onTime += aims.onTime;
    sums.total += aims.total;
    sums.lateness += aims.lateness;
  }
  for (const figure of ['requested', 'kept', 'onTime', 'total', 'lateness'] as const) {
    if (rank[figure] !== sums[figure]) {
      findings.reject('rank', `${place.at}/${figure}`, `it is ${yuan(sums[figure])}`);
    }
  }
  if (rank.bound < rank.onTime) {
    findings.reject('bound', `${place.at}/bound`, 'under what is paid on time');
  } else if (BigInt(rank.gapMillionths) !== gapMillionths(rank.bound, rank.onTime)) {
    findings.reject('rank', `${place.at}/gap`, 'not (bound - onTime) / bound, rounded up');
  }
  if (rank.proven && rank.bound !== rank.onTime) {
    findings.reject('proven', `${place.at}/proven`, 'proven, but the bound is not met');
  }
}

function checkRanks({ claims, plan, problem }: Facts, findings: Findings): void {
  const groups = claimsByRank(claims);
  if (groups.length !== plan.ranks.length) {
    findings.reject('rank', '/ranks', `${groups.length} ranks are expected`);
  }
  for (const [index, { key, claims: group }] of groups.entries()) {
    const rank = plan.ranks[index];
    if (rank === undefined) continue;
    const at = `/ranks/${index}`;
    if (rank.tier * 100 + rank.urgency !== key || rank.urgency < 1 || rank.urgency > 99) {
      findings.reject('rank', at, 'not the rank that comes here');
    } else {
      checkRank(rank, group, { at, days: problem.days }, findings);
    }
  }
}

function checkPools({ problem, plan, basins }: Facts, findings: Findings): void {
  if (plan.pools.length !== problem.pools.length) {
    findings.reject('balance', '/pools', `${problem.pools.length} pools are expected`);
  }
  for (const [index, pool] of problem.pools.entries()) {
    const told = plan.pools[index];
    const basin = basins.get(pool.id);
    if (told === undefined || basin === undefined) continue;
    const at = `/pools/${index}`;
    if (told.id !== pool.id) findings.reject('balance', `${at}/id`, `${pool.id} comes here`);
    const headrooms = basin.open.map((open, day) => open - (basin.spent[day] ?? 0));
    const balances = headrooms.map((over, day) => over + (pool.floor[day] ?? 0));
    if (!alike(told.balance, balances)) {
      findings.reject('balance', `${at}/balance`, 'does not follow from the payments');
    }
    if (!alike(told.floor, pool.floor))
      findings.reject('balance', `${at}/floor`, 'not the floor given');
    const least = headrooms.reduce((low, over) => Math.min(low, over), Infinity);
    const day = problem.days[headrooms.indexOf(least)];
    if (told.lowest.headroom !== least || told.lowest.day !== day) {
      findings.reject('balance', `${at}/lowest`, `it is ${yuan(least)} on ${day}`);
    }
  }
}

function alike(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function checkAlarms({ problem, plan, basins, claims }: Facts, findings: Findings): void {
  const expected: string[] = [];
  for (const pool of problem.pools) {
    for (const [day, open] of (basins.get(pool.id)?.open ?? []).entries()) {
      if (open >= 0) continue;
      const blocks = claims
        .filter((claim) => claim.shut === null && claim.due <= day)
        .filter(({ request }) => basins.get(request.pool)?.line.includes(pool.id))
        .reduce((sum, { request }) => sum + request.amount, 0);
      expected.push(
        JSON.stringify(['pool-under-floor', pool.id, problem.days[day], -open, blocks]),
      );
    }
  }
  const told = plan.alarms.map(({ code, pool, day, short, blocks }) =>
    JSON.stringify([code, pool, day, short, blocks]),
  );
  for (let index = 0; index < Math.max(told.length, expected.length); index++) {
    if (told[index] !== expected[index]) {
      findings.reject('alarm', `/alarms/${index}`, `expected: ${expected[index] ?? 'none'}`);
      return;
    }
  }
}

/** Rejects figures that do not follow from the payments. */
export function checkFigures(facts: Facts, findings: Findings): void {
  checkStatuses(facts, findings);
  checkRanks(facts, findings);
  checkPools(facts, findings);
  checkAlarms(facts, findings);
}
