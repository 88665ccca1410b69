import { Money } from '@guoku/money';
import { decideStatement, type Statement } from './statement.js';

const statement = (
  date: string,
  opening: string,
  receipts: string,
  payments: string,
  closing: string,
): Statement => ({
  date,
  opening: Money.of(opening),
  receipts: Money.of(receipts),
  payments: Money.of(payments),
  closing: Money.of(closing),
});
const monday = statement('2026-11-23', '100.00', '30.00', '10.00', '120.00');

describe('a daily report of the treasury', () => {
  it.each<[string, Statement, Statement | undefined, Statement | undefined, string | boolean]>([
    ['the first of an account is taken', monday, undefined, undefined, true],
    ['the same again is nothing new', monday, monday, monday, false],
    [
      'another one of the same day is refused',
      statement('2026-11-23', '100.00', '30.00', '11.00', '119.00'),
      monday,
      monday,
      'statement_differs',
    ],
    [
      'one that does not add up is refused, by a fen',
      statement('2026-11-24', '120.00', '0.00', '0.01', '120.00'),
      undefined,
      monday,
      'statement_not_balanced',
    ],
    [
      'one of an earlier day is refused',
      statement('2026-11-20', '100.00', '0.00', '0.00', '100.00'),
      undefined,
      monday,
      'statement_out_of_order',
    ],
    [
      'one that does not open where the last closed is refused',
      statement('2026-11-24', '120.01', '0.00', '0.00', '120.01'),
      undefined,
      monday,
      'statement_chain_broken',
    ],
    [
      'the next one is taken',
      statement('2026-11-24', '120.00', '0.00', '120.00', '0.00'),
      undefined,
      monday,
      true,
    ],
  ])('%s', (_, given, same, latest, expected) => {
    const decision = decideStatement(given, same, latest);
    expect(decision.ok ? decision.isNew : decision.refusal).toBe(expected);
  });
});
