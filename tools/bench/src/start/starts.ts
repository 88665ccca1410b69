import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { node24, spawnBound, type BoundProcess } from '@guoku/tool-embedded';
import {
  createTopics,
  embeddedSurroundings,
  migrate,
  openDataFolder,
  SERVICES,
  serviceProgram,
  startBroker,
  startDatabases,
  startProvider,
  type Running,
} from '@guoku/tool-launcher';
import type { choosePorts } from '@guoku/tool-launcher';
import { round } from '../quantiles.js';
import { memoryOf } from './memory.js';

const ROUNDS = 3;
const READY_WITHIN_MS = 60_000;

/** From the spawn until it takes calls, and what it holds then: the median of a few starts. */
export interface Start {
  readonly readyMs: number;
  readonly residentMb: number;
}

interface Program {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly readyUrl: string;
}

/**
 * Starts each service alone on servers of its own, and beside them an empty Nest application and an empty Node.
 *
 * @param folder of the data; it is left with migrated databases
 */
export async function benchStarts(
  folder: string,
  ports: ReturnType<typeof choosePorts>,
): Promise<Record<string, Start>> {
  const servers: Running[] = [];
  const add = (_: string, running: Running) => servers.push(running);
  const system = { addServer: add, addService: add };
  const place = { folder, keys: openDataFolder(folder, false), ports, system };
  const around = embeddedSurroundings(place);
  try {
    await Promise.all([
      startDatabases(place).then(() => migrate(folder, around)),
      startBroker(place).then(() => createTopics(around.brokers)),
      startProvider(place),
    ]);
    const starts: Record<string, Start> = {};
    for (const { name } of SERVICES) {
      const { args, env } = serviceProgram(name, around);
      const readyUrl = `http://127.0.0.1:${String(env['HTTP_PORT'])}/ready`;
      starts[name] = await medianStart({ args, env, readyUrl });
    }
    starts['emptyNest'] = await medianStart(bare('empty-nest.mjs', ports.oidc + 15));
    starts['emptyNode'] = await medianStart(bare('empty-node.mjs', ports.oidc + 15));
    return starts;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function bare(file: string, port: number): Program {
  return {
    args: [fileURLToPath(new URL(file, import.meta.url))],
    env: { ...process.env, HTTP_PORT: String(port) },
    readyUrl: `http://127.0.0.1:${port}/`,
  };
}

async function medianStart(program: Program): Promise<Start> {
  const rounds: Start[] = [];
  for (let nth = 0; nth < ROUNDS; nth += 1) rounds.push(await oneStart(program));
  const median = (of: (start: Start) => number) =>
    rounds.map(of).sort((one, other) => one - other)[(ROUNDS - 1) / 2] ?? Number.NaN;
  return { readyMs: median(({ readyMs }) => readyMs), residentMb: median((one) => one.residentMb) };
}

async function oneStart({ args, env, readyUrl }: Program): Promise<Start> {
  const beganMs = performance.now();
  const program = spawnBound(node24(), [...args], { env });
  try {
    while (!(await answers(readyUrl))) await mayStillAnswer(program, beganMs);
    const readyMs = round(performance.now() - beganMs, 0);
    return { readyMs, residentMb: memoryOf([program.pid]).residentMb };
  } finally {
    await program.stop();
  }
}

async function mayStillAnswer(program: BoundProcess, beganMs: number): Promise<void> {
  if (!program.running()) throw new Error(`it has ended: ${await program.exited}`);
  if (performance.now() - beganMs > READY_WITHIN_MS) throw new Error('it does not become ready');
  await sleep(5);
}

/** An empty Nest application answers 404, which is an answer. */
async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return status < 500;
  } catch {
    return false;
  }
}
