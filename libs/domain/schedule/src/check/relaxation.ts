/**
 * The relaxation that judges a bound: parts of a fen, fractions of requests and of reserve switches
 * allowed, ranks above held at the plan's values, and this rank's kept as well.
 */
import type { RankResult } from '../plan.js';
import { type Claim, type Facts } from './facts.js';
import type { Programme } from './tableau.js';

/** What one column stands for. */
export type Meaning =
  | { readonly kind: 'pay'; readonly claim: Claim; readonly day: number; readonly most: number }
  | { readonly kind: 'kept'; readonly claim: Claim; readonly day: number }
  | { readonly kind: 'switch'; readonly pool: string; readonly day: number };

export interface Relaxation {
  readonly programme: Programme;
  readonly meanings: readonly Meaning[];
}

interface Row {
  readonly at: number[];
  readonly by: number[];
  readonly right: number;
}

class Draft {
  readonly rows: Row[] = [];
  readonly upper: number[] = [];
  readonly meanings: Meaning[] = [];

  column(upper: number, meaning: Meaning): number {
    this.meanings.push(meaning);
    return this.upper.push(upper) - 1;
  }

  row(right: number): Row {
    const row: Row = { at: [], by: [], right };
    this.rows.push(row);
    return row;
  }
}

function put(row: Row, column: number, value: number): void {
  row.at.push(column);
  row.by.push(value);
}

interface Spot {
  readonly claim: Claim;
  readonly day: number;
  readonly pay: number;
  readonly kept: number | null;
}

/** Is some pool on the way up under its floor, unpaid, on that day or after? */
function isBlocked(claim: Claim, day: number, facts: Facts): boolean {
  const line = facts.basins.get(claim.request.pool)?.line ?? [];
  return line.some((id) => facts.basins.get(id)?.open.some((open, at) => at >= day && open < 0));
}

function addClaim(draft: Draft, claim: Claim, facts: Facts, late: boolean): Spot[] {
  const { request, shut, earliest, due, latest } = claim;
  if (shut !== null) return [];
  const spots: Spot[] = [];
  const last = late ? latest : Math.min(latest, due);
  for (let day = Math.max(0, earliest); day <= last; day++) {
    const date = facts.problem.days[day];
    const promised = request.approved.find((part) => part.date === date)?.amount ?? 0;
    const most = day < due ? promised : request.amount;
    const least = request.divisible ? request.minPart : request.amount;
    if (most < least || isBlocked(claim, day, facts)) continue;
    const pay = draft.column(most, { kind: 'pay', claim, day, most });
    let kept: number | null = null;
    if (promised > 0) {
      kept = draft.column(promised, { kind: 'kept', claim, day });
      const row = draft.row(0);
      put(row, kept, 1);
      put(row, pay, -1);
    }
    spots.push({ claim, day, pay, kept });
  }
  if (spots.length > 1) {
    const row = draft.row(request.amount);
    for (const { pay } of spots) put(row, pay, 1);
  }
  return spots;
}

function addPools(draft: Draft, spots: readonly Spot[], facts: Facts): void {
  const { days } = facts.problem;
  for (const [id, { pool, open }] of facts.basins) {
    const inside = spots.filter(({ claim }) => {
      return facts.basins.get(claim.request.pool)?.line.includes(id) ?? false;
    });
    const tiers = pool.reserve?.tiers ?? 99;
    const outsiders = inside.filter(({ claim }) => claim.request.tier > tiers);
    for (const day of days.keys()) {
      const upTo = inside.filter((spot) => spot.day <= day);
      if (upTo.length === 0) continue;
      const reserve = pool.reserve?.amount[day] ?? 0;
      const outside = outsiders.filter((spot) => spot.day <= day);
      const gated = reserve > 0 && outside.length > 0;
      const asked = [...new Set(upTo.map(({ claim }) => claim))];
      const most = asked.reduce((sum, claim) => sum + claim.request.amount, 0);
      if (most <= (open[day] ?? 0) - (gated ? reserve : 0)) continue;
      const row = draft.row(open[day] ?? 0);
      for (const { pay } of upTo) put(row, pay, 1);
      if (gated) addSwitch(draft, row, { id, day, reserve, outside });
    }
  }
}

/** Whoever outside the reserve is paid by that day turns on the switch that keeps the reserve. */
function addSwitch(
  draft: Draft,
  row: Row,
  at: {
    readonly id: string;
    readonly day: number;
    readonly reserve: number;
    readonly outside: readonly Spot[];
  },
): void {
  const gate = draft.column(1, { kind: 'switch', pool: at.id, day: at.day });
  put(row, gate, at.reserve);
  for (const claim of new Set(at.outside.map((spot) => spot.claim))) {
    const use = draft.row(0);
    for (const spot of at.outside) if (spot.claim === claim) put(use, spot.pay, 1);
    put(use, gate, -claim.request.amount);
  }
}

function holdRank(draft: Draft, spots: readonly Spot[], rank: RankResult): void {
  const kept = draft.row(-rank.kept);
  const onTime = draft.row(-rank.onTime);
  const total = draft.row(-rank.total);
  const lateness = draft.row(rank.lateness);
  for (const spot of spots) {
    if (spot.kept !== null) put(kept, spot.kept, -1);
    put(total, spot.pay, -1);
    if (spot.day <= spot.claim.due) put(onTime, spot.pay, -1);
    else put(lateness, spot.pay, spot.day - spot.claim.due);
  }
}

/** The relaxation for the rank at `index` of the plan; `groups` are the claims of the ranks, ascending. */
export function relaxationOf(
  facts: Facts,
  groups: readonly { readonly claims: readonly Claim[] }[],
  index: number,
): Relaxation {
  const draft = new Draft();
  const spots: Spot[] = [];
  const objective: number[] = [];
  for (const [rank, { claims }] of groups.slice(0, index + 1).entries()) {
    const told = facts.plan.ranks[rank];
    const needsLate = rank < index ? (told?.total ?? 0) > (told?.onTime ?? 0) : true;
    const own = claims.flatMap((claim) =>
      addClaim(
        draft,
        claim,
        facts,
        needsLate && (rank < index || claim.request.approved.length > 0),
      ),
    );
    spots.push(...own);
    if (told === undefined) continue;
    if (rank < index) {
      holdRank(draft, own, told);
    } else {
      const kept = draft.row(-told.kept);
      for (const spot of own) {
        if (spot.kept !== null) put(kept, spot.kept, -1);
        if (spot.day <= spot.claim.due) objective[spot.pay] = 1;
      }
    }
  }
  addPools(draft, spots, facts);
  const whole = Array.from({ length: draft.upper.length }, (_, column) => objective[column] ?? 0);
  return {
    programme: { rows: draft.rows, upper: draft.upper, objective: whole },
    meanings: draft.meanings,
  };
}
