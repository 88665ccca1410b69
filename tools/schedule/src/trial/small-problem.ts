/** Small problems of every shape: pools in trees, floors by day, reserves, parts, promises, odd dates. */
import type { PoolText, ProblemText, RequestText } from './problem-text.js';
import { money } from './problem-text.js';
import { Chance } from './random.js';

/** Every second or third day of December, so that dates fall between working days. */
function daysOf(chance: Chance, count: number): string[] {
  const days: string[] = [];
  let date = 2;
  for (let index = 0; index < count; index++) {
    days.push(`2026-12-${String(date).padStart(2, '0')}`);
    date += chance.whole(1, 3);
  }
  return days;
}

function anyDate(chance: Chance, days: readonly string[]): string {
  if (chance.happens(0.8)) return chance.pick(days);
  return `2026-12-${String(chance.whole(1, 28)).padStart(2, '0')}`;
}

function poolOf(chance: Chance, id: string, days: readonly string[], scale: number): PoolText {
  const list = (low: number, high: number) => days.map(() => money(chance.whole(low, high)));
  const pool: PoolText = { id, opening: money(chance.whole(-1, 3 * scale)) };
  if (chance.happens(0.8)) pool.inflow = list(0, scale);
  if (chance.happens(0.3)) pool.committed = list(0, Math.floor(scale / 2));
  if (chance.happens(0.2)) pool.floor = money(chance.whole(-scale, scale));
  else if (chance.happens(0.2)) pool.floor = list(-1, scale);
  if (chance.happens(0.35)) {
    const amount = chance.happens(0.5) ? money(chance.whole(0, scale)) : list(0, scale);
    pool.reserve = { amount, tiers: chance.whole(0, 3) };
  }
  return pool;
}

interface Around {
  readonly days: readonly string[];
  readonly pools: readonly PoolText[];
  readonly scale: number;
  /** Few tiers and one urgency put many requests into one rank, where choosing is hard. */
  readonly tiers: number;
  readonly urgencies: number;
}

function requestOf(chance: Chance, id: string, around: Around): RequestText {
  const { days, pools, scale, tiers, urgencies } = around;
  const amount = chance.happens(0.2) ? chance.whole(1, 3) : chance.whole(1, scale);
  const due = chance.happens(0.05) ? '2026-12-01' : anyDate(chance, days);
  const request: RequestText = {
    id,
    pool: chance.pick(pools).id,
    amount: money(amount),
    tier: chance.whole(1, tiers),
    due,
  };
  if (urgencies > 1) request.urgency = chance.whole(1, urgencies);
  const lastDate = chance.happens(0.1) ? '2027-01-05' : anyDate(chance, days);
  if (chance.happens(0.6) && lastDate >= due) request.latest = lastDate;
  const first = anyDate(chance, days);
  if (chance.happens(0.3) && first <= (request.latest ?? due)) request.earliest = first;
  if (chance.happens(0.5)) {
    request.divisible = true;
    if (chance.happens(0.4)) request.minPart = money(chance.whole(1, amount));
  }
  if (chance.happens(0.3)) request.submittedAt = `2026-11-30T08:${chance.whole(10, 59)}:00+08:00`;
  if (chance.happens(0.3)) promise(chance, request, amount, days);
  return request;
}

/** Promises parts on working days of the window. */
function promise(
  chance: Chance,
  request: RequestText,
  amount: number,
  days: readonly string[],
): void {
  const last = request.latest ?? request.due;
  const open = days.filter((day) => day >= (request.earliest ?? '') && day <= last);
  if (open.length === 0) return;
  if (request.divisible !== true) {
    request.approved = [{ date: chance.pick(open), amount: money(amount) }];
    return;
  }
  const least = request.minPart === undefined ? 1 : Number(request.minPart.replace('.', ''));
  let rest = amount;
  const approved: { date: string; amount: string }[] = [];
  for (const date of chance.shuffle(open).slice(0, 2)) {
    if (rest < least) break;
    const part = chance.whole(least, rest);
    approved.push({ date, amount: money(part) });
    rest -= part;
  }
  if (approved.length > 0) request.approved = approved;
}

/** A problem of a few days, pools and requests; the same seed gives the same problem. */
export function smallProblem(seed: number): ProblemText {
  const chance = new Chance(seed);
  const scale = chance.pick([5, 12, 30, 100, 1000]);
  const days = daysOf(chance, chance.whole(1, 5));
  const pools: PoolText[] = [];
  for (let index = chance.whole(1, 4); index > 0; index--) {
    const pool = poolOf(chance, `pool-${index}`, days, scale);
    const above = pools.length > 0 && chance.happens(0.75) ? chance.pick(pools) : undefined;
    pools.push(above === undefined ? pool : { ...pool, parent: above.id });
  }
  const around = { days, pools, scale, tiers: chance.whole(1, 3), urgencies: chance.whole(1, 2) };
  const requests: RequestText[] = [];
  const count = chance.whole(1, 12);
  for (let index = 1; index <= count; index++) {
    const last = requests.at(-1);
    if (last !== undefined && chance.happens(0.1)) requests.push({ ...last, id: `FR-${index}` });
    else requests.push(requestOf(chance, `FR-${index}`, around));
  }
  const problem: ProblemText = {
    days,
    pools: chance.shuffle(pools),
    requests: chance.shuffle(requests),
  };
  if (chance.happens(0.5)) problem.sameDayInflow = chance.happens(0.5);
  if (chance.happens(0.3)) problem.timing = chance.pick(['due', 'earliest']);
  return problem;
}
