// `npm start`: installs what is missing, starts the whole system on this machine, plays the sample month, and stays
// until Ctrl-C. Runs under Node 20 with its built-ins only until the packages stand.
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnBound } from '../embedded/src/bound-process.mjs';
import { node24 } from '../embedded/src/node.mjs';
import { build } from './src/build.mjs';
import { needVersion, openDataFolder, OUR_FOLDER } from './src/data-folder.mjs';
import {
  embeddedSurroundings,
  startBroker,
  startDatabases,
  startProvider,
} from './src/embedded-profile.mjs';
import { readGivenSurroundings } from './src/given-profile.mjs';
import { installKafka, installPackages, packagesAreInstalled } from './src/install.mjs';
import {
  needAccount,
  needDisk,
  needFreePorts,
  needJavaAndMaven,
  needLinux,
} from './src/machine.mjs';
import { step } from './src/progress.mjs';
import { Refused } from './src/refused.mjs';
import { runUntilTheEnd } from './src/running.mjs';
import { choosePorts, SERVICES, toolEnvironment } from './src/services.mjs';
import { migrate, startService } from './src/start-services.mjs';
import { createTopics } from './src/topics.mjs';
import { ROOT } from './src/workspace.mjs';

const USAGE = `npm start -- [options]
  --fresh           throw the data away and begin anew
  --once            end after the result of the sample month; exit status 1 where a proof does not hold
  --profile given   use the PostgreSQL, Kafka and OpenID provider that the environment names; no sample month
  --no-month        do not play the sample month
  --servers-only    start PostgreSQL, Kafka and the OpenID provider, no services
  --folder PATH     keep the data elsewhere than in .guoku
  --ports N         use a block of twenty ports from N on, for a second system beside the first`;

/** @returns what the command line asks for */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        fresh: { type: 'boolean', default: false },
        once: { type: 'boolean', default: false },
        profile: { type: 'string', default: 'embedded' },
        'no-month': { type: 'boolean', default: false },
        'servers-only': { type: 'boolean', default: false },
        folder: { type: 'string', default: OUR_FOLDER },
        ports: { type: 'string' },
      },
    });
    if (!['embedded', 'given'].includes(values.profile))
      throw new Error(`There is no profile ${values.profile}.`);
    const first = values.ports === undefined ? undefined : Number(values.ports);
    if (first !== undefined && !(first >= 1024 && first <= 32_700))
      throw new Error('--ports takes 1024 to 32700.');
    return {
      ...values,
      given: values.profile === 'given',
      serversOnly: values['servers-only'],
      folder: resolve(values.folder),
      ports: choosePorts(first),
    };
  } catch (error) {
    throw new Refused(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/** @typedef {ReturnType<typeof readOptions>} Options */

/**
 * @param {Options} options
 * @throws {Refused} where the machine will not do; nothing has been touched then
 */
async function needMachine({ given, serversOnly, fresh, folder, ports }) {
  needLinux();
  if (given) {
    readGivenSurroundings(ports);
  } else {
    needAccount();
    needJavaAndMaven();
  }
  needDisk(folder, !packagesAreInstalled());
  if (!fresh && !given) needVersion(folder);
  const services = Object.entries(ports.services).flatMap(([name, { http, grpc }]) => [
    [name, http],
    [`${name} gRPC`, grpc],
  ]);
  await needFreePorts({
    ...(given
      ? {}
      : {
          'OpenID provider': ports.oidc,
          PostgreSQL: ports.postgres,
          Kafka: ports.kafka,
          "Kafka's controller": ports.kafkaController,
        }),
    ...(serversOnly ? {} : Object.fromEntries(services)),
  });
}

/**
 * @param {import('./src/running.mjs').RunningSystem} system
 * @returns {Promise<number>} exit status, once there is nothing left to do
 */
async function run(system) {
  const begunMs = Date.now();
  const options = readOptions();
  const { given, serversOnly, folder } = options;
  await needMachine(options);
  await installPackages();
  if (!given) await installKafka();
  await build();

  const around = given ? await useGiven(options) : await startEmbedded(options, system);
  if (!serversOnly) {
    await step('Starting the services', () =>
      Promise.all(SERVICES.map(({ name }) => startService(name, folder, around, system))),
    );
  }
  sayReady(options, around, begunMs);

  let status = 0;
  const plays = !given && !serversOnly && !options['no-month'];
  if (plays) status = await playMonth(folder, around, system);
  if (options.once) return status;
  console.log('Ctrl-C stops everything.');
  return (await system.ending).status;
}

/**
 * Databases migrate while the broker is still on its way up.
 *
 * @param {Options} options
 * @param {import('./src/running.mjs').RunningSystem} system
 */
async function startEmbedded({ folder, fresh, ports, serversOnly }, system) {
  const place = { folder, keys: openDataFolder(folder, fresh), ports, system };
  const around = embeddedSurroundings(place);
  const migrateAll = () => (serversOnly ? undefined : migrate(folder, around));
  await step('Starting PostgreSQL, Kafka and the OpenID provider, migrating', () =>
    Promise.all([
      startDatabases(place).then(migrateAll),
      startBroker(place).then(() => createTopics(around.brokers)),
      startProvider(place),
    ]),
  );
  return around;
}

/** @param {Options} options */
async function useGiven({ folder, ports, serversOnly }) {
  const around = readGivenSurroundings(ports);
  await step('Creating topics', () => createTopics(around.brokers));
  if (!serversOnly) await step('Migrating the databases', () => migrate(folder, around));
  return around;
}

/**
 * @param {Options} options
 * @param {import('./src/services.mjs').Surroundings} around
 * @param {number} begunMs
 */
function sayReady({ serversOnly, given, folder, ports }, around, begunMs) {
  console.log(`Ready in ${((Date.now() - begunMs) / 1000).toFixed(1)} s.`);
  if (!serversOnly) {
    for (const { name } of SERVICES) {
      const { http, grpc } = ports.services[name] ?? {};
      console.log(`  ${name.padEnd(10)} http://127.0.0.1:${http}   gRPC 127.0.0.1:${grpc}`);
    }
  }
  console.log(`  ${'OpenID'.padEnd(10)} ${around.issuer}`);
  console.log(`  ${'Kafka'.padEnd(10)} ${around.brokers}`);
  if (!given) console.log(`  ${'PostgreSQL'.padEnd(10)} 127.0.0.1:${ports.postgres}`);
  console.log(`  ${'logs'.padEnd(10)} ${relative(process.cwd(), join(folder, 'logs')) || '.'}`);
}

/**
 * @param {string} folder
 * @param {import('./src/services.mjs').Surroundings} around
 * @param {import('./src/running.mjs').RunningSystem} system
 * @returns {Promise<number>} exit status: 0 where every proof holds
 */
async function playMonth(folder, around, system) {
  const month = spawnBound(node24(), [join(ROOT, 'tools/month/dist/main.js')], {
    cwd: ROOT,
    env: toolEnvironment(around, folder),
    output: 'terminal',
  });
  system.addWork(month);
  const how = await month.exited;
  if (how === 'exit status 0') return 0;
  if (!system.isStopping) console.error(`The sample month failed (${how}).`);
  return 1;
}

await runUntilTheEnd(run);
