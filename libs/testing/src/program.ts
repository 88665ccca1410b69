import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own, which a test may kill. */
export interface Program {
  /** Lines it has printed on standard output so far. */
  readonly lines: readonly string[];
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
}

/**
 * Runs a TypeScript file as it is, without a build, with this environment on top of the test's own.
 */
export function runProgram(path: string, environment: Readonly<Record<string, string>>): Program {
  const hooks = fileURLToPath(new URL('./typescript-hooks.mjs', import.meta.url));
  // Dies with the test as well, whatever kills that.
  const child = spawn(
    'setpriv',
    ['--pdeathsig=KILL', process.execPath, '--no-warnings', '--import', hooks, path],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line !== ''));
  });
  return {
    lines,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
