import { dayOf, type Day } from '@guoku/calendar';
import { Money } from '@guoku/money';
import {
  approvePlan,
  brokenPromises,
  dueParts,
  undoneParts,
  type DisbursementPlan,
  type PromisedPart,
} from './disbursement-plan.js';
import { stepsFor } from './approval-chain.js';

const plan: DisbursementPlan = {
  stage: 'proposed',
  madeBy: 'treasurer-1',
  digest: 'd1',
  steps: stepsFor(dayOf('2026-12-07'), [], Money.of('10.00')),
  signatures: [],
};
const approval = { by: 'director-1', digestNow: 'd1', checked: true, delegations: [] };

describe('a plan comes into force', () => {
  test.each<[string, DisbursementPlan, object, string]>([
    ['never by the word of who made it', plan, { by: 'treasurer-1' }, 'own_plan'],
    ['never with an objection of the checker', plan, { checked: false }, 'plan_not_checked'],
    ['never after another has', { ...plan, stage: 'superseded' }, {}, 'plan_superseded'],
    ['never once what it was made from changed', plan, { digestNow: 'd2' }, 'plan_stale'],
    ['never once it could not be made any more', plan, { digestNow: null }, 'plan_stale'],
  ])('%s', (_what, before, change, refusal) => {
    expect(approvePlan(before, { ...approval, ...change })).toEqual({ ok: false, refusal });
  });

  test('by another person, once', () => {
    expect(approvePlan(plan, approval)).toEqual({
      ok: true,
      events: [
        { type: 'signed', step: 1, by: 'director-1', onBehalfOf: null },
        { type: 'approved', by: 'director-1' },
      ],
    });
    const inForce: DisbursementPlan = { ...plan, stage: 'in-force' };
    expect(approvePlan(inForce, { ...approval, digestNow: 'd2' })).toEqual({
      ok: true,
      events: [],
    });
  });
});

describe('what is instructed on a day', () => {
  const [mon, tue, wed] = [dayOf('2026-12-07'), dayOf('2026-12-08'), dayOf('2026-12-09')];
  const part = (requestId: string, date: Day, amount = '10.00'): PromisedPart => ({
    requestId,
    date,
    amount: Money.of(amount),
  });
  const held = (outstanding: string, latest = dayOf('2026-12-31')) => ({
    outstanding: Money.of(outstanding),
    latest,
  });
  const same = (day: Day): Day => day;

  test('today’s parts and those of earlier days that were not done, oldest first', () => {
    const promised = [part('b', tue), part('a', tue), part('c', mon), part('d', wed)];
    const tried = [{ requestId: 'b', date: tue, declinedOn: null }];
    const requests = new Map(['a', 'b', 'c', 'd'].map((id) => [id, held('10.00')]));
    const { pay, leave } = dueParts(tue, promised, tried, requests, same);
    expect(pay).toEqual([part('c', mon), part('a', tue)]);
    expect(leave).toEqual([]);
    expect(undoneParts(promised, tried)).toHaveLength(3);
  });

  test.each([
    ['not_held', new Map(), []],
    ['window_passed', new Map([['a', held('10.00', mon)]]), []],
    ['above_outstanding', new Map([['a', held('9.99')]]), []],
    [
      'declined_today',
      new Map([['a', held('10.00')]]),
      [{ requestId: 'a', date: tue, declinedOn: tue }],
    ],
  ])('a part is left, %s', (why, requests, tried) => {
    expect(dueParts(tue, [part('a', tue)], tried, requests, same)).toEqual({
      pay: [],
      leave: [{ ...part('a', tue), why }],
    });
  });

  test('what quota declined yesterday is asked again today', () => {
    const tried = [{ requestId: 'a', date: mon, declinedOn: mon }];
    const requests = new Map([['a', held('10.00')]]);
    expect(dueParts(tue, [part('a', mon)], tried, requests, same).pay).toHaveLength(1);
  });

  test('two parts of one request never exceed what it has left', () => {
    const requests = new Map([['a', held('15.00')]]);
    const { pay, leave } = dueParts(tue, [part('a', mon), part('a', tue)], [], requests, same);
    expect(pay).toEqual([part('a', mon)]);
    expect(leave).toMatchObject([{ date: tue, why: 'above_outstanding' }]);
  });
});

test('promises that a new plan breaks are listed with what is left of them', () => {
  const [mon, tue] = [dayOf('2026-12-07'), dayOf('2026-12-08')];
  const part = (requestId: string, date: Day, amount: string): PromisedPart => ({
    requestId,
    date,
    amount: Money.of(amount),
  });
  const promised = [part('a', mon, '5.00'), part('b', mon, '5.00'), part('c', mon, '5.00')];
  const planned = [part('a', mon, '6.00'), part('b', mon, '2.00'), part('c', tue, '5.00')];
  expect(brokenPromises(promised, planned)).toEqual([
    { ...part('b', mon, '5.00'), kept: Money.of('2.00') },
    { ...part('c', mon, '5.00'), kept: Money.zero },
  ]);
});
