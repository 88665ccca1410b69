/** Last touches that change no aim: twins in order, and payments moved ahead where `timing` asks for it. */
import { Cash } from './cash.js';
import { NO_PARTS, type Part, type Served, aimsOf, compareAims } from './served.js';
import type { Ask, Terms } from './terms.js';

/** Twins share this text: alike in all that a plan may look at but their place in tie order. */
function likeness(ask: Ask, terms: Terms): string {
  const request = terms.problem.requests[ask.index];
  if (request === undefined) return '';
  const approved = ask.promised.map(({ day, amount }) => `${day}:${amount}`).join(' ');
  return [
    ask.pool,
    ask.amount,
    request.earliest,
    request.due,
    request.latest,
    ask.divisible,
    ask.minPart,
    approved,
  ].join('|');
}

function comparePartDays(a: readonly Part[], b: readonly Part[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference =
      (a[index]?.day ?? 0) - (b[index]?.day ?? 0) ||
      (b[index]?.amount ?? 0) - (a[index]?.amount ?? 0);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}

/** Gives the better service among twins to the earlier in tie order. */
export function orderTwins(terms: Terms, served: Served): void {
  for (const rank of terms.ranks) {
    if (rank.asks.every((ask) => isPaidOnDue(ask, served[ask.order] ?? NO_PARTS))) continue;
    const twins = new Map<string, Ask[]>();
    for (const ask of rank.asks) {
      const key = likeness(ask, terms);
      const group = twins.get(key);
      if (group === undefined) twins.set(key, [ask]);
      else group.push(ask);
    }
    for (const group of twins.values()) if (group.length > 1) orderGroup(group, served);
  }
}

function orderGroup(group: readonly Ask[], served: Served): void {
  const [first] = group;
  if (first === undefined) return;
  const services = group
    .map((ask) => served[ask.order] ?? NO_PARTS)
    .map((parts) => ({ parts, aims: aimsOf(first, parts) }))
    .sort((a, b) => compareAims(a.aims, b.aims) || comparePartDays(a.parts, b.parts));
  for (const [index, ask] of group.entries())
    served[ask.order] = services[index]?.parts ?? NO_PARTS;
}

function isPaidOnDue(ask: Ask, parts: readonly Part[]): boolean {
  return parts.length === 1 && parts[0]?.day === ask.due && parts[0].amount === ask.amount;
}

/** `timing` earliest: in tie order, each paid wholly on its due day moves to the first day that holds. */
export function moveAhead(terms: Terms, served: Served): void {
  const cash = new Cash(terms);
  for (const ask of terms.asks) {
    for (const { day, amount } of served[ask.order] ?? NO_PARTS) cash.pay(ask, day, amount);
  }
  for (const ask of terms.asks) {
    if (!isPaidOnDue(ask, served[ask.order] ?? NO_PARTS)) continue;
    if (ask.promised.some(({ day }) => day === ask.due)) continue;
    cash.takeBack(ask, ask.due, ask.amount);
    let day = ask.earliest;
    while (day < ask.due && cash.headroom(ask, day) < ask.amount) day++;
    cash.pay(ask, day, ask.amount);
    served[ask.order] = [{ day, amount: ask.amount }];
  }
}
