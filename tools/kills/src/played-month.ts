import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, spawnBound } from '@guoku/tool-embedded';
import { ROOT, toolEnvironment } from '@guoku/tool-launcher';
import type { Step } from './kill-plan.js';
import type { StandingSystem } from './standing-system.js';

export interface PlayedMonth {
  readonly steps: readonly Step[];
  /** Exit status 0: every proof of the month holds. */
  readonly how: string;
  /** What differs from run to run is left out of it. */
  readonly books: string;
  /** The last lines of the program, for whoever looks for the cause of a failure. */
  readonly lastWords: string;
}

/** `   1.2 s  what has been done`, as the month says it. */
const STEP = /^ *\d+\.\d s {2}(.*)$/;

/**
 * Plays the sample month through the public doors of the system.
 *
 * @param until the last day to play; the whole month where it is undefined
 * @param onStep told of every line of progress, with its place
 */
export async function playMonth(
  system: StandingSystem,
  until: string | undefined,
  onStep: (step: number, text: string) => void,
): Promise<PlayedMonth> {
  const { folder, around } = system;
  const steps: Step[] = [];
  let output = '';
  let unread = '';
  const month = spawnBound(
    node24(),
    [join(ROOT, 'tools/month/dist/main.js'), ...(until === undefined ? [] : ['--until', until])],
    {
      cwd: ROOT,
      env: toolEnvironment(around, folder),
      output: (text) => {
        output += text;
        const lines = (unread + text).split('\n');
        unread = lines.pop() ?? '';
        for (const line of lines) {
          const said = STEP.exec(line)?.[1];
          if (said === undefined) continue;
          steps.push({ text: said, atMs: performance.now() });
          onStep(steps.length - 1, said);
        }
      },
    },
  );
  const how = await Promise.race([month.exited, system.ended]);
  await month.stop(0);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(join(folder, 'logs', 'month.log'), output);
  const books = join(folder, 'report', 'books.json');
  return {
    steps,
    how,
    books: existsSync(books) ? readFileSync(books, 'utf8') : '',
    lastWords: output.trim().split('\n').slice(-12).join('\n'),
  };
}
