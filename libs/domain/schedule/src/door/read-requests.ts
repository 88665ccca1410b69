/** Reads the fund requests of a problem. */
import type { FundRequest, IsoDay, Promised } from '../problem.js';
import { type Faults, type Place, inside } from './faults.js';
import {
  amountOf,
  dateOf,
  flagOf,
  instantOf,
  listOf,
  membersOf,
  textOf,
  wholeOf,
} from './fields.js';
import type { Json } from './json.js';
import { readId } from './read-pools.js';

const REQUEST_KEYS = {
  required: ['id', 'pool', 'amount', 'tier', 'due'],
  optional: [
    'unit',
    'urgency',
    'earliest',
    'latest',
    'divisible',
    'minPart',
    'approved',
    'submittedAt',
  ],
};
const PROMISE_KEYS = { required: ['date', 'amount'], optional: [] };
const URGENCY_BY_DEFAULT = 3;

/** What requests are judged against; `null` where that is at fault itself. */
export interface Horizon {
  readonly days: readonly IsoDay[] | null;
  readonly pools: ReadonlySet<string> | null;
}

/** By position in the document; `null` where one could not be read. */
export function readRequests(
  value: Json | undefined,
  horizon: Horizon,
  faults: Faults,
): (FundRequest | null)[] {
  if (value === undefined) return [];
  const place = inside(null, 'requests');
  const ids = new Set<string>();
  const days = horizon.days === null ? null : new Set(horizon.days);
  return (listOf(value, place, faults) ?? []).map((item, index) =>
    readRequest(item, { place: inside(place, index), pools: horizon.pools, days, ids, faults }),
  );
}

interface RequestContext {
  readonly place: Place;
  readonly pools: ReadonlySet<string> | null;
  readonly days: ReadonlySet<IsoDay> | null;
  readonly ids: Set<string>;
  readonly faults: Faults;
}

/** Reads one member where it stands. */
function reading(members: ReadonlyMap<string, Json>, place: Place) {
  return <Value>(key: string, read: (value: Json, at: Place) => Value | null): Value | null => {
    const value = members.get(key);
    return value === undefined ? null : read(value, inside(place, key));
  };
}

function readRequest(item: Json, context: RequestContext): FundRequest | null {
  const { place, faults } = context;
  const members = membersOf(item, place, REQUEST_KEYS, faults);
  if (members === null) return null;
  const read = reading(members, place);
  const date = (value: Json, at: Place) => dateOf(value, at, faults);
  const id = readId(members.get('id'), inside(place, 'id'), context.ids, faults);
  const pool = read('pool', (value, at) => poolOf(value, at, context));
  const amount = read('amount', (value, at) => amountOf(value, at, 'positive', faults));
  const tier = read('tier', (value, at) => wholeOf(value, at, { from: 0, to: 99 }, faults));
  const due = read('due', date);
  const rest = {
    unit: read('unit', (value, at) => textOf(value, at, faults)),
    urgency:
      read('urgency', (value, at) => wholeOf(value, at, { from: 1, to: 99 }, faults)) ??
      URGENCY_BY_DEFAULT,
    earliest: read('earliest', date),
    latest: read('latest', date),
    divisible: read('divisible', (value, at) => flagOf(value, at, faults)) ?? false,
    minPart: read('minPart', (value, at) => amountOf(value, at, 'positive', faults)) ?? 1,
    approved: read('approved', (value, at) => promisesOf(value, at, faults)) ?? [],
    submittedAt: read('submittedAt', (value, at) => instantOf(value, at, faults)),
  };
  checkDates({ ...rest, due }, place, faults);
  checkMinPart({ ...rest, amount }, members, place, faults);
  if (id === null || pool === null || amount === null || tier === null || due === null) return null;
  const request = { id, pool, amount, tier, due, ...rest };
  if (rest.approved.length > 0) checkPromises(request, context);
  return request;
}

function poolOf(value: Json, place: Place, { pools, faults }: RequestContext): string | null {
  const pool = textOf(value, place, faults);
  if (pool !== null && pools !== null && !pools.has(pool)) {
    faults.add(place, 'unknown-pool', 'no pool has this id');
  }
  return pool;
}

interface Dates {
  readonly earliest: string | null;
  readonly due: string | null;
  readonly latest: string | null;
}

function checkDates({ earliest, due, latest }: Dates, place: Place, faults: Faults): void {
  if (latest !== null && due !== null && latest < due) {
    faults.add(inside(place, 'latest'), 'latest-before-due', `due is ${due}`);
  }
  const last = latest ?? due;
  if (earliest !== null && last !== null && earliest > last) {
    faults.add(inside(place, 'earliest'), 'earliest-after-latest', `latest is ${last}`);
  }
}

function checkMinPart(
  request: {
    readonly divisible: boolean;
    readonly minPart: number;
    readonly amount: number | null;
  },
  members: ReadonlyMap<string, Json>,
  place: Place,
  faults: Faults,
): void {
  if (!members.has('minPart')) return;
  const at = inside(place, 'minPart');
  const divisible = members.get('divisible') ?? false;
  if (divisible === false) {
    faults.add(at, 'min-part-indivisible', 'the request cannot be paid in parts');
  } else if (request.amount !== null && request.minPart > request.amount) {
    faults.add(at, 'min-part-above-amount', 'it is above the amount of the request');
  }
}

function promisesOf(value: Json, place: Place, faults: Faults): Promised[] | null {
  const list = listOf(value, place, faults);
  const promises: Promised[] = [];
  for (const [index, item] of (list ?? []).entries()) {
    const at = inside(place, index);
    const members = membersOf(item, at, PROMISE_KEYS, faults);
    if (members === null) continue;
    const read = reading(members, at);
    const date = read('date', (found, spot) => dateOf(found, spot, faults));
    const amount = read('amount', (found, spot) => amountOf(found, spot, 'positive', faults));
    // A promise that cannot be read keeps its place, so that later ones are pointed at rightly.
    promises.push({ date: date ?? '', amount: amount ?? NaN });
  }
  return promises;
}

function checkPromises(request: FundRequest, { place, days, faults }: RequestContext): void {
  const list = inside(place, 'approved');
  const seen = new Set<string>();
  let sum = 0;
  for (const [index, { date, amount }] of request.approved.entries()) {
    const at = inside(list, index);
    sum += Number.isNaN(amount) ? 0 : amount;
    if (request.divisible && amount < request.minPart) {
      faults.add(inside(at, 'amount'), 'approved-under-min-part', 'a part must reach minPart');
    }
    if (date === '') continue;
    if (seen.has(date)) faults.add(inside(at, 'date'), 'approved-date-repeated', 'given twice');
    seen.add(date);
    const early = request.earliest !== null && date < request.earliest;
    const late = date > (request.latest ?? request.due);
    if (early || late || (days !== null && !days.has(date))) {
      faults.add(inside(at, 'date'), 'approved-outside-window', 'no working day of its window');
    }
  }
  if (!request.divisible && (request.approved.length !== 1 || sum !== request.amount)) {
    faults.add(list, 'approved-not-whole', 'it can only be promised wholly, on one day');
  } else if (sum > request.amount) {
    faults.add(list, 'approved-above-amount', 'more is promised than was asked for');
  }
}
