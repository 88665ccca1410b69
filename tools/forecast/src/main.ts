/** `npm run -s forecast -- …`: forecasts, backtests, benchmarks; see `--help`. */
import { runCommandLine } from './command-line.js';
import { withProgress } from './progress.js';

const console = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};
const args = process.argv.slice(2);

/** Trials of the forecaster itself, which take no file; loaded when they are asked for. */
const trials: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  bench: async (rest) => (await import('./bench/bench.js')).bench(rest),
  prove: async (rest) => (await import('./prove.js')).prove(rest),
};
const trial = trials[args[0] ?? ''];

process.exitCode = await withProgress('forecast 预测', (step) =>
  trial === undefined ? runCommandLine(args, console, step) : trial(args.slice(1)),
);
