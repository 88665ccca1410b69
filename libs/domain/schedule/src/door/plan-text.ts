/** The plan as it is written: JSON, money as text with two decimals. */
import type { Cure, Decision, Plan, PoolResult, RankResult, Reason } from '../plan.js';
import type { Fen } from '../problem.js';
import { moneyText } from './fields.js';

function cureDocument(cure: Cure): object {
  return cure.lever === 'later' ? cure : { ...cure, amount: moneyText(cure.amount) };
}

function reasonDocument(reason: Reason): object {
  const cures = reason.cures.map(cureDocument);
  if (!('pool' in reason)) return { code: reason.code, cures };
  const { code, pool, day, short, ahead } = reason;
  return { code, pool, day, short: moneyText(short), ahead, cures };
}

function decisionDocument(decision: Decision): object {
  return {
    request: decision.request,
    status: decision.status,
    payments: decision.payments.map(({ date, amount }) => ({ date, amount: moneyText(amount) })),
    reason: decision.reason === null ? null : reasonDocument(decision.reason),
  };
}

/** Millionths as text with six decimals. */
export function gapText(millionths: number): string {
  const digits = String(millionths).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** One rank as it is written. */
export function rankDocument(rank: RankResult): object {
  return {
    tier: rank.tier,
    urgency: rank.urgency,
    requested: moneyText(rank.requested),
    kept: moneyText(rank.kept),
    onTime: moneyText(rank.onTime),
    total: moneyText(rank.total),
    lateness: moneyText(rank.lateness),
    bound: moneyText(rank.bound),
    gap: gapText(rank.gapMillionths),
    proven: rank.proven,
  };
}

function poolDocument({ id, balance, floor, lowest }: PoolResult): object {
  const amounts = (list: readonly Fen[]) => list.map(moneyText);
  return {
    id,
    balance: amounts(balance),
    floor: amounts(floor),
    lowest: { day: lowest.day, headroom: moneyText(lowest.headroom) },
  };
}

/** The plan's JSON text in pieces, one decision a line, for plans longer than a string may be. */
export function* planPieces(plan: Plan): Generator<string> {
  let mark = '{"decisions":[\n';
  for (const decision of plan.decisions) {
    yield mark + JSON.stringify(decisionDocument(decision));
    mark = ',\n';
  }
  if (plan.decisions.length === 0) yield '{"decisions":[';
  const alarms = plan.alarms.map((alarm) => ({
    ...alarm,
    short: moneyText(alarm.short),
    blocks: moneyText(alarm.blocks),
  }));
  yield `],\n"ranks":${JSON.stringify(plan.ranks.map(rankDocument))},\n`;
  yield `"pools":${JSON.stringify(plan.pools.map(poolDocument))},\n`;
  yield `"alarms":${JSON.stringify(alarms)},\n"digest":${JSON.stringify(plan.digest)}}\n`;
}

/** The plan as JSON text, money as text with two decimals. */
export function planText(plan: Plan): string {
  return [...planPieces(plan)].join('');
}

/** The plan as one line of JSON. */
export function planLine(plan: Plan): string {
  return JSON.stringify(JSON.parse(planText(plan)));
}
