/** Reads the pools of a problem: a forest of pots of cash. */
import type { Fen, Pool, Reserve } from '../problem.js';
import { type Faults, type Place, inside } from './faults.js';
import { type Sign, amountOf, listOf, membersOf, textOf, wholeOf } from './fields.js';
import { type Json, isList } from './json.js';

const POOL_KEYS = {
  required: ['id', 'opening'],
  optional: ['parent', 'floor', 'reserve', 'inflow', 'committed'],
};
const RESERVE_KEYS = { required: ['amount', 'tiers'], optional: [] };

export interface PoolsReading {
  /** By position in the document; `null` where one could not be read. */
  readonly pools: readonly (Pool | null)[];
  readonly ids: ReadonlySet<string>;
}

/** `dayCount` is `null` where the days are at fault themselves; lists are then not counted. */
export function readPools(
  value: Json | undefined,
  dayCount: number | null,
  faults: Faults,
): PoolsReading | null {
  if (value === undefined) return null;
  const place = inside(null, 'pools');
  const list = listOf(value, place, faults);
  if (list === null) return null;
  if (list.length === 0) faults.add(place, 'no-pools', 'at least one pool is needed');
  const ids = new Set<string>();
  const parents = new Map<string, { parent: string; place: Place }>();
  const pools = list.map((item, index) =>
    readPool(item, { place: inside(place, index), dayCount, faults, ids, parents }),
  );
  checkParents(
    parents,
    ids,
    pools.every((pool) => pool !== null),
    faults,
  );
  return { pools, ids };
}

interface PoolContext {
  readonly place: Place;
  readonly dayCount: number | null;
  readonly faults: Faults;
  readonly ids: Set<string>;
  readonly parents: Map<string, { parent: string; place: Place }>;
}

function readPool(item: Json, context: PoolContext): Pool | null {
  const { place, faults } = context;
  const members = membersOf(item, place, POOL_KEYS, faults);
  if (members === null) return null;
  const id = readId(members.get('id'), inside(place, 'id'), context.ids, faults);
  const openingValue = members.get('opening');
  const opening =
    openingValue === undefined
      ? null
      : amountOf(openingValue, inside(place, 'opening'), 'any', faults);
  const parentValue = members.get('parent');
  const parent =
    parentValue === undefined ? null : textOf(parentValue, inside(place, 'parent'), faults);
  if (id !== null && parent !== null) {
    context.parents.set(id, { parent, place: inside(place, 'parent') });
  }
  const list = (key: string, sign: Sign) => perDay(members.get(key), key, sign, context);
  const floor = list('floor', 'any');
  const reserve = readReserve(members.get('reserve'), context);
  const inflow = list('inflow', 'not-negative');
  const committed = list('committed', 'not-negative');
  if (id === null || opening === null) return null;
  return { id, parent, opening, floor, reserve, inflow, committed };
}

/** An id that nobody had before. */
export function readId(
  value: Json | undefined,
  place: Place,
  ids: Set<string>,
  faults: Faults,
): string | null {
  const id = value === undefined ? null : textOf(value, place, faults);
  if (id !== null && ids.has(id)) faults.add(place, 'repeated-id', 'this id stands twice');
  if (id !== null) ids.add(id);
  return id;
}

/** One amount for all days, or a list of one per day; `inflow` and `committed` are lists only. */
function perDay(value: Json | undefined, key: string, sign: Sign, context: PoolContext): Fen[] {
  const { dayCount, faults } = context;
  const place = inside(context.place, key);
  const length = dayCount ?? 0;
  if (value === undefined) return new Array<Fen>(length).fill(0);
  return key === 'inflow' || key === 'committed'
    ? amounts(value, place, sign, context)
    : flatOrList(value, place, sign, { dayCount, faults });
}

type Counting = Pick<PoolContext, 'dayCount' | 'faults'>;

function flatOrList(value: Json, place: Place, sign: Sign, counting: Counting): Fen[] {
  if (isList(value)) return amounts(value, place, sign, counting);
  const amount = amountOf(value, place, sign, counting.faults) ?? 0;
  return new Array<Fen>(counting.dayCount ?? 1).fill(amount);
}

function amounts(value: Json, place: Place, sign: Sign, { dayCount, faults }: Counting): Fen[] {
  const list = listOf(value, place, faults);
  if (list === null) return [];
  if (dayCount !== null && list.length !== dayCount) {
    faults.add(place, 'wrong-day-count', `${dayCount} days, but ${list.length} amounts`);
  }
  return list.map((item, index) => amountOf(item, inside(place, index), sign, faults) ?? 0);
}

function readReserve(value: Json | undefined, context: PoolContext): Reserve | null {
  if (value === undefined) return null;
  const place = inside(context.place, 'reserve');
  const members = membersOf(value, place, RESERVE_KEYS, context.faults);
  const amountValue = members?.get('amount');
  const tiersValue = members?.get('tiers');
  const amount =
    amountValue === undefined
      ? null
      : flatOrList(amountValue, inside(place, 'amount'), 'not-negative', context);
  const tiers =
    tiersValue === undefined
      ? null
      : wholeOf(tiersValue, inside(place, 'tiers'), { from: 0, to: 99 }, context.faults);
  return amount === null || tiers === null ? null : { amount, tiers };
}

function checkParents(
  parents: ReadonlyMap<string, { parent: string; place: Place }>,
  ids: ReadonlySet<string>,
  allRead: boolean,
  faults: Faults,
): void {
  for (const [id, { parent, place }] of parents) {
    if (!ids.has(parent)) {
      if (allRead) faults.add(place, 'unknown-pool', 'no pool has this id');
      continue;
    }
    let at: string | undefined = parent;
    for (let steps = 0; at !== undefined && at !== id && steps <= parents.size; steps++) {
      at = parents.get(at)?.parent;
    }
    if (at === id) faults.add(place, 'pool-cycle', 'the pool would contain itself');
  }
}
