import { Money } from '@guoku/money';
import fc from 'fast-check';
import { type Balances, chartOf, type Entry, post, reversalOf, trialBalance } from './voucher.js';

/** Sources on the debit side, uses on the credit side, and a bank account that may be overdrawn. */
const chart = chartOf({
  sources: { nature: 'debit', mayBeOverdrawn: false },
  bank: { nature: 'debit', mayBeOverdrawn: true },
  open: { nature: 'credit', mayBeOverdrawn: false },
  used: { nature: 'credit', mayBeOverdrawn: false },
});
const accounts = ['sources', 'bank', 'open', 'used'];

const debit = (account: string, amount: string): Entry => ({
  account,
  side: 'debit',
  amount: Money.of(amount),
});
const credit = (account: string, amount: string): Entry => ({
  account,
  side: 'credit',
  amount: Money.of(amount),
});
const texts = (balances: Balances) =>
  Object.fromEntries([...balances].map(([k, v]) => [k, `${v}`]));

const before: Balances = new Map([
  ['sources', Money.of('100.00')],
  ['open', Money.of('100.00')],
]);

describe('a voucher', () => {
  test.each([
    [[], 'too_few_entries'],
    [[debit('sources', '1.00')], 'too_few_entries'],
    [[debit('nowhere', '0.00'), credit('open', '0.00')], 'amount_not_positive'],
    [[debit('sources', '-1.00'), credit('open', '-1.00')], 'amount_not_positive'],
    [[debit('nowhere', '1.00'), credit('open', '2.00')], 'account_unknown'],
    [[debit('sources', '1.00'), credit('open', '1.01')], 'unbalanced'],
    [[debit('sources', '1.00'), debit('open', '1.00')], 'unbalanced'],
    [[debit('open', '100.01'), credit('used', '100.00')], 'unbalanced'],
    [[debit('open', '100.01'), credit('used', '100.01')], 'overdrawn'],
  ])('with entries %j is refused: %s', (entries, refusal) => {
    expect(post(chart, before, { id: 'v', entries })).toMatchObject({ ok: false, refusal });
  });

  test('moves each account on the side of its nature', () => {
    const entries = [
      debit('open', '30.00'),
      credit('used', '20.00'),
      credit('bank', '5.00'),
      credit('sources', '5.00'),
    ];
    const posting = post(chart, before, { id: 'v', entries });
    expect(posting.ok && texts(posting.balances)).toEqual({
      sources: '95.00',
      bank: '-5.00',
      open: '70.00',
      used: '20.00',
    });
    expect(texts(before)).toEqual({ sources: '100.00', open: '100.00' });
  });

  test('is judged after all its entries, whatever their order', () => {
    const entries = [
      debit('used', '10.00'),
      credit('open', '10.00'),
      debit('open', '10.00'),
      credit('used', '10.00'),
    ];
    expect(post(chart, before, { id: 'v', entries }).ok).toBe(true);
  });

  test('that overdraws names the account', () => {
    const entries = [debit('used', '0.01'), credit('open', '0.01')];
    expect(post(chart, before, { id: 'v', entries })).toEqual({
      ok: false,
      refusal: 'overdrawn',
      account: 'used',
    });
  });
});

describe('over any sequence of vouchers', () => {
  const anyEntry = fc.record({
    account: fc.constantFrom(...accounts, 'nowhere'),
    side: fc.constantFrom('debit' as const, 'credit' as const),
    amount: fc.bigInt({ min: -1n, max: 5_000n }).map(Money.ofFen),
  });
  /** Half of the vouchers balance by construction, so that many are accepted. */
  const balanced = fc
    .tuple(fc.constantFrom(...accounts), fc.constantFrom(...accounts), anyEntry)
    .map(([from, to, { amount }]): Entry[] => [
      { account: from, side: 'debit', amount },
      { account: to, side: 'credit', amount },
    ]);
  const anyEntries = fc.oneof(balanced, fc.array(anyEntry, { maxLength: 4 }));

  test('debits equal credits, nothing is overdrawn, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyEntries, { maxLength: 40 }), (sequence) => {
        let balances = before;
        for (const entries of sequence) {
          const posting = post(chart, balances, { id: 'v', entries });
          if (posting.ok) balances = posting.balances;

          const { debit: debits, credit: credits } = trialBalance(chart, balances);
          expect(debits).toEqual(credits);
          for (const [account, balance] of balances) {
            expect(account === 'bank' || !balance.isNegative()).toBe(true);
          }
        }
        expect(texts(before)).toEqual({ sources: '100.00', open: '100.00' });
      }),
    );
  });

  test('a voucher and its reversal leave every balance as it was', () => {
    fc.assert(
      fc.property(balanced, (entries) => {
        const voucher = { id: 'v', entries };
        const posting = post(chart, before, voucher);
        fc.pre(posting.ok);

        const undone = post(chart, posting.balances, reversalOf(voucher, 'undo'));
        expect(undone.ok && texts(undone.balances)).toMatchObject(texts(before));
      }),
    );
  });
});
