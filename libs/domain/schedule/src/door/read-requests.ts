/** Reads the fund requests of a problem. */
import type { FundRequest, IsoDay, Promised } from '../problem.js';
import { Faults } from './faults.js';
import {
  Keys,
  type Members,
  amountOf,
  dateOf,
  flagOf,
  instantOf,
  listOf,
  membersOf,
  nameOf,
  wholeOf,
} from './fields.js';
import { readId } from './read-pools.js';
import { KIND, NONE, type Tape } from './tape.js';

const REQUEST = new Keys(
  ['id', 'pool', 'amount', 'tier', 'due'],
  ['unit', 'urgency', 'earliest', 'latest', 'divisible', 'minPart', 'approved', 'submittedAt'],
);
const PROMISE = new Keys(['date', 'amount'], []);
const TIERS = { from: 0, to: 99 } as const;
const URGENCIES = { from: 1, to: 99 } as const;
const URGENCY_BY_DEFAULT = 3;
const NO_PROMISE: readonly Promised[] = [];

/** What requests are judged against; `null` where that is at fault itself. */
export interface Horizon {
  readonly days: readonly IsoDay[] | null;
  readonly pools: ReadonlySet<string> | null;
}

/** Reads one request after the other. */
export class RequestReader {
  private readonly ids = new Set<string>();
  private readonly days: ReadonlySet<IsoDay> | null;
  private readonly pools: ReadonlySet<string> | null;

  constructor(
    { days, pools }: Horizon,
    private readonly faults: Faults,
  ) {
    this.days = days === null ? null : new Set(days);
    this.pools = pools;
  }

  /** The request that stands there; `null` where it cannot be read. */
  read(tape: Tape, node: number): FundRequest | null {
    const { faults } = this;
    const members = membersOf(tape, node, REQUEST, faults);
    if (members === null) return null;
    const id = readId(tape, members.get('id'), this.ids, faults);
    const pool = this.pool(tape, members.get('pool'));
    const amount = amountOf(tape, members.get('amount'), 'positive', faults);
    const tier = wholeOf(tape, members.get('tier'), TIERS, faults);
    const due = dateOf(tape, members.get('due'), faults);
    const unit = nameOf(tape, members.get('unit'), faults);
    const urgency = wholeOf(tape, members.get('urgency'), URGENCIES, faults) ?? URGENCY_BY_DEFAULT;
    const earliest = dateOf(tape, members.get('earliest'), faults);
    const latest = dateOf(tape, members.get('latest'), faults);
    const divisible = flagOf(tape, members.get('divisible'), faults) ?? false;
    const minPart = amountOf(tape, members.get('minPart'), 'positive', faults) ?? 1;
    const approved = this.promises(tape, members.get('approved'));
    const submittedAt = instantOf(tape, members.get('submittedAt'), faults);
    this.checkDates(tape, members, { earliest, due, latest });
    this.checkMinPart(tape, members, minPart, amount);
    if (id === null || pool === null || amount === null || tier === null || due === null)
      return null;
    const request = {
      id,
      unit,
      pool,
      amount,
      tier,
      urgency,
      earliest,
      due,
      latest,
      divisible,
      minPart,
      approved,
      submittedAt,
    };
    if (approved.length > 0) this.checkPromises(tape, members.get('approved'), request);
    return request;
  }

  private pool(tape: Tape, node: number): string | null {
    const pool = nameOf(tape, node, this.faults);
    if (pool !== null && this.pools !== null && !this.pools.has(pool)) {
      this.faults.add(tape.path(node), 'unknown-pool', 'no pool has this id');
    }
    return pool;
  }

  private checkDates(tape: Tape, members: Members, { earliest, due, latest }: Dates): void {
    const { faults } = this;
    if (latest !== null && due !== null && latest < due) {
      faults.add(tape.path(members.get('latest')), 'latest-before-due', `due is ${due}`);
    }
    const last = latest ?? due;
    if (earliest !== null && last !== null && earliest > last) {
      const detail = `latest is ${last}`;
      faults.add(tape.path(members.get('earliest')), 'earliest-after-latest', detail);
    }
  }

  private checkMinPart(tape: Tape, members: Members, minPart: number, amount: number | null): void {
    const node = members.get('minPart');
    if (node === NONE) return;
    const divisible = members.get('divisible');
    if (divisible === NONE || tape.kind(divisible) === KIND.false) {
      const detail = 'the request cannot be paid in parts';
      this.faults.add(tape.path(node), 'min-part-indivisible', detail);
    } else if (amount !== null && minPart > amount) {
      const detail = 'it is above the amount of the request';
      this.faults.add(tape.path(node), 'min-part-above-amount', detail);
    }
  }

  private promises(tape: Tape, node: number): readonly Promised[] {
    const { faults } = this;
    const list = listOf(tape, node, faults);
    if (list === null || list.length === 0) return NO_PROMISE;
    const promises: Promised[] = [];
    for (const item of list) {
      const members = membersOf(tape, item, PROMISE, faults);
      if (members === null) continue;
      const date = dateOf(tape, members.get('date'), faults);
      const amount = amountOf(tape, members.get('amount'), 'positive', faults);
      // A promise that cannot be read keeps its place, so that later ones are pointed at rightly.
      promises.push({ date: date ?? '', amount: amount ?? NaN });
    }
    return promises;
  }

  private checkPromises(tape: Tape, list: number, request: FundRequest): void {
    const { days, faults } = this;
    const seen = new Set<string>();
    let sum = 0;
    const items = tape.items(list).filter((item) => tape.kind(item) === KIND.object);
    for (const [index, { date, amount }] of request.approved.entries()) {
      const at = (key: string) => {
        const item = items[index] ?? list;
        return tape.path(membersOf(tape, item, PROMISE, new Faults())?.get(key) ?? item);
      };
      sum += Number.isNaN(amount) ? 0 : amount;
      if (request.divisible && amount < request.minPart) {
        faults.add(at('amount'), 'approved-under-min-part', 'a part must reach minPart');
      }
      if (date === '') continue;
      if (seen.has(date)) faults.add(at('date'), 'approved-date-repeated', 'given twice');
      seen.add(date);
      const early = request.earliest !== null && date < request.earliest;
      const late = date > (request.latest ?? request.due);
      if (early || late || (days !== null && !days.has(date))) {
        faults.add(at('date'), 'approved-outside-window', 'no working day of its window');
      }
    }
    if (!request.divisible && (request.approved.length !== 1 || sum !== request.amount)) {
      const detail = 'it can only be promised wholly, on one day';
      faults.add(tape.path(list), 'approved-not-whole', detail);
    } else if (sum > request.amount) {
      const detail = 'more is promised than was asked for';
      faults.add(tape.path(list), 'approved-above-amount', detail);
    }
  }
}

interface Dates {
  readonly earliest: string | null;
  readonly due: string | null;
  readonly latest: string | null;
}
