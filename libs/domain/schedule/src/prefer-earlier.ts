/**
 * Among plans that are equally good in every aim of every rank, the one that pays on time what is due earlier. Cash
 * that comes beyond a cautious forecast can then still pay the later ones on time, but not the earlier ones any more.
 */
import { Cash } from './cash.js';
import type { Fen } from './problem.js';
import { NO_PARTS, type Part, type Served } from './served.js';
import type { Ask, Rank, Terms } from './terms.js';

/** Most pairs of requests that are looked at in one plan. */
const PAIRS_MAX = 200_000;

/**
 * Moves what is paid on time from requests due later to those of their rank due earlier, as far as all other payments
 * allow. What a rank is paid on time, at all and late stays what it is, and every promise that is kept.
 */
export function preferEarlier(terms: Terms, served: Served): void {
  const ranks = terms.ranks.filter(({ asks }) => asks.some((ask) => restOf(ask, served) > 0));
  if (ranks.length === 0) return;
  const cash = Cash.after(terms, served);
  const exchange = new Exchange(terms, cash, served);
  for (const rank of ranks) exchange.within(rank);
}

function restOf(ask: Ask, served: Served): Fen {
  return (served[ask.order] ?? NO_PARTS).reduce((rest, { amount }) => rest - amount, ask.amount);
}

function onDue(ask: Ask, served: Served): Fen {
  return (served[ask.order] ?? NO_PARTS).find(({ day }) => day === ask.due)?.amount ?? 0;
}

function hasDueDay(ask: Ask): boolean {
  return ask.shut === null && ask.due >= Math.max(0, ask.earliest);
}

/** What it could leave to others: nothing where something was promised to it, which it was told to count on. */
function spare(ask: Ask, served: Served): Fen {
  return ask.promised.length > 0 ? 0 : onDue(ask, served);
}

class Exchange {
  private pairs = 0;

  constructor(
    private readonly terms: Terms,
    private readonly cash: Cash,
    private readonly served: Served,
  ) {}

  /** In tie order each request that is not wholly paid takes from those due last, as long as they are due later. */
  within(rank: Rank): void {
    // Tie order is the order of due days.
    const open = rank.asks.filter(hasDueDay);
    const givers = open.filter((ask) => spare(ask, this.served) > 0);
    for (const ask of open) {
      for (let at = givers.length - 1; at >= 0 && this.wants(ask); at--) {
        const giver = givers[at];
        if (giver === undefined || giver.due <= ask.due || this.pairs >= PAIRS_MAX) break;
        this.pairs++;
        this.move(giver, ask);
        if (spare(giver, this.served) === 0) givers.splice(at, 1);
      }
    }
  }

  /** Something is missing, and no pool above is used up on the due day. */
  private wants(ask: Ask): boolean {
    if (restOf(ask, this.served) === 0) return false;
    return (this.terms.lines[ask.pool] ?? []).every((pool) => this.cash.room(pool, ask.due) > 0);
  }

  /** Both are taken back and paid anew: what one gets the other gives, so from the later due day on nothing changes. */
  private move(from: Ask, to: Ask): void {
    const has = onDue(from, this.served);
    const already = onDue(to, this.served);
    this.cash.takeBack(from, from.due, has);
    if (already > 0) this.cash.takeBack(to, to.due, already);
    const room = this.cash.headroom(to, to.due) - already;
    const amount = fitting({ from, has, to, already }, Math.min(room, restOf(to, this.served)));
    if (has > amount) this.cash.pay(from, from.due, has - amount);
    if (already + amount > 0) this.cash.pay(to, to.due, already + amount);
    if (amount === 0) return;
    this.set(from, has - amount);
    this.set(to, already + amount);
  }

  private set(ask: Ask, amount: Fen): void {
    const others = (this.served[ask.order] ?? NO_PARTS).filter(({ day }) => day !== ask.due);
    const parts: Part[] = amount === 0 ? others : [...others, { day: ask.due, amount }];
    this.served[ask.order] = parts.toSorted((a, b) => a.day - b.day);
  }
}

interface Pair {
  readonly from: Ask;
  readonly has: Fen;
  readonly to: Ask;
  readonly already: Fen;
}

/** The most, up to `most`, that can be moved while both keep to whole payments and least parts. */
function fitting({ from, has, to, already }: Pair, most: Fen): Fen {
  let amount = Math.min(has, most);
  if (amount < has) {
    if (!from.divisible) return 0;
    amount = Math.min(amount, has - from.minPart);
  }
  const whole = to.divisible ? to.minPart : to.amount;
  return amount > 0 && already + amount >= whole ? amount : 0;
}
