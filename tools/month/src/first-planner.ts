import { Money } from '@guoku/money';
import {
  planGreedy,
  type Fen,
  type FundRequest,
  type Problem,
  type Promised,
} from '@guoku/domain-schedule';
import { lineOf, type PlannedDay } from './planned-day.js';
import type { PaidPart } from './tier-summary.js';

/** A payment in the planner's own terms: fen in plain numbers. */
interface Paid {
  readonly pool: string;
  readonly amount: Fen;
}

/**
 * The month as the first planner would have paid it, planned again on every morning as the real one was: on the same
 * forecasts, floors and promises kept first. Each morning's cash is what the services had, less what this planner has
 * paid since the first day, plus what was paid in truth.
 *
 * @param mornings the real month, day by day, from its first day on
 * @param paidParts what was paid in truth, by the ids that the problems use
 */
export function underFirstPlanner(
  mornings: readonly PlannedDay[],
  paidParts: readonly PaidPart[],
): PaidPart[] {
  const requests = mornings[0]?.problem.requests ?? [];
  const poolOf = new Map(requests.map(({ id, pool }) => [id, pool]));
  const truth = paidParts.map(({ reference, day, amount }) => ({
    day,
    pool: poolOf.get(reference) ?? '',
    amount: Money.ofFen(amount).toPlainFen(),
  }));
  const outstanding = new Map(requests.map(({ id, amount }) => [id, amount]));
  const paid: (Paid & { readonly id: string; readonly day: string })[] = [];
  let promised = new Map<string, readonly Promised[]>();
  for (const { day, problem } of mornings) {
    const asked = requests.flatMap((request) =>
      stillAsked(request, outstanding.get(request.id) ?? 0, promised.get(request.id) ?? []),
    );
    const more = truth.filter((part) => part.day < day);
    const { decisions } = planGreedy(
      { ...problem, requests: asked, pools: withCash(problem, more, paid) },
      { digest: '', cures: 'none' },
    );
    for (const { request, payments } of decisions) {
      for (const { date, amount } of payments) {
        if (date !== day) continue;
        paid.push({ id: request, day, pool: poolOf.get(request) ?? '', amount });
        outstanding.set(request, (outstanding.get(request) ?? 0) - amount);
      }
    }
    promised = new Map(
      decisions.map(({ request, payments }) => [request, payments.filter((p) => p.date > day)]),
    );
  }
  return paid.map(({ id, day, amount }) => ({ reference: id, day, amount: BigInt(amount) }));
}

/** What is left of a request, or nothing. */
function stillAsked(
  request: FundRequest,
  amount: Fen,
  approved: readonly Promised[],
): FundRequest[] {
  if (amount === 0) return [];
  return [{ ...request, amount, minPart: Math.min(request.minPart, amount), approved }];
}

function withCash(problem: Problem, more: readonly Paid[], less: readonly Paid[]) {
  const change = new Map<string, Fen>();
  const move = ({ pool, amount }: Paid, sign: 1 | -1) => {
    for (const { id } of lineOf(pool, problem.pools)) {
      change.set(id, (change.get(id) ?? 0) + sign * amount);
    }
  };
  for (const part of more) move(part, 1);
  for (const part of less) move(part, -1);
  return problem.pools.map((pool) => ({
    ...pool,
    opening: pool.opening + (change.get(pool.id) ?? 0),
  }));
}
