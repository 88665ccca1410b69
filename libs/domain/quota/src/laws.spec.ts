import { trialBalance } from '@guoku/ledger';
import { Money } from '@guoku/money';
import fc from 'fast-check';
import {
  ACCOUNTS,
  balancesAfter,
  chart,
  decideHold,
  decideLine,
  evolveHold,
  evolveLine,
  evolvePart,
  type Hold,
  type HoldCommand,
  type HoldEvent,
  type Line,
  type LineCommand,
  type LineEvent,
  type Movement,
  movementsOf,
  newLine,
  type Part,
} from './index.js';

const requests = ['r1', 'r2', 'r3'];
const payments = ['p1', 'p2', 'p3', 'p4'];
const fiscalYear = 2026;

/** One line with its requests and payments: the whole book that single decisions see slices of. */
class Book {
  line: Line = newLine('line-1', fiscalYear);
  readonly holds = new Map<string, Hold>();
  readonly parts = new Map<string, Part>();
  readonly movements: Movement[] = [];

  /** How many events it caused; undefined when refused. */
  onLine(command: LineCommand): number | undefined {
    const decision = decideLine(this.line, command);
    return decision.ok ? this.record(decision.events) : undefined;
  }

  onHold(requestId: string, command: HoldCommand): number | undefined {
    const paymentId = 'paymentId' in command ? command.paymentId : '';
    const hold = this.holds.get(requestId);
    const decision = decideHold(
      { line: this.line, hold, part: this.parts.get(paymentId) },
      command,
    );
    if (!decision.ok) return undefined;
    for (const event of decision.events) {
      this.holds.set(requestId, evolveHold(this.holds.get(requestId), event, this.line.bgtId));
      const part = evolvePart(this.parts.get(paymentId), event, requestId);
      if (part) this.parts.set(paymentId, part);
    }
    return this.record(decision.events);
  }

  private record(events: readonly (LineEvent | HoldEvent)[]): number {
    this.line = evolveLine(this.line, events);
    this.movements.push(...events.flatMap(movementsOf));
    return events.length;
  }
}

const amount = fc.integer({ min: 0, max: 4_000 }).map(Money.ofPlainFen);
const payment = fc.record({ paymentId: fc.constantFrom(...payments), amount });

const lineCommand: fc.Arbitrary<LineCommand> = fc.oneof(
  fc.record({
    type: fc.constant('allot' as const),
    budgetId: fc.constant('b'),
    amount: fc.integer({ min: -4_000, max: 8_000 }).map(Money.ofPlainFen),
  }),
  fc.record({ type: fc.constantFrom('freeze' as const, 'unfreeze' as const), amount }),
  fc.constantFrom<LineCommand>({ type: 'freeze' }, { type: 'unfreeze' }, { type: 'unfreeze' }),
  fc.record({ type: fc.constant('reclaim' as const), amount }),
);
type Make = (requestId: string) => HoldCommand;
const holdCommand: fc.Arbitrary<Make> = fc.oneof(
  amount.map((of): Make => (requestId) => ({ type: 'hold', requestId, amount: of, fiscalYear })),
  fc.boolean().map((byRequest): Make => () => ({ type: 'release', byRequest })),
  payment.map((of): Make => () => ({ type: 'confirm', fiscalYear, ...of })),
  payment.map(({ paymentId }): Make => () => ({ type: 'cancel', paymentId })),
  payment.map((of): Make => () => ({ type: 'settle', ...of })),
  fc
    .tuple(payment, fc.constantFrom('unsettled', 'same-year', 'earlier-year'))
    .map(([of, returned]): Make => () => ({ type: 'return', returned, ...of })),
);
type Act = (book: Book) => number | undefined;
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 1,
    arbitrary: lineCommand.map(
      (command): Act =>
        (book) =>
          book.onLine(command),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...requests), holdCommand).map(
      ([requestId, make]): Act =>
        (book) =>
          book.onHold(requestId, make(requestId)),
    ),
  },
);
const acts = fc.array(act, { maxLength: 60 });

function isSound({ line, holds, movements }: Book): void {
  const { balances } = line;
  const { sources, unallotted, available, frozen, held, inTransit, spent } = balances;
  expect(String(sources)).toBe(
    String(Money.sum([unallotted, available, frozen, held, inTransit, spent])),
  );
  for (const balance of [sources, unallotted, available, frozen, held, inTransit, spent]) {
    expect(balance.isNegative()).toBe(false);
  }

  const all = [...holds.values()];
  for (const hold of all) {
    const stands = [hold.held, hold.inTransit, hold.spent, hold.released];
    for (const stand of stands) expect(stand.isNegative()).toBe(false);
    expect(String(Money.sum(stands))).toBe(String(hold.amount));
  }
  expect(String(Money.sum(all.map((hold) => hold.held)))).toBe(String(held));
  expect(String(Money.sum(all.map((hold) => hold.inTransit)))).toBe(String(inTransit));
  expect(String(Money.sum(all.map((hold) => hold.spent)))).toBe(String(spent));

  expect(balancesAfter(newLine('line-1', fiscalYear).balances, movements)).toEqual(balances);
  const sums = new Map(Object.entries(ACCOUNTS).map(([code, field]) => [code, balances[field]]));
  const { debit, credit } = trialBalance(chart, sums);
  expect(debit).toEqual(credit);
}

describe('laws of the quota ledger', () => {
  test('whatever is commanded in whatever order, nothing is lost, nothing is negative and movements explain every balance', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const book = new Book();
        book.onLine({ type: 'allot', budgetId: 'b', amount: Money.of('100.00') });
        for (const next of list) next(book);
        isSound(book);
      }),
      { numRuns: 400 },
    );
  });

  test('repeating any command of a hold at once changes nothing', () => {
    fc.assert(
      fc.property(acts, fc.constantFrom(...requests), holdCommand, (list, requestId, make) => {
        const book = new Book();
        book.onLine({ type: 'allot', budgetId: 'b', amount: Money.of('100.00') });
        for (const next of list) next(book);

        const first = book.onHold(requestId, make(requestId));
        const again = book.onHold(requestId, make(requestId));
        expect(again).toBe(first === undefined ? undefined : 0);
      }),
      { numRuns: 400 },
    );
  });

  test('settlements and returns give the same end in any order and any number of times', () => {
    const bankSays = fc.record({
      settled: fc.boolean(),
      returned: fc.constantFrom(
        'no' as const,
        'same-year' as const,
        'earlier-year' as const,
        'unsettled' as const,
      ),
      confirmed: fc.boolean(),
    });
    const answers = fc.tuple(bankSays, bankSays, bankSays);
    const cases = answers.chain((says) => {
      const told = says.flatMap(({ settled, returned }, at): HoldCommand[] => {
        const of = { paymentId: payments[at] ?? '', amount: Money.of('10.00') };
        const isSettled = settled && returned !== 'unsettled';
        return [
          ...(isSettled ? [{ type: 'settle' as const, ...of }] : []),
          ...(returned === 'no' ? [] : [{ type: 'return' as const, returned, ...of }]),
        ];
      });
      const twice = [...told, ...told];
      const orders = fc.shuffledSubarray(twice, { minLength: twice.length });
      return fc.record({ says: fc.constant(says), told: fc.constant(told), order: orders });
    });

    fc.assert(
      fc.property(cases, ({ says, told, order }) => {
        const [straight, shuffled] = [told, order].map((list) => {
          const book = new Book();
          book.onLine({ type: 'allot', budgetId: 'b', amount: Money.of('100.00') });
          book.onHold('r1', {
            type: 'hold',
            requestId: 'r1',
            amount: Money.of('50.00'),
            fiscalYear,
          });
          says.forEach(({ confirmed }, at) => {
            const of = { paymentId: payments[at] ?? '', amount: Money.of('10.00') };
            if (confirmed) book.onHold('r1', { type: 'confirm', fiscalYear, ...of });
          });
          for (const command of list) expect(book.onHold('r1', command)).toBeDefined();
          return { line: book.line, hold: book.holds.get('r1') };
        });
        expect(shuffled).toEqual(straight);
      }),
      { numRuns: 400 },
    );
  });
});
