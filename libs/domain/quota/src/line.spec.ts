import { Money } from '@guoku/money';
import {
  allottedOf,
  decideLine,
  evolveLine,
  newLine,
  type Line,
  type LineCommand,
} from './index.js';

/** A line with 100.00 allotted, of which 30.00 are frozen: 70.00 available. */
const line = after(newLine('line-1', 2026), [
  { type: 'allot', budgetId: 'budget-1', amount: Money.of('100.00') },
  { type: 'freeze', amount: Money.of('30.00') },
]);

function after(start: Line, commands: readonly LineCommand[]): Line {
  return commands.reduce((state, command) => {
    const decision = decideLine(state, command);
    if (!decision.ok) throw new Error(decision.refusal);
    return evolveLine(state, decision.events);
  }, start);
}

const amount = (text: string) => Money.of(text);

describe('an officer changes a line of 100.00: 70.00 available, 30.00 frozen', () => {
  // One case a line: the case, command, answer, available, frozen, allotted.
  // prettier-ignore
  test.each<[string, LineCommand, string, string]>([
    ['allot 50', { type: 'allot', budgetId: 'b', amount: amount('50.00') }, 'ok', '120 30 150'],
    ['take away 70 追减', { type: 'allot', budgetId: 'b', amount: amount('-70.00') }, 'ok', '0 30 30'],
    ['take away 70.01', { type: 'allot', budgetId: 'b', amount: amount('-70.01') }, 'available_exceeded', '70 30 100'],
    ['freeze 20', { type: 'freeze', amount: amount('20.00') }, 'ok', '50 50 100'],
    ['freeze all', { type: 'freeze' }, 'ok', '0 100 100'],
    ['freeze 70.01', { type: 'freeze', amount: amount('70.01') }, 'available_exceeded', '70 30 100'],
    ['freeze nothing', { type: 'freeze', amount: amount('0.00') }, 'amount_not_positive', '70 30 100'],
    ['unfreeze 10', { type: 'unfreeze', amount: amount('10.00') }, 'ok', '80 20 100'],
    ['unfreeze all', { type: 'unfreeze' }, 'ok', '100 0 100'],
    ['unfreeze 30.01', { type: 'unfreeze', amount: amount('30.01') }, 'frozen_exceeded', '70 30 100'],
    ['reclaim 70 收回', { type: 'reclaim', amount: amount('70.00') }, 'ok', '0 30 30'],
    ['reclaim 70.01', { type: 'reclaim', amount: amount('70.01') }, 'available_exceeded', '70 30 100'],
    ['reclaim less than 0', { type: 'reclaim', amount: amount('-1.00') }, 'amount_not_positive', '70 30 100'],
  ])('%s', (_, command, answer, stand) => {
    const decision = decideLine(line, command);
    expect(decision.ok ? 'ok' : decision.refusal).toBe(answer);

    const next = decision.ok ? evolveLine(line, decision.events) : line;
    const { available, frozen } = next.balances;
    expect([available, frozen, allottedOf(next.balances)].join(' ').replaceAll('.00', '')).toBe(stand);
  });

  test('a line frozen as a whole stays so until it is unfrozen as a whole, and freezing it again changes nothing', () => {
    const frozen = after(line, [{ type: 'freeze' }]);
    expect(frozen.isFrozen).toBe(true);
    expect(decideLine(frozen, { type: 'freeze' })).toEqual({ ok: true, events: [] });
    expect(after(frozen, [{ type: 'unfreeze', amount: amount('5.00') }]).isFrozen).toBe(true);
    expect(after(frozen, [{ type: 'unfreeze' }]).isFrozen).toBe(false);
  });
});
