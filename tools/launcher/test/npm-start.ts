import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, portIsFree } from '@guoku/tool-embedded';

/** One process as it stood: its id may be given to another later, its start time not. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly begun: string;
  readonly command: string;
}

/** `npm start` on a data folder and ports of its own, as a user types it. */
export class NpmStart {
  output = '';
  readonly exited: Promise<number>;
  readonly #npm: ChildProcess;

  constructor(args: string[], env: NodeJS.ProcessEnv = {}) {
    this.#npm = spawn('npm', ['start', '--', ...args], {
      cwd: import.meta.dirname,
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
    const all = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0)
      .flatMap((pid) => lookAt(pid) ?? []);
    const found = all.filter(({ pid }) => pid === this.#npm.pid);
    for (const process of found) found.push(...all.filter(({ parent }) => parent === process.pid));
    return found;
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

function lookAt(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[1]), begun: fields[19] ?? '', command };
  } catch {
    return undefined;
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

/** The first of twenty ports that are free now. */
export async function freeBlock(): Promise<number> {
  for (;;) {
    const [first = 0] = await freePorts(1);
    const block = Array.from({ length: 20 }, (_, index) => first + index);
    const free = await Promise.all(block.map((port) => portIsFree(port)));
    if (first < 31_900 && free.every(Boolean)) return first;
  }
}
