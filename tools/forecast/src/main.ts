/** `npm run -s forecast -- …`: forecasts, backtests, benchmarks; see `--help`. */
import { runCommandLine } from './command-line.js';
import { withProgress } from './progress.js';

const console = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};
const args = process.argv.slice(2);

process.exitCode = await withProgress('forecast 预测', (step) =>
  runCommandLine(args, console, step),
);
