/**
 * Requests that any programme treats alike, taken together: same rank, pool, due day and days open to
 * them. The programme then depends on how many groups there are, not on how many requests.
 */
import type { Fen } from '../problem.js';
import { firstLateDay } from '../served.js';
import type { Ask, Terms } from '../terms.js';
import type { Limits } from './limits.js';

/** A request, or the part of a divisible one that was promised for one day, or its rest. */
export interface Piece {
  readonly ask: Ask;
  readonly amount: Fen;
}

/**
 * Groups by rank, ascending; options of group `g` lie from `starts[g]` to `starts[g + 1]`, the first of
 * them being not to be paid.
 */
export interface Groups {
  readonly pieces: readonly (readonly Piece[])[];
  readonly ranks: Int32Array;
  /** Sum of the pieces. */
  readonly amounts: Float64Array;
  /** 1 where the group is one large request that is paid wholly or not at all. */
  readonly whole: Uint8Array;
  readonly starts: Int32Array;
  /** Pool and day of each option: pool x days + day; -1 where it is not paid. */
  readonly spots: Int32Array;
  /** Days late of each option; 0 where it is on time. */
  readonly late: Int32Array;
  /** 1 where the option keeps a promise. */
  readonly kept: Uint8Array;
  /** Options that cost and bring the same per fen share a cell; cells by rank, the first that of not being paid. */
  readonly cells: Int32Array;
  /** An option of each cell. */
  readonly cellOptions: Int32Array;
  /** How many cells the groups up to each of them use. */
  readonly cellEnds: Int32Array;
}

/** Days open to a piece. */
interface Shape {
  readonly rank: number;
  readonly pool: number;
  readonly due: number;
  readonly onDue: boolean;
  readonly lateFrom: number;
  readonly latest: number;
  /** Day for which it was promised; -1 where it was not. */
  readonly promised: number;
}

/** Every promised part of a divisible request is a piece, and what is left of it one more. */
function piecesOf(ask: Ask): { amount: Fen; promised: number }[] {
  const pieces = ask.promised.map(({ day, amount }) => ({ amount, promised: day }));
  const rest = pieces.reduce((left, { amount }) => left - amount, ask.amount);
  return rest > 0 ? [...pieces, { amount: rest, promised: -1 }] : pieces;
}

/** First day on which the limits leave enough for the whole, or for the least part, were it paid alone. */
function firstFit(ask: Ask, limits: Limits, from: number): number {
  let day = from;
  while (day <= ask.latest && limits.most(ask, day) < ask.minPart) day++;
  return day;
}

function shapeOf(ask: Ask, promised: number, fit: number): Shape {
  const early = promised >= 0 && promised < ask.due && promised >= fit;
  return {
    rank: ask.rank,
    pool: ask.pool,
    due: ask.due,
    onDue: ask.due >= Math.max(0, ask.earliest, fit),
    lateFrom: Math.min(ask.latest + 1, Math.max(0, firstLateDay(ask), fit)),
    latest: ask.latest,
    promised: early || promised >= ask.due ? promised : -1,
  };
}

class Collector {
  private readonly byKey = new Map<number, { shape: Shape; pieces: Piece[]; amount: number }>();
  private readonly single: { shape: Shape; pieces: Piece[]; amount: number }[] = [];

  constructor(private readonly terms: Terms) {}

  add(shape: Shape, piece: Piece): void {
    const { pools, dayCount } = this.terms;
    const width = dayCount + 2;
    const latest = shape.lateFrom > shape.latest ? -1 : shape.latest;
    let key = shape.rank * pools.length + shape.pool;
    for (const part of [shape.due, shape.onDue ? 1 : 0, shape.lateFrom, latest, shape.promised])
      key = key * width + part + 1;
    const group = this.byKey.get(key);
    if (group === undefined) {
      this.byKey.set(key, { shape, pieces: [piece], amount: piece.amount });
    } else {
      group.pieces.push(piece);
      group.amount += piece.amount;
    }
  }

  /** Keeps a request by itself. */
  addWhole(shape: Shape, ask: Ask): void {
    const { amount } = ask;
    this.single.push({ shape, pieces: [{ ask, amount }], amount });
  }

  finish(): Groups {
    const { dayCount, pools } = this.terms;
    const { single } = this;
    const shared = [...this.byKey.values()];
    const groups = [...single, ...shared].sort((a, b) => a.shape.rank - b.shape.rank);
    const isWhole = new Set(single);
    const starts = new Int32Array(groups.length + 1);
    const spots: number[] = [];
    const late: number[] = [];
    const kept: number[] = [];
    const cells: number[] = [];
    const cellOptions = [0];
    const cellEnds = new Int32Array(groups.length);
    const places = new Map<number, number>();
    for (const [index, { shape }] of groups.entries()) {
      spots.push(-1);
      late.push(0);
      kept.push(0);
      cells.push(0);
      for (const day of daysOf(shape)) {
        const isKept = day === shape.promised ? 1 : 0;
        const days = Math.max(0, day - shape.due);
        const spot = shape.pool * dayCount + day;
        const key =
          ((shape.rank * pools.length * dayCount + spot) * (dayCount + 1) + days) * 2 + isKept;
        const cell = places.get(key) ?? cellOptions.push(spots.length) - 1;
        places.set(key, cell);
        cells.push(cell);
        spots.push(spot);
        late.push(days);
        kept.push(isKept);
      }
      starts[index + 1] = spots.length;
      cellEnds[index] = cellOptions.length;
    }
    return {
      pieces: groups.map(({ pieces }) => pieces),
      ranks: Int32Array.from(groups, ({ shape }) => shape.rank),
      amounts: Float64Array.from(groups, ({ amount }) => amount),
      whole: Uint8Array.from(groups, (group) => (isWhole.has(group) ? 1 : 0)),
      starts,
      spots: Int32Array.from(spots),
      late: Int32Array.from(late),
      kept: Uint8Array.from(kept),
      cells: Int32Array.from(cells),
      cellOptions: Int32Array.from(cellOptions),
      cellEnds,
    };
  }
}

function* daysOf({ due, onDue, lateFrom, latest, promised }: Shape): Generator<number> {
  if (promised >= 0 && promised < due) yield promised;
  if (onDue) yield due;
  for (let day = lateFrom; day <= latest; day++) yield day;
}

/** The largest requests of each rank that must be paid wholly: those that many small ones cannot make up for. */
function largestWhole(asks: readonly Ask[], perRank: number): Set<Ask> {
  const byRank = new Map<number, Ask[]>();
  for (const ask of asks) {
    if (ask.divisible || ask.shut !== null) continue;
    const own = byRank.get(ask.rank);
    if (own === undefined) byRank.set(ask.rank, [ask]);
    else own.push(ask);
  }
  const largest = [...byRank.values()].flatMap((own) =>
    own.sort((a, b) => b.amount - a.amount || a.order - b.order).slice(0, perRank),
  );
  return new Set(largest);
}

/**
 * The groups of those requests under the limits; requests that no day is open to are left out. So many of each rank's
 * largest requests are kept by themselves.
 */
export function groupsOf(
  terms: Terms,
  asks: readonly Ask[],
  limits: Limits,
  wholePerRank: number,
): Groups {
  const collector = new Collector(terms);
  const whole = largestWhole(asks, wholePerRank);
  for (const ask of asks) {
    if (ask.shut !== null) continue;
    const from = Math.max(0, ask.earliest, terms.firstOpen[ask.pool] ?? 0);
    const fit = firstFit(ask, limits, from);
    if (fit > ask.latest) continue;
    if (whole.has(ask)) {
      collector.addWhole(shapeOf(ask, ask.promised[0]?.day ?? -1, fit), ask);
      continue;
    }
    if (ask.promised.length === 0) {
      collector.add(shapeOf(ask, -1, fit), { ask, amount: ask.amount });
      continue;
    }
    for (const { amount, promised } of piecesOf(ask))
      collector.add(shapeOf(ask, promised, fit), { ask, amount });
  }
  return collector.finish();
}
