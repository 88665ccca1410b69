/** `npm run -s forecast -- flows.csv --horizon 60 --calendar us`: quantiles per day as CSV. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calendarOf, dayOf } from '@guoku/calendar';
import {
  cumulate,
  fit,
  forecast,
  netOf,
  summarise,
  usualQuantiles,
  type SeriesPaths,
} from '@guoku/domain-forecast';
import { readFlows } from './flows.js';

const help =
  'npm run -s forecast -- flows.csv [--horizon 60] [--calendar cn|us|weekdays] [--origin DAY] [--opening 8000000.00]';

function run(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      horizon: { type: 'string', default: '60' },
      calendar: { type: 'string', default: 'cn' },
      origin: { type: 'string' },
      opening: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  const horizon = Number(values.horizon);
  const name = (['cn', 'us', 'weekdays'] as const).find((known) => known === values.calendar);
  const opening =
    values.opening === undefined ? undefined : Math.round(Number(values.opening) * 100);
  const sound = Number.isInteger(horizon) && horizon > 0 && !Number.isNaN(opening);
  if (values.help || file === undefined || name === undefined || !sound) {
    process.stderr.write(`${help}\n`);
    return values.help ? 0 : 2;
  }
  const { history, faults } = readFlows(readFileSync(file, 'utf8'), values.origin);
  if (history === undefined) {
    process.stderr.write(`${faults.join('\n')}\n`);
    return 2;
  }
  const calendar = calendarOf(name);
  const model = fit(history, {
    isWorkingDay: (day) => calendar.isWorkingDay(dayOf(day)),
    knows: (year) => calendar.knows(year),
  });
  const result = forecast(model, { horizon });
  for (const note of result.notes) process.stderr.write(`${note}\n`);
  const shown: SeriesPaths[] = [...result.series];
  if (new Set(result.series.map(({ direction }) => direction)).size === 2) {
    shown.push({ ...netOf(result), name: 'net' });
  }
  if (opening !== undefined) {
    shown.push(cumulate(netOf(result), 'balance', opening));
  }
  print(shown);
  return 0;
}

const yuan = (fen: number): string => (Math.round(fen) / 100).toFixed(2);

function print(shown: readonly SeriesPaths[]): void {
  process.stdout.write(`date,series,mean,${usualQuantiles.map((q) => `q${q}`).join(',')}\n`);
  for (const paths of shown) {
    for (const { day, mean, quantiles } of summarise(paths)) {
      const cells = [day, paths.name, yuan(mean), ...quantiles.map(yuan)];
      process.stdout.write(`${cells.join(',')}\n`);
    }
  }
}

process.exitCode = run();
