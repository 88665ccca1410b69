import { ConfigFault, ownEnvironment, type Environment } from './config.js';
import type { ServiceDefinition } from './definition.js';

/** Whoever stops a service waits this long at most for what is in hand. */
const stopWithinMs = 10_000;

/**
 * The whole of a service's `main.ts`: `await runService(async () => (await import('./definition.js')).quota)`. It takes
 * a loader, so that tracing can begin before what it traces is imported.
 *
 * With the argument `migrate` it brings the database to the newest form, as its owner, and ends; with `openapi` it
 * prints its OpenAPI document and ends. SIGTERM and SIGINT stop it: what is in hand is finished, status 0.
 */
export async function runService(load: () => Promise<ServiceDefinition>): Promise<void> {
  const environment = ownEnvironment();
  try {
    if (process.argv[2] === 'migrate') await migrateOnly(load, environment);
    else if (process.argv[2] === 'openapi') await printOpenApi(load);
    else await serve(load, environment);
  } catch (error) {
    const known = error instanceof ConfigFault;
    const told = known ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${told ?? 'failed'}\n`);
    // Something of the failed start may still hold the process.
    process.exit(known ? 2 : 1);
  }
}

async function migrateOnly(
  load: () => Promise<ServiceDefinition>,
  environment: Environment,
): Promise<void> {
  const definition = await load();
  const { migrateService } = await import('./migrate.js');
  const fresh = await migrateService(definition, environment);
  process.stdout.write(
    `${definition.name}: ${fresh.length === 0 ? 'nothing new' : fresh.join(', ')}\n`,
  );
}

async function printOpenApi(load: () => Promise<ServiceDefinition>): Promise<void> {
  const { openApiAlone } = await import('./http/open-api-alone.js');
  const document = await openApiAlone(await load());
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

async function serve(
  load: () => Promise<ServiceDefinition>,
  environment: Environment,
): Promise<void> {
  const tracing = environment['OTEL_EXPORTER_OTLP_ENDPOINT']
    ? (await import('./tracing.js')).startTracing()
    : null;
  const [definition, { startService }] = await Promise.all([load(), import('./service.js')]);
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const { config, log, stop } = await startService(definition, environment);
  log.info('ready', { httpPort: config.httpPort, grpcPort: config.grpcPort });
  log.info('stopping', { signal: await stopped });
  setTimeout(() => {
    log.error(`not everything in hand was finished within ${String(stopWithinMs)} ms`);
    process.exit(1);
  }, stopWithinMs).unref();
  await stop();
  await tracing?.stop();
  log.info('stopped');
  process.exit(0);
}
