import { dayOf } from '@guoku/calendar';
import { Money } from '@guoku/money';
import {
  faultOfChain,
  sign,
  stepsFor,
  type ApprovalChain,
  type ApprovalStep,
  type Delegation,
  type Signature,
} from './approval-chain.js';
import { approvePlan, largestNewPromise, type DisbursementPlan } from './disbursement-plan.js';

const step = (nth: number, above: string, ...signers: string[]): ApprovalStep => ({
  step: nth,
  above: Money.of(above),
  signers,
  titleZh: `第${nth}级`,
  titleEn: `level ${nth}`,
});

/** Section chief for all; above 100,000 the deputy director; above a million the director. */
const chain: ApprovalChain = {
  effectiveFrom: dayOf('2026-01-01'),
  steps: [
    step(1, '0.00', 'chief-1', 'chief-2'),
    step(2, '100000.00', 'deputy-1'),
    step(3, '1000000.00', 'director-1'),
  ],
};
const stricter: ApprovalChain = {
  effectiveFrom: dayOf('2026-07-01'),
  steps: [step(1, '0.00', 'chief-1'), step(2, '50000.00', 'director-1')],
};
const [june, july] = [dayOf('2026-06-30'), dayOf('2026-07-01')];

describe('the steps that an amount needs', () => {
  test.each([
    ['nothing new', june, '0.00', [1]],
    ['the threshold itself', june, '100000.00', [1]],
    ['a fen above it', june, '100000.01', [1, 2]],
    ['above the last', june, '1000000.01', [1, 2, 3]],
    ['the chain of the day on which the plan is made', july, '50000.01', [1, 2]],
    ['a day before any chain: one signature', dayOf('2025-12-31'), '9000000.00', [1]],
  ])('%s', (_what, day, amount, expected) => {
    const steps = stepsFor(day, [stricter, chain], Money.of(amount));
    expect(steps.map((one) => one.step)).toEqual(expected);
  });

  test('are told by the most that one request is newly promised; a day that moves was approved before', () => {
    const part = (requestId: string, date: string, amount: string) => {
      return { requestId, date: dayOf(date), amount: Money.of(amount) };
    };
    const promised = [part('road', '2026-06-10', '90.00'), part('school', '2026-06-11', '10.00')];
    const planned = [
      part('road', '2026-06-12', '60.00'),
      part('road', '2026-06-15', '40.00'),
      part('bridge', '2026-06-12', '5.00'),
    ];
    expect(largestNewPromise(promised, planned).toString()).toBe('10.00');
    expect(largestNewPromise(promised, []).toString()).toBe('0.00');
  });
});

test.each([
  ['chain_steps_not_counted', [step(1, '0.00'), step(3, '5.00')]],
  ['chain_first_not_from_zero', [step(1, '1.00')]],
  ['chain_not_rising', [step(1, '0.00'), step(2, '9.00'), step(3, '8.00')]],
  [null, [step(2, '9.00'), step(1, '0.00')]],
])('a chain is judged: %s', (fault, steps) => {
  expect(faultOfChain({ ...chain, steps })).toBe(fault);
});

describe('a signature', () => {
  const byChief: Signature = { step: 1, by: 'chief-1', onBehalfOf: null };
  const forChief: Signature = { step: 1, by: 'deputy-1', onBehalfOf: 'chief-1' };
  const away = (from: string, to: string): Delegation => ({ from, to });

  test.each<[string, Signature[], string, Delegation[], Signature | string | null]>([
    ['is of the first step first', [], 'chief-2', [], { ...byChief, by: 'chief-2' }],
    ['of a later step has to wait', [], 'deputy-1', [], 'step_of_another'],
    [
      'of the next step follows',
      [byChief],
      'deputy-1',
      [],
      { ...byChief, step: 2, by: 'deputy-1' },
    ],
    ['is no one’s who is not named', [], 'stranger-1', [], 'step_of_another'],
    ['may be given for who is away', [], 'deputy-1', [away('chief-1', 'deputy-1')], forChief],
    ['for another counts as theirs', [forChief], 'deputy-1', [], null],
    ['is not given again by who was signed for', [forChief], 'chief-1', [], 'signed_already'],
    ['again by the same person changes nothing', [byChief], 'chief-1', [], null],
    [
      'is never of who made the plan',
      [],
      'treasurer-1',
      [away('chief-1', 'treasurer-1')],
      'own_plan',
    ],
  ])('%s', (_what, signatures, by, delegations, expected) => {
    const decision = sign(
      { madeBy: 'treasurer-1', steps: chain.steps, signatures },
      by,
      delegations,
    );
    if (typeof expected === 'string') expect(decision).toEqual({ ok: false, refusal: expected });
    else expect(decision).toEqual({ ok: true, events: expected === null ? [] : [expected] });
  });

  test('is never given for who made the plan', () => {
    const toSign = { madeBy: 'chief-1', steps: chain.steps, signatures: [] };
    expect(sign(toSign, 'deputy-1', [away('chief-1', 'deputy-1')])).toEqual({
      ok: false,
      refusal: 'own_plan',
    });
    expect(sign(toSign, 'chief-2', []).ok).toBe(true);
  });

  test('brings the plan into force only where it is the last', () => {
    const plan: DisbursementPlan = {
      stage: 'proposed',
      madeBy: 'treasurer-1',
      digest: 'd1',
      steps: chain.steps.slice(0, 2),
      signatures: [],
    };
    const command = { by: 'chief-1', digestNow: 'd1', checked: true, delegations: [] };
    expect(approvePlan(plan, command)).toEqual({
      ok: true,
      events: [{ type: 'signed', ...byChief }],
    });
    const half = { ...plan, signatures: [byChief] };
    expect(approvePlan(half, { ...command, by: 'deputy-1' })).toMatchObject({
      events: [
        { type: 'signed', step: 2 },
        { type: 'approved', by: 'deputy-1' },
      ],
    });
    expect(approvePlan(half, { ...command, by: 'deputy-1', digestNow: 'd2' })).toEqual({
      ok: false,
      refusal: 'plan_stale',
    });
  });
});
