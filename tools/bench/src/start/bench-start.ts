import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeBlock, processTree, spawnBound } from '@guoku/tool-embedded';
import { choosePorts, ROOT, SERVICES } from '@guoku/tool-launcher';
import { round } from '../quantiles.js';
import { cpuSecondsOf, memoryOf } from './memory.js';
import { benchStarts } from './starts.js';

const IDLE_SECONDS = 60;
const READY_WITHIN_MS = 120_000;
const AIMS = { serviceMb: 180, systemMb: 1536, cpuPercentOfOneCore: 25 };

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * How soon each service takes calls and what it holds, then and after a minute in which nobody calls; and what the whole
 * embedded system takes in that minute, npm and the launcher with it.
 */
export async function benchStart(): Promise<object> {
  const place = mkdtempSync(join(tmpdir(), 'guoku-bench-'));
  const folder = join(place, 'data');
  const first = await freeBlock(20);
  try {
    say('Each service alone, an empty Nest application and an empty Node');
    const starts = await benchStarts(folder, choosePorts(first));
    const { services, system } = await benchIdle(folder, first);
    for (const [name, { readyMs, residentMb }] of Object.entries(starts)) {
      const idle = services[name];
      say(
        `${name.padEnd(10)} ready in ${readyMs} ms with ${residentMb} MB` +
          (idle === undefined ? '' : `, ${idle} MB after ${IDLE_SECONDS} s at rest`),
      );
    }
    say(`the system at rest: ${JSON.stringify(system)}`);
    const machine = { cores: cpus().length, node: process.version };
    return { bench: 'start', starts, idleMb: services, system, aims: AIMS, machine };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** `npm start` as a user types it, at rest. */
async function benchIdle(folder: string, firstPort: number) {
  let output = '';
  const args = ['start', '--', '--no-month', '--folder', folder, '--ports', String(firstPort)];
  const npm = spawnBound('npm', args, { cwd: ROOT, output: (text) => (output += text) });
  try {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!output.includes('Ctrl-C stops')) {
      if (!npm.running() || Date.now() > deadline) throw new Error(`npm start fails:\n${output}`);
      await sleep(100);
    }
    say(`The whole system at rest for ${IDLE_SECONDS} s`);
    const before = cpuSecondsOf(pidsOf(npm.pid));
    await sleep(IDLE_SECONDS * 1000);
    const cpuSeconds = cpuSecondsOf(pidsOf(npm.pid)) - before;
    return partsOf(npm.pid, cpuSeconds);
  } finally {
    await npm.stop(20_000, 'SIGINT');
  }
}

function pidsOf(first: number): number[] {
  return processTree(first).map(({ pid }) => pid);
}

/** The services, the servers, and what is left: npm, its shell and the launcher. */
function partsOf(npm: number, cpuSeconds: number) {
  const tree = processTree(npm);
  const partOf = (command: string): number[] => {
    const found = tree.find((one) => one.command.includes(command));
    if (found === undefined) throw new Error(`${command} does not run`);
    return pidsOf(found.pid);
  };
  const services = SERVICES.map(({ name }) => [name, partOf(`apps/${name}/dist/main`)] as const);
  const servers = [
    ['postgres', partOf('/bin/postgres -D')],
    ['kafka', partOf('kafka.Kafka')],
    ['provider', partOf('oidc/main')],
  ] as const;
  const parts = [...services, ...servers];
  const known = new Set(parts.flatMap(([, pids]) => pids));
  const launcher = pidsOf(npm).filter((pid) => !known.has(pid));
  return {
    services: Object.fromEntries(services.map(([name, pids]) => [name, memoryOf(pids).residentMb])),
    system: {
      ...memoryOf(pidsOf(npm)),
      cpuPercentOfOneCore: round((cpuSeconds / IDLE_SECONDS) * 100, 1),
      ofIt: Object.fromEntries(
        [...servers, ['launcher', launcher] as const].map(([name, pids]) => [name, memoryOf(pids)]),
      ),
    },
  };
}
