// The embedded profile: our own PostgreSQL, Kafka and OpenID provider on the data folder.
import { join } from 'node:path';
import { createDatabase } from '../../embedded/src/database.mjs';
import { startKafka } from '../../embedded/src/kafka.mjs';
import { startOidc } from '../../embedded/src/oidc.mjs';
import { startPostgres } from '../../embedded/src/postgres.mjs';
import { newLog } from './data-folder.mjs';
import { SERVICES } from './services.mjs';

/**
 * @typedef {object} Place
 * @property {string} folder
 * @property {import('./data-folder.mjs').Keys} keys
 * @property {import('./services.mjs').Ports} ports
 * @property {import('./running.mjs').Keeper} system
 */

/**
 * @param {Omit<Place, 'system'>} place
 * @returns {import('./services.mjs').Surroundings} what the services will find once the servers run
 */
export function embeddedSurroundings({ keys, ports }) {
  const urlOf = (/** @type {string} */ role, /** @type {string} */ service) =>
    `postgresql://${role}:${passwordOf(keys, role)}@127.0.0.1:${ports.postgres}/guoku_${service}`;
  return {
    ports,
    brokers: `127.0.0.1:${ports.kafka}`,
    issuer: `http://127.0.0.1:${ports.oidc}`,
    databases: Object.fromEntries(
      SERVICES.map(({ name }) => [
        name,
        { owner: urlOf(`${name}_owner`, name), service: urlOf(`${name}_service`, name) },
      ]),
    ),
    clientSecrets: keys.clientSecrets,
    dataKey: keys.dataKey,
    auditSigningKey: keys.auditSigningKey,
  };
}

/**
 * PostgreSQL, with the databases and roles of all services.
 *
 * @param {Place} place
 */
export async function startDatabases({ folder, keys, ports, system }) {
  const log = newLog(folder, 'postgres');
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    port: ports.postgres,
    password: passwordOf(keys, 'postgres'),
    log,
  });
  system.addServer('PostgreSQL', postgres, log);
  const role = (/** @type {string} */ name) => ({ name, password: passwordOf(keys, name) });
  for (const { name } of SERVICES) {
    await createDatabase(postgres.url, {
      database: `guoku_${name}`,
      owner: role(`${name}_owner`),
      service: role(`${name}_service`),
    });
  }
}

/** @param {Place} place */
export async function startBroker({ folder, ports, system }) {
  const log = newLog(folder, 'kafka');
  const kafka = await startKafka({
    folder: join(folder, 'kafka'),
    port: ports.kafka,
    controllerPort: ports.kafkaController,
    log,
  });
  system.addServer('Kafka', kafka, log);
}

/** @param {Place} place */
export async function startProvider({ folder, keys, ports, system }) {
  const log = newLog(folder, 'oidc');
  const oidc = await startOidc({
    port: ports.oidc,
    people: join(folder, 'people.json'),
    clientSecrets: keys.clientSecrets,
    log,
  });
  system.addServer('The OpenID provider', oidc, log);
}

/**
 * @param {import('./data-folder.mjs').Keys} keys
 * @param {string} role
 */
function passwordOf(keys, role) {
  const password = keys.passwords[role];
  if (!password) throw new Error(`keys.json has no password of ${role}.`);
  return password;
}
