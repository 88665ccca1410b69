/** Improves a first choice to the best, rank by rank and aim by aim. */
import { serveRanksFrom } from '../greedy/serve-greedily.js';
import type { PlanOptions } from '../plan.js';
import type { Fen } from '../problem.js';
import type { Verdict } from '../report.js';
import { type Aims, type Served, compareAims, isBetter, rankAims } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import type { FirstOutside } from './limits.js';
import { AIMS, type Aim, type Parties } from './model.js';
import { ReserveCases } from './reserve-cases.js';
import { Search } from './search.js';
import { isWish, wishes } from './wishes.js';

/** Steps for the whole plan, of which an aim takes at most half of what is left. */
const STEPS_MAX = 240_000;
/** A step costs more the more requests there are, and they need more of them: beyond some hundreds it would take minutes. */
const STEPS_BY_SQUARE = 5e9;
/** For one aim, by the requests that take part. */
const STEPS_BY_ASK = 6_000_000;
/** Enough for bounds, not for a search. */
const STEPS_LEAST = 400;

function stepsOf(requests: number): number {
  return Math.max(STEPS_LEAST, Math.min(STEPS_MAX, Math.round(STEPS_BY_SQUARE / requests ** 2)));
}

/** Could no other plan that is as good pay this request otherwise? */
function isFrozen(ask: Ask, aims: Aims, wish: Aims): boolean {
  if (ask.shut !== null) return true;
  if (aims.onTime !== wish.onTime || aims.total !== aims.onTime) return false;
  const early = ask.promised.some(({ day }) => day !== ask.due);
  return !early || aims.kept === wish.kept;
}

/** So many of a rank's largest requests are looked at one by one; other numbers where a gap is left. */
const WHOLE_PER_RANK = [24, 28, 40] as const;
const GAP_LEAST = 1e-4;

/** So many ranks are looked at together, far more than a policy has; greed serves those below. */
const RANKS_MAX = 200;

/** The first rank that greed does not serve wholly; the number of ranks where it serves all. */
function firstOpenRank(terms: Terms, served: Served): number {
  const first = terms.ranks.findIndex(({ asks }) => {
    const aims = rankAims(asks, served);
    return !AIMS.every((aim) => isWish(aim, aims, wishes(asks)));
  });
  return first < 0 ? terms.ranks.length : first;
}

/** The ranks from `first` up to `last` looked at together, with all above being served wholly; `null` where there are none. */
function lookAhead(terms: Terms, served: Served, first: number, last: number): ReserveCases | null {
  if (first >= last) return null;
  const frozen = terms.ranks.slice(0, first).flatMap(({ asks }) => asks);
  const open = terms.ranks.slice(first, last).flatMap(({ asks }) => asks);
  const ahead = new ReserveCases(terms, { open, frozen }, served, WHOLE_PER_RANK[0], null);
  takeOverUpTo(last, served, ahead.bestPlan().served, terms);
  return ahead;
}

/**
 * A rank looked at again without those below, whose flows may have stood in its way. Better payments are taken over
 * where the ranks above are served as well as before.
 */
function serveAlone(
  terms: Terms,
  rank: number,
  wholePerRank: number,
  state: Pick<State, 'open' | 'served'> & { readonly left: readonly FirstOutside[] | null },
): ReserveCases {
  const { served, left } = state;
  // A rank is held at what all of it has, so that none of it may be frozen where some is not.
  const ranks = new Set([rank, ...state.open.map((ask) => ask.rank)]);
  const frozen = terms.asks.filter((ask) => ask.rank < rank && !ranks.has(ask.rank));
  const open = terms.asks.filter((ask) => ranks.has(ask.rank));
  const ahead = new ReserveCases(terms, { open, frozen }, served, wholePerRank, left);
  const found = ahead.bestPlan();
  const upTo = terms.ranks.slice(0, rank + 1);
  const orders = upTo.map(({ asks }) =>
    compareAims(rankAims(asks, found.served), rankAims(asks, served)),
  );
  if ((orders.pop() ?? 0) < 0 && orders.every((order) => order === 0))
    copyInto(served, found.served, terms, rank);
  return ahead;
}

/** Ranks below one that was improved, which greed has served since, are looked at together beside what is paid now. */
function serveBelow(terms: Terms, rank: number, last: number, served: Served): void {
  const frozen = terms.asks.filter((ask) => ask.rank <= rank);
  const open = terms.asks.filter((ask) => ask.rank > rank && ask.rank < last);
  if (open.length === 0) return;
  const [wholePerRank] = WHOLE_PER_RANK;
  const found = new ReserveCases(terms, { open, frozen }, served, wholePerRank, null).bestPlan();
  const known = terms.ranks.map(({ asks }) => rankAims(asks, served));
  if (isBetter(found.known, known)) takeOverUpTo(last, served, found.served, terms);
}

/** Improves `served` in place; what is known of each rank. */
export function serveBest(terms: Terms, served: Served, options: PlanOptions): Verdict[] {
  const requests = terms.ranks.reduce((sum, { asks }) => sum + asks.length, 0);
  const steps = { left: options.stepsMax ?? stepsOf(requests) };
  const first = firstOpenRank(terms, served);
  const last = Math.min(terms.ranks.length, first + RANKS_MAX);
  const ahead = lookAhead(terms, served, first, last);
  const verdicts: Verdict[] = [];
  const frozen: Ask[] = [];
  const open: Ask[] = [];
  const known: Aims[] = [];
  /** What no plan can have more of (of days late: less), rank by rank. */
  const limits: Aims[] = [];
  let left = mostPayable(terms);
  for (const [rank, { asks }] of terms.ranks.entries()) {
    const wish = wishes(asks);
    const looks = [ahead];
    const judge = (): Aims => {
      known[rank] = rankAims(asks, served);
      const within = affordable(wish, left, asks);
      if (rank >= last) return within;
      return looks.map((look) => limitsOf(rank, look, known, within)).reduce(tighter);
    };
    let limit = judge();
    const before = rankAims(asks, served);
    const state = { frozen, open, served, wish, steps, limits };
    if (before.onTime < limit.onTime) {
      ahead?.tighten(rank, known);
      limit = judge();
    }
    if (rank < last && !isMet(before, limit)) {
      const outside = ahead?.outsideOf(rank, known) ?? null;
      const improved = improveRank(terms, rank, limit, { ...state, outside });
      limit = tighter(improved, judge());
    }
    for (const [trial, wholePerRank] of rank < last ? WHOLE_PER_RANK.entries() : []) {
      const aims = rankAims(asks, served);
      if (aims.onTime === limit.onTime && aims.total === limit.total) break;
      // Without ranks below, the first look was one alone.
      if (trial === 0 && rank === terms.ranks.length - 1) continue;
      if (trial > 0 && aims.onTime >= limit.onTime * (1 - GAP_LEAST)) break;
      const days = looks.at(-1)?.left(rank, known) ?? null;
      const alone = serveAlone(terms, rank, wholePerRank, { ...state, left: days });
      looks.push(alone);
      const isSame = compareAims(rankAims(asks, served), aims) === 0;
      if (judge().onTime > rankAims(asks, served).onTime) alone.tighten(rank, known);
      // What a search found of payments that were given up bounds no others.
      limit = isSame ? tighter(limit, judge()) : judge();
    }
    if (compareAims(rankAims(asks, served), before) < 0) serveBelow(terms, rank, last, served);
    limits.push(limit);
    const verdict = { bound: limit.onTime, proven: isMet(rankAims(asks, served), limit) };
    verdicts.push(verdict);
    options.onRank?.(rank + 1, terms.ranks.length);
    const aims = rankAims(asks, served);
    left -= aims.total;
    for (const ask of asks) {
      if (isFrozen(ask, aims, wish)) frozen.push(ask);
      else open.push(ask);
    }
  }
  return verdicts;
}

/** All that any plan can pay out by the last day. */
function mostPayable({ pools, open, dayCount }: Terms): Fen {
  return pools.reduce(
    (sum, { parent }, at) =>
      parent === null ? sum + Math.max(0, open[at]?.[dayCount - 1] ?? 0) : sum,
    0,
  );
}

/** No rank can have more than the ranks above leave of what can be paid at all, nor less than its least payment. */
function affordable(wish: Aims, all: Fen, asks: readonly Ask[]): Aims {
  const least = asks.reduce((amount, ask) => Math.min(amount, ask.minPart), Infinity);
  const left = all < least ? 0 : all;
  return { ...wish, onTime: Math.min(wish.onTime, left), total: Math.min(wish.total, left) };
}

/** What looking ahead proves of a rank as it is served, those above being served as `known`. */
function limitsOf(
  rank: number,
  ahead: ReserveCases | null,
  known: readonly Aims[],
  wish: Aims,
): Aims {
  const own = known[rank] ?? wish;
  const limit = (aim: Aim): number =>
    isWish(aim, own, wish) || ahead === null ? own[aim] : ahead.boundOf(rank, aim, known);
  return {
    kept: limit('kept'),
    onTime: Math.min(wish.onTime, Math.max(own.onTime, limit('onTime'))),
    total: Math.min(wish.total, Math.max(own.total, limit('total'))),
    lateness: Math.min(own.lateness, limit('lateness')),
  };
}

/** Is every aim as good as it can be? */
function isMet(aims: Aims, limits: Aims): boolean {
  return AIMS.every((aim) => aims[aim] === limits[aim]);
}

/** The closer of two limits, aim by aim. */
function tighter(a: Aims, b: Aims): Aims {
  return {
    kept: Math.min(a.kept, b.kept),
    onTime: Math.min(a.onTime, b.onTime),
    total: Math.min(a.total, b.total),
    lateness: Math.max(a.lateness, b.lateness),
  };
}

interface State {
  readonly frozen: readonly Ask[];
  readonly open: readonly Ask[];
  readonly served: Served;
  readonly wish: Aims;
  readonly steps: { left: number };
  readonly limits: readonly Aims[];
  readonly outside: FirstOutside | null;
}

/** Rows above which a programme of single requests would take too long. */
const ROWS_MAX = 400;
const ASKS_MAX = 1000;

function improveRank(terms: Terms, rank: number, limits: Aims, state: State): Aims {
  const { served } = state;
  const rankAsks = terms.ranks[rank]?.asks ?? [];
  const frozen = [...state.frozen, ...rankAsks.filter((ask) => ask.shut !== null)];
  const asks = [...state.open, ...rankAsks.filter((ask) => ask.shut === null)];
  const frozenAims = frozenAimsOf(terms, frozen, served);
  const { outside } = state;
  const parties = { rankCount: rank + 1, asks, frozen, frozenAims, outside };
  const rows =
    asks.filter((ask) => ask.latest > ask.due).length + terms.pools.length * terms.dayCount;
  return rows <= ROWS_MAX && asks.length <= ASKS_MAX
    ? improveAims(terms, rank, limits, { ...state, parties })
    : limits;
}

/** Brings one aim after the other to its best, as far as the steps go; what limits each. */
function improveAims(
  terms: Terms,
  rank: number,
  limits: Aims,
  state: State & { readonly parties: Parties },
): Aims {
  const { served, wish, steps, parties } = state;
  const search = new Search(terms, parties, served);
  for (let above = 0; above < rank; above++) {
    const aims = rankAims(terms.ranks[above]?.asks ?? [], served);
    for (const aim of AIMS)
      search.hold(above, aim, aims[aim], state.limits[above]?.[aim] ?? Infinity);
  }
  const rankAsks = terms.ranks[rank]?.asks ?? [];
  const found = { ...limits };
  let isProven = true;
  for (const aim of AIMS) {
    const aims = rankAims(rankAsks, served);
    let best = aims[aim];
    if (isWish(aim, aims, wish)) found[aim] = best;
    else if (best !== found[aim]) {
      // Where an aim before it could not be proven, the rank will not be: what is found is worth less effort.
      const usual = Math.min(steps.left >> 1, Math.ceil(STEPS_BY_ASK / parties.asks.length));
      const stepsMax = isProven ? usual : usual >> 2;
      const improved = search.improve(rank, aim, served, stepsMax);
      steps.left -= improved.steps;
      best = improved.value;
      found[aim] =
        aim === 'lateness'
          ? Math.min(best, Math.max(found[aim], improved.bound))
          : Math.max(best, Math.min(found[aim], improved.bound));
      if (improved.served !== null) copyInto(served, improved.served, terms, rank);
    }
    isProven &&= best === found[aim];
    search.hold(rank, aim, best, found[aim]);
  }
  return found;
}

function takeOver(served: Served, better: Served): void {
  for (const [order, parts] of better.entries()) served[order] = parts;
}

/** Takes over better payments of the ranks before `last`; greed serves those from it on. */
function takeOverUpTo(last: number, served: Served, better: Served, terms: Terms): void {
  takeOver(served, better);
  if (last < terms.ranks.length) serveRanksFrom(terms, last - 1, served);
}

/** Takes over better payments, adds what they leave room for, and serves the ranks below anew. */
function copyInto(served: Served, better: Served, terms: Terms, rank: number): void {
  takeOver(served, better);
  serveRanksFrom(terms, rank, served);
}

/** What the frozen requests add to the aims of each rank. */
function frozenAimsOf(terms: Terms, frozen: readonly Ask[], served: Served): Aims[] {
  const byRank = terms.ranks.map((): Ask[] => []);
  for (const ask of frozen) byRank[ask.rank]?.push(ask);
  return byRank.map((asks) => rankAims(asks, served));
}
