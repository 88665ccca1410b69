import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ConsumerRunner, KafkaBroker, OutboxRelay, type Broker } from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { HealthImplementation } from 'grpc-health-check';
import { Clock } from './clock.js';
import { readConfig, type Config, type Environment } from './config.js';
import type { ServiceDefinition } from './definition.js';
import { grpcOptions } from './grpc/grpc-options.js';
import { fastifyAdapter } from './http/fastify.js';
import { openApiOf } from './http/open-api.js';
import { checkTokensBeforeBodies } from './http/token-first.js';
import { Housekeeping } from './housekeeping.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';
import { ParkedEventDesk } from './parked/parked-event-desk.js';
import { PlatformModule, type Given } from './platform.module.js';
import { Readiness } from './readiness.js';
import { carryTraces } from './trace.js';

const backgroundMsMax = 4_000;
const brokerMsMax = 1_000;

/** A service that takes calls. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly openApi: OpenAPIObject;
  readonly log: Log;
  /** Finishes what is in hand, then ends everything it opened. */
  readonly stop: () => Promise<void>;
}

/** What tests put in the place of the real thing. */
export interface ServiceParts {
  readonly clock?: Clock;
  readonly broker?: Broker;
}

/**
 * Starts a service in this process: REST and gRPC over the same use cases, the outbox relay, the consumers, the sealer.
 *
 * @throws ConfigFault with every fault of the environment
 */
export async function startService(
  definition: ServiceDefinition,
  environment: Environment,
  parts: ServiceParts = {},
): Promise<RunningService> {
  carryTraces();
  const config = readConfig(environment, definition.name, definition.peers);
  const log = new Log(config);
  const metrics = new Metrics();
  const source = dataSourceOf(config.databaseUrl, { applicationName: `guoku-${definition.name}` });
  const transactor = new Transactor(source);
  const readiness = new Readiness();
  const clock = parts.clock ?? new Clock();
  const given = { config, transactor, clock, log, metrics, readiness };
  const broker = parts.broker ?? kafka(config, log);

  const app = await nestApp(definition, given);
  checkTokensBeforeBodies(app);
  const health = new HealthImplementation({ '': 'NOT_SERVING' });
  app.connectMicroservice(grpcOptions(definition, config, { health, log, metrics }), {
    inheritAppConfig: true,
  });
  const openApi = openApiOf(app, definition.name);
  SwaggerModule.setup('docs', app, openApi, { jsonDocumentUrl: 'openapi.json', raw: ['json'] });
  await app.startAllMicroservices();
  await app.listen(config.httpPort, config.bindAddress);

  const background = backgroundOf(definition, app, broker, given);
  for (const part of background) part.start();
  readiness.state = 'ready';
  health.setStatus('', 'SERVING');

  const end = async (): Promise<void> => {
    readiness.state = 'stopping';
    health.setStatus('', 'NOT_SERVING');
    // Calls first: what they announce is still published if the relay gets to it, else at the next start.
    await app.close();
    const ended = Promise.all(background.map((part) => part.stop()));
    // With the broker away they would wait for it. Nothing is lost: what is not committed comes again.
    if ((await Promise.race([ended, sleep(backgroundMsMax, 'late', { ref: false })])) === 'late') {
      log.warn('events are left to the next start: the broker does not let go');
    }
    await Promise.race([broker.close(), sleep(brokerMsMax, undefined, { ref: false })]);
    await transactor.close();
  };
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= end());
  return { app, config, openApi, log, stop };
}

interface Background {
  start(): void;
  stop(): Promise<void>;
}

function backgroundOf(
  definition: ServiceDefinition,
  app: NestFastifyApplication,
  broker: Broker,
  { transactor, metrics, log }: Given,
): readonly Background[] {
  const observer = metrics.observer(log);
  const consumers = definition.consumers(app);
  app.get(ParkedEventDesk).serve(consumers);
  const runners = consumers.map(
    (consumer) => new ConsumerRunner(broker, transactor, consumer, { observer }),
  );
  return [new OutboxRelay(broker, transactor, { observer }), ...runners, app.get(Housekeeping)];
}

function kafka(config: Config, log: Log): Broker {
  return new KafkaBroker({
    brokers: config.kafkaBrokers.join(','),
    clientId: `guoku-${config.service}`,
    prefix: config.kafkaPrefix,
    onWarning: (message) => log.warn(message, 'kafka'),
  });
}

/** The service's Nest application, not yet listening. */
export async function nestApp(
  { module }: ServiceDefinition,
  given: Given,
): Promise<NestFastifyApplication> {
  @Module({ imports: [PlatformModule.with(given), module] })
  class Service {}

  const adapter = fastifyAdapter(given);
  return NestFactory.create<NestFastifyApplication>(Service, adapter, {
    logger: given.log,
    abortOnError: false,
  });
}
