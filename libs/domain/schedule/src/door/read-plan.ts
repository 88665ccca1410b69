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
import { Faults } from './faults.js';
import { Keys, Members, amountOf, flagOf, listOf, membersOf, textOf, wholeOf } from './fields.js';
import { JsonReader, Stop, sourceOfText } from './json.js';
import { KIND, NONE, Tape } from './tape.js';

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

const required = (...keys: string[]) => new Keys(keys, []);
const KEYS = {
  plan: required('decisions', 'ranks', 'pools', 'alarms', 'digest'),
  decision: required('request', 'status', 'payments', 'reason'),
  payment: required('date', 'amount'),
  dateReason: required('code', 'cures'),
  cashReason: required('code', 'pool', 'day', 'short', 'ahead', 'cures'),
  cash: required('lever', 'amount', 'by', 'pool'),
  later: required('lever', 'date'),
  lower: required('lever', 'amount'),
  rank: required(
    ...['tier', 'urgency', 'requested', 'kept', 'onTime', 'total', 'lateness', 'bound', 'gap'],
    'proven',
  ),
  pool: required('id', 'balance', 'floor', 'lowest'),
  lowest: required('day', 'headroom'),
  alarm: required('code', 'pool', 'day', 'short', 'blocks'),
} as const;

/** One object of the plan: every key required, none other known. */
class Fields {
  private readonly members: Members;

  constructor(
    private readonly tape: Tape,
    private readonly node: number,
    keys: Keys,
    private readonly faults: Faults,
  ) {
    this.members = membersOf(tape, node, keys, faults) ?? new Members(keys.places, []);
  }

  text(key: string): string {
    return textOf(this.tape, this.members.get(key), this.faults) ?? '';
  }

  flag(key: string): boolean {
    return flagOf(this.tape, this.members.get(key), this.faults) ?? false;
  }

  whole(key: string): number {
    return wholeOf(this.tape, this.members.get(key), ANYWHERE, this.faults) ?? 0;
  }

  amount(key: string): Fen {
    return amountOf(this.tape, this.members.get(key), 'any', this.faults) ?? 0;
  }

  /** Millionths of text with six decimals. */
  millionths(key: string): number {
    const node = this.members.get(key);
    if (node === NONE) return 0;
    const text = this.tape.isText(node) ? this.tape.text(node) : '';
    if (/^\d{1,9}\.\d{6}$/.test(text)) return Number(text.replace('.', ''));
    const detail = 'a share with six decimals is expected';
    this.faults.add(this.tape.path(node), 'bad-amount', detail);
    return 0;
  }

  oneOf<Code extends string>(key: string, codes: readonly Code[]): Code | undefined {
    const text = this.text(key);
    const code = codes.find((known) => known === text);
    if (code === undefined) {
      const node = this.members.get(key);
      const path = node === NONE ? this.tape.missing(this.node, key) : this.tape.path(node);
      this.faults.add(path, 'out-of-range', `one of ${codes.join(', ')}`);
    }
    return code;
  }

  list<Item>(key: string, read: (item: number) => Item): Item[] {
    return (listOf(this.tape, this.members.get(key), this.faults) ?? []).map(read);
  }

  amounts(key: string): Fen[] {
    return this.list(key, (item) => amountOf(this.tape, item, 'any', this.faults) ?? 0);
  }

  texts(key: string): string[] {
    return this.list(key, (item) => textOf(this.tape, item, this.faults) ?? '');
  }

  /** The object of a key, every key of which is required as well. */
  inner(key: string, keys: Keys): Fields | null {
    const node = this.members.get(key);
    return node === NONE ? null : new Fields(this.tape, node, keys, this.faults);
  }

  /** The value of a key; `NONE` where it is missing or null. */
  raw(key: string): number {
    const node = this.members.get(key);
    return node !== NONE && this.tape.kind(node) === KIND.null ? NONE : node;
  }
}

/** Reads the text of a plan, as `planText` writes it; never throws. */
export function readPlan(text: string): PlanReading {
  const tape = new Tape();
  try {
    const reader = new JsonReader(sourceOfText(text));
    reader.value(tape, 0);
    reader.finish();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { ok: false, faults: [{ pointer: '', detail: error.message }] };
  }
  const faults = new Faults();
  const plan = new PlanReader(tape, faults).plan();
  return faults.any ? { ok: false, faults: faults.inOrder() } : { ok: true, plan };
}

class PlanReader {
  constructor(
    private readonly tape: Tape,
    private readonly faults: Faults,
  ) {}

  plan(): Plan {
    const fields = this.fields(0, KEYS.plan);
    return {
      decisions: fields.list('decisions', (item) => this.decision(item)),
      ranks: fields.list('ranks', (item) => this.rank(item)),
      pools: fields.list('pools', (item) => this.pool(item)),
      alarms: fields.list('alarms', (item) => this.alarm(item)),
      digest: fields.text('digest'),
    };
  }

  private fields(node: number, keys: Keys, faults = this.faults): Fields {
    return new Fields(this.tape, node, keys, faults);
  }

  private decision(node: number): Decision {
    const fields = this.fields(node, KEYS.decision);
    const reason = fields.raw('reason');
    return {
      request: fields.text('request'),
      status: fields.oneOf('status', STATUSES) ?? 'deferred',
      payments: fields.list('payments', (item): Payment => {
        const payment = this.fields(item, KEYS.payment);
        return { date: payment.text('date'), amount: payment.amount('amount') };
      }),
      reason: reason === NONE ? null : this.reason(reason),
    };
  }

  private reason(node: number): Reason {
    const bare = this.fields(node, KEYS.dateReason, new Faults());
    const code = DATE_CODES.find((known) => known === bare.text('code'));
    if (code !== undefined) {
      const fields = this.fields(node, KEYS.dateReason);
      return { code, cures: fields.list('cures', (item) => this.cure(item)) };
    }
    const fields = this.fields(node, KEYS.cashReason);
    return {
      code: fields.oneOf('code', CASH_CODES) ?? 'pool-short',
      pool: fields.text('pool'),
      day: fields.text('day'),
      short: fields.amount('short'),
      ahead: fields.texts('ahead'),
      cures: fields.list('cures', (item) => this.cure(item)),
    };
  }

  private cure(node: number): Cure {
    const lever = this.fields(node, KEYS.cash, new Faults()).text('lever');
    if (lever === 'later') return { lever, date: this.fields(node, KEYS.later).text('date') };
    if (lever === 'lower') return { lever, amount: this.fields(node, KEYS.lower).amount('amount') };
    const fields = this.fields(node, KEYS.cash);
    fields.oneOf('lever', ['cash']);
    return {
      lever: 'cash',
      amount: fields.amount('amount'),
      by: fields.text('by'),
      pool: fields.text('pool'),
    };
  }

  private rank(node: number): RankResult {
    const fields = this.fields(node, KEYS.rank);
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

  private pool(node: number): PoolResult {
    const fields = this.fields(node, KEYS.pool);
    const lowest = fields.inner('lowest', KEYS.lowest);
    return {
      id: fields.text('id'),
      balance: fields.amounts('balance'),
      floor: fields.amounts('floor'),
      lowest: { day: lowest?.text('day') ?? '', headroom: lowest?.amount('headroom') ?? 0 },
    };
  }

  private alarm(node: number): Alarm {
    const fields = this.fields(node, KEYS.alarm);
    return {
      code: fields.oneOf('code', ['pool-under-floor']) ?? 'pool-under-floor',
      pool: fields.text('pool'),
      day: fields.text('day'),
      short: fields.amount('short'),
      blocks: fields.amount('blocks'),
    };
  }
}
