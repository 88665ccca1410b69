import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from './bound-process.mjs';
import { node24 } from './node.mjs';
import { needPorts } from './ports.mjs';

const READY_WITHIN_MS = 30_000;

/**
 * @typedef {object} Oidc
 * @property {string} issuer as OIDC_ISSUER takes it
 * @property {number} pid
 * @property {Promise<string>} exited resolves to how the provider ended
 * @property {(graceMs?: number) => Promise<void>} stop
 */

/**
 * Starts the OpenID provider and waits until it answers. Dies with this process, whatever kills it.
 *
 * @param {object} options
 * @param {number} options.port under 32768
 * @param {string} options.people path of people.json, read again when it changes; it may appear later
 * @param {Record<string, string>} options.clientSecrets of the service clients, by client id
 * @param {string} [options.log] file for the provider's messages
 * @returns {Promise<Oidc>}
 * @throws {Error} with one sentence where the provider cannot start
 */
export async function startOidc({ port, people, clientSecrets, log = `${people}.log` }) {
  await needPorts(port);
  const issuer = `http://127.0.0.1:${port}`;
  const main = fileURLToPath(new URL('oidc/main.mjs', import.meta.url));
  const server = spawnBound(node24(), [main], {
    output: log,
    env: {
      ...process.env,
      OIDC_ISSUER: issuer,
      HTTP_PORT: String(port),
      OIDC_PEOPLE: people,
      OIDC_CLIENT_SECRETS: JSON.stringify(clientSecrets),
    },
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(issuer))) {
    if (!server.running())
      throw new Error(`The OpenID provider ended at once (${await server.exited}): see ${log}.`);
    if (Date.now() > deadline) {
      await server.stop(0);
      throw new Error(`The OpenID provider does not answer at ${issuer}: see ${log}.`);
    }
    await sleep(50);
  }
  return { issuer, pid: server.pid, exited: server.exited, stop: server.stop };
}

/** @param {string} issuer */
async function answers(issuer) {
  try {
    const signal = AbortSignal.timeout(2000);
    return (await fetch(`${issuer}/.well-known/openid-configuration`, { signal })).ok;
  } catch {
    return false;
  }
}
