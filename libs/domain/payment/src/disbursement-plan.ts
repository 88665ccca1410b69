import type { Day } from '@guoku/calendar';
import { Money } from '@guoku/money';
import { sign, type Delegation, type Signature, type ToSign } from './approval-chain.js';
import { accepted, refused, type Decision } from './decision.js';

/**
 * A disbursement plan 用款计划安排: proposed by one person, in force once others approved it, superseded by
 * the next that comes into force. What was planned never changes; only this stage does.
 */
export interface DisbursementPlan extends ToSign {
  readonly stage: 'proposed' | 'in-force' | 'superseded';
  /** SHA-256 of the problem that was planned. */
  readonly digest: string;
}

export interface ApprovePlan {
  readonly by: string;
  /** Digest of the problem as it would be gathered now; null where it cannot be gathered any more. */
  readonly digestNow: string | null;
  /** The planner's checker found nothing. */
  readonly checked: boolean;
  /** Those in force on the open business day. */
  readonly delegations: readonly Delegation[];
}

export type PlanEvent =
  | ({ readonly type: 'signed' } & Signature)
  /** The last signature of its chain. */
  | { readonly type: 'approved'; readonly by: string };

/** Why an approval is refused, in order of precedence. */
export const PLAN_REFUSALS = [
  'own_plan',
  'plan_not_checked',
  'plan_superseded',
  'signed_already',
  'step_of_another',
  'plan_stale',
] as const;
export type PlanRefusal = (typeof PLAN_REFUSALS)[number];

/**
 * A plan is in force with the last signature that its chain needs, and each is given only while its problem is still the
 * problem: nothing it was made from has changed.
 */
export function approvePlan(
  plan: DisbursementPlan,
  command: ApprovePlan,
): Decision<PlanEvent, PlanRefusal> {
  if (plan.madeBy === command.by) return refused('own_plan');
  if (!command.checked) return refused('plan_not_checked');
  if (plan.stage === 'superseded') return refused('plan_superseded');
  if (plan.stage === 'in-force') return accepted();
  const signing = sign(plan, command.by, command.delegations);
  if (!signing.ok) return signing;
  if (plan.digest !== command.digestNow) return refused('plan_stale');
  const signed = signing.events.map((signature) => ({ type: 'signed', ...signature }) as const);
  if (signed.length === 0) return accepted();
  const isLast = plan.signatures.length + signed.length === plan.steps.length;
  return accepted<PlanEvent>(
    ...signed,
    ...(isLast ? [{ type: 'approved', by: command.by } as const] : []),
  );
}

/** A part of a request that a plan promises for a day. */
export interface PromisedPart {
  readonly requestId: string;
  readonly date: Day;
  readonly amount: Money;
}

/** What came of a part of the plan in force. */
export interface TriedPart {
  readonly requestId: string;
  readonly date: Day;
  /** Quota said no on this day; null: a payment was made of it, whatever became of that. */
  readonly declinedOn: Day | null;
}

/** Parts that are still owed: never turned into a payment, or declined by quota. */
export function undoneParts<Part extends PromisedPart>(
  promised: readonly Part[],
  tried: readonly TriedPart[],
): Part[] {
  const done = new Set(tried.filter((part) => part.declinedOn === null).map(keyOf));
  return promised.filter((part) => !done.has(keyOf(part)));
}

/** A request as instruction sees it. */
export interface PayableRequest {
  readonly outstanding: Money;
  readonly latest: Day;
}

export interface DueParts<Part extends PromisedPart> {
  readonly pay: readonly Part[];
  /** Due, and not paid today; each is planned anew. */
  readonly leave: readonly (Part & { readonly why: LeaveReason })[];
}

/** Why a due part is left, in order of precedence. */
export type LeaveReason = 'not_held' | 'window_passed' | 'above_outstanding' | 'declined_today';

/**
 * What is instructed on a day: every part of the plan in force promised for it, and those of earlier days
 * that were not done, oldest first.
 *
 * @param requests the open requests, by id; one that is not there is not held any more
 * @param lastPayableDay the last working day not after a request's `latest`
 */
export function dueParts<Part extends PromisedPart>(
  day: Day,
  promised: readonly Part[],
  tried: readonly TriedPart[],
  requests: ReadonlyMap<string, PayableRequest>,
  lastPayableDay: (latest: Day) => Day,
): DueParts<Part> {
  const declined = new Set(tried.filter(({ declinedOn }) => declinedOn === day).map(keyOf));
  const pay: Part[] = [];
  const leave: (Part & { why: LeaveReason })[] = [];
  const left = new Map([...requests].map(([id, { outstanding }]) => [id, outstanding]));
  const due = undoneParts(promised, tried)
    .filter(({ date }) => date <= day)
    .sort((a, b) => order(keyOf(a), keyOf(b)));

  for (const part of due) {
    const request = requests.get(part.requestId);
    const rest = left.get(part.requestId);
    if (request === undefined || rest === undefined) leave.push({ ...part, why: 'not_held' });
    else if (lastPayableDay(request.latest) < day) leave.push({ ...part, why: 'window_passed' });
    else if (part.amount.compare(rest) > 0) leave.push({ ...part, why: 'above_outstanding' });
    else if (declined.has(keyOf(part))) leave.push({ ...part, why: 'declined_today' });
    else {
      pay.push(part);
      left.set(part.requestId, rest.minus(part.amount));
    }
  }
  return { pay, leave };
}

/** A promise of the plan in force that a new plan does not keep. */
export interface BrokenPromise extends PromisedPart {
  /** What the new plan pays of it on its day. */
  readonly kept: Money;
}

/** Promises that a new plan breaks, wholly or in part; the reason of the request's decision says why. */
export function brokenPromises(
  promised: readonly PromisedPart[],
  planned: readonly PromisedPart[],
): BrokenPromise[] {
  const paid = new Map(planned.map((part) => [keyOf(part), part.amount]));
  return promised
    .map((part) => {
      const { requestId, date, amount } = part;
      const kept = Money.min(amount, paid.get(keyOf(part)) ?? Money.zero);
      return { requestId, date, amount, kept };
    })
    .filter(({ amount, kept }) => !kept.equals(amount));
}

/**
 * The most that a plan promises to one request beyond what the plan in force promises to it. A payment that only moves
 * to another day was approved before, and needs no second look.
 */
export function largestNewPromise(
  promised: readonly PromisedPart[],
  planned: readonly PromisedPart[],
): Money {
  const before = sums(promised);
  return [...sums(planned)]
    .map(([requestId, amount]) => amount.minus(before.get(requestId) ?? Money.zero))
    .reduce((most, amount) => (amount.compare(most) > 0 ? amount : most), Money.zero);
}

function sums(parts: readonly PromisedPart[]): Map<string, Money> {
  const groups = Map.groupBy(parts, ({ requestId }) => requestId);
  return new Map(
    [...groups].map(([id, own]) => [id, Money.sum(own.map(({ amount }) => amount))] as const),
  );
}

function keyOf({ requestId, date }: { readonly requestId: string; readonly date: Day }): string {
  return `${date}/${requestId}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
