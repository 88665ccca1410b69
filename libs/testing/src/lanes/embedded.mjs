// The servers of the embedded profile, in a folder of their own. They die with jest, whatever kills it.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startKafka, startPostgres } from '@guoku/tool-embedded';

const PREFIX = 'guoku-test-';

/** @type {string | undefined} */
let place;
let users = 0;

function folder() {
  if (!place) {
    removeFoldersOfKilledRuns();
    place = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  }
  users += 1;
  mkdirSync(place, { recursive: true });
  return place;
}

function leave() {
  users -= 1;
  if (users === 0 && place) rmSync(place, { recursive: true, force: true });
}

function removeFoldersOfKilledRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (!pid || isRunning(Number(pid))) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @type {import('../global-setup.mjs').Lane} */
export const embedded = {
  async postgres() {
    const [port = 0] = await freePorts(1);
    const settings = { max_connections: '200' };
    const server = await startPostgres({ folder: join(folder(), 'postgres'), port, settings });
    return {
      answer: { url: server.url },
      async stop() {
        await server.stop();
        leave();
      },
    };
  },
  async kafka() {
    const [port = 0, controllerPort = 0] = await freePorts(2);
    const server = await startKafka({ folder: join(folder(), 'kafka'), port, controllerPort });
    return {
      answer: { brokers: server.brokers },
      async stop() {
        await server.stop();
        leave();
      },
    };
  },
};
