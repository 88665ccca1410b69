/** The first planner's choice: rank by rank, in tie order, promises first, then on time, then late. */
import { Cash } from '../cash.js';
import type { Fen } from '../problem.js';
import { NO_PARTS, type Part, type Served, firstLateDay } from '../served.js';
import type { Ask, Terms } from '../terms.js';

function paidOf(parts: readonly Part[]): Fen {
  let sum = 0;
  for (const { amount } of parts) sum += amount;
  return sum;
}

function paidOn(parts: readonly Part[], day: number): Fen {
  for (const part of parts) if (part.day === day) return part.amount;
  return 0;
}

/** The parts by day, with what that day's part is now. */
function withPart(parts: readonly Part[], part: Part): readonly Part[] {
  if (parts.length === 0) return [part];
  return [...parts.filter(({ day }) => day !== part.day), part].sort((a, b) => a.day - b.day);
}

/** Pays requests in place. */
class Greed {
  constructor(
    private readonly cash: Cash,
    private readonly served: Served,
  ) {}

  /** Pays as much as fits on that day, up to `most`, keeping to whole payments and least parts. */
  private payOn(ask: Ask, day: number, most: Fen): void {
    const { cash, served } = this;
    const parts = served[ask.order] ?? NO_PARTS;
    const wanted = Math.min(most, ask.amount - paidOf(parts));
    if (wanted <= 0) return;
    const amount = Math.min(wanted, cash.headroom(ask, day));
    const had = paidOn(parts, day);
    const isEnough = ask.divisible
      ? amount > 0 && amount + had >= ask.minPart
      : amount === ask.amount;
    if (!isEnough) return;
    cash.pay(ask, day, amount);
    served[ask.order] = withPart(parts, { day, amount: had + amount });
  }

  /** Adds to what the requests of a rank have: promises first, then on the due day, then late. */
  serveRank(asks: readonly Ask[]): void {
    const { served } = this;
    for (const ask of asks) {
      if (ask.shut !== null) continue;
      for (const { day, amount } of ask.promised)
        this.payOn(ask, day, amount - paidOn(served[ask.order] ?? NO_PARTS, day));
    }
    for (const ask of asks) {
      const { due, earliest, shut } = ask;
      if (shut === null && due >= 0 && due >= earliest) this.payOn(ask, due, Infinity);
    }
    for (const ask of asks) {
      if (ask.shut !== null) continue;
      for (let day = Math.max(firstLateDay(ask), 0); day <= ask.latest; day++) {
        if (paidOf(served[ask.order] ?? NO_PARTS) === ask.amount) break;
        this.payOn(ask, day, Infinity);
      }
    }
  }
}

/** Serves the ranks from `first` on as far as the cash that their elders left allows; `first` keeps what it has. */
export function serveRanksFrom(terms: Terms, first: number, served: Served): void {
  for (const { asks } of terms.ranks.slice(first + 1))
    for (const { order } of asks) served[order] = NO_PARTS;
  const greed = new Greed(Cash.after(terms, served), served);
  for (const { asks } of terms.ranks.slice(first)) greed.serveRank(asks);
}

/** Serves every request as far as the cash that its elders left allows. */
export function serveGreedily(terms: Terms): Served {
  const served: Served = new Array<readonly Part[]>(terms.asks.length).fill(NO_PARTS);
  serveRanksFrom(terms, 0, served);
  return served;
}
