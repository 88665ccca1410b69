/** The rules of a plan, written down as plainly as they read and shared with nobody, for proofs on small problems. */
import type { FundRequest, Plan, Pool, Problem } from '@guoku/domain-schedule';

/** One payment, its day as a position. */
export interface Paid {
  readonly request: FundRequest;
  readonly day: number;
  readonly amount: number;
}

/** Cash besides what the problem has, from a day on, in a pool and all above it. */
export interface Extra {
  readonly pool: string;
  readonly from: number;
  readonly amount: number;
}

export interface Window {
  readonly earliest: number;
  readonly due: number;
  readonly latest: number;
}

/** Position of the last working day not after the date, -1 where there is none. */
function notAfter(days: readonly string[], date: string): number {
  return days.filter((day) => day <= date).length - 1;
}

export function windowOf({ days }: Problem, request: FundRequest): Window {
  const earliest = days.filter((day) => day < (request.earliest ?? '')).length;
  const due = notAfter(days, request.due);
  return { earliest, due, latest: notAfter(days, request.latest ?? request.due) };
}

export function paymentsOf(problem: Problem, plan: Plan): Paid[] {
  return problem.requests.flatMap((request, index) =>
    (plan.decisions[index]?.payments ?? []).map(({ date, amount }) => ({
      request,
      day: problem.days.indexOf(date),
      amount,
    })),
  );
}

/** The pool and all above it. */
function line(id: string, pools: readonly Pool[]): string[] {
  const ids: string[] = [];
  for (let at: string | null = id; at !== null;) {
    const own: string = at;
    ids.push(own);
    at = pools.find((pool) => pool.id === own)?.parent ?? null;
  }
  return ids;
}

/** The first pool and day whose floor or reserve the payments break; `null` where none is. */
export function brokenLimit(
  { days, pools, sameDayInflow }: Problem,
  payments: readonly Paid[],
  extra?: Extra,
): string | null {
  for (const pool of pools) {
    const own = payments.filter(({ request }) => line(request.pool, pools).includes(pool.id));
    const helped = extra !== undefined && line(extra.pool, pools).includes(pool.id);
    for (let day = 0; day < days.length; day++) {
      const until = own.filter((paid) => paid.day <= day);
      if (until.length === 0) continue;
      const sum = (amounts: readonly number[], count: number) =>
        amounts.slice(0, count).reduce((total, amount) => total + amount, 0);
      const left =
        pool.opening +
        sum(pool.inflow, sameDayInflow ? day + 1 : day) -
        sum(pool.committed, day + 1) -
        until.reduce((total, { amount }) => total + amount, 0) +
        (helped && extra.from <= day ? extra.amount : 0);
      const tiers = pool.reserve?.tiers ?? 99;
      const outsider = until.some(({ request }) => request.tier > tiers);
      const least = (pool.floor[day] ?? 0) + (outsider ? (pool.reserve?.amount[day] ?? 0) : 0);
      if (left < least) return `${pool.id} on ${days[day] ?? ''}: ${left} under ${least}`;
    }
  }
  return null;
}

/** What a request's own payments break: its window, whole payments, least parts, its amount. */
export function brokenPayment(problem: Problem, request: FundRequest, own: readonly Paid[]) {
  const { earliest, due, latest } = windowOf(problem, request);
  const total = own.reduce((sum, { amount }) => sum + amount, 0);
  if (total > request.amount) return 'more than its amount';
  if (new Set(own.map(({ day }) => day)).size < own.length) return 'two payments on one day';
  for (const { day, amount } of own) {
    if (day < earliest || day > latest) return 'outside its window';
    if (amount < (request.divisible ? request.minPart : request.amount)) return 'a part too small';
    const promised = request.approved.find(({ date }) => date === problem.days[day])?.amount ?? 0;
    const moved = problem.timing === 'earliest' && amount === request.amount;
    if (day < due && amount > promised && !moved)
      return 'more than was promised before its due day';
  }
  return null;
}
