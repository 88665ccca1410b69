/** Improves a first choice to the best, rank by rank and aim by aim. */
import { serveRanksFrom } from '../greedy/serve-greedily.js';
import type { PlanOptions } from '../plan.js';
import type { Verdict } from '../report.js';
import { type Aims, type Served, rankAims } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { AIMS, type Aim, type Parties, modelOf } from './model.js';
import { LookAhead } from './look-ahead.js';
import { roundAhead } from './round.js';
import { Search } from './search.js';

/** Pivots for the whole plan; an aim takes at most half of what is left. */
const STEPS_MAX = 120_000;

/** From so many requests on there are only as many pivots as bounds need: the search would take minutes. */
const LARGE = 250;
const STEPS_MAX_LARGE = 400;

/** The best that each aim of a rank could be if cash were no matter. */
function wishes(asks: readonly Ask[]): Aims {
  let kept = 0;
  let onTime = 0;
  let total = 0;
  for (const ask of asks) {
    if (ask.shut !== null) continue;
    const early = ask.promised.reduce(
      (sum, { day, amount }) => sum + (day < ask.due ? amount : 0),
      0,
    );
    const onDue = ask.due >= Math.max(0, ask.earliest);
    kept += ask.promised.reduce((sum, { amount }) => sum + amount, 0);
    onTime += onDue ? ask.amount : early;
    total += ask.amount;
  }
  return { kept, onTime, total, lateness: 0 };
}

/** Could no other plan that is as good pay this request otherwise? */
function isFrozen(ask: Ask, aims: Aims, wish: Aims): boolean {
  if (ask.shut !== null) return true;
  if (aims.onTime !== wish.onTime || aims.total !== aims.onTime) return false;
  const early = ask.promised.some(({ day }) => day !== ask.due);
  return !early || aims.kept === wish.kept;
}

/** The ranks after those that greed serves wholly, looked at together; `null` where it serves all. */
function lookAhead(terms: Terms, served: Served): LookAhead | null {
  const first = terms.ranks.findIndex(({ asks }) => {
    const aims = rankAims(asks, served);
    return !AIMS.every((aim) => isWish(aim, aims, wishes(asks)));
  });
  if (first < 0) return null;
  const frozen = terms.ranks.slice(0, first).flatMap(({ asks }) => asks);
  const open = terms.ranks.slice(first).flatMap(({ asks }) => asks);
  const ahead = new LookAhead(terms, open, frozen, served);
  roundAhead(terms, ahead, frozen, served);
  return ahead;
}

/** Improves `served` in place; what is known of each rank. */
export function serveBest(terms: Terms, served: Served, options: PlanOptions): Verdict[] {
  const requests = terms.ranks.reduce((sum, { asks }) => sum + asks.length, 0);
  const usual = requests < LARGE ? STEPS_MAX : STEPS_MAX_LARGE;
  const steps = { left: options.stepsMax ?? usual };
  const ahead = lookAhead(terms, served);
  const verdicts: Verdict[] = [];
  const frozen: Ask[] = [];
  const open: Ask[] = [];
  const known: Aims[] = [];
  for (const [rank, { asks }] of terms.ranks.entries()) {
    const wish = wishes(asks);
    const judge = (): Verdict => {
      known[rank] = rankAims(asks, served);
      return verdictOf(rank, ahead, known, wish);
    };
    let verdict = judge();
    if (!verdict.proven) {
      const improved = improveRank(terms, rank, { frozen, open, served, wish, steps });
      const after = judge();
      const bound = Math.min(improved.bound, after.bound);
      verdict = { bound, proven: improved.proven || after.proven };
    }
    verdicts.push(verdict);
    options.onRank?.(rank + 1, terms.ranks.length);
    const aims = rankAims(asks, served);
    for (const ask of asks) {
      if (isFrozen(ask, aims, wish)) frozen.push(ask);
      else open.push(ask);
    }
  }
  return verdicts;
}

/** What looking ahead proves of a rank as it is served, those above being served as `known`. */
function verdictOf(
  rank: number,
  ahead: LookAhead | null,
  known: readonly Aims[],
  wish: Aims,
): Verdict {
  const own = known[rank] ?? wish;
  const bounds = AIMS.map((aim) =>
    isWish(aim, own, wish) || ahead === null ? own[aim] : ahead.boundOf(rank, aim, known),
  );
  return {
    bound: Math.min(wish.onTime, Math.max(own.onTime, bounds[1] ?? Infinity)),
    proven: AIMS.every((aim, at) => own[aim] === bounds[at]),
  };
}

interface State {
  readonly frozen: readonly Ask[];
  readonly open: readonly Ask[];
  readonly served: Served;
  readonly wish: Aims;
  readonly steps: { left: number };
}

/** Is the aim as good as it could ever be? */
function isWish(aim: Aim, aims: Aims, wish: Aims): boolean {
  if (aim === 'lateness') return aims.lateness === 0;
  return aims[aim] === wish[aim];
}

/** Rows above which a programme of single requests would take too long. */
const ROWS_MAX = 400;
const ASKS_MAX = 1000;

function improveRank(terms: Terms, rank: number, state: State): Verdict {
  const { served, wish } = state;
  const rankAsks = terms.ranks[rank]?.asks ?? [];
  const start = rankAims(rankAsks, served);
  if (AIMS.every((aim) => isWish(aim, start, wish))) return { bound: start.onTime, proven: true };
  const frozen = [...state.frozen, ...rankAsks.filter((ask) => ask.shut !== null)];
  const asks = [...state.open, ...rankAsks.filter((ask) => ask.shut === null)];
  const frozenAims = frozenAimsOf(terms, frozen, served);
  const parties = { rankCount: rank + 1, asks, frozen, frozenAims };
  const rows =
    asks.filter((ask) => ask.latest > ask.due).length + terms.pools.length * terms.dayCount;
  return rows <= ROWS_MAX && asks.length <= ASKS_MAX
    ? improveAims(terms, rank, state, parties)
    : { bound: Infinity, proven: false };
}

/** A pivot costs more the more requests are open, so there are fewer of them for one aim. */
const STEPS_BY_ASK = 4_000_000;

function stepsFor({ asks }: Parties, left: number): number {
  return Math.min(left >> 1, Math.ceil(STEPS_BY_ASK / Math.max(1, asks.length)));
}

/** Brings one aim after the other to its best, as far as the steps go. */
function improveAims(
  terms: Terms,
  rank: number,
  { served, wish, steps }: State,
  parties: Parties,
): Verdict {
  const search = new Search(modelOf(terms, parties, served), parties);
  for (let above = 0; above < rank; above++) {
    const aims = rankAims(terms.ranks[above]?.asks ?? [], served);
    for (const aim of AIMS) search.hold(above, aim, aims[aim]);
  }
  const rankAsks = terms.ranks[rank]?.asks ?? [];
  let bound = Infinity;
  let proven = true;
  for (const aim of AIMS) {
    const aims = rankAims(rankAsks, served);
    let best = aims[aim];
    let limit = best;
    if (!isWish(aim, aims, wish)) {
      const before = search.steps;
      const found = search.improve(rank, aim, served, stepsFor(parties, steps.left));
      steps.left -= search.steps - before;
      best = found.value;
      limit = found.bound;
      if (found.served !== null) copyInto(served, found.served, terms, rank);
    }
    if (limit !== best) proven = false;
    if (aim === 'onTime') bound = Math.min(limit, wish.onTime);
    search.hold(rank, aim, best);
  }
  return { bound, proven };
}

/** Takes over better payments, adds what they leave room for, and serves the ranks below anew. */
function copyInto(served: Served, better: Served, terms: Terms, rank: number): void {
  for (const [order, parts] of better.entries()) served[order] = parts;
  serveRanksFrom(terms, rank, served);
}

/** What the frozen requests add to the aims of each rank. */
function frozenAimsOf(terms: Terms, frozen: readonly Ask[], served: Served): Aims[] {
  const byRank = terms.ranks.map((): Ask[] => []);
  for (const ask of frozen) byRank[ask.rank]?.push(ask);
  return byRank.map((asks) => rankAims(asks, served));
}
