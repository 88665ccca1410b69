import { Money } from '@guoku/money';
import {
  carryOver,
  decideHold,
  decideLine,
  evolveHold,
  evolveLine,
  holdStateAfter,
  newLine,
  type HoldCommand,
  type HoldState,
} from './index.js';

const amount = (text: string) => Money.of(text);

/** 100.00 allotted to a line of 2026; a request holds 60.00 of it, 20.00 of them are in transit for payment p1. */
const allotted = decideLine(newLine('line-1', 2026), {
  type: 'allot',
  budgetId: 'budget-1',
  amount: amount('100.00'),
});
if (!allotted.ok) throw new Error(allotted.refusal);
const fresh: HoldState = {
  line: evolveLine(newLine('line-1', 2026), allotted.events),
  hold: undefined,
  part: undefined,
};
const standing = after(fresh, [
  { type: 'hold', requestId: 'r1', amount: amount('60.00'), fiscalYear: 2026 },
  { type: 'confirm', paymentId: 'p1', amount: amount('20.00'), fiscalYear: 2026 },
]);

function step(state: HoldState, command: HoldCommand): { answer: string; state: HoldState } {
  const decision = decideHold(state, command);
  if (!decision.ok) return { answer: decision.refusal, state };
  const next = holdStateAfter(state, decision.events);
  return { answer: decision.events.map(({ type }) => type).join(' + ') || 'nothing', state: next };
}

function after(start: HoldState, commands: readonly HoldCommand[]): HoldState {
  return commands.reduce((state, command) => step(state, command).state, start);
}

/** What the line has available, held, in transit and spent, in yuan: '40 40 20 0'. */
function standOf({ line }: HoldState): string {
  if (!line) return '-';
  const { available, held, inTransit, spent } = line.balances;
  return [available, held, inTransit, spent].map((sum) => String(sum).replace('.00', '')).join(' ');
}

const hold = (text: string, fiscalYear = 2026): HoldCommand => ({
  type: 'hold',
  requestId: 'r1',
  amount: amount(text),
  fiscalYear,
});
const confirm = (text: string, fiscalYear = 2026): HoldCommand => ({
  type: 'confirm',
  paymentId: 'p1',
  amount: amount(text),
  fiscalYear,
});
const settle = (text: string): HoldCommand => ({
  type: 'settle',
  paymentId: 'p1',
  amount: amount(text),
});
const returns = (returned: 'unsettled' | 'same-year' | 'earlier-year'): HoldCommand => ({
  type: 'return',
  paymentId: 'p1',
  amount: amount('20.00'),
  returned,
});
const cancel: HoldCommand = { type: 'cancel', paymentId: 'p1' };
const release: HoldCommand = { type: 'release', byRequest: false };
const releaseByRequest: HoldCommand = { type: 'release', byRequest: true };

const frozen = (state: HoldState): HoldState => ({
  ...state,
  line: state.line && { ...state.line, isFrozen: true },
});
const planned = (state: HoldState): HoldState => ({
  ...state,
  hold: state.hold && { ...state.hold, isPlanned: true },
});
const noPayment = { ...standing, part: undefined };

describe('quota of a line is held, or refused with the first reason that applies', () => {
  // One case a line: the case, before, command, answer, available held in-transit spent.
  // prettier-ignore
  test.each<[string, HoldState, HoldCommand, string, string]>([
    ['what the line has is held', fresh, hold('100.00'), 'held', '0 100 0 0'],
    ['a fen more is refused', fresh, hold('100.01'), 'available_exceeded', '100 0 0 0'],
    ['no line', { ...fresh, line: undefined }, hold('1.00'), 'line_unknown', '-'],
    ['nothing asked', fresh, hold('0.00'), 'amount_not_positive', '100 0 0 0'],
    ['a frozen line', frozen(fresh), hold('1.00'), 'line_frozen', '100 0 0 0'],
    ['another fiscal year', fresh, hold('1.00', 2027), 'year_not_current', '100 0 0 0'],
    ['frozen is told before the year, the year before the amount', frozen(fresh), hold('900.00', 2027), 'line_frozen', '100 0 0 0'],
    ['the same request again', standing, hold('60.00'), 'nothing', '40 40 20 0'],
    ['the same request again on a line frozen since', frozen(standing), hold('60.00'), 'nothing', '40 40 20 0'],
    ['the same request with another amount', standing, hold('61.00'), 'hold_differs', '40 40 20 0'],
    ['a request that let go does not hold again', after(standing, [release]), hold('60.00'), 'hold_ended', '80 0 20 0'],
    ['the rest is released, what is in transit stays', standing, release, 'released', '80 0 20 0'],
    ['nothing is left to release', after(standing, [release]), release, 'nothing', '80 0 20 0'],
    ['an officer may not release what a plan promised', planned(standing), release, 'hold_planned', '40 40 20 0'],
    ['the request itself may', planned(standing), releaseByRequest, 'released', '80 0 20 0'],
    ['no hold to release', fresh, release, 'hold_unknown', '100 0 0 0'],
  ])('%s', (_, before, command, answer, stand) => {
    const { answer: given, state } = step(before, command);
    expect(given).toBe(answer);
    expect(standOf(state)).toBe(stand);
  });
});

describe('a payment uses the hold of its request and never a second one', () => {
  // One case a line: the case, before, command, answer, available held in-transit spent.
  // prettier-ignore
  test.each<[string, HoldState, HoldCommand, string, string]>([
    ['confirmed: held to in transit', noPayment, confirm('40.00'), 'confirmed', '40 0 60 0'],
    ['more than is held', noPayment, confirm('40.01'), 'hold_exceeded', '40 40 20 0'],
    ['confirmed again', standing, confirm('20.00'), 'nothing', '40 40 20 0'],
    ['confirmed again on a line frozen since', frozen(standing), confirm('20.00'), 'nothing', '40 40 20 0'],
    ['confirmed again with another amount', standing, confirm('21.00'), 'payment_differs', '40 40 20 0'],
    ['the line was frozen before', frozen(noPayment), confirm('5.00'), 'line_frozen', '40 40 20 0'],
    ['the year is over', noPayment, confirm('5.00', 2027), 'year_not_current', '40 40 20 0'],
    ['the request holds nothing', fresh, confirm('5.00'), 'hold_unknown', '100 0 0 0'],
    ['taken back before it was sent', standing, cancel, 'cancelled', '40 60 0 0'],
    ['taken back twice', after(standing, [cancel]), cancel, 'nothing', '40 60 0 0'],
    ['confirmed anew after it was taken back', after(standing, [cancel]), confirm('20.00'), 'confirmed', '40 40 20 0'],
    ['taken back though never confirmed', noPayment, cancel, 'payment_unknown', '40 40 20 0'],
    ['taken back after it was settled', after(standing, [settle('20.00')]), cancel, 'payment_ended', '40 40 0 20'],
    ['settled: in transit to spent', standing, settle('20.00'), 'spent', '40 40 0 20'],
    ['settled twice', after(standing, [settle('20.00')]), settle('20.00'), 'nothing', '40 40 0 20'],
    ['settled though the confirmation was missed', noPayment, settle('40.00'), 'spent', '40 0 20 40'],
    ['settled with another amount', standing, settle('19.00'), 'payment_differs', '40 40 20 0'],
    ['settled for more than is held', noPayment, settle('40.01'), 'hold_exceeded', '40 40 20 0'],
    ['refused by the bank: the hold stands again', standing, returns('unsettled'), 'rejected', '40 60 0 0'],
    ['what the bank refused is not confirmed again', after(standing, [returns('unsettled')]), confirm('20.00'), 'payment_ended', '40 60 0 0'],
    ['returned in the same year: held again', after(standing, [settle('20.00')]), returns('same-year'), 'returned', '40 60 0 0'],
    ['returned in a later year: nothing is restored', after(standing, [settle('20.00')]), returns('earlier-year'), 'returned', '40 40 0 20'],
    ['a return before its settlement is kept', standing, returns('same-year'), 'return-noted', '40 40 20 0'],
    ['and takes effect with it', after(standing, [returns('same-year')]), settle('20.00'), 'spent + returned', '40 60 0 0'],
    ['settled and refused contradict each other', after(standing, [settle('20.00')]), returns('unsettled'), 'payment_ended', '40 40 0 20'],
    ['whichever is told first', after(standing, [returns('unsettled')]), settle('20.00'), 'payment_ended', '40 60 0 0'],
  ])('%s', (_, before, command, answer, stand) => {
    const { answer: given, state } = step(before, command);
    expect(given).toBe(answer);
    expect(standOf(state)).toBe(stand);
  });
});

describe('what a month left unpaid is carried over in one step', () => {
  const to = (text: string, fiscalYear = 2026) => ({
    nextRequestId: 'r2',
    amount: amount(text),
    fiscalYear,
  });

  // One case a line: the case, before, command, answer, available held in-transit spent.
  // prettier-ignore
  test.each<[string, HoldState, ReturnType<typeof to>, string]>([
    ['the rest moves on', standing, to('40.00'), 'released, held'],
    ['also on a line frozen since', frozen(standing), to('40.00'), 'released, held'],
    ['less than the rest: what remains is given back', standing, to('30.00'), 'released, held'],
    ['more than the rest', standing, to('40.01'), 'hold_exceeded'],
    ['into another fiscal year', standing, to('40.00', 2027), 'year_not_current'],
    ['of a request that holds nothing', fresh, to('40.00'), 'hold_unknown'],
  ])('%s', (_, before, command, answer) => {
    const decision = carryOver(before, undefined, command);
    expect(
      decision.ok
        ? [...decision.ended, ...decision.next].map(({ type }) => type).join(', ')
        : decision.refusal,
    ).toBe(answer);
  });

  test('carried over again, it does nothing', () => {
    const decision = carryOver(standing, undefined, to('40.00'));
    if (!decision.ok) throw new Error(decision.refusal);
    const line = standing.line && evolveLine(standing.line, [...decision.ended, ...decision.next]);
    const ended = decision.ended.reduce(
      (h, event) => evolveHold(h, event, 'line-1'),
      standing.hold,
    );
    const next = decision.next.reduce<HoldState['hold']>(
      (h, event) => evolveHold(h, event, 'line-1'),
      undefined,
    );
    expect(carryOver({ line, hold: ended, part: undefined }, next, to('40.00'))).toEqual({
      ok: true,
      ended: [],
      next: [],
    });
  });
});
