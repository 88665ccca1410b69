/**
 * The choice that is left, as a linear programme: which request is paid how much on which day, the
 * ranks above held at their values but not at their payments. Requests whose payments can be no other
 * than they are (`frozen`) are taken out first.
 */
import type { Fen } from '../problem.js';
import { type Aims, type Served, firstLateDay } from '../served.js';
import { type Ask, type Terms, promisedOn } from '../terms.js';
import type { Column } from './column.js';
import { type FirstOutside, Limits } from './limits.js';
import { Simplex } from './simplex.js';

export type Aim = keyof Aims;

export const AIMS = ['kept', 'onTime', 'total', 'lateness'] as const satisfies readonly Aim[];

/** One day on which one request may be paid. */
export interface Option {
  readonly ask: Ask;
  readonly day: number;
  readonly most: Fen;
  readonly column: number;
  /** Column that counts what of it was promised; the same column where all of it was. */
  readonly keptColumn: number | null;
}

/** A row of a pool with a reserve: its right side depends on whether an outsider was paid by that day. */
export interface ReserveRow {
  readonly row: number;
  readonly pool: number;
  readonly day: number;
  readonly plain: Fen;
  readonly reserved: Fen;
}

export interface Model {
  readonly terms: Terms;
  readonly options: readonly Option[];
  /** Options by request, each list by day. */
  readonly byAsk: ReadonlyMap<Ask, readonly Option[]>;
  readonly columns: readonly Column[];
  readonly right: Float64Array;
  /** Rows of one pool, each with the row of the next later day; -1 after the last. */
  readonly next: readonly number[];
  /** What the rows of pools limit. */
  readonly poolRows: ReadonlyMap<number, { readonly pool: number; readonly day: number }>;
  readonly reserveRows: readonly ReserveRow[];
  /** Pools whose reserve is in question, with the days between which it may first be closed. */
  readonly switches: ReadonlyMap<number, { readonly from: number; readonly to: number }>;
  /** Coefficients of each aim of each rank, by column. */
  readonly aims: readonly Readonly<Record<Aim, Float64Array>>[];
  readonly frozenAims: readonly Aims[];
  readonly holdRows: readonly Readonly<Record<Aim, number>>[];
  /** Columns that are paid wholly, whatever else is. */
  readonly musts: readonly number[];
}

/** What a search has found out of paying a request on a day. */
export type Known = (ask: Ask, day: number) => 'open' | 'must' | 'never';

/** Days open to a request and the most that may be paid on each. */
function* optionsOf(
  ask: Ask,
  limits: Limits,
  firstOpen: number,
): Generator<{ day: number; most: Fen }> {
  if (ask.shut !== null) return;
  const offer = (day: number, most: Fen): { day: number; most: Fen }[] => {
    if (day < firstOpen) return [];
    const fitting = Math.min(most, limits.most(ask, day));
    return fitting >= (ask.divisible ? ask.minPart : ask.amount) ? [{ day, most: fitting }] : [];
  };
  for (const { day, amount } of ask.promised) {
    if (day < ask.due) yield* offer(day, amount);
  }
  if (ask.due >= Math.max(0, ask.earliest)) yield* offer(ask.due, ask.amount);
  for (let day = Math.max(0, firstLateDay(ask)); day <= ask.latest; day++)
    yield* offer(day, ask.amount);
}

class Builder {
  readonly columns: { rows: number[]; values: number[]; chains: number[]; upper: Fen }[] = [];
  readonly right: number[] = [];
  readonly next: number[] = [];
  readonly options: Option[] = [];
  readonly byAsk = new Map<Ask, Option[]>();
  readonly poolRows = new Map<number, { pool: number; day: number }>();
  readonly reserveRows: ReserveRow[] = [];
  readonly switches = new Map<number, { from: number; to: number }>();
  private readonly limits: Limits;
  private readonly outsideFrom: Int32Array;

  constructor(
    private readonly terms: Terms,
    { asks, frozen, outside }: Parties,
    served: Served,
    private readonly known: Known,
  ) {
    this.limits = new Limits(terms, frozen, served, outside);
    this.outsideFrom = outside?.from ?? new Int32Array(terms.pools.length);
    for (const ask of asks) this.addOptions(ask);
    for (const pool of terms.pools.keys()) this.addPool(pool);
  }

  addRow(right: number, next = -1): number {
    this.next.push(next);
    this.right.push(right);
    return this.right.length - 1;
  }

  put(column: number, row: number, value: number): void {
    const target = this.columns[column];
    target?.rows.push(row);
    target?.values.push(value);
  }

  private addColumn(upper: Fen): number {
    this.columns.push({ rows: [], values: [], chains: [], upper });
    return this.columns.length - 1;
  }

  private addOptions(ask: Ask): void {
    const firstOpen = this.terms.firstOpen[ask.pool] ?? 0;
    const offers = [...optionsOf(ask, this.limits, firstOpen)].filter(
      ({ day }) => this.known(ask, day) !== 'never',
    );
    if (offers.length === 0) return;
    const own = offers.map(({ day, most }) => {
      const column = this.addColumn(most);
      return { ask, day, most, column, keptColumn: this.keptColumn(ask, day, column) };
    });
    this.byAsk.set(ask, own);
    this.options.push(...own);
    if (own.length > 1) {
      const row = this.addRow(ask.amount);
      for (const option of own) this.put(option.column, row, 1);
    }
  }

  /** A part above the promise of a late or due day is paid, but not kept: that needs a column of its own. */
  private keptColumn(ask: Ask, day: number, column: number): number | null {
    const promised = promisedOn(ask, day);
    if (promised === 0) return null;
    if (!ask.divisible || day < ask.due) return column;
    const kept = this.addColumn(promised);
    const row = this.addRow(0);
    this.put(kept, row, 1);
    this.put(column, row, -1);
    return kept;
  }

  private addPool(pool: number): void {
    const { terms, limits } = this;
    const inside = this.options.filter(({ ask }) => (terms.lines[ask.pool] ?? []).includes(pool));
    if (inside.length === 0) return;
    const outsiders = inside.some(({ ask }) => ask.tier > (terms.insideTiers[pool] ?? 99));
    const plain = limits.plain[pool] ?? new Float64Array();
    const kept = outsiders ? (limits.reserved[pool] ?? plain) : plain;
    const from = Math.max(this.outsideFrom[pool] ?? 0, kept.findLastIndex((left) => left < 0) + 1);
    const to = limits.outsideFrom[pool] ?? terms.dayCount;
    const differs = from < to && kept.some((left, day) => left !== plain[day]);
    const reserved = differs ? kept : plain;
    if (differs) this.switches.set(pool, { from, to });
    const wanted = wantedBy(inside, terms.dayCount);
    let leastPlain = Infinity;
    let leastReserved = Infinity;
    let later = -1;
    const firstRow = new Int32Array(terms.dayCount).fill(-1);
    for (let day = terms.dayCount - 1; day >= 0; day--) {
      const here = plain[day] ?? 0;
      const hereReserved = reserved[day] ?? 0;
      // A later row with no more room implies this one, for payments only add up.
      const implied = here >= leastPlain && hereReserved >= leastReserved;
      leastPlain = Math.min(leastPlain, here);
      leastReserved = Math.min(leastReserved, hereReserved);
      // Where nobody can be paid by then, the row may even be broken: the pool is under its floor.
      const asked = wanted[day] ?? 0;
      if (!implied && asked > 0 && Math.min(here, hereReserved) < asked) {
        later = this.addRow(here, later);
        this.poolRows.set(later, { pool, day });
        if (differs) {
          this.reserveRows.push({ row: later, pool, day, plain: here, reserved: hereReserved });
        }
      }
      firstRow[day] = later;
    }
    for (const { day, column } of inside) {
      const first = firstRow[day] ?? -1;
      if (first >= 0) this.columns[column]?.chains.push(first);
    }
  }
}

/** The most that could be asked of a pool by each day. */
function wantedBy(options: readonly Option[], dayCount: number): Float64Array {
  const wanted = new Float64Array(dayCount);
  let last: Ask | null = null;
  for (const { ask, day } of options) {
    if (ask === last) continue;
    last = ask;
    wanted[day] = (wanted[day] ?? 0) + ask.amount;
  }
  for (let day = 1; day < dayCount; day++)
    wanted[day] = (wanted[day] ?? 0) + (wanted[day - 1] ?? 0);
  return wanted;
}

/** What one unit in an option's column adds to each aim. */
function addToAims(option: Option, aims: Readonly<Record<Aim, Float64Array>>): void {
  const { ask, day, column, keptColumn } = option;
  if (keptColumn !== null) aims.kept[keptColumn] = 1;
  aims.total[column] = 1;
  if (day <= ask.due) aims.onTime[column] = 1;
  else aims.lateness[column] = day - ask.due;
}

/** Who takes part in a programme. */
export interface Parties {
  readonly rankCount: number;
  readonly asks: readonly Ask[];
  /** Requests with payments that no plan as good could change. */
  readonly frozen: readonly Ask[];
  readonly frozenAims: readonly Aims[];
  /** Between which days outsiders are first paid, as far as that is known. */
  readonly outside: FirstOutside | null;
}

/** The programme of the ranks up to `rankCount`. */
export function modelOf(
  terms: Terms,
  parties: Parties,
  served: Served,
  known: Known = () => 'open',
): Model {
  const { rankCount } = parties;
  const builder = new Builder(terms, parties, served, known);
  const width = builder.columns.length;
  const aims = Array.from({ length: rankCount }, () => ({
    kept: new Float64Array(width),
    onTime: new Float64Array(width),
    total: new Float64Array(width),
    lateness: new Float64Array(width),
  }));
  for (const option of builder.options) {
    const own = aims[option.ask.rank];
    if (own !== undefined) addToAims(option, own);
  }
  const holdRows = aims.map((own) => ({
    kept: addHold(builder, own.kept, -1),
    onTime: addHold(builder, own.onTime, -1),
    total: addHold(builder, own.total, -1),
    lateness: addHold(builder, own.lateness, 1),
  }));
  return {
    terms,
    options: builder.options,
    byAsk: builder.byAsk,
    columns: builder.columns,
    right: Float64Array.from(builder.right),
    next: builder.next,
    poolRows: builder.poolRows,
    reserveRows: builder.reserveRows,
    switches: builder.switches,
    aims,
    frozenAims: parties.frozenAims,
    holdRows,
    musts: builder.options
      .filter(({ ask, day }) => known(ask, day) === 'must')
      .map(({ column }) => column),
  };
}

/** A row that will hold an aim at its value; -1 where nothing could change it. */
function addHold(builder: Builder, coefficients: Float64Array, sign: number): number {
  if (coefficients.every((value) => value === 0)) return -1;
  let most = 0;
  for (const [column, value] of coefficients.entries()) {
    most += value * (builder.columns[column]?.upper ?? 0);
  }
  const row = builder.addRow(sign > 0 ? most : 0);
  for (const [column, value] of coefficients.entries()) {
    if (value !== 0) builder.put(column, row, sign * value);
  }
  return row;
}

/** The model's linear programme, ready to be solved. */
export function simplexOf(model: Model): Simplex {
  const slackMost = Float64Array.from(model.right);
  for (const { row, plain, reserved } of model.reserveRows)
    slackMost[row] = Math.max(plain, reserved);
  for (const { rows, values, upper } of model.columns) {
    for (const [at, row] of rows.entries()) {
      const least = Math.min(0, (values[at] ?? 0) * upper);
      slackMost[row] = (slackMost[row] ?? 0) - least;
    }
  }
  return new Simplex(model.columns, Float64Array.from(model.right), slackMost, model.next);
}
