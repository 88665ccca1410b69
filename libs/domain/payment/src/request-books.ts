import { Money } from '@guoku/money';

/**
 * Where the amount of a held request is. What is in none of these is outstanding: it is what a plan may
 * still promise. The parts never exceed the amount; the database guards the same with a CHECK.
 */
export interface RequestBooks {
  readonly amount: Money;
  /** Settled by the bank, less what came back. */
  readonly paid: Money;
  /** On its way: asked of quota or given to the bank, not answered yet. */
  readonly inFlight: Money;
  /** Came back after settlement; quota has not yet said whether it holds it again. */
  readonly awaitingQuota: Money;
  /** Withdrawn, carried over, or released by quota. */
  readonly closed: Money;
  /** Came back in a later fiscal year: nothing is restored by itself. */
  readonly lapsed: Money;
}

type Place = Exclude<keyof RequestBooks, 'amount'>;
const places = ['paid', 'inFlight', 'awaitingQuota', 'closed', 'lapsed'] as const;

export function openBooks(amount: Money): RequestBooks {
  const zero = Money.zero;
  return { amount, paid: zero, inFlight: zero, awaitingQuota: zero, closed: zero, lapsed: zero };
}

export function outstanding(books: RequestBooks): Money {
  return books.amount.minus(Money.sum(places.map((place) => books[place])));
}

/**
 * The books after an amount moved.
 *
 * @throws Error when it was not there: whoever moves it has decided on something else than these books
 */
export function moved(
  books: RequestBooks,
  amount: Money,
  from: Place | 'outstanding',
  to: Place | 'outstanding',
): RequestBooks {
  const there = from === 'outstanding' ? outstanding(books) : books[from];
  if (amount.compare(there) > 0) throw new Error(`${amount} is not in ${from}: ${there}`);
  const taken = from === 'outstanding' ? books : { ...books, [from]: there.minus(amount) };
  return to === 'outstanding' ? taken : { ...taken, [to]: taken[to].plus(amount) };
}

/** Where a request stands whose hold quota once gave, told from its books alone. */
export function stageOf(
  books: RequestBooks,
  continuedAs: string | null,
): 'held' | 'lapsed' | 'carried-over' | 'withdrawn' | 'paid' {
  const open = [outstanding(books), books.inFlight, books.awaitingQuota];
  if (open.some((amount) => amount.isPositive())) return 'held';
  if (books.lapsed.isPositive()) return 'lapsed';
  if (books.closed.isPositive()) return continuedAs === null ? 'withdrawn' : 'carried-over';
  return 'paid';
}
