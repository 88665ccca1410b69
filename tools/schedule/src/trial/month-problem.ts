/** Months of any size with heavy-tailed amounts, for benchmarks and proofs. */
import { type PoolText, type ProblemText, type RequestText, money } from './problem-text.js';
import { Chance } from './random.js';

export interface MonthShape {
  readonly requests: number;
  readonly days: number;
  readonly pools: number;
  readonly ranks: number;
  /** Cash over the horizon as a share of what is asked. */
  readonly cash: number;
  /** Share of requests that may be paid in parts. */
  readonly divisible: number;
  /** Most days that a request may wait after its due day. */
  readonly wait: number;
  readonly seed: number;
  /** Part of the cash kept for the first tiers. */
  readonly reserve?: number;
  /** Most of its cash that each pool keeps for some first tiers, another amount every day. */
  readonly reserves?: number;
}

/** Working days from 1 December 2026 on. */
function workingDays(count: number): string[] {
  const days: string[] = [];
  for (let at = Date.UTC(2026, 11, 1); days.length < count; at += 86_400_000) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 !== 0) days.push(date.toISOString().slice(0, 10));
  }
  return days;
}

/** Fen with a heavy tail: from 100 yuan, some a thousand times that. */
function amountOf(chance: Chance): number {
  const tail = Math.min(10_000, (1 - chance.next()) ** -0.9);
  return Math.round(10_000 * tail * (1 + chance.next()));
}

/** A month; the same shape gives the same month. */
export function monthProblem(shape: MonthShape): ProblemText {
  const chance = new Chance(shape.seed);
  const days = workingDays(shape.days);
  const ids = Array.from({ length: shape.pools }, (_, index) => `pool-${index}`);
  const wanted = new Map(ids.map((id) => [id, 0]));
  const parentOf = (index: number) => (index === 0 ? undefined : ids[Math.floor((index - 1) / 2)]);
  const requests: RequestText[] = [];
  for (let index = 0; index < shape.requests; index++) {
    const amount = amountOf(chance);
    const due = chance.whole(0, shape.days - 1);
    const at = chance.whole(shape.pools > 1 ? 1 : 0, shape.pools - 1);
    const rank = chance.whole(0, shape.ranks - 1);
    const request: RequestText = {
      id: `FR-${index}`,
      unit: `${101001 + (index % 37)}`,
      pool: ids[at] ?? '',
      amount: money(amount),
      tier: 1 + Math.floor(rank / 2),
      urgency: 1 + (rank % 2),
      due: days[due] ?? '',
      latest: days[Math.min(shape.days - 1, due + chance.whole(0, shape.wait))] ?? '',
      submittedAt: `2026-11-${10 + (index % 20)}T08:${10 + (index % 50)}:00+08:00`,
    };
    if (chance.happens(shape.divisible)) request.divisible = true;
    requests.push(request);
    for (let pool: number = at; pool >= 0; pool = pool === 0 ? -1 : Math.floor((pool - 1) / 2)) {
      const id = ids[pool] ?? '';
      wanted.set(id, (wanted.get(id) ?? 0) + amount);
    }
  }
  const pools = ids.map((id, index): PoolText => {
    // Children together could pay a little more than their parent has, so that the tree matters.
    const total = Math.round((wanted.get(id) ?? 0) * shape.cash * (index === 0 ? 1 : 1.1));
    const opening = Math.round(total * 0.3);
    const weights = days.map(() => chance.next() ** 2);
    const sum = weights.reduce((all, weight) => all + weight, 0);
    const inflow = weights.map((weight) => money(Math.round(((total - opening) * weight) / sum)));
    const parent = parentOf(index);
    const pool: PoolText = { id, opening: money(opening), inflow };
    if (index === 0 && shape.reserve !== undefined) {
      pool.reserve = { amount: money(Math.round(total * shape.reserve)), tiers: 2 };
    }
    const { reserves } = shape;
    if (reserves !== undefined) {
      const amount = days.map(() => money(Math.round(total * reserves * chance.next())));
      pool.reserve = { amount, tiers: chance.whole(1, 3) };
    }
    return parent === undefined ? pool : { ...pool, parent };
  });
  return { days, pools, requests };
}
