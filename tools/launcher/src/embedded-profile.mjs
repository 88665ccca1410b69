// The embedded profile: our own PostgreSQL, Kafka and OpenID provider on the data folder.
import { join } from 'node:path';
import { createDatabase } from '../../embedded/src/database.mjs';
import { startKafka } from '../../embedded/src/kafka.mjs';
import { startOidc } from '../../embedded/src/oidc.mjs';
import { startPostgres } from '../../embedded/src/postgres.mjs';
import { newLog } from './data-folder.mjs';
import { SERVICES } from './services.mjs';

/**
 * Starts the servers and makes the databases with their roles.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {import('./data-folder.mjs').Keys} options.keys
 * @param {import('./services.mjs').Ports} options.ports
 * @param {import('./running.mjs').RunningSystem} options.system
 * @returns {Promise<import('./services.mjs').Surroundings>}
 */
export async function startServers({ folder, keys, ports, system }) {
  const [postgres, kafka, oidc] = await Promise.all([
    added('PostgreSQL', 'postgres', (log) =>
      startPostgres({
        folder: join(folder, 'postgres'),
        port: ports.postgres,
        password: passwordOf(keys, 'postgres'),
        log,
      }),
    ),
    added('Kafka', 'kafka', (log) =>
      startKafka({
        folder: join(folder, 'kafka'),
        port: ports.kafka,
        controllerPort: ports.kafkaController,
        log,
      }),
    ),
    added('The OpenID provider', 'oidc', (log) =>
      startOidc({
        port: ports.oidc,
        people: join(folder, 'people.json'),
        clientSecrets: keys.clientSecrets,
        log,
      }),
    ),
  ]);

  /** @type {import('./services.mjs').Surroundings['databases']} */
  const databases = {};
  for (const { name } of SERVICES) databases[name] = await makeDatabase(name, keys, postgres);
  return {
    ports,
    brokers: kafka.brokers,
    issuer: oidc.issuer,
    databases,
    clientSecrets: keys.clientSecrets,
    dataKey: keys.dataKey,
    auditSigningKey: keys.auditSigningKey,
  };

  /**
   * @template {import('./running.mjs').Running} T
   * @param {string} name
   * @param {string} logName
   * @param {(log: string) => Promise<T>} start
   */
  async function added(name, logName, start) {
    const log = newLog(folder, logName);
    const server = await start(log);
    system.addServer(name, server, log);
    return server;
  }
}

/**
 * @param {string} service
 * @param {import('./data-folder.mjs').Keys} keys
 * @param {import('../../embedded/src/postgres.mjs').Postgres} postgres
 */
async function makeDatabase(service, keys, postgres) {
  const database = `guoku_${service}`;
  const owner = { name: `${service}_owner`, password: passwordOf(keys, `${service}_owner`) };
  const own = { name: `${service}_service`, password: passwordOf(keys, `${service}_service`) };
  await createDatabase(postgres.url, { database, owner, service: own });
  return {
    owner: postgres.urlOf(database, owner.name, owner.password),
    service: postgres.urlOf(database, own.name, own.password),
  };
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
