// Jest's global set-up: offers the servers that integration tests need. A server starts when the
// first test asks for it (servers.ts does), so that a run of pure tests starts none, and serves the
// whole run. GUOKU_TEST_SERVERS says which servers these are: `embedded` (default), `containers`,
// or `given` (GUOKU_TEST_POSTGRES_URL, GUOKU_TEST_KAFKA_BROKERS).
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { containers } from './lanes/containers.mjs';
import { embedded } from './lanes/embedded.mjs';
import { given } from './lanes/given.mjs';
import { oidc, tokenFor } from './lanes/oidc.mjs';

const LANES = { embedded, containers, given };

/**
 * @typedef {{ answer: Record<string, string>, stop: () => Promise<void> }} Started
 * @typedef {Record<'postgres' | 'kafka', () => Promise<Started>>} Lane
 */

/** @returns {Lane} */
function chosenLane() {
  const name = process.env['GUOKU_TEST_SERVERS'] ?? 'embedded';
  if (name === 'embedded' || name === 'containers' || name === 'given') return LANES[name];
  throw new Error(`GUOKU_TEST_SERVERS is ${name}; it may be ${Object.keys(LANES).join(', ')}`);
}

export default async function offerServers() {
  const starters = { ...chosenLane(), oidc };
  /** @type {Map<string, Promise<Started>>} */
  const started = new Map();

  /** @param {string} name */
  async function server(name) {
    if (name !== 'postgres' && name !== 'kafka' && name !== 'oidc') {
      throw new Error(`there is no server ${name}`);
    }
    const running = started.get(name) ?? starters[name]();
    started.set(name, running);
    return (await running).answer;
  }

  const door = createServer(async (request, response) => {
    const wanted = (request.url ?? '/').slice(1);
    try {
      if (wanted === 'token') {
        await server('oidc');
        /** @type {any} */
        const wish = await json(request);
        response.end(JSON.stringify({ token: await tokenFor(wish) }));
        return;
      }
      response.end(JSON.stringify(await server(wanted)));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error));
    }
  });
  // Node's own five seconds end between one test file and the next, in the middle of a question.
  door.keepAliveTimeout = 600_000;
  await new Promise((resolve) => door.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = door.address();
  if (typeof address !== 'object' || !address) throw new Error('the door has no port');
  process.env['GUOKU_TEST_DOOR'] = `http://127.0.0.1:${address.port}`;

  Reflect.set(globalThis, 'guokuStopServers', async () => {
    door.closeAllConnections();
    door.close();
    const servers = await Promise.allSettled(started.values());
    await Promise.all(
      servers.map((server) => (server.status === 'fulfilled' ? server.value.stop() : undefined)),
    );
  });
}
