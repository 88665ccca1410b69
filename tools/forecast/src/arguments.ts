import { parseArgs } from 'node:util';
import { calendarOf, dayOf, isDay, type CalendarName } from '@guoku/calendar';
import {
  frequencies,
  periodNumber,
  usualQuantiles,
  type Frequency,
  type WorkingCalendar,
} from '@guoku/domain-forecast';
import { Money } from '@guoku/money';
import { codeOf, Unusable } from './unusable.js';

/** What was asked for on the command line, after it was read. Amounts are whole fen. */
export interface Arguments {
  readonly command: 'forecast' | 'backtest';
  readonly file: string;
  readonly horizon: number;
  readonly calendar: WorkingCalendar;
  readonly origin: string | undefined;
  readonly quantiles: readonly number[];
  readonly windows: readonly number[];
  readonly known: string | undefined;
  readonly opening: number | undefined;
  readonly floor: number;
  readonly series: readonly string[] | undefined;
  readonly frequency: Frequency;
  readonly season: number;
  readonly paths: number;
  readonly summary: boolean;
  readonly plot: string | undefined;
  readonly language: 'zh' | 'en';
  readonly from: string;
  readonly to: string;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  ...{ horizon: text, calendar: text, origin: text, quantiles: text, windows: text, known: text },
  ...{ opening: text, floor: text, series: text, frequency: text, season: text, paths: text },
  ...{ plot: text, lang: text, from: text, to: text, summary: flag },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const SEASONS: Readonly<Record<Frequency, number>> = {
  daily: 1,
  weekly: 52,
  monthly: 12,
  hourly: 24,
  none: 1,
};

const EARLIEST: Readonly<Record<Frequency, string>> = {
  ...{ daily: '1900-01-01', weekly: '1900-01-01', monthly: '1900-01' },
  ...{ hourly: '1900-01-01T00:00', none: '0' },
};
const LATEST: Readonly<Record<Frequency, string>> = {
  ...{ daily: '2199-12-31', weekly: '2199-12-31', monthly: '2199-12' },
  ...{ hourly: '2199-12-31T23:00', none: '999999999' },
};

/**
 * Reads the command line; undefined is a call for help.
 * @throws Unusable with every fault at once
 */
export function readArguments(args: readonly string[]): Arguments | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const reader = new Reader();
  const command = positionals[0] === 'backtest' ? 'backtest' : 'forecast';
  const [file, ...more] = command === 'backtest' ? positionals.slice(1) : positionals;
  if (file === undefined || more.length > 0) reader.faults.push('expected one file; see --help');
  const isBacktest = command === 'backtest';
  const frequency = reader.oneOf('--frequency', values.frequency ?? 'daily', frequencies, 'daily');
  const label = (option: string, given: string | undefined, otherwise: string): string =>
    reader.label(option, given, frequency) ?? otherwise;
  const horizon = reader.count('--horizon', values.horizon ?? (isBacktest ? '20' : '60'), 1000);
  const origin = values.origin;
  if (origin !== undefined) label('--origin', origin, '');
  const windows = reader.list('--windows', values.windows, (each) =>
    reader.count('--windows', each, horizon),
  );
  const found: Arguments = {
    command,
    file: file ?? '',
    horizon,
    calendar: reader.calendar(values.calendar ?? 'cn'),
    origin,
    quantiles: values.quantiles === undefined ? usualQuantiles : reader.levels(values.quantiles),
    windows,
    known: values.known,
    opening: values.opening === undefined ? undefined : reader.fen('--opening', values.opening),
    floor: reader.fen('--floor', values.floor ?? '0.00'),
    series: values.series?.split(','),
    frequency,
    season: reader.count('--season', values.season ?? String(SEASONS[frequency]), 100_000),
    paths: reader.count('--paths', values.paths ?? (isBacktest ? '500' : '1000'), 100_000),
    summary: values.summary,
    plot: values.plot,
    language: reader.oneOf('--lang', values.lang ?? 'en', ['zh', 'en'] as const, 'en'),
    from: label('--from', values.from, EARLIEST[frequency]),
    to: label('--to', values.to, LATEST[frequency]),
  };
  if (values.plot !== undefined && !/\.(svg|png)$/.test(values.plot)) {
    reader.faults.push('--plot takes a name that ends in .svg or .png');
  }
  if (reader.faults.length > 0) throw new Unusable(reader.faults);
  return found;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    if (!codeOf(error).startsWith('ERR_PARSE_ARGS')) throw error;
    throw new Unusable([String(error).replace(/^\w+: /, '')]);
  }
}

/** Reads one option after the other and keeps what is wrong. */
class Reader {
  readonly faults: string[] = [];

  oneOf<Name extends string>(
    option: string,
    given: string,
    names: readonly Name[],
    otherwise: Name,
  ): Name {
    const found = names.find((name) => name === given);
    if (found === undefined) this.faults.push(`${option} takes ${names.join(', ')}, not ${given}`);
    return found ?? otherwise;
  }

  count(option: string, given: string, most: number): number {
    const count = /^\d{1,9}$/.test(given) ? Number(given) : 0;
    if (count >= 1 && count <= most) return count;
    this.faults.push(`${option} takes whole numbers from 1 to ${most}, not ${given}`);
    return 1;
  }

  list<Item>(option: string, given: string | undefined, item: (text: string) => Item): Item[] {
    if (given === undefined) return [];
    const parts = given.split(',');
    if (new Set(parts).size < parts.length) this.faults.push(`${option} names one of them twice`);
    return parts.map(item);
  }

  levels(given: string): number[] {
    return this.list('--quantiles', given, (each) => {
      const level = /^0?\.\d{1,6}$/.test(each) ? Number(each) : 0;
      if (level <= 0) this.faults.push(`--quantiles takes levels between 0 and 1, not ${each}`);
      return level;
    });
  }

  fen(option: string, given: string): number {
    const reading = Money.parse(given);
    const most = BigInt(Number.MAX_SAFE_INTEGER);
    const fen = reading.ok ? reading.money.toFen() : most + 1n;
    if (reading.ok && fen <= most && fen >= -most) return reading.money.toPlainFen();
    this.faults.push(`${option} takes an amount such as 8000000.00, not ${given}`);
    return 0;
  }

  label(option: string, given: string | undefined, frequency: Frequency): string | undefined {
    if (given !== undefined && periodNumber(frequency, given) === undefined) {
      this.faults.push(`${option} takes a day such as 2018-12-31, not ${given}`);
      return undefined;
    }
    return given;
  }

  calendar(given: string): WorkingCalendar {
    const names: readonly CalendarName[] = ['cn', 'us', 'weekdays'];
    const calendar = calendarOf(this.oneOf('--calendar', given, names, 'cn'));
    return {
      isWorkingDay: (day) => isDay(day) && calendar.isWorkingDay(dayOf(day)),
      knows: (year) => calendar.knows(year),
    };
  }
}
