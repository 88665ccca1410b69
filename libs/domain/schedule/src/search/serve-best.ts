/** Improves a first choice to the best, rank by rank and aim by aim. */
import { serveRanksFrom } from '../greedy/serve-greedily.js';
import type { PlanOptions } from '../plan.js';
import type { Verdict } from '../report.js';
import { type Aims, type Served, rankAims } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import { AIMS, type Aim, modelOf } from './model.js';
import { Search } from './search.js';

/** Pivots for the whole plan; an aim takes at most half of what is left. */
const STEPS_MAX = 120_000;

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

/** Improves `served` in place; what is known of each rank. */
export function serveBest(terms: Terms, served: Served, options: PlanOptions): Verdict[] {
  const steps = { left: options.stepsMax ?? STEPS_MAX };
  const verdicts: Verdict[] = [];
  const frozen: Ask[] = [];
  const open: Ask[] = [];
  for (const [rank, { asks }] of terms.ranks.entries()) {
    const wish = wishes(asks);
    const verdict = improveRank(terms, rank, { frozen, open, served, wish, steps });
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

function improveRank(terms: Terms, rank: number, state: State): Verdict {
  const { served, wish, steps } = state;
  const rankAsks = terms.ranks[rank]?.asks ?? [];
  const start = rankAims(rankAsks, served);
  if (
    AIMS.every((aim) => isWish(aim, start, wish) || (aim === 'total' && start.total === wish.total))
  ) {
    return { bound: start.onTime, proven: true };
  }
  const shut = rankAsks.filter((ask) => ask.shut !== null);
  const frozen = [...state.frozen, ...shut];
  const asks = [...state.open, ...rankAsks.filter((ask) => ask.shut === null)];
  const frozenAims = terms.ranks.map((one) => frozenAimsOf(one.asks, frozen, served));
  const model = modelOf(terms, rank + 1, asks, { asks: frozen, aims: frozenAims }, served);
  const search = new Search(model, frozen, asks);
  for (let above = 0; above < rank; above++) {
    const aims = rankAims(terms.ranks[above]?.asks ?? [], served);
    for (const aim of AIMS) search.hold(above, aim, aims[aim]);
  }
  let bound = Infinity;
  let proven = true;
  for (const aim of AIMS) {
    const aims = rankAims(rankAsks, served);
    let best = aims[aim];
    let limit = best;
    if (!isWish(aim, aims, wish)) {
      const before = search.steps;
      const found = search.improve(rank, aim, served, steps.left >> 1);
      steps.left -= search.steps - before;
      best = found.value;
      limit = found.bound;
      if (found.served !== null) copyInto(served, found.served, terms, rank);
    }
    if (limit !== best) proven = false;
    if (aim === 'onTime') bound = limit;
    search.hold(rank, aim, best);
  }
  return { bound, proven };
}

/** Takes over better payments, adds what they leave room for, and serves the ranks below anew. */
function copyInto(served: Served, better: Served, terms: Terms, rank: number): void {
  for (const [order, parts] of better.entries()) served[order] = parts;
  serveRanksFrom(terms, rank, served);
}

function frozenAimsOf(asks: readonly Ask[], frozen: readonly Ask[], served: Served): Aims {
  const set = new Set(frozen);
  return rankAims(
    asks.filter((ask) => set.has(ask)),
    served,
  );
}
