/** Reads the pools of a problem: a forest of pots of cash. */
import type { Fen, Pool, Reserve } from '../problem.js';
import type { Faults } from './faults.js';
import { Keys, type Sign, amountOf, listOf, membersOf, textOf, wholeOf } from './fields.js';
import { KIND, NONE, type Path, type Tape } from './tape.js';

const POOL = new Keys(['id', 'opening'], ['parent', 'floor', 'reserve', 'inflow', 'committed']);
const RESERVE = new Keys(['amount', 'tiers'], []);

export interface PoolsReading {
  /** By position in the document; `null` where one could not be read. */
  readonly pools: readonly (Pool | null)[];
  readonly ids: ReadonlySet<string>;
}

/** `dayCount` is `null` where the days are at fault themselves; lists are then not counted. */
export function readPools(
  tape: Tape,
  dayCount: number | null,
  faults: Faults,
): PoolsReading | null {
  const list = listOf(tape, 0, faults);
  if (list === null) return null;
  if (list.length === 0) faults.add(tape.path(0), 'no-pools', 'at least one pool is needed');
  const ids = new Set<string>();
  const parents = new Map<string, { parent: string; path: Path }>();
  const context = { tape, dayCount, faults, ids, parents };
  const pools = list.map((item) => readPool(item, context));
  checkParents(
    parents,
    ids,
    pools.every((pool) => pool !== null),
    faults,
  );
  return { pools, ids };
}

interface PoolContext {
  readonly tape: Tape;
  readonly dayCount: number | null;
  readonly faults: Faults;
  readonly ids: Set<string>;
  readonly parents: Map<string, { parent: string; path: Path }>;
}

function readPool(item: number, context: PoolContext): Pool | null {
  const { tape, faults } = context;
  const members = membersOf(tape, item, POOL, faults);
  if (members === null) return null;
  const id = readId(tape, members.get('id'), context.ids, faults);
  const opening = amountOf(tape, members.get('opening'), 'any', faults);
  const parent = textOf(tape, members.get('parent'), faults);
  if (id !== null && parent !== null) {
    context.parents.set(id, { parent, path: tape.path(members.get('parent')) });
  }
  const floor = flatOrList(members.get('floor'), 'any', context);
  const reserve = readReserve(members.get('reserve'), context);
  const inflow = amounts(members.get('inflow'), 'not-negative', context);
  const committed = amounts(members.get('committed'), 'not-negative', context);
  if (id === null || opening === null) return null;
  return { id, parent, opening, floor, reserve, inflow, committed };
}

/** An id that nobody had before. */
export function readId(tape: Tape, node: number, ids: Set<string>, faults: Faults): string | null {
  const id = textOf(tape, node, faults);
  if (id === null) return null;
  const before = ids.size;
  ids.add(id);
  if (ids.size === before) faults.add(tape.path(node), 'repeated-id', 'this id stands twice');
  return id;
}

/** One amount for all days, or a list of one per day. */
function flatOrList(node: number, sign: Sign, context: PoolContext): Fen[] {
  const { tape, dayCount, faults } = context;
  if (node === NONE || tape.kind(node) === KIND.list) return amounts(node, sign, context);
  const amount = amountOf(tape, node, sign, faults) ?? 0;
  return new Array<Fen>(dayCount ?? 1).fill(amount);
}

/** A list of one amount per day; zeros where it is missing. */
function amounts(node: number, sign: Sign, { tape, dayCount, faults }: PoolContext): Fen[] {
  if (node === NONE) return new Array<Fen>(dayCount ?? 0).fill(0);
  const list = listOf(tape, node, faults);
  if (list === null) return [];
  if (dayCount !== null && list.length !== dayCount) {
    const detail = `${dayCount} days, but ${list.length} amounts`;
    faults.add(tape.path(node), 'wrong-day-count', detail);
  }
  return list.map((item) => amountOf(tape, item, sign, faults) ?? 0);
}

function readReserve(node: number, context: PoolContext): Reserve | null {
  if (node === NONE) return null;
  const { tape, faults } = context;
  const members = membersOf(tape, node, RESERVE, faults);
  if (members === null) return null;
  const tiers = wholeOf(tape, members.get('tiers'), { from: 0, to: 99 }, faults);
  if (!members.has('amount')) return null;
  const amount = flatOrList(members.get('amount'), 'not-negative', context);
  return tiers === null ? null : { amount, tiers };
}

function checkParents(
  parents: ReadonlyMap<string, { parent: string; path: Path }>,
  ids: ReadonlySet<string>,
  allRead: boolean,
  faults: Faults,
): void {
  for (const [id, { parent, path }] of parents) {
    if (!ids.has(parent)) {
      if (allRead) faults.add(path, 'unknown-pool', 'no pool has this id');
      continue;
    }
    let at: string | undefined = parent;
    for (let steps = 0; at !== undefined && at !== id && steps <= parents.size; steps++) {
      at = parents.get(at)?.parent;
    }
    if (at === id) faults.add(path, 'pool-cycle', 'the pool would contain itself');
  }
}
