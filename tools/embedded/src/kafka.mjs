// Real Apache Kafka: one node that is broker and controller (KRaft), started from its jars.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from './bound-process.mjs';
import { javaCommand } from './java.mjs';
import { fetchKafkaJars, KAFKA_LIB } from './kafka-jars.mjs';
import { needPorts } from './ports.mjs';

// A broker that was killed waits for its own old session first.
const READY_WITHIN_MS = 60_000;
const PROPERTIES = 'server.properties';
const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

/**
 * @typedef {object} Kafka
 * @property {string} brokers as KAFKA_BROKERS takes it
 * @property {number} port
 * @property {number} pid of the Java process
 * @property {Promise<string>} exited resolves to how the broker ended
 * @property {(graceMs?: number) => Promise<void>} stop
 */

/**
 * Starts a broker on the folder, which is formatted on the first start, and waits until it answers. Topics are not
 * made by use: create them. Dies with this process, whatever kills it; acknowledged records stay.
 *
 * @param {object} options
 * @param {string} options.folder holds configuration and data; its parent must exist
 * @param {number} options.port of the broker, under 32768
 * @param {number} options.controllerPort under 32768
 * @param {string} [options.jars] folder of the jars, fetched where they are missing
 * @param {string} [options.log] file for the broker's messages
 * @returns {Promise<Kafka>}
 * @throws {Error} with one sentence where the broker cannot start
 */
export async function startKafka({
  folder,
  port,
  controllerPort,
  jars = KAFKA_LIB,
  log = `${folder}.log`,
}) {
  await needPorts(port, controllerPort);
  await fetchKafkaJars(jars);
  mkdirSync(folder, { recursive: true });
  // Every path the broker gets is relative to its folder: a class path may hold no colon, log.dirs no comma.
  rmSync(join(folder, 'lib'), { force: true });
  symlinkSync(jars, join(folder, 'lib'));
  writeFileSync(join(folder, PROPERTIES), serverProperties({ port, controllerPort }));

  if (!existsSync(join(folder, 'data', 'meta.properties'))) {
    // What a killed format left behind has no records yet.
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    const format = ['format', '-t', CLUSTER_ID, '-c', PROPERTIES];
    const how = await java(folder, 'kafka.tools.StorageTool', format, log).exited;
    if (how !== 'exit status 0')
      throw new Error(`Kafka could not format ${folder} (${how}): see ${log}.`);
  }

  const server = java(folder, 'kafka.Kafka', [PROPERTIES], log);
  try {
    await answers(port, server, log);
  } catch (error) {
    await server.stop(2000);
    throw error;
  }
  return {
    brokers: `127.0.0.1:${port}`,
    port,
    pid: server.pid,
    exited: server.exited,
    stop: server.stop,
  };
}

/**
 * @param {string} folder
 * @param {string} mainClass
 * @param {string[]} args
 * @param {string} log
 */
function java(folder, mainClass, args, log) {
  const logging = new URL('../kafka/log4j2.properties', import.meta.url);
  const machine = [
    '-Xms64m',
    '-Xmx256m',
    '-XX:+UseSerialGC',
    // The second compiler costs more at the start than it gains at this load.
    '-XX:TieredStopAtLevel=1',
    '-XX:-UsePerfData',
    '-Djava.awt.headless=true',
    `-Dlog4j2.configurationFile=${logging.href}`,
  ];
  return spawnBound(javaCommand(), [...machine, '-cp', 'lib/*', mainClass, ...args], {
    output: log,
    cwd: folder,
  });
}

/**
 * @param {number} port
 * @param {import('./bound-process.mjs').BoundProcess} server
 * @param {string} log
 */
async function answers(port, server, log) {
  const { Kafka, logLevel } = (await import('kafkajs')).default;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (server.running()) {
    const admin = new Kafka({
      brokers: [`127.0.0.1:${port}`],
      connectionTimeout: 1000,
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
    }).admin();
    try {
      await admin.connect();
      const { brokers } = await admin.describeCluster();
      if (brokers.length === 1) return;
    } catch {
      // Not yet.
    } finally {
      await admin.disconnect().catch(() => {});
    }
    if (Date.now() > deadline) throw new Error(`Kafka is not ready on port ${port}: see ${log}.`);
    await sleep(100);
  }
  const last = readFileSync(log, 'utf8').trim().split('\n').at(-1);
  throw new Error(`Kafka ended at once (${await server.exited}): ${last}`);
}

/**
 * @param {{ port: number, controllerPort: number }} options
 * @returns {string}
 */
function serverProperties({ port, controllerPort }) {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs=data
num.partitions=3
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
# 128 MB of heap otherwise.
log.cleaner.dedupe.buffer.size=2097152
# A killed broker waits for its old session at the next start: 12 s otherwise.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
# Sparse files of 20 MB a partition otherwise.
log.index.size.max.bytes=1048576
file.delete.delay.ms=5000
`;
}
