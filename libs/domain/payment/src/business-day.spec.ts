import { calendarOf, dayOf, type Day } from '@guoku/calendar';
import {
  bookingDay,
  dayToClose,
  decideBusinessDay,
  openDay,
  type BusinessDay,
  type BusinessDayCommand,
  type BusinessDays,
} from './business-day.js';

const calendar = calendarOf('us');
const [mon, tue, wed] = [dayOf('2011-08-01'), dayOf('2011-08-02'), dayOf('2011-08-03')];
const open = (day: Day): BusinessDayCommand => ({ type: 'open', day, calendar });
const cutOff: BusinessDayCommand = { type: 'cut-off', unanswered: 0 };
const close: BusinessDayCommand = { type: 'close', reconciled: true };

function days(latest: BusinessDay | null, previous: BusinessDay | null = null): BusinessDays {
  return { latest, previous };
}
const is = (day: Day, status: BusinessDay['status']): BusinessDay => ({ day, status });

describe('a business day', () => {
  test.each<[string, BusinessDays, BusinessDayCommand, string]>([
    ['opens on a holiday', days(null), open(dayOf('2011-07-04')), 'day_not_working'],
    ['opens while another is open', days(is(mon, 'opened')), open(tue), 'day_still_open'],
    [
      'opens while the one before the last is not closed',
      days(is(tue, 'cut-off'), is(mon, 'cut-off')),
      open(wed),
      'earlier_day_not_closed',
    ],
    ['leaves a working day out', days(is(mon, 'cut-off')), open(wed), 'day_not_next'],
    ['opens a second time', days(is(mon, 'closed')), open(mon), 'day_not_next'],
    ['is cut off before any opened', days(null), cutOff, 'no_open_day'],
    [
      'is cut off while quota has not answered',
      days(is(mon, 'opened')),
      { type: 'cut-off', unanswered: 1 },
      'instruction_unfinished',
    ],
    ['closes while open', days(is(mon, 'opened')), close, 'day_not_cut_off'],
    [
      'closes unreconciled',
      days(is(mon, 'cut-off')),
      { type: 'close', reconciled: false },
      'day_not_reconciled',
    ],
  ])('never %s', (_what, state, command, refusal) => {
    expect(decideBusinessDay(state, command)).toEqual({ ok: false, refusal });
  });

  test.each<[string, BusinessDays, BusinessDayCommand, string, Day]>([
    ['the first opens on any working day', days(null), open(wed), 'opened', wed],
    ['the next opens after cut-off', days(is(mon, 'cut-off')), open(tue), 'opened', tue],
    ['it is cut off', days(is(mon, 'opened')), cutOff, 'cut-off', mon],
    ['the earlier one closes', days(is(tue, 'opened'), is(mon, 'cut-off')), close, 'closed', mon],
    ['it closes the same evening', days(is(mon, 'cut-off')), close, 'closed', mon],
  ])('%s', (_what, state, command, type, day) => {
    expect(decideBusinessDay(state, command)).toEqual({ ok: true, events: [{ type, day }] });
  });

  test.each<[string, BusinessDays, BusinessDayCommand]>([
    ['opened', days(is(mon, 'opened')), open(mon)],
    ['cut off', days(is(mon, 'cut-off')), cutOff],
    ['closed', days(is(mon, 'closed')), close],
  ])('that is %s already stays so', (_what, state, command) => {
    expect(decideBusinessDay(state, command)).toEqual({ ok: true, events: [] });
  });

  test('nothing is entered between cut-off and the next opening', () => {
    expect(openDay(days(is(mon, 'opened')))).toBe(mon);
    expect(openDay(days(is(mon, 'cut-off')))).toBeNull();
    expect(dayToClose(days(is(tue, 'opened'), is(mon, 'closed')))).toBeNull();
  });

  test.each<[string, BusinessDays, Day, Day | null]>([
    ['on its own day while that is open', days(is(tue, 'opened'), is(mon, 'cut-off')), tue, tue],
    ['on its own day until that closes', days(is(tue, 'opened'), is(mon, 'cut-off')), mon, mon],
    [
      'on the open day once its own is closed',
      days(is(tue, 'opened'), is(mon, 'closed')),
      mon,
      tue,
    ],
    ['on the open day when the bank is ahead', days(is(mon, 'opened')), tue, mon],
    ['not before a day opens', days(is(mon, 'closed')), mon, null],
  ])('the bank’s word is booked %s', (_what, state, valueDate, expected) => {
    expect(bookingDay(state, valueDate)).toBe(expected);
  });
});
