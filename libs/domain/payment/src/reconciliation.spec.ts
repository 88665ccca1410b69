import { Money } from '@guoku/money';
import { compareWithBank, type AccountMovement } from './reconciliation.js';

const paid = (paymentId: string, amount: string, bankReference = 'B1'): AccountMovement => ({
  paymentId,
  direction: 'paid',
  amount: Money.of(amount),
  bankReference,
});

describe('reconciliation with the bank', () => {
  test('agrees where both have the same movements, in any order', () => {
    const back: AccountMovement = { ...paid('p1', '5.00', 'B2'), direction: 'returned' };
    const ours = [paid('p1', '5.00'), back, paid('p2', '7.00')];
    const theirs = [paid('p2', '7.00'), paid('p1', '5.00'), back];
    expect(compareWithBank(ours, theirs)).toEqual({ agrees: true, matched: 3, differences: [] });
  });

  test.each<[string, AccountMovement[], AccountMovement[]]>([
    ['missing', [paid('p1', '5.00')], []],
    ['extra', [], [paid('p1', '5.00')]],
    ['extra', [paid('p1', '5.00')], [paid('p1', '5.00'), paid('p1', '5.00')]],
    ['amount-differs', [paid('p1', '5.00')], [paid('p1', '5.01')]],
  ])('finds what is %s', (kind, ours, theirs) => {
    const { agrees, differences } = compareWithBank(ours, theirs);
    expect(agrees).toBe(false);
    expect(differences).toMatchObject([{ kind, paymentId: 'p1', direction: 'paid' }]);
  });

  test('a payment under another reference of the bank is both missing and extra', () => {
    const { differences } = compareWithBank([paid('p1', '5.00')], [paid('p1', '5.00', 'B7')]);
    expect(differences.map(({ kind }) => kind)).toEqual(['missing', 'extra']);
  });
});
