/** The command line: which words do what, and which exit status they end with. */
import { readArguments } from './arguments.js';
import type { Console } from './console.js';
import { HELP } from './help.js';
import type { Step } from './progress.js';
import { Unusable } from './unusable.js';

/** Runs one command; every trouble of the asker's ends in sentences on standard error, status 2. */
export async function runCommandLine(
  args: readonly string[],
  console: Console,
  step: Step = () => undefined,
): Promise<number> {
  try {
    const read = readArguments(args);
    if (read === undefined) {
      console.out(HELP);
      return 0;
    }
    // Modules are loaded when their command is asked for.
    if (read.command === 'backtest') {
      const { backtestCommand } = await import('./backtest-command.js');
      await backtestCommand(read, console, step);
    } else {
      const { forecastCommand } = await import('./forecast-command.js');
      await forecastCommand(read, console);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    console.err(`${error.message}\n`);
    return 2;
  }
}
