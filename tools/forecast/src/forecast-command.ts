import {
  cumulate,
  fit,
  forecast,
  lowestOfFirst,
  netOf,
  summarise,
  sumOfFirst,
  type Forecast,
  type SeriesPaths,
} from '@guoku/domain-forecast';
import type { Arguments } from './arguments.js';
import type { Console } from './console.js';
import { readInput, type Input } from './input.js';
import { fanPlot } from './plot.js';
import { yuan } from './show.js';
import { summaryOf } from './summary.js';

/** `flows.csv …`: quantiles per day as CSV, or a summary for people; a plot beside it. */
export async function forecastCommand(args: Arguments, console: Console): Promise<void> {
  const input = readInput(args);
  const { frequency, season, horizon, paths } = args;
  const model = fit(input.history, args.calendar, input.known, { frequency, season });
  const ahead = forecast(model, { horizon, paths, known: input.known });
  for (const note of [...input.notes, ...ahead.notes]) console.err(`${note}\n`);
  const shown = shownSeries(ahead, input, args);
  if (args.summary) console.out(summaryOf(shown, args));
  else writeTable(shown, args, console);
  if (args.plot !== undefined) {
    const drawn = shown.findLast(({ name }) => ['balance', 'net'].includes(name)) ?? shown[0];
    if (drawn !== undefined) await fanPlot(args.plot, drawn);
  }
}

/** The series of the file, and the net and the balance where they can be told. */
export function shownSeries(
  ahead: Forecast,
  { hasNet }: Pick<Input, 'hasNet'>,
  { opening }: Pick<Arguments, 'opening'>,
): SeriesPaths[] {
  const net = netOf(ahead);
  return [
    ...ahead.series,
    ...(hasNet ? [net] : []),
    ...(opening === undefined ? [] : [cumulate(net, 'balance', opening)]),
  ];
}

function writeTable(shown: readonly SeriesPaths[], args: Arguments, console: Console): void {
  const { quantiles, windows } = args;
  console.out(`date,series,mean,${quantiles.map((level) => `q${level}`).join(',')}\n`);
  for (const paths of shown) {
    const added = windows.flatMap((window) => windowsOf(paths, window));
    const lines = [paths, ...added].flatMap((each) =>
      summarise(each, quantiles).map((row) =>
        [row.day, each.name, yuan(row.mean), ...row.quantiles.map(yuan)].join(','),
      ),
    );
    console.out(`${lines.join('\n')}\n`);
  }
}

/** The sum of a flow's first days; the lowest cumulated net; the lowest balance. */
function windowsOf(paths: SeriesPaths, window: number): SeriesPaths[] {
  const lowest = `${paths.name}:min${window}`;
  if (paths.name === 'balance') return [lowestOfFirst(paths, lowest, window)];
  const sum = sumOfFirst(paths, window);
  return paths.name === 'net' ? [sum, lowestOfFirst(cumulate(paths, ''), lowest, window)] : [sum];
}
