// The migration of each service's database, and a service until it is ready.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from '../../embedded/src/bound-process.mjs';
import { node24 } from '../../embedded/src/node.mjs';
import { newLog } from './data-folder.mjs';
import { Refused } from './refused.mjs';
import { migrationEnvironment, serviceEnvironment, SERVICES } from './services.mjs';
import { ROOT } from './workspace.mjs';

const READY_WITHIN_MS = 60_000;

/**
 * Options of Node for a service. Its own 16 MB for each half of the young generation let a service at rest take 175 to
 * 230 MB; with 4 MB it takes 140 to 150.
 */
export const SERVICE_OPTIONS = ['--max-semi-space-size=4'];

/**
 * @param {string} folder
 * @param {import('./services.mjs').Surroundings} around
 * @throws {Refused} that names the service whose migration failed
 */
export async function migrate(folder, around) {
  await Promise.all(
    SERVICES.map(async ({ name }) => {
      const log = newLog(folder, `${name}-migrate`);
      const how = await spawnBound(node24(), [mainOf(name), 'migrate'], {
        cwd: ROOT,
        env: migrationEnvironment(name, around),
        output: log,
      }).exited;
      if (how === 'exit status 0') return;
      throw new Refused(
        `The migration of ${name} failed (${how}):\n${tail(log)}\nAll of it is in ${log}.`,
      );
    }),
  );
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {import('./services.mjs').Surroundings} around
 * @param {import('./running.mjs').Keeper} system is given the service before it is ready
 * @throws {Refused} that names the service where it does not become ready
 */
export async function startService(name, folder, around, system) {
  const log = newLog(folder, name);
  const { args, env } = serviceProgram(name, around);
  const service = spawnBound(node24(), args, { cwd: ROOT, env, output: log });
  system.addService(name, service, log);
  const url = `http://127.0.0.1:${around.ports.services[name]?.http}/ready`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (!service.running()) throw new Refused(`${name} has ended: see ${log}.`);
    if (Date.now() > deadline) throw new Refused(`${name} does not become ready: see ${log}.`);
    await sleep(100);
  }
}

/**
 * @param {string} name
 * @param {import('./services.mjs').Surroundings} around
 * @returns {{ args: string[], env: NodeJS.ProcessEnv }} how Node runs the service
 */
export function serviceProgram(name, around) {
  return { args: [...SERVICE_OPTIONS, mainOf(name)], env: serviceEnvironment(name, around) };
}

/** @param {string} url */
async function isReady(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** @param {string} service */
function mainOf(service) {
  return join(ROOT, 'apps', service, 'dist', 'main.js');
}

/** @param {string} file */
function tail(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-8).join('\n') : '';
}
