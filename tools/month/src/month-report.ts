import { Money } from '@guoku/money';
import type { Books, ShownDecision } from './books.js';
import { forecastDays, type MonthForecast } from './month-forecast.js';
import { idOf, type MonthSample } from './month-sample.js';
import { proveMonth } from './proofs.js';
import type { Deferral, MonthReport } from './report.js';
import { firstComeFirstServed, wholeDays, type Bill, type PaidOn } from './simple-rules.js';
import { summarise, type PaidPart } from './tier-summary.js';

const DEFERRALS_SHOWN = 20;

/** What became of the month, beside two simple rules on the same cash and the record with borrowing. */
export function monthReport(
  sample: MonthSample,
  books: Books,
  forecast: MonthForecast,
): MonthReport {
  const { days, requests, record, opening } = sample;
  const tierOf = new Map(books.requests.map(({ id, tier }) => [id, tier ?? -1]));
  const bills = requests.map(({ reference, amount, due }): Bill => ({
    reference,
    tier: tierOf.get(idOf(reference)) ?? -1,
    amount: Money.of(amount).toFen(),
    due,
  }));
  const referenceOf = new Map(requests.map(({ reference }) => [idOf(reference), reference]));
  const parts = books.payments
    .filter(({ state }) => state === 'settled')
    .map(({ requestId, amount, valueDate, day }): PaidPart => ({
      reference: referenceOf.get(requestId) ?? requestId,
      day: valueDate ?? day,
      amount: Money.of(amount).toFen(),
    }));
  const cash = {
    days,
    opening: Money.of(opening[0]?.closing ?? '0.00').toFen(),
    receipts: books.days.map(({ receipts }) => Money.of(receipts).toFen()),
  };
  const under = (paid: PaidOn) => summarise(bills, partsUnder(paid, bills), days);
  return {
    sample: 'us-august-2011',
    days: books.days.map(({ day, receipts, paid, closing }, index) => ({
      day,
      receipts,
      paid,
      planned: books.firstPlan.balance[index] ?? '0.00',
      actual: closing,
      record: record[index]?.closing ?? '0.00',
    })),
    forecast: forecastDays(forecast),
    ranks: summarise(bills, parts, days),
    firstComeFirstServed: under(firstComeFirstServed(bills, cash)),
    wholeDays: under(wholeDays(bills, cash)),
    deferrals: deferralsOf(books.firstPlan.decisions, referenceOf),
    proofs: proveMonth(sample, books),
  };
}

function partsUnder(paid: PaidOn, bills: readonly Bill[]): PaidPart[] {
  return bills.flatMap(({ reference, amount }) => {
    const day = paid.get(reference);
    return day === undefined ? [] : [{ reference, day, amount }];
  });
}

function deferralsOf(
  decisions: readonly ShownDecision[],
  referenceOf: ReadonlyMap<string, string>,
): Deferral[] {
  return decisions
    .filter(({ status }) => status === 'deferred')
    .slice(0, DEFERRALS_SHOWN)
    .map(({ requestId, tier, amount, due, reason }) => {
      const reference = referenceOf.get(requestId) ?? requestId;
      const ahead = (reason?.ahead ?? []).map((id) => referenceOf.get(id) ?? id);
      const { code = '', short = null, day = null, cures = [] } = reason ?? {};
      return { reference, tier, amount, due, code, short, day, ahead, cures };
    });
}
