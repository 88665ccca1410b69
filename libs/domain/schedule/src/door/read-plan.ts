/** Reads a plan back from its text, for the checker. */
import type {
  Alarm,
  Cure,
  Decision,
  Payment,
  Plan,
  PoolResult,
  RankResult,
  Reason,
} from '../plan.js';
import type { Fen } from '../problem.js';
import { type Place, Faults, inside } from './faults.js';
import { amountOf, flagOf, listOf, membersOf, textOf, wholeOf } from './fields.js';
import { type Json, readJson } from './json.js';

/** Why the text is no plan, each at its JSON pointer. */
export type PlanReading =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly faults: readonly { pointer: string; detail: string }[] };

const STATUSES = ['on-time', 'late', 'partial', 'deferred'] as const;
const DATE_CODES = ['window-empty', 'after-horizon', 'late-only'] as const;
const CASH_CODES = [
  'as-approved',
  'min-part',
  'pool-under-floor',
  'reserve-kept',
  'pool-short',
] as const;

const ANYWHERE = { from: -Number.MAX_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** One object of the plan: every key required, none other known. */
class Fields {
  private readonly members: Map<string, Json>;

  constructor(
    value: Json,
    private readonly place: Place | null,
    keys: readonly string[],
    private readonly faults: Faults,
  ) {
    this.members =
      membersOf(value, place, { required: keys, optional: [] }, faults) ?? new Map<string, Json>();
  }

  private read<Value>(
    key: string,
    fallback: Value,
    read: (value: Json, at: Place) => Value | null,
  ): Value {
    const value = this.members.get(key);
    return (value === undefined ? null : read(value, inside(this.place, key))) ?? fallback;
  }

  text(key: string): string {
    return this.read(key, '', (value, at) => textOf(value, at, this.faults));
  }

  flag(key: string): boolean {
    return this.read(key, false, (value, at) => flagOf(value, at, this.faults));
  }

  whole(key: string): number {
    return this.read(key, 0, (value, at) => wholeOf(value, at, ANYWHERE, this.faults));
  }

  amount(key: string): Fen {
    return this.read(key, 0, (value, at) => amountOf(value, at, 'any', this.faults));
  }

  /** Millionths of text with six decimals. */
  millionths(key: string): number {
    return this.read(key, 0, (value, at) => {
      if (typeof value === 'string' && /^\d{1,9}\.\d{6}$/.test(value)) {
        return Number(value.replace('.', ''));
      }
      this.faults.add(at, 'bad-amount', 'a share with six decimals is expected');
      return null;
    });
  }

  oneOf<Code extends string>(key: string, codes: readonly Code[]): Code | undefined {
    const text = this.text(key);
    const code = codes.find((known) => known === text);
    if (code === undefined) {
      this.faults.add(inside(this.place, key), 'out-of-range', `one of ${codes.join(', ')}`);
    }
    return code;
  }

  list<Item>(key: string, read: (value: Json, at: Place) => Item): Item[] {
    return this.read<Item[]>(key, [], (value, at) => {
      const list = listOf(value, at, this.faults);
      return list === null ? null : list.map((item, index) => read(item, inside(at, index)));
    });
  }

  amounts(key: string): Fen[] {
    return this.list(key, (value, at) => amountOf(value, at, 'any', this.faults) ?? 0);
  }

  texts(key: string): string[] {
    return this.list(key, (value, at) => textOf(value, at, this.faults) ?? '');
  }

  inner(key: string, keys: readonly string[]): Fields {
    return new Fields(this.members.get(key) ?? null, inside(this.place, key), keys, this.faults);
  }

  raw(key: string): Json | undefined {
    return this.members.get(key);
  }

  at(key: string): Place {
    return inside(this.place, key);
  }
}

/** Reads the text of a plan, as `planText` writes it; never throws. */
export function readPlan(text: string): PlanReading {
  const reading = readJson(text);
  if (!reading.ok) return { ok: false, faults: [{ pointer: '', detail: reading.detail }] };
  const faults = new Faults();
  const plan = planOf(reading.value, faults);
  return faults.any ? { ok: false, faults: faults.inOrder(reading.value) } : { ok: true, plan };
}

function planOf(document: Json, faults: Faults): Plan {
  const fields = new Fields(
    document,
    null,
    ['decisions', 'ranks', 'pools', 'alarms', 'digest'],
    faults,
  );
  return {
    decisions: fields.list('decisions', (value, at) => decisionOf(value, at, faults)),
    ranks: fields.list('ranks', (value, at) => rankOf(value, at, faults)),
    pools: fields.list('pools', (value, at) => poolOf(value, at, faults)),
    alarms: fields.list('alarms', (value, at) => alarmOf(value, at, faults)),
    digest: fields.text('digest'),
  };
}

function decisionOf(value: Json, place: Place, faults: Faults): Decision {
  const fields = new Fields(value, place, ['request', 'status', 'payments', 'reason'], faults);
  const reason = fields.raw('reason') ?? null;
  return {
    request: fields.text('request'),
    status: fields.oneOf('status', STATUSES) ?? 'deferred',
    payments: fields.list('payments', (item, at): Payment => {
      const payment = new Fields(item, at, ['date', 'amount'], faults);
      return { date: payment.text('date'), amount: payment.amount('amount') };
    }),
    reason: reason === null ? null : reasonOf(reason, fields.at('reason'), faults),
  };
}

function reasonOf(value: Json, place: Place, faults: Faults): Reason {
  const bare = new Fields(value, place, ['code', 'cures'], new Faults());
  const code = DATE_CODES.find((known) => known === bare.text('code'));
  if (code !== undefined) {
    const fields = new Fields(value, place, ['code', 'cures'], faults);
    return { code, cures: fields.list('cures', (item, at) => cureOf(item, at, faults)) };
  }
  const fields = new Fields(
    value,
    place,
    ['code', 'pool', 'day', 'short', 'ahead', 'cures'],
    faults,
  );
  return {
    code: fields.oneOf('code', CASH_CODES) ?? 'pool-short',
    pool: fields.text('pool'),
    day: fields.text('day'),
    short: fields.amount('short'),
    ahead: fields.texts('ahead'),
    cures: fields.list('cures', (item, at) => cureOf(item, at, faults)),
  };
}

function cureOf(value: Json, place: Place, faults: Faults): Cure {
  const lever = new Fields(value, place, ['lever'], new Faults()).text('lever');
  if (lever === 'later') {
    return { lever, date: new Fields(value, place, ['lever', 'date'], faults).text('date') };
  }
  if (lever === 'lower') {
    return {
      lever,
      amount: new Fields(value, place, ['lever', 'amount'], faults).amount('amount'),
    };
  }
  const fields = new Fields(value, place, ['lever', 'amount', 'by', 'pool'], faults);
  fields.oneOf('lever', ['cash']);
  return {
    lever: 'cash',
    amount: fields.amount('amount'),
    by: fields.text('by'),
    pool: fields.text('pool'),
  };
}

function rankOf(value: Json, place: Place, faults: Faults): RankResult {
  const amounts = ['requested', 'kept', 'onTime', 'total', 'lateness', 'bound'];
  const keys = ['tier', 'urgency', ...amounts, 'gap', 'proven'];
  const fields = new Fields(value, place, keys, faults);
  return {
    tier: fields.whole('tier'),
    urgency: fields.whole('urgency'),
    requested: fields.amount('requested'),
    kept: fields.amount('kept'),
    onTime: fields.amount('onTime'),
    total: fields.amount('total'),
    lateness: fields.amount('lateness'),
    bound: fields.amount('bound'),
    gapMillionths: fields.millionths('gap'),
    proven: fields.flag('proven'),
  };
}

function poolOf(value: Json, place: Place, faults: Faults): PoolResult {
  const fields = new Fields(value, place, ['id', 'balance', 'floor', 'lowest'], faults);
  const lowest = fields.inner('lowest', ['day', 'headroom']);
  return {
    id: fields.text('id'),
    balance: fields.amounts('balance'),
    floor: fields.amounts('floor'),
    lowest: { day: lowest.text('day'), headroom: lowest.amount('headroom') },
  };
}

function alarmOf(value: Json, place: Place, faults: Faults): Alarm {
  const fields = new Fields(value, place, ['code', 'pool', 'day', 'short', 'blocks'], faults);
  return {
    code: fields.oneOf('code', ['pool-under-floor']) ?? 'pool-under-floor',
    pool: fields.text('pool'),
    day: fields.text('day'),
    short: fields.amount('short'),
    blocks: fields.amount('blocks'),
  };
}
