import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookAt, processTree, type Process } from '@guoku/tool-embedded';
import { ROOT } from '../src/workspace.mjs';

/** `npm start` on a data folder and ports of its own, as a user types it. */
export class NpmStart {
  output = '';
  readonly exited: Promise<number>;
  readonly #npm: ChildProcess;

  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    this.#npm = spawn('npm', ['start', '--', ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#npm.stdout, this.#npm.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exited = new Promise((resolve) => {
      this.#npm.once('exit', (code) => resolve(code ?? -1));
    });
  }

  /** npm first, then whatever has come of it. */
  tree(): Process[] {
    return processTree(this.#npm.pid ?? 0);
  }

  async says(text: string, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!this.output.includes(text)) {
      if (Date.now() > deadline || this.#npm.exitCode !== null) {
        throw new Error(`npm start does not say "${text}":\n${this.output}`);
      }
      await sleep(50);
    }
  }

  /** What the terminal does on Ctrl-C: the signal goes to all in the foreground. */
  interrupt(): void {
    process.kill(-(this.#npm.pid ?? 0), 'SIGINT');
  }
}

/** Those that still run after the time given, or none as soon as all have ended. */
export async function stillRunning(processes: Process[], withinMs: number): Promise<string[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const left = processes.filter(({ pid, begun }) => lookAt(pid)?.begun === begun);
    if (left.length === 0 || Date.now() > deadline) return left.map(({ command }) => command);
    await sleep(50);
  }
}
