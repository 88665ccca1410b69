import { Money } from '@guoku/money';
import fc from 'fast-check';
import { decideHold, entriesOf, evolveHold, type HoldCommand, type HoldState } from './hold.js';
import { type Balances, chartOf, post } from './voucher.js';

const start: HoldState = { available: Money.of('100.00'), hold: undefined };

const hold = (amount: string, holdId = 'h1'): HoldCommand => ({
  type: 'hold',
  holdId,
  amount: Money.of(amount),
});
const spend = (partId: string, amount: string): HoldCommand => ({
  type: 'spend',
  partId,
  amount: Money.of(amount),
});
const restore = (partId: string): HoldCommand => ({ type: 'restore', partId });
const release: HoldCommand = { type: 'release' };

function run(commands: readonly HoldCommand[]): HoldState {
  return commands.reduce((state, command) => {
    const decision = decideHold(state, command);
    if (!decision.ok) throw new Error(`${command.type}: ${decision.refusal}`);
    return decision.movements.reduce(evolveHold, state);
  }, start);
}

describe('a hold', () => {
  test.each<[string, HoldCommand[], HoldCommand, string]>([
    ['all that is available can be held', [], hold('100.00'), 'held 100.00'],
    ['a fen more cannot', [], hold('100.01'), 'exceeds_available'],
    ['nothing cannot be held', [], hold('0.00'), 'amount_not_positive'],
    ['held again it moves nothing', [hold('60.00')], hold('60.00'), ''],
    ['with another amount it is another', [hold('60.00')], hold('60.01'), 'hold_differs'],
    ['with another id it is another', [hold('60.00')], hold('60.00', 'h2'), 'hold_differs'],
    ['a bad amount comes before all else', [], spend('p', '-1.00'), 'amount_not_positive'],
    ['what was never held is not spent', [], spend('p', '1.00'), 'hold_unknown'],
    ['what was never held is not released', [], release, 'hold_unknown'],
    [
      'it is spent in parts',
      [hold('60.00'), spend('p', '20.00')],
      spend('q', '40.00'),
      'spent 40.00',
    ],
    [
      'but not beyond its rest',
      [hold('60.00'), spend('p', '20.00')],
      spend('q', '40.01'),
      'exceeds_rest',
    ],
    [
      'a part spent again moves nothing',
      [hold('60.00'), spend('p', '60.00')],
      spend('p', '60.00'),
      '',
    ],
    [
      'with another amount it differs',
      [hold('60.00'), spend('p', '1.00')],
      spend('p', '2.00'),
      'part_differs',
    ],
    [
      'a part comes back whole',
      [hold('60.00'), spend('p', '20.00')],
      restore('p'),
      'restored 20.00',
    ],
    ['and only once', [hold('60.00'), spend('p', '20.00'), restore('p')], restore('p'), ''],
    ['no part comes back that never was', [hold('60.00')], restore('p'), 'part_unknown'],
    ['its rest is released', [hold('60.00'), spend('p', '20.00')], release, 'released 40.00'],
    ['released again it moves nothing', [hold('60.00'), release], release, ''],
    [
      'after release nothing is spent',
      [hold('60.00'), release],
      spend('p', '0.01'),
      'exceeds_rest',
    ],
    [
      'a part restored after release is held again',
      [hold('9.00'), spend('p', '4.00'), release, restore('p')],
      release,
      'released 4.00',
    ],
  ])('%s', (_rule, given, command, outcome) => {
    const decision = decideHold(run(given), command);
    const said = decision.ok
      ? decision.movements.map(({ type, amount }) => `${type} ${amount}`).join()
      : decision.refusal;
    expect(said).toBe(outcome);
  });
});

describe('over any sequence of commands', () => {
  const amount = fc.bigInt({ min: 0n, max: 4_000n }).map(Money.ofFen);
  const partId = fc.constantFrom('p', 'q', 'r');
  const anyCommand: fc.Arbitrary<HoldCommand> = fc.oneof(
    fc.record({ type: fc.constant('hold' as const), holdId: fc.constant('h1'), amount }),
    fc.record({ type: fc.constant('spend' as const), partId, amount }),
    fc.record({ type: fc.constant('restore' as const), partId }),
    fc.constant(release),
  );
  const commands = fc.array(anyCommand, { maxLength: 40 });

  const uses = { nature: 'credit', mayBeOverdrawn: false } as const;
  const chart = chartOf({ available: uses, held: uses, spent: uses });
  const accounts = { available: 'available', held: 'held', spent: 'spent' };

  test('available, held and spent are never negative and sum to what was there', () => {
    fc.assert(
      fc.property(commands, (sequence) => {
        let state = start;
        let balances: Balances = new Map([['available', start.available]]);
        for (const command of sequence) {
          const decision = decideHold(state, command);
          for (const movement of decision.ok ? decision.movements : []) {
            state = evolveHold(state, movement);
            const posting = post(chart, balances, {
              id: 'v',
              entries: entriesOf(movement, accounts),
            });
            expect(posting.ok).toBe(true);
            if (posting.ok) balances = posting.balances;
          }

          const standing = [...(state.hold?.parts.values() ?? [])].filter((part) => !part.restored);
          const spent = Money.sum(standing.map((part) => part.amount));
          const rest = state.hold?.rest ?? Money.zero;
          expect(Money.sum([state.available, rest, spent])).toEqual(start.available);
          expect([state.available, rest, spent].some((part) => part.isNegative())).toBe(false);
          expect(balances.get('available')).toEqual(state.available);
          expect(balances.get('held') ?? Money.zero).toEqual(rest);
          expect(balances.get('spent') ?? Money.zero).toEqual(spent);
        }
      }),
    );
  });

  test('a command given twice has the effect of one', () => {
    fc.assert(
      fc.property(commands, anyCommand, (sequence, command) => {
        const apply = (state: HoldState, next: HoldCommand): HoldState => {
          const decision = decideHold(state, next);
          return decision.ok ? decision.movements.reduce(evolveHold, state) : state;
        };
        const once = apply(sequence.reduce(apply, start), command);
        expect(apply(once, command)).toEqual(once);
      }),
    );
  });
});
