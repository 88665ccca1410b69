/** The command line: which words do what, and which exit status they end with. */
import { parseArgs } from 'node:util';
import type { Arguments } from './arguments.js';
import { HELP, TRIAL_HELP } from './help.js';
import { Unusable } from './input.js';

interface Command {
  readonly run: (args: Arguments) => Promise<number>;
  readonly files: readonly [least: number, most: number];
}

const ONE = [1, 1] as const;
const TWO = [2, 2] as const;
const THREE = [3, 3] as const;

/** Modules are loaded when their command is asked for: the planner starts without what it does not need. */
const COMMANDS: Readonly<Record<string, Command>> = {
  plan: { files: ONE, run: async (args) => (await import('./plan-command.js')).planCommand(args) },
  batch: {
    files: ONE,
    run: async (args) => (await import('./plan-command.js')).batchCommand(args),
  },
  check: {
    files: TWO,
    run: async (args) => (await import('./check-command.js')).checkCommand(args),
  },
  diff: {
    files: TWO,
    run: async (args) => (await import('./what-if-commands.js')).diffCommand(args),
  },
  breakpoints: {
    files: ONE,
    run: async (args) => (await import('./what-if-commands.js')).breakpointsCommand(args),
  },
  'from-csv': {
    files: THREE,
    run: async (args) => (await import('./sheet-command.js')).sheetCommand(args),
  },
};

/** Trials of the planner itself, which take counts, seeds and names instead of files. */
const TRIALS = {
  fuzz: async (args: readonly string[]) => (await import('./fuzz.js')).fuzz(args),
  bench: async (args: readonly string[]) => (await import('./bench.js')).bench(args),
  prove: async (args: readonly string[]) => (await import('./prove/prove.js')).prove(args),
};

function isTrial(word: string | undefined): word is keyof typeof TRIALS {
  return word !== undefined && Object.hasOwn(TRIALS, word);
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      summary: { type: 'boolean' },
      lang: { type: 'string' },
      cures: { type: 'string' },
      step: { type: 'string' },
      again: { type: 'boolean' },
      batch: { type: 'boolean' },
    },
  });
}

async function runCommand(args: readonly string[]): Promise<number> {
  const [word, ...rest] = args;
  if (isTrial(word)) {
    if (!rest.includes('--help') && !rest.includes('-h')) return TRIALS[word](rest);
    process.stdout.write(TRIAL_HELP[word]);
    return 0;
  }
  const { values, positionals } = readArguments(args);
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const [first = ''] = positionals;
  const named = first !== 'plan' && first !== 'batch' && COMMANDS[first] !== undefined;
  const name = named ? first : values.batch === true ? 'batch' : 'plan';
  const files = named ? positionals.slice(1) : positionals;
  const command = COMMANDS[name];
  if (values.lang !== undefined && values.lang !== 'zh' && values.lang !== 'en') {
    throw new Unusable('--lang takes zh or en');
  }
  if (command === undefined || files.length < command.files[0] || files.length > command.files[1]) {
    throw new Unusable(`expected ${command?.files[0] ?? 1} file(s); see --help`);
  }
  return command.run({
    files,
    summary: values.summary === true,
    language: values.lang ?? 'en',
    cures: values.cures,
    step: values.step,
    again: values.again === true,
  });
}

/** Runs one command; every trouble ends in one sentence on standard error, never in a stack trace. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    return await runCommand(args);
  } catch (error) {
    if (error instanceof Unusable || (error instanceof TypeError && 'code' in error)) {
      process.stderr.write(`schedule: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}
