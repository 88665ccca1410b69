import { type Account, chartOf, move, post } from '@guoku/ledger';
import type { Money } from '@guoku/money';
import type { HoldEvent } from './hold.js';
import { type Balances, evolveMark, type Line, type LineEvent } from './line.js';

/**
 * The chart of the quota ledger (ours; the national one of 财办〔2022〕36号 keeps the same idea: sources of a budget on the
 * debit side, its uses on the credit side). Balances are kept per line and account and never fall below zero.
 */
export const ACCOUNTS = {
  Q101: 'sources',
  Q201: 'unallotted',
  Q211: 'available',
  Q212: 'frozen',
  Q221: 'held',
  Q222: 'inTransit',
  Q223: 'spent',
} as const satisfies Record<string, keyof Balances>;
export type AccountCode = keyof typeof ACCOUNTS;

const source: Account = { nature: 'debit', mayBeOverdrawn: false };
const use: Account = { nature: 'credit', mayBeOverdrawn: false };
export const chart = chartOf({
  Q101: source,
  Q201: use,
  Q211: use,
  Q212: use,
  Q221: use,
  Q222: use,
  Q223: use,
});

/** One voucher of two entries: `amount` is debited to one account and credited to another. */
export interface Movement {
  readonly kind: MovementKind;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amount: Money;
}

export const MOVEMENT_KINDS = [
  'budgeted',
  'allotted',
  'frozen',
  'unfrozen',
  'reclaimed',
  'held',
  'released',
  'confirmed',
  'cancelled',
  'spent',
  'rejected',
  'returned',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** The vouchers that record an event; none where nothing moves. */
export function movementsOf(event: LineEvent | HoldEvent): Movement[] {
  const moved = (debit: AccountCode, credit: AccountCode, kind: MovementKind): Movement[] =>
    event.amount.isZero() ? [] : [{ kind, debit, credit, amount: event.amount }];

  switch (event.type) {
    case 'allotted':
      return allotment(event.amount);
    case 'frozen':
      return moved('Q211', 'Q212', 'frozen');
    case 'unfrozen':
      return moved('Q212', 'Q211', 'unfrozen');
    case 'reclaimed':
      return moved('Q211', 'Q201', 'reclaimed');
    case 'held':
      return moved('Q211', 'Q221', 'held');
    case 'released':
      return moved('Q221', 'Q211', 'released');
    case 'confirmed':
      return moved('Q221', 'Q222', 'confirmed');
    case 'cancelled':
      return moved('Q222', 'Q221', 'cancelled');
    case 'spent':
      return moved(event.from === 'held' ? 'Q221' : 'Q222', 'Q223', 'spent');
    case 'rejected':
      return event.from === 'held' ? [] : moved('Q222', 'Q221', 'rejected');
    case 'returned':
      return event.restored ? moved('Q223', 'Q221', 'returned') : [];
    case 'return-noted':
      return [];
  }
}

/** A document adds its source and allots it, or takes both away. */
function allotment(amount: Money): Movement[] {
  if (!amount.isNegative()) {
    return [
      { kind: 'budgeted', debit: 'Q101', credit: 'Q201', amount },
      { kind: 'allotted', debit: 'Q201', credit: 'Q211', amount },
    ];
  }
  const taken = amount.negated();
  return [
    { kind: 'allotted', debit: 'Q211', credit: 'Q201', amount: taken },
    { kind: 'budgeted', debit: 'Q201', credit: 'Q101', amount: taken },
  ];
}

/** The balances after movements. Throws where an account would be overdrawn: then a decision was wrong. */
export function balancesAfter(balances: Balances, movements: readonly Movement[]): Balances {
  let sums: ReadonlyMap<string, Money> = new Map(
    Object.entries(ACCOUNTS).map(([code, field]) => [code, balances[field]]),
  );
  for (const { kind, debit, credit, amount } of movements) {
    const posting = post(chart, sums, { id: kind, entries: move(debit, credit, amount) });
    if (!posting.ok) {
      throw new Error(`movement ${kind} is refused: ${posting.refusal} ${posting.account ?? ''}`);
    }
    sums = posting.balances;
  }
  const of = (code: AccountCode): Money => {
    const sum = sums.get(code);
    if (!sum) throw new Error(`account ${code} is lost`);
    return sum;
  };
  return {
    sources: of('Q101'),
    unallotted: of('Q201'),
    available: of('Q211'),
    frozen: of('Q212'),
    held: of('Q221'),
    inTransit: of('Q222'),
    spent: of('Q223'),
  };
}

/** The line after its own events or those of its holds. */
export function evolveLine(line: Line, events: readonly (LineEvent | HoldEvent)[]): Line {
  let { isFrozen, returned } = line;
  for (const event of events) {
    if (event.type === 'frozen' || event.type === 'unfrozen') {
      isFrozen = evolveMark(isFrozen, event);
    }
    if (event.type === 'returned' && event.restored) returned = returned.plus(event.amount);
  }
  const balances = balancesAfter(line.balances, events.flatMap(movementsOf));
  return { ...line, isFrozen, returned, balances };
}

/** What documents gave the line and was not reclaimed: available + frozen + held + in transit + spent. */
export function allottedOf({ sources, unallotted }: Balances): Money {
  return sources.minus(unallotted);
}
