/** Last touches that change no aim: twins in order, and payments moved ahead where `timing` asks for it. */
import { Cash } from './cash.js';
import type { Fen } from './problem.js';
import { NO_PARTS, type Part, type Served, aimsOf, compareAims, isPaidOnDue } from './served.js';
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
  const { requests } = terms.problem;
  for (const { asks } of terms.ranks) {
    // Tie order puts requests of the same due day side by side.
    let from = 0;
    for (const [at, ask] of asks.entries()) {
      const next = asks[at + 1];
      if (next !== undefined && requests[ask.index]?.due === requests[next.index]?.due) continue;
      orderDueAlike(asks.slice(from, at + 1), terms, served);
      from = at + 1;
    }
  }
}

function orderDueAlike(asks: readonly Ask[], terms: Terms, served: Served): void {
  if (asks.every((ask) => isPaidOnDue(ask, served[ask.order] ?? NO_PARTS))) return;
  const seen = new Set<Fen>();
  const repeated = new Set<Fen>();
  for (const { amount } of asks) (seen.has(amount) ? repeated : seen).add(amount);
  if (repeated.size === 0) return;
  const maybeTwins = asks.filter(({ amount }) => repeated.has(amount));
  for (const group of Map.groupBy(maybeTwins, (ask) => likeness(ask, terms)).values()) {
    if (group.length > 1) orderGroup(group, served);
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

/** `timing` earliest: in tie order, each paid wholly on its due day moves to the first day that holds. */
export function moveAhead(terms: Terms, served: Served): void {
  const cash = Cash.after(terms, served);
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
