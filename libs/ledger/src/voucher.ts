import { Money } from '@guoku/money';

/**
 * Double entry. A voucher moves money between accounts; its debits equal its credits, so the debits
 * of all accounts always equal their credits. Nothing is ever changed or deleted: a mistake is
 * corrected by a voucher the other way round.
 */

export type Side = 'debit' | 'credit';

export interface Account {
  /** The side on which it grows: sources of a budget are debit accounts, its uses credit accounts. */
  readonly nature: Side;
  /** Whether its balance may fall below zero. */
  readonly mayBeOverdrawn: boolean;
}

/** Finds an account by its key. The owner of a ledger says what a key is, such as line and code. */
export type Chart = (account: string) => Account | undefined;

export interface Entry {
  readonly account: string;
  readonly side: Side;
  /** Always positive: a reversal changes sides, not signs. */
  readonly amount: Money;
}

export interface Voucher {
  readonly id: string;
  readonly entries: readonly Entry[];
}

/** Each account's balance, positive on the side of its nature; an account not named stands at zero. */
export type Balances = ReadonlyMap<string, Money>;

/** Why a voucher is refused, in order of precedence. */
export type VoucherRefusal =
  'too_few_entries' | 'amount_not_positive' | 'account_unknown' | 'unbalanced' | 'overdrawn';

export type Posting =
  | { readonly ok: true; readonly balances: Balances }
  | { readonly ok: false; readonly refusal: VoucherRefusal; readonly account?: string };

/** The chart of a fixed list of accounts. */
export function chartOf(accounts: Readonly<Record<string, Account>>): Chart {
  const byKey = new Map(Object.entries(accounts));
  return (account) => byKey.get(account);
}

/**
 * The balances after a voucher, or why it is refused. Overdrafts are judged after all its entries.
 *
 * @param balances of every account the voucher names at least; the others are kept as they are
 */
export function post(chart: Chart, balances: Balances, voucher: Voucher): Posting {
  const { entries } = voucher;
  if (entries.length < 2) return { ok: false, refusal: 'too_few_entries' };

  const bad = entries.find((entry) => !entry.amount.isPositive());
  if (bad) return { ok: false, refusal: 'amount_not_positive', account: bad.account };

  const unknown = entries.find((entry) => !chart(entry.account));
  if (unknown) return { ok: false, refusal: 'account_unknown', account: unknown.account };

  if (!total(entries, 'debit').equals(total(entries, 'credit'))) {
    return { ok: false, refusal: 'unbalanced' };
  }

  const next = new Map(balances);
  for (const { account, side, amount } of entries) {
    const balance = next.get(account) ?? Money.zero;
    const grows = chart(account)?.nature === side;
    next.set(account, grows ? balance.plus(amount) : balance.minus(amount));
  }
  const overdrawn = entries.find(
    ({ account }) => next.get(account)?.isNegative() && !chart(account)?.mayBeOverdrawn,
  );
  if (overdrawn) return { ok: false, refusal: 'overdrawn', account: overdrawn.account };

  return { ok: true, balances: next };
}

/** The two entries that move `amount` from one credit account to another, as uses of a budget move. */
export function move(from: string, to: string, amount: Money): Entry[] {
  return [
    { account: from, side: 'debit', amount },
    { account: to, side: 'credit', amount },
  ];
}

/** The voucher that undoes `voucher`. */
export function reversalOf(voucher: Voucher, id: string): Voucher {
  const entries = voucher.entries.map((entry) => ({ ...entry, side: opposite(entry.side) }));
  return { id, entries };
}

/** Debit and credit totals of all accounts; of a sound ledger they are equal. */
export function trialBalance(chart: Chart, balances: Balances): Record<Side, Money> {
  const of = (side: Side): Money =>
    Money.sum([...balances].filter(([key]) => chart(key)?.nature === side).map(([, sum]) => sum));
  return { debit: of('debit'), credit: of('credit') };
}

function total(entries: readonly Entry[], side: Side): Money {
  return Money.sum(entries.filter((entry) => entry.side === side).map(({ amount }) => amount));
}

function opposite(side: Side): Side {
  return side === 'debit' ? 'credit' : 'debit';
}
