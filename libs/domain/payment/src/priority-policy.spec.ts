import { dayOf } from '@guoku/calendar';
import type { BudgetLine } from './budget-line.js';
import { classify, faultOfPolicy, policyOn, type PriorityPolicy } from './priority-policy.js';

const line: BudgetLine = {
  fiscalYear: 2026,
  agencyCode: '101001',
  mofDepCode: '05',
  proCode: 'P100',
  expFuncCode: '2050202',
  govBgtEcoCode: null,
  depBgtEcoCode: '30101',
  fundTypeCode: '111',
  corBgtDocNo: 'doc-1',
  sbSign: 'none',
  sbStandard: null,
  isDir: false,
};

const policy: PriorityPolicy = {
  version: 'v1',
  effectiveFrom: dayOf('2026-01-01'),
  rules: [
    { order: 1, tier: 0, urgency: 1, pool: 'general', when: { expFuncPrefix: '232' } },
    { order: 2, tier: 1, urgency: 1, pool: 'general', when: { sbStandard: 'national' } },
    { order: 3, tier: 2, urgency: 1, pool: 'general', when: { sbSign: 'wages' } },
    { order: 4, tier: 3, urgency: 1, pool: 'direct', when: { isDir: true } },
    { order: 5, tier: 6, urgency: 2, pool: 'general', when: { proCodePrefix: 'K' } },
    { order: 6, tier: 5, urgency: 1, pool: 'fund', when: { fundTypeCode: '122' } },
    {
      order: 7,
      tier: 7,
      urgency: 1,
      pool: 'general',
      when: { depEcoPrefix: '302', agencyPrefix: '9' },
    },
    { order: 8, tier: 7, urgency: 3, pool: 'general', divisible: true, when: {} },
  ],
};

describe('the priority policy', () => {
  test.each<[string, Partial<BudgetLine>, number, number]>([
    ['interest on debt comes before everything', { expFuncCode: '2320301', isDir: true }, 1, 0],
    ['wages of the national calibre', { sbSign: 'wages', sbStandard: 'national' }, 2, 1],
    ['wages of the local calibre', { sbSign: 'wages', sbStandard: 'local' }, 3, 2],
    ['direct funds', { isDir: true }, 4, 3],
    ['a key project', { proCode: 'K7' }, 5, 6],
    ['special bonds', { fundTypeCode: '122' }, 6, 5],
    ['two conditions hold together', { depBgtEcoCode: '30201', agencyCode: '901001' }, 7, 7],
    ['one of two conditions is not enough', { depBgtEcoCode: '30201' }, 8, 7],
    ['everything else', {}, 8, 7],
  ])('%s', (_what, change, ruleOrder, tier) => {
    expect(classify({ ...line, ...change }, policy)).toMatchObject({ ruleOrder, tier });
  });

  test('is the one that took effect last, whatever the order in which they are listed', () => {
    const next = { ...policy, version: 'v2', effectiveFrom: dayOf('2026-07-01') };
    const corrected = { ...next, version: 'v3' };
    const all = [corrected, policy, next];
    expect(policyOn(dayOf('2025-12-31'), all)).toBeUndefined();
    expect(policyOn(dayOf('2026-06-30'), all)?.version).toBe('v1');
    expect(policyOn(dayOf('2026-07-01'), all)?.version).toBe('v3');
  });

  test.each([
    ['policy_without_rules', []],
    ['policy_order_repeated', [policy.rules[0], policy.rules[0], policy.rules[7]]],
    ['policy_not_total', policy.rules.slice(0, 7)],
    [null, policy.rules],
  ])('fault %s', (fault, rules) => {
    expect(faultOfPolicy({ ...policy, rules: rules.flatMap((rule) => rule ?? []) })).toBe(fault);
  });
});
