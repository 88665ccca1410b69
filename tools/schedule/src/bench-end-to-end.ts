/** From a file to a plan by the real command line, in a process of its own, so that its memory is its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProblemText } from './trial/problem-text.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
const LOOK_EVERY_MS = 50;

export interface EndToEnd {
  readonly problemMiB: number;
  readonly seconds: number;
  /** Most that the process ever had resident. */
  readonly memoryMiB: number;
  readonly exit: number | null;
}

/** Writes a problem request by request: as one string the largest would not fit. */
async function writeProblem({ requests, ...rest }: ProblemText, file: string): Promise<void> {
  const out = await open(file, 'w');
  try {
    await out.write(`${JSON.stringify(rest).slice(0, -1)},"requests":[`);
    for (let from = 0; from < requests.length; from += 10_000) {
      const lines = requests.slice(from, from + 10_000).map((request) => JSON.stringify(request));
      await out.write(`${from === 0 ? '' : ','}${lines.join(',')}`);
    }
    await out.write(']}\n');
  } finally {
    await out.close();
  }
}

/** The kernel's own high-water mark; 0 once the process has ended. */
async function mostResident(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** Reads, plans (with the cures that a plan has by default) and writes one problem. */
export async function endToEnd(problem: ProblemText): Promise<EndToEnd> {
  const folder = await mkdtemp(join(tmpdir(), 'guoku-bench-'));
  try {
    const file = join(folder, 'problem.json');
    await writeProblem(problem, file);
    const { size } = await stat(file);
    const out = await open(join(folder, 'plan.json'), 'w');
    const start = performance.now();
    const child = spawn(process.execPath, [MAIN, file], { stdio: ['ignore', out.fd, 'ignore'] });
    let memoryMiB = 0;
    const watch = setInterval(() => {
      void mostResident(child.pid ?? 0).then((most) => {
        memoryMiB = Math.max(memoryMiB, Math.round(most));
      });
    }, LOOK_EVERY_MS);
    await once(child, 'close');
    clearInterval(watch);
    const seconds = Number(((performance.now() - start) / 1000).toFixed(2));
    await out.close();
    return { problemMiB: Math.round(size / 2 ** 20), seconds, memoryMiB, exit: child.exitCode };
  } finally {
    await rm(folder, { recursive: true });
  }
}
