import { dayOf } from '@guoku/calendar';
import { Money } from '@guoku/money';
import fc from 'fast-check';
import type { BudgetLine } from './budget-line.js';
import {
  evolveRequest,
  type FundRequest,
  type RequestContent,
  type RequestEvent,
} from './fund-request.js';
import { outstanding, stageOf } from './request-books.js';
import { continuation, decideRequest, type RequestCommand } from './request-rules.js';

/**
 * What must hold after every sequence of commands:
 * 1. the parts of the books never exceed the amount, none is negative
 * 2. a request that quota once held is held exactly while something is outstanding, on its way or awaited
 * 3. the state is what its events fold to (so a state as of any instant can be told)
 * 4. a command given twice happens once (parts that are paid or released are told apart by the shell)
 */

const line: BudgetLine = {
  fiscalYear: 2026,
  agencyCode: '101001',
  mofDepCode: '05',
  proCode: 'P1',
  expFuncCode: '2050202',
  govBgtEcoCode: null,
  depBgtEcoCode: '30101',
  fundTypeCode: '111',
  corBgtDocNo: 'doc-1',
  sbSign: 'wages',
  sbStandard: 'national',
  isDir: false,
};

const content: RequestContent = {
  bgtId: 'line-1',
  agencyCode: '101001',
  amount: Money.of('100.00'),
  earliest: null,
  due: dayOf('2026-12-10'),
  latest: dayOf('2026-12-31'),
  divisible: true,
  minPart: Money.of('10.00'),
  purpose: 'wages of December',
  payee: { name: 'payee', account: 'sealed', bankCode: '001' },
  reference: null,
};

const enter: RequestCommand = { type: 'enter', id: 'r1', content, by: 'unit-1' };
const submit: RequestCommand = { type: 'review', decision: 'submit', note: '', by: 'section-1' };
const sendBack: RequestCommand = { ...submit, decision: 'return', note: 'say more' };
const hold: RequestCommand = { type: 'hear-held', line, amount: content.amount };
const refusal = { code: 'line_short', detail: { zh: '不足', en: 'short' }, available: Money.zero };
const no: RequestCommand = { type: 'hear-refused', because: refusal, amount: content.amount };
const withdraw: RequestCommand = { type: 'withdraw', by: 'unit-1', reason: null };
const carryOver: RequestCommand = {
  type: 'carry-over',
  nextRequestId: 'r2',
  month: '2027-01',
  due: dayOf('2027-01-10'),
  latest: dayOf('2027-01-31'),
  by: 'unit-1',
};
const pay = (paymentId: string, amount: string): RequestCommand => ({
  type: 'start-payment',
  paymentId,
  amount: Money.of(amount),
});

function after(...steps: readonly (RequestCommand | RequestEvent)[]): FundRequest {
  return steps.reduce<FundRequest>(
    (state, step) => {
      if (!isCommand(step)) return evolveRequest(state, step);
      const decision = decideRequest(state, step);
      if (!decision.ok) throw new Error(`${step.type} was refused: ${decision.refusal}`);
      return decision.events.reduce(evolveRequest, state);
    },
    { stage: 'absent' },
  );
}

function isCommand(step: RequestCommand | RequestEvent): step is RequestCommand {
  return [
    'enter',
    'amend',
    'review',
    'withdraw',
    'carry-over',
    'hear-held',
    'hear-refused',
    'hear-released',
    'start-payment',
  ].includes(step.type);
}

const settled = (amount: string): RequestEvent => ({
  type: 'payment-settled',
  paymentId: 'p1',
  amount: Money.of(amount),
});

describe('what a fund request refuses', () => {
  const held = [enter, submit, hold];
  const amended = (change: Partial<RequestContent>): RequestCommand => ({
    ...enter,
    content: { ...content, ...change },
  });

  test.each<[string, (RequestCommand | RequestEvent)[], RequestCommand, string]>([
    ['nothing is asked for', [], amended({ amount: Money.zero }), 'amount_not_positive'],
    [
      'it would be of no use when due',
      [],
      amended({ latest: dayOf('2026-12-09') }),
      'latest_before_due',
    ],
    [
      'it could begin only after its end',
      [],
      amended({ earliest: dayOf('2027-01-01') }),
      'earliest_after_latest',
    ],
    [
      'parts are sized but not allowed',
      [],
      amended({ divisible: false }),
      'min_part_on_indivisible',
    ],
    [
      'a part is larger than all',
      [],
      amended({ minPart: Money.of('100.01') }),
      'min_part_above_amount',
    ],
    ['its id is taken', [enter], enter, 'request_exists'],
    [
      'it is amended while quota judges it',
      [enter, submit],
      { type: 'amend', content, by: 'unit-1' },
      'request_not_amendable',
    ],
    ['nobody entered it', [], submit, 'request_not_reviewable'],
    [
      'its enterer reviews it',
      [enter],
      { type: 'review', decision: 'submit', note: '', by: 'unit-1' },
      'own_entry',
    ],
    [
      'whoever entered it first reviews it',
      [enter, { type: 'amend', content, by: 'unit-2' }],
      { type: 'review', decision: 'submit', note: '', by: 'unit-1' },
      'own_entry',
    ],
    ['it is returned without a word', [enter], { ...sendBack, note: '' }, 'note_missing'],
    [
      'it is withdrawn with money on its way',
      [...held, pay('p1', '40.00')],
      withdraw,
      'payment_in_flight',
    ],
    [
      'it is withdrawn after it was paid',
      [...held, pay('p1', '100.00'), settled('100.00')],
      withdraw,
      'request_not_withdrawable',
    ],
    ['it is carried over without a hold', [enter, submit], carryOver, 'request_not_held'],
    [
      'it is carried over with money on its way',
      [...held, pay('p1', '40.00')],
      carryOver,
      'payment_in_flight',
    ],
    [
      'it is carried over into its own month',
      held,
      { ...carryOver, month: '2026-12' },
      'carried_to_past_month',
    ],
    [
      'it would be due outside its new month',
      held,
      { ...carryOver, month: '2027-02' },
      'due_outside_month',
    ],
    [
      'more is paid than is left',
      [...held, pay('p1', '70.00')],
      pay('p2', '30.01'),
      'above_outstanding',
    ],
    ['it is paid without a hold', [enter, submit], pay('p1', '1.00'), 'request_not_held'],
  ])('%s', (_why, steps, command, expected) => {
    expect(decideRequest(after(...steps), command)).toEqual({ ok: false, refusal: expected });
  });
});

describe('where a fund request stands', () => {
  const back: RequestEvent = {
    type: 'payment-returned',
    paymentId: 'p1',
    amount: Money.of('100.00'),
  };
  const paid = [enter, submit, hold, pay('p1', '100.00'), settled('100.00')];

  test.each<[string, (RequestCommand | RequestEvent)[]]>([
    ['entered', [enter]],
    ['returned-to-unit', [enter, sendBack]],
    ['entered', [enter, sendBack, { type: 'amend', content, by: 'unit-1' }]],
    ['submitted', [enter, submit]],
    ['refused', [enter, submit, no]],
    ['held', [enter, submit, no, { type: 'amend', content, by: 'unit-1' }, submit, hold]],
    ['withdrawn', [enter, withdraw]],
    ['withdrawn', [enter, submit, withdraw, hold]],
    ['withdrawn', [enter, submit, hold, withdraw]],
    ['withdrawn', [enter, submit, hold, pay('p1', '40.00'), settled('40.00'), withdraw]],
    ['carried-over', [enter, submit, hold, carryOver]],
    ['held', [enter, submit, hold, pay('p1', '40.00'), settled('40.00')]],
    ['paid', paid],
    ['held', [...paid, back]],
    [
      'held',
      [...paid, back, { type: 'quota-restored', paymentId: 'p1', amount: Money.of('100.00') }],
    ],
    [
      'lapsed',
      [...paid, back, { type: 'quota-lapsed', paymentId: 'p1', amount: Money.of('100.00') }],
    ],
    ['withdrawn', [enter, submit, hold, { type: 'hear-released', amount: content.amount }]],
  ])('%s', (stage, steps) => {
    expect(after(...steps).stage).toBe(stage);
  });

  test('an answer of quota to an earlier amount says nothing about the amended one', () => {
    const smaller = { ...content, amount: Money.of('60.00') };
    const again = after(
      enter,
      submit,
      no,
      { type: 'amend', content: smaller, by: 'unit-1' },
      submit,
    );
    expect(decideRequest(again, no)).toEqual({ ok: true, events: [] });
    expect(decideRequest(again, hold)).toEqual({ ok: true, events: [] });
  });

  test('what is carried over asks for the rest, and never for parts larger than that', () => {
    const due = dayOf('2027-01-10');
    const next = continuation(content, { due, latest: due, amount: Money.of('7.00') });
    expect(next).toMatchObject({ amount: Money.of('7.00'), minPart: Money.of('7.00'), due });
  });

  test('an event that its stage cannot have is thrown, not swallowed', () => {
    expect(() => evolveRequest({ stage: 'absent' }, settled('1.00'))).toThrow('never entered');
    expect(() => evolveRequest(after(enter, submit, hold), settled('1.00'))).toThrow('inFlight');
  });
});

describe('any sequence of commands and answers', () => {
  const parts = fc.constantFrom('10.00', '25.00', '40.00', '100.00');
  const command = fc.oneof(
    fc.constantFrom(enter, submit, sendBack, hold, no, withdraw, carryOver),
    fc.constant<RequestCommand>({ type: 'amend', content, by: 'unit-2' }),
    fc.tuple(fc.constantFrom('p1', 'p2', 'p3'), parts).map(([id, amount]) => pay(id, amount)),
    parts.map((amount): RequestCommand => ({ type: 'hear-released', amount: Money.of(amount) })),
  );
  const moves = [
    'payment-stopped',
    'payment-settled',
    'payment-returned',
    'quota-restored',
    'quota-lapsed',
  ] as const;
  const bank = fc.constantFrom(...moves);

  test('keeps the books whole and the stage in step with them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(command, bank), { maxLength: 40 }), (steps) => {
        let state: FundRequest = { stage: 'absent' };
        const log: RequestEvent[] = [];
        for (const step of steps) {
          const events: readonly RequestEvent[] =
            typeof step === 'string' ? bankMove(state, step) : decided(state, step);
          log.push(...events);
          state = events.reduce(evolveRequest, state);
          if (typeof step !== 'string' && !['start-payment', 'hear-released'].includes(step.type)) {
            const again = decideRequest(state, step);
            expect(again.ok ? again.events : []).toEqual([]);
          }
          if (!('books' in state)) continue;
          expect(outstanding(state.books).isNegative()).toBe(false);
          expect(state.stage).toBe(stageOf(state.books, state.continuedAs));
        }
        expect(log.reduce<FundRequest>(evolveRequest, { stage: 'absent' })).toEqual(state);
      }),
    );
  });

  function decided(state: FundRequest, step: RequestCommand): readonly RequestEvent[] {
    const decision = decideRequest(state, step);
    return decision.ok ? decision.events : [];
  }

  /** Moves all that lies where the bank's or quota's word can move it from. */
  function bankMove(state: FundRequest, type: (typeof moves)[number]): readonly RequestEvent[] {
    if (!('books' in state)) return [];
    const from = {
      'payment-stopped': state.books.inFlight,
      'payment-settled': state.books.inFlight,
      'payment-returned': state.books.paid,
      'quota-restored': state.books.awaitingQuota,
      'quota-lapsed': state.books.awaitingQuota,
    }[type];
    return from.isPositive() ? [{ type, paymentId: 'p1', amount: from }] : [];
  }
});
