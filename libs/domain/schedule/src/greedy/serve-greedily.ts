/** The first planner's choice: rank by rank, in tie order, promises first, then on time, then late. */
import { Cash } from '../cash.js';
import { type Part, type Served, firstLateDay } from '../served.js';
import type { Ask, Terms } from '../terms.js';

/** Parts of one request while they grow. */
class Parts {
  private readonly byDay = new Map<number, number>();
  private sum = 0;

  constructor(
    readonly ask: Ask,
    had: readonly Part[],
  ) {
    for (const { day, amount } of had) this.add(day, amount);
  }

  get rest(): number {
    return this.ask.amount - this.sum;
  }

  on(day: number): number {
    return this.byDay.get(day) ?? 0;
  }

  add(day: number, amount: number): void {
    this.byDay.set(day, this.on(day) + amount);
    this.sum += amount;
  }

  list(): Part[] {
    return [...this.byDay].map(([day, amount]) => ({ day, amount })).sort((a, b) => a.day - b.day);
  }
}

/** Pays as much as fits on that day, up to `most`, keeping to whole payments and least parts. */
function payOn(parts: Parts, day: number, most: number, cash: Cash): void {
  const { ask } = parts;
  const wanted = Math.min(most, parts.rest);
  if (wanted <= 0) return;
  const amount = Math.min(wanted, cash.headroom(ask, day));
  const enough = ask.divisible
    ? amount > 0 && amount + parts.on(day) >= ask.minPart
    : amount === ask.amount;
  if (!enough) return;
  cash.pay(ask, day, amount);
  parts.add(day, amount);
}

/** Adds to what the requests of a rank have: promises first, then on the due day, then late. */
function serveRank(asks: readonly Ask[], cash: Cash, served: Served): void {
  const open = asks
    .filter((ask) => ask.shut === null)
    .map((ask) => new Parts(ask, served[ask.order] ?? []));
  for (const parts of open) {
    for (const { day, amount } of parts.ask.promised) {
      payOn(parts, day, amount - parts.on(day), cash);
    }
  }
  for (const parts of open) {
    const { due, earliest } = parts.ask;
    if (due >= 0 && due >= earliest) payOn(parts, due, Infinity, cash);
  }
  for (const parts of open) {
    const { ask } = parts;
    for (let day = Math.max(firstLateDay(ask), 0); day <= ask.latest && parts.rest > 0; day++) {
      payOn(parts, day, Infinity, cash);
    }
    served[ask.order] = parts.list();
  }
}

/** Serves the ranks from `first` on as far as the cash that their elders left allows; `first` keeps what it has. */
export function serveRanksFrom(terms: Terms, first: number, served: Served): void {
  const cash = new Cash(terms);
  for (const [index, rank] of terms.ranks.entries()) {
    for (const ask of rank.asks) {
      if (index > first) served[ask.order] = [];
      for (const { day, amount } of served[ask.order] ?? []) cash.pay(ask, day, amount);
    }
  }
  for (const rank of terms.ranks.slice(first)) serveRank(rank.asks, cash, served);
}

/** Serves every request as far as the cash that its elders left allows. */
export function serveGreedily(terms: Terms): Served {
  const served: Served = terms.asks.map(() => []);
  serveRanksFrom(terms, 0, served);
  return served;
}
