/**
 * The exact optimum by HiGHS, as a reference: one mixed-integer programme, solved aim by aim, each aim
 * held at its value afterwards. Shares nothing with the planner but the types of the problem.
 */
import type { FundRequest, Pool, Problem } from '@guoku/domain-schedule';
import type { Highs } from 'highs';

export interface ReferenceAims {
  readonly tier: number;
  readonly urgency: number;
  readonly kept: number;
  readonly onTime: number;
  readonly total: number;
  readonly lateness: number;
}

let loaded: Promise<Highs> | undefined;

/** The package's types describe its CommonJS face, where the loader lies one `default` deeper. */
function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function';
}

async function load(): Promise<Highs> {
  const face: { default: unknown } = await import('highs');
  if (!isLoader(face.default)) throw new Error('the package highs has changed its face');
  return face.default();
}

/** HiGHS, loaded once. */
export function highs(): Promise<Highs> {
  loaded ??= load();
  return loaded;
}

interface Spot {
  readonly request: FundRequest;
  readonly day: number;
  readonly due: number;
  readonly name: string;
  readonly most: number;
  readonly promised: number;
}

type Term = readonly [number, string];

function notAfter(days: readonly string[], date: string): number {
  return days.filter((day) => day <= date).length - 1;
}

function spotsOf(problem: Problem): Spot[] {
  const { days } = problem;
  const spots: Spot[] = [];
  for (const [index, request] of problem.requests.entries()) {
    const due = notAfter(days, request.due);
    const latest = notAfter(days, request.latest ?? request.due);
    const earliest =
      request.earliest === null ? 0 : days.filter((day) => day < (request.earliest ?? '')).length;
    for (let day = Math.max(0, earliest); day <= latest; day++) {
      const promised = request.approved.find(({ date }) => date === days[day])?.amount ?? 0;
      const most = day < due ? promised : request.amount;
      if (most > 0) spots.push({ request, day, due, name: `x${index}d${day}`, most, promised });
    }
  }
  return spots;
}

/** Rows of the programme in the LP format of CPLEX, which HiGHS reads. */
class Programme {
  readonly rows: string[] = [];
  readonly bounds: string[] = [];
  readonly binaries: string[] = [];
  readonly integers: string[] = [];

  row(terms: readonly Term[], relation: '<=' | '>=' | '=', right: number): void {
    const [first] = terms;
    if (first === undefined) return;
    this.rows.push(` r${this.rows.length}: ${sum(terms)} ${relation} ${right}`);
  }

  text(objective: readonly Term[]): string {
    return [
      'Maximize',
      ` o: ${objective.length === 0 ? '0 zero' : sum(objective)}`,
      'Subject To',
      ...this.rows,
      'Bounds',
      ' 0 <= zero <= 0',
      ...this.bounds,
      'Generals',
      ` ${this.integers.join(' ')}`,
      'Binaries',
      ` ${this.binaries.join(' ')}`,
      'End',
    ].join('\n');
  }
}

function sum(terms: readonly Term[]): string {
  return terms
    .map(([factor, name]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`)
    .join(' ');
}

function within(pool: Pool, id: string, pools: ReadonlyMap<string, Pool>): boolean {
  for (
    let at: Pool | undefined = pools.get(id);
    at !== undefined;
    at = pools.get(at.parent ?? '')
  ) {
    if (at.id === pool.id) return true;
  }
  return false;
}

function addRequests(programme: Programme, problem: Problem, spots: readonly Spot[]): void {
  for (const { name, request, most, promised } of spots) {
    const least = request.divisible ? request.minPart : request.amount;
    programme.binaries.push(`b${name}`);
    programme.integers.push(name);
    programme.bounds.push(` 0 <= ${name} <= ${most}`);
    programme.row(
      [
        [1, name],
        [-most, `b${name}`],
      ],
      '<=',
      0,
    );
    programme.row(
      [
        [1, name],
        [-least, `b${name}`],
      ],
      '>=',
      0,
    );
    if (promised > 0) {
      programme.bounds.push(` 0 <= k${name} <= ${promised}`);
      programme.row(
        [
          [1, `k${name}`],
          [-1, name],
        ],
        '<=',
        0,
      );
    }
  }
  for (const request of problem.requests) {
    const own = spots.filter((spot) => spot.request === request);
    programme.row(
      own.map(({ name }): Term => [1, name]),
      '<=',
      request.amount,
    );
  }
}

function addPool(programme: Programme, problem: Problem, pool: Pool, spots: readonly Spot[]): void {
  const pools = new Map(problem.pools.map((one) => [one.id, one]));
  const inside = spots.filter(({ request }) => within(pool, request.pool, pools));
  let left = pool.opening;
  for (const day of problem.days.keys()) {
    if (problem.sameDayInflow || day > 0) {
      left += pool.inflow[problem.sameDayInflow ? day : day - 1] ?? 0;
    }
    left -= pool.committed[day] ?? 0;
    const room = left - (pool.floor[day] ?? 0);
    const upTo = inside.filter((spot) => spot.day <= day);
    if (room < 0) {
      for (const { name } of upTo) programme.row([[1, `b${name}`]], '<=', 0);
      continue;
    }
    programme.row(
      upTo.map(({ name }): Term => [1, name]),
      '<=',
      room,
    );
    addReserve(programme, { pool, day, room, upTo });
  }
}

function addReserve(
  programme: Programme,
  at: {
    readonly pool: Pool;
    readonly day: number;
    readonly room: number;
    readonly upTo: readonly Spot[];
  },
): void {
  const { pool, day, room, upTo } = at;
  const reserve = pool.reserve?.amount[day] ?? 0;
  const outsiders = upTo.filter(({ request }) => request.tier > (pool.reserve?.tiers ?? 99));
  if (reserve === 0 || outsiders.length === 0) return;
  const gate = `w${programme.binaries.length}`;
  programme.binaries.push(gate);
  for (const { name } of outsiders)
    programme.row(
      [
        [1, `b${name}`],
        [-1, gate],
      ],
      '<=',
      0,
    );
  const most = upTo.reduce((total, spot) => total + spot.request.amount, 0);
  // With the gate open, payments stay within the room less the reserve; else the row is idle.
  const idle = Math.max(most, room) - (room - reserve);
  programme.row(
    [...upTo.map(({ name }): Term => [1, name]), [idle, gate]],
    '<=',
    room - reserve + idle,
  );
}

function aimTerms(
  spots: readonly Spot[],
): Record<'kept' | 'onTime' | 'total' | 'lateness', Term[]> {
  return {
    kept: spots.filter(({ promised }) => promised > 0).map(({ name }) => [1, `k${name}`]),
    onTime: spots.filter(({ day, due }) => day <= due).map(({ name }) => [1, name]),
    total: spots.map(({ name }) => [1, name]),
    lateness: spots
      .filter(({ day, due }) => day > due)
      .map(({ name, day, due }) => [due - day, name]),
  };
}

/** How far HiGHS came, and how fast: ranks that it proved best in every aim, in order. */
export interface Progress {
  readonly aims: readonly ReferenceAims[];
  /** Milliseconds from the start until each of them was proven. */
  readonly doneMs: readonly number[];
}

/** Solved aim by aim until the best of every rank is known, or the seconds are over. */
function solve(solver: Highs, problem: Problem, seconds: number): Progress {
  const start = performance.now();
  const spots = spotsOf(problem);
  const programme = new Programme();
  addRequests(programme, problem, spots);
  for (const pool of problem.pools) addPool(programme, problem, pool, spots);
  const keys = [...new Set(problem.requests.map(({ tier, urgency }) => tier * 100 + urgency))];
  const results: ReferenceAims[] = [];
  const doneMs: number[] = [];
  for (const key of keys.sort((a, b) => a - b)) {
    const inRank = ({ tier, urgency }: FundRequest) => tier * 100 + urgency === key;
    const aims = aimTerms(spots.filter(({ request }) => inRank(request)));
    const values = { kept: 0, onTime: 0, total: 0, lateness: 0 };
    for (const aim of ['kept', 'onTime', 'total', 'lateness'] as const) {
      if (aims[aim].length === 0) continue;
      const left = seconds - (performance.now() - start) / 1000;
      if (left <= 0) return { aims: results, doneMs };
      const text = programme.text(aims[aim]);
      const options = {
        output_flag: false,
        mip_rel_gap: 0,
        mip_abs_gap: 0.1,
        ...(seconds === Infinity ? {} : { time_limit: left }),
      };
      const first = solver.solve(text, options);
      // What reached the aim before is a solution: now and then presolve says otherwise (fuzz, seed 300690).
      const solution =
        first.Status === 'Infeasible' ? solver.solve(text, { ...options, presolve: 'off' }) : first;
      if (solution.Status === 'Time limit reached') return { aims: results, doneMs };
      if (solution.Status !== 'Optimal') throw new Error(`HiGHS: ${solution.Status}`);
      values[aim] = Math.round(solution.ObjectiveValue);
      programme.row(aims[aim], '>=', values[aim]);
    }
    const lateness = values.lateness === 0 ? 0 : -values.lateness;
    results.push({ tier: Math.floor(key / 100), urgency: key % 100, ...values, lateness });
    doneMs.push(performance.now() - start);
  }
  return { aims: results, doneMs };
}

/** The best value of every aim of every rank, rank by rank. For small problems: values are rounded to whole fen. */
export async function referenceAims(problem: Problem): Promise<readonly ReferenceAims[]> {
  return solve(await highs(), problem, Infinity).aims;
}

/** As many ranks as HiGHS proves within the seconds, from the first on. */
export async function referenceWithin(problem: Problem, seconds: number): Promise<Progress> {
  return solve(await highs(), problem, seconds);
}
