import { calendarOf, dayOf } from '@guoku/calendar';
import {
  cumulate,
  fit,
  forecast,
  netOf,
  summarise,
  type Direction,
  type SeriesPaths,
} from '@guoku/domain-forecast';
import { Money } from '@guoku/money';
import type { MonthSample } from './month-sample.js';

/** The balance as it was forecast on the last day of the history, and as it would have come, in fen. */
export interface MonthForecast {
  readonly balance: SeriesPaths;
  readonly came: readonly number[];
}

/** One day of it, for the report. */
export interface ForecastDay {
  readonly day: string;
  readonly low: string;
  readonly median: string;
  readonly high: string;
  readonly came: string;
}

/**
 * Forecasts the month from the sample's history alone: what the account would hold if nothing were
 * borrowed and every bill paid when due. What came is the record with debt issued and redeemed
 * left out, which is what the history counts.
 */
export function forecastMonth({ days, history, opening, record }: MonthSample): MonthForecast {
  const us = calendarOf('us');
  const calendar = {
    isWorkingDay: (day: string) => us.isWorkingDay(dayOf(day)),
    knows: (year: number) => us.knows(year),
  };
  const [account] = opening;
  const begin = Money.of(account?.closing ?? '0.00');
  const series = (['inflow', 'outflow'] as const).map((direction: Direction) => ({
    name: direction,
    direction,
    flows: history
      .filter(({ kind }) => kind === direction)
      .map(({ day, amount }) => ({ day, amount: Money.of(amount).toPlainFen() })),
  }));
  const model = fit({ origin: account?.day ?? '', series }, calendar);
  const net = netOf(forecast(model, { horizon: days.length }));
  let running = begin;
  const came = record.map(({ deposits, withdrawals, debtIssued, debtRedeemed }) => {
    running = running
      .plus(Money.of(deposits).minus(Money.of(debtIssued)))
      .minus(Money.of(withdrawals).minus(Money.of(debtRedeemed)));
    return running.toPlainFen();
  });
  return { balance: cumulate(net, 'balance', begin.toPlainFen()), came };
}

/** The forecast beside what came, a row a day. */
export function forecastDays({ balance, came }: MonthForecast): ForecastDay[] {
  const text = (fen = 0): string => Money.ofPlainFen(Math.round(fen)).toString();
  return summarise(balance, [0.1, 0.5, 0.9]).map(({ day, quantiles }, d) => {
    const [low, median, high] = quantiles.map(text);
    return { day, low: low ?? '', median: median ?? '', high: high ?? '', came: text(came[d]) };
  });
}
