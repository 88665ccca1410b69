import { moneyText } from '@guoku/domain-schedule';
import { Money } from '@guoku/money';
import type { Books, ShownDecision } from './books.js';
import { missingCash, type MissingCash } from './missing-cash.js';
import { underFirstPlanner } from './first-planner.js';
import { forecastDays, type MonthForecast } from './month-forecast.js';
import { idOf, type MonthSample } from './month-sample.js';
import { proveMonth } from './proofs.js';
import { movesOf, promisesIn, type Cause } from './replanning.js';
import type { Deferral, MissingStep, MonthReport, ReportMove } from './report.js';
import { firstComeFirstServed, wholeDays, type Bill, type PaidOn } from './simple-rules.js';
import { summarise, type PaidPart } from './tier-summary.js';

const DEFERRALS_SHOWN = 20;

/** What became of the month, beside three other ways with the same cash and the record with borrowing. */
export function monthReport(
  sample: MonthSample,
  books: Books,
  forecast: MonthForecast,
): MonthReport {
  const { days, requests, record, opening } = sample;
  const tierOf = new Map(books.requests.map(({ id, tier }) => [id, tier ?? -1]));
  const bills = requests.map(({ reference, amount, due, latest }): Bill => ({
    reference,
    tier: tierOf.get(idOf(reference)) ?? -1,
    amount: Money.of(amount).toFen(),
    due,
    latest,
  }));
  const referenceOf = new Map(requests.map(({ reference }) => [idOf(reference), reference]));
  const named = (id: string) => referenceOf.get(id) ?? id;
  const parts = settledParts(books);
  const summarised = (paid: readonly PaidPart[]) =>
    summarise(
      bills,
      paid.map((part) => ({ ...part, reference: named(part.reference) })),
      days,
    );
  const cash = {
    days,
    opening: Money.of(opening[0]?.closing ?? '0.00').toFen(),
    receipts: books.days.map(({ receipts }) => Money.of(receipts).toFen()),
  };
  const ranks = books.mornings.flatMap(({ plan }) => plan.ranks);
  const under = (paid: PaidOn) => summarise(bills, partsUnder(paid, bills), days);
  return {
    sample: 'us-august-2011',
    days: books.days.map(({ day, receipts, paid, closing }, index) => ({
      day,
      receipts,
      paid,
      planned: moneyText(books.mornings[0]?.plan.pools[0]?.balance[index] ?? 0),
      actual: closing,
      record: record[index]?.closing ?? '0.00',
    })),
    forecast: forecastDays(forecast),
    ranks: summarised(parts),
    firstComeFirstServed: under(firstComeFirstServed(bills, cash)),
    wholeDays: under(wholeDays(bills, cash)),
    firstPlanner: summarised(underFirstPlanner(books.mornings, parts)),
    proven: { ranks: ranks.filter(({ proven }) => proven).length, of: ranks.length },
    missing: {
      onTime: missingCash(bills, cash, ({ due }) => due).map(stepText),
      atAll: missingCash(bills, cash, ({ latest }) => latest).map(stepText),
    },
    promises: promisesIn(books.mornings),
    moves: reportMoves(books, named),
    deferrals: deferralsOf(books.firstDecisions, named),
    proofs: proveMonth(sample, books),
  };
}

/** What was paid in truth, by the requests' own ids. */
function settledParts({ payments }: Books): PaidPart[] {
  return payments
    .filter(({ state }) => state === 'settled')
    .map(({ requestId, amount, valueDate, day }) => ({
      reference: requestId,
      day: valueDate ?? day,
      amount: Money.of(amount).toFen(),
    }));
}

function partsUnder(paid: PaidOn, bills: readonly Bill[]): PaidPart[] {
  return bills.flatMap(({ reference, amount }) => {
    const day = paid.get(reference);
    return day === undefined ? [] : [{ reference, day, amount }];
  });
}

function deferralsOf(
  decisions: readonly ShownDecision[],
  named: (id: string) => string,
): Deferral[] {
  return decisions
    .filter(({ status }) => status === 'deferred')
    .slice(0, DEFERRALS_SHOWN)
    .map(({ requestId, tier, amount, due, reason }) => {
      const reference = named(requestId);
      const ahead = (reason?.ahead ?? []).map(named);
      const { code = '', short = null, day = null, cures = [] } = reason ?? {};
      return { reference, tier, amount, due, code, short, day, ahead, cures };
    });
}

function stepText({ day, amount }: MissingCash): MissingStep {
  return { day, amount: Money.ofFen(amount).toString() };
}

function reportMoves({ mornings }: Books, named: (id: string) => string): ReportMove[] {
  return movesOf(mornings).map(({ day, request, tier, urgency, promised, kept, now, cause }) => ({
    day,
    reference: named(request),
    rank: `${tier}.${urgency}`,
    date: promised.date,
    promised: moneyText(promised.amount),
    kept: moneyText(kept),
    now: now.map(({ date, amount }) => ({ date, amount: moneyText(amount) })),
    cause: causeText(cause),
  }));
}

function causeText(cause: Cause): ReportMove['cause'] {
  if (cause.kind === 'packing') return cause;
  const amount = moneyText(cause.amount);
  if (cause.kind === 'shortfall') return { ...cause, amount };
  const { kind, tier, urgency, day } = cause;
  return { kind, rank: `${tier}.${urgency}`, day, amount };
}
