/** Forty ways to tamper with a plan; each gives a changed copy, or `null` where the plan has nothing of that kind. */
import type { Decision, Plan, PoolResult, RankResult, Reason } from '@guoku/domain-schedule';
import type { Chance } from './random.js';

type Tamper = (plan: Plan, chance: Chance) => Plan | null;

/** The plan with one item of a list changed, chosen among those that the change fits. */
function change<Item>(
  items: readonly Item[],
  chance: Chance,
  edit: (item: Item) => Item | null,
): Item[] | null {
  const fitting = items.flatMap((item, at) => {
    const edited = edit(item);
    return edited === null ? [] : [{ at, edited }];
  });
  if (fitting.length === 0) return null;
  const { at, edited } = chance.pick(fitting);
  return items.map((item, index) => (index === at ? edited : item));
}

const inDecision =
  (edit: (decision: Decision) => Decision | null): Tamper =>
  (plan, chance) => {
    const decisions = change(plan.decisions, chance, edit);
    return decisions && { ...plan, decisions };
  };

const inPayment = (edit: (payment: Decision['payments'][number]) => Decision['payments'][number]) =>
  inDecision((decision) => {
    const [first, ...rest] = decision.payments;
    return first === undefined ? null : { ...decision, payments: [edit(first), ...rest] };
  });

const inReason = (
  edit: (
    reason: Exclude<Reason, { code: 'window-empty' | 'after-horizon' | 'late-only' }>,
  ) => Reason | null,
) =>
  inDecision((decision) => {
    const { reason } = decision;
    if (reason === null || !('pool' in reason)) return null;
    const edited = edit(reason);
    return edited && { ...decision, reason: edited };
  });

const inCure = (lever: 'cash' | 'later' | 'lower', by: number) =>
  inReason((reason) => {
    const at = reason.cures.findIndex((cure) => cure.lever === lever);
    if (at < 0) return null;
    const cures = reason.cures.map((cure, index) => {
      if (index !== at) return cure;
      return cure.lever === 'later'
        ? { ...cure, date: '2020-01-01' }
        : { ...cure, amount: cure.amount + by };
    });
    return { ...reason, cures };
  });

const inRank =
  (edit: (rank: RankResult) => RankResult): Tamper =>
  (plan, chance) => {
    const ranks = change(plan.ranks, chance, edit);
    return ranks && { ...plan, ranks };
  };

const inPool =
  (edit: (pool: PoolResult) => PoolResult): Tamper =>
  (plan, chance) => {
    const pools = change(plan.pools, chance, edit);
    return pools && { ...plan, pools };
  };

const bump = (list: readonly number[], by: number) => [(list[0] ?? 0) + by, ...list.slice(1)];

/** By name, so that one that passes unseen is named. */
export const TAMPERS: Readonly<Record<string, Tamper>> = {
  'a payment raised by a fen': inPayment((one) => ({ ...one, amount: one.amount + 1 })),
  'a payment lowered by a fen': inPayment((one) => ({ ...one, amount: one.amount - 1 })),
  'a payment of nothing': inPayment((one) => ({ ...one, amount: 0 })),
  'a negative payment': inPayment((one) => ({ ...one, amount: -one.amount })),
  'a payment doubled': inPayment((one) => ({ ...one, amount: one.amount * 2 })),
  'a payment before the horizon': inPayment((one) => ({ ...one, date: '2026-11-01' })),
  'a payment after the horizon': inPayment((one) => ({ ...one, date: '2027-11-01' })),
  'a date that is none': inPayment((one) => ({ ...one, date: 'soon' })),
  'a payment removed': inDecision((one) =>
    one.payments.length > 0 ? { ...one, payments: one.payments.slice(1) } : null,
  ),
  'a payment twice': inDecision((one) => {
    const [first] = one.payments;
    return first === undefined ? null : { ...one, payments: [first, ...one.payments] };
  }),
  'a deferred request paid': inDecision((one) =>
    one.status === 'deferred' ? { ...one, payments: [{ date: '2026-12-02', amount: 1 }] } : null,
  ),
  'on time told as late': inDecision((one) =>
    one.status === 'on-time' ? { ...one, status: 'late' } : null,
  ),
  'on time told as deferred': inDecision((one) =>
    one.status === 'on-time' ? { ...one, status: 'deferred' } : null,
  ),
  'deferred told as on time': inDecision((one) =>
    one.status === 'deferred' ? { ...one, status: 'on-time', reason: null } : null,
  ),
  'partial told as late': inDecision((one) =>
    one.status === 'partial' ? { ...one, status: 'late' } : null,
  ),
  'another request': inDecision((one) => ({ ...one, request: `${one.request}?` })),
  'a reason dropped': inDecision((one) => (one.reason === null ? null : { ...one, reason: null })),
  'a reason where none is due': inDecision((one) =>
    one.reason === null ? { ...one, reason: { code: 'late-only', cures: [] } } : null,
  ),
  'another code': inReason((one) => ({
    ...one,
    code: one.code === 'min-part' ? 'pool-short' : 'min-part',
  })),
  'another pool in a reason': inReason((one) => ({ ...one, pool: `${one.pool}?` })),
  'another day in a reason': inReason((one) => ({ ...one, day: '2026-11-30' })),
  'a reason a fen shorter': inReason((one) => ({ ...one, short: one.short - 1 })),
  'nobody ahead': inReason((one) => (one.ahead.length > 0 ? { ...one, ahead: [] } : null)),
  'somebody else ahead': inReason((one) => ({ ...one, ahead: [...one.ahead, 'FR-none'] })),
  'a cash cure a fen short': inCure('cash', -1),
  'a cash cure a fen too much': inCure('cash', 1),
  'a later cure on another day': inCure('later', 0),
  'a lower cure a fen too high': inCure('lower', 1),
  'a rank asked for more': inRank((one) => ({ ...one, requested: one.requested + 1 })),
  'a rank kept more': inRank((one) => ({ ...one, kept: one.kept + 1 })),
  'a rank paid more on time': inRank((one) => ({
    ...one,
    onTime: one.onTime + 1,
    bound: one.bound + 1,
  })),
  'a rank paid more': inRank((one) => ({ ...one, total: one.total + 1 })),
  'a rank less late': inRank((one) => ({ ...one, lateness: one.lateness - 1 })),
  'a bound under what is paid': inRank((one) => ({ ...one, bound: one.onTime - 1 })),
  'a proof without its bound': inRank((one) => ({ ...one, bound: one.bound + 1, proven: true })),
  'a wrong gap': inRank((one) => ({ ...one, gapMillionths: one.gapMillionths + 1 })),
  'a balance a fen higher': inPool((one) => ({ ...one, balance: bump(one.balance, 1) })),
  'a floor a fen lower': inPool((one) => ({ ...one, floor: bump(one.floor, -1) })),
  'a lowest headroom a fen higher': inPool((one) => ({
    ...one,
    lowest: { ...one.lowest, headroom: one.lowest.headroom + 1 },
  })),
  'another digest': (plan) => ({ ...plan, digest: `${plan.digest}0` }),
  'an alarm added': (plan) => ({
    ...plan,
    alarms: [
      ...plan.alarms,
      { code: 'pool-under-floor', pool: 'pool-1', day: '2026-12-02', short: 1, blocks: 0 },
    ],
  }),
  'an alarm hidden': (plan) =>
    plan.alarms.length > 0 ? { ...plan, alarms: plan.alarms.slice(1) } : null,
};
