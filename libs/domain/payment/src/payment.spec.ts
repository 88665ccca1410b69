import { dayOf } from '@guoku/calendar';
import fc from 'fast-check';
import {
  decidePayment,
  evolvePayment,
  type BankAnswer,
  type BankReturn,
  type PaymentCommand,
  type PaymentState,
  type Settlement,
} from './payment.js';

const settlement: Settlement = {
  bankReference: 'B1',
  valueDate: dayOf('2026-12-10'),
  bookedOn: dayOf('2026-12-10'),
};
const back: BankReturn = {
  ...settlement,
  bankReference: 'B2',
  reason: { zh: '账号有误', en: 'no' },
};
const answer = (told: BankAnswer): PaymentCommand => ({ type: 'answer', answer: told });
const confirm: PaymentCommand = { type: 'confirm' };
const send: PaymentCommand = { type: 'send' };
const settle = answer({ kind: 'settled', settlement });
const settleOtherwise = answer({
  kind: 'settled',
  settlement: { ...settlement, bankReference: 'B9' },
});
const refuse = answer({ kind: 'refused', back });
const giveBack = answer({ kind: 'returned', back });
const decline: PaymentCommand = { type: 'decline', code: 'frozen', detail: { zh: '', en: '' } };
const recall: PaymentCommand = { type: 'recall', code: 'unsent', detail: { zh: '', en: '' } };
const forget: PaymentCommand = { type: 'forget' };
const restored: PaymentCommand = { type: 'hear-quota', restored: true };

function after(...commands: readonly PaymentCommand[]): PaymentState {
  return commands.reduce<PaymentState>(
    (state, command) => {
      const decision = decidePayment(state, command);
      if (!decision.ok) throw new Error(`${command.type} was refused: ${decision.refusal}`);
      return decision.events.reduce(evolvePayment, state);
    },
    { stage: 'asked' },
  );
}

describe('a payment', () => {
  test.each<[string, string, PaymentCommand[]]>([
    ['declined', 'quota says no', [decline]],
    ['confirmed', 'quota says yes', [confirm]],
    ['confirmed', 'quota says yes twice', [confirm, confirm, decline]],
    ['sent', 'the bank has it', [confirm, send, send]],
    ['recalling', 'the bank does not carry it out', [confirm, recall, recall]],
    ['declined', 'bank and quota forgot it', [confirm, recall, forget, forget]],
    ['sent', 'it is recalled too late: the bank has it', [confirm, recall, send, forget]],
    ['sent', 'it is recalled after the bank got it', [confirm, send, recall, forget]],
    ['settled', 'the bank pays before it hears of the recall', [confirm, recall, settle, forget]],
    ['settled', 'the bank paid', [confirm, send, settle]],
    ['settled', 'the bank says so twice', [confirm, send, settle, settle]],
    ['settled', 'the bank paid before we had noted that it was sent', [confirm, settle, send]],
    ['refused', 'the bank refused it before money left', [confirm, send, refuse, refuse]],
    ['returned', 'it came back after settlement', [confirm, send, settle, giveBack, giveBack]],
    ['sent', 'its return overtook its settlement', [confirm, send, giveBack, giveBack]],
    [
      'returned',
      'its return overtook its settlement, which then came',
      [confirm, send, giveBack, settle, settle],
    ],
  ])('is %s when %s', (stage, _when, commands) => {
    expect(after(...commands).stage).toBe(stage);
  });

  test.each<[string, PaymentCommand[], PaymentCommand, string]>([
    ['it is sent before quota said yes', [], send, 'payment_not_confirmed'],
    ['it is sent after quota said no', [decline], send, 'payment_not_confirmed'],
    ['the bank answers about what it never got', [], settle, 'payment_not_confirmed'],
    ['the bank settles what it forgot', [confirm, recall, forget], settle, 'payment_not_confirmed'],
    ['the bank settles what it refused', [confirm, refuse], settle, 'answer_contradicts'],
    ['the bank refuses what it settled', [confirm, settle], refuse, 'answer_contradicts'],
    ['the bank settles a second time', [confirm, settle], settleOtherwise, 'answer_contradicts'],
    ['the bank refuses what it gave back', [confirm, send, giveBack], refuse, 'answer_contradicts'],
  ])('refuses that %s', (_what, commands, command, expected) => {
    expect(decidePayment(after(...commands), command)).toEqual({ ok: false, refusal: expected });
  });

  test('quota is heard once about money that came back', () => {
    const state = after(confirm, send, settle, giveBack, restored);
    expect(state).toMatchObject({ stage: 'returned', quota: 'restored' });
    expect(decidePayment(state, { type: 'hear-quota', restored: false })).toEqual({
      ok: true,
      events: [],
    });
  });

  test('settles at most once and returns at most once, whatever comes in whatever order', () => {
    const anything = fc.constantFrom(
      confirm,
      decline,
      send,
      recall,
      forget,
      settle,
      settleOtherwise,
      refuse,
      giveBack,
      restored,
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (commands) => {
        const happened: string[] = [];
        let state: PaymentState = { stage: 'asked' };
        for (const command of commands) {
          const decision = decidePayment(state, command);
          if (!decision.ok) continue;
          happened.push(...decision.events.map(({ type }) => type));
          state = decision.events.reduce(evolvePayment, state);
          const again = decidePayment(state, command);
          expect(again.ok ? again.events : []).toEqual([]);
        }
        const count = (type: string): number => happened.filter((each) => each === type).length;
        expect(
          count('settled') + count('refused') + count('declined') + count('recalled'),
        ).toBeLessThanOrEqual(1);
        expect(count('returned')).toBeLessThanOrEqual(count('settled'));
      }),
    );
  });
});
