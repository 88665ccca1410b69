/** The plan as it is written: JSON, money as text with two decimals. */
import type { Cure, Decision, Payment, Plan, PoolResult, RankResult, Reason } from '../plan.js';
import type { Fen } from '../problem.js';
import { moneyText } from './fields.js';

// A plan may have a million decisions: their text is put together by hand. Dates, amounts and codes need no escapes.

function cureText(cure: Cure): string {
  switch (cure.lever) {
    case 'cash':
      return `{"lever":"cash","amount":"${moneyText(cure.amount)}","by":"${cure.by}","pool":${JSON.stringify(cure.pool)}}`;
    case 'later':
      return `{"lever":"later","date":"${cure.date}"}`;
    case 'lower':
      return `{"lever":"lower","amount":"${moneyText(cure.amount)}"}`;
  }
}

function reasonText(reason: Reason): string {
  const cures = `"cures":[${reason.cures.map(cureText).join(',')}]}`;
  if (!('pool' in reason)) return `{"code":"${reason.code}",${cures}`;
  const { code, pool, day, short, ahead } = reason;
  const where = `"pool":${JSON.stringify(pool)},"day":"${day}","short":"${moneyText(short)}"`;
  return `{"code":"${code}",${where},"ahead":${JSON.stringify(ahead)},${cures}`;
}

function paymentText({ date, amount }: Payment): string {
  return `{"date":"${date}","amount":"${moneyText(amount)}"}`;
}

function decisionText({ request, status, payments, reason }: Decision): string {
  const paid = payments.map(paymentText).join(',');
  const why = reason === null ? 'null' : reasonText(reason);
  return `{"request":${JSON.stringify(request)},"status":"${status}","payments":[${paid}],"reason":${why}}`;
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
    yield mark + decisionText(decision);
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
