import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOPICS } from '@guoku/contracts';
import { KafkaBroker } from '@guoku/messaging';
import { Doors } from '@guoku/service/testing';
import { migrationsOf } from '@guoku/service';
import { eventually, freshDatabase, kafka, serviceEnvironment, tokens } from '@guoku/testing';
import { example } from './example/definition.js';
import { openApiAlone } from '../src/http/open-api-alone.js';
import { division } from './running.js';

type Environment = Readonly<Record<string, string>>;

const hooks = fileURLToPath(new URL('../../../testing/src/typescript-hooks.mjs', import.meta.url));

/** The service's program, as `node main.js` runs it. */
function run(environment: Environment, argument?: string) {
  const main = join(import.meta.dirname, 'example', 'main.ts');
  const given = ['--no-warnings', '--import', hooks, main, ...(argument ? [argument] : [])];
  const path = process.env['PATH'] ?? '';
  // Dies with the test, whatever kills that.
  const child = spawn('setpriv', ['--pdeathsig=KILL', process.execPath, ...given], {
    env: { PATH: path, ...environment },
  });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (texts.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (texts.err += part.toString()));
  const ended = once(child, 'close').then(([status]: unknown[]) => ({ status, ...texts }));
  return { ended, stop: () => child.kill('SIGTERM') };
}

async function ready(environment: Environment): Promise<string> {
  const url = `http://127.0.0.1:${environment['HTTP_PORT'] ?? ''}`;
  await eventually(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), {
    withinMs: 20_000,
  });
  return url;
}

test('an environment with faults ends it at once with status 2, and every fault is told', async () => {
  const { status, out, err } = await run({ HTTP_PORT: 'x' }).ended;
  expect({ status, out }).toEqual({ status: 2, out: '' });
  for (const name of ['DATABASE_URL', 'KAFKA_BROKERS', 'OIDC_ISSUER', 'DATA_KEY', 'GRPC_PORT']) {
    expect(err).toContain(`${name} is missing`);
  }
  expect(err).toContain('HTTP_PORT is not a port');
});

test('openapi prints the document, and nothing else, without any server', async () => {
  const { status, out } = await run({}, 'openapi').ended;
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual(await openApiAlone(example));
});

test('migrate brings an empty database to the newest form, and says so; again it finds nothing to do', async () => {
  const database = await freshDatabase('quota');
  try {
    const environment = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl };
    const first = await run(environment, 'migrate').ended;
    const names = migrationsOf(example).map(({ folder }) => folder);
    expect(first).toMatchObject({ status: 0, err: '', out: `quota: ${names.join(', ')}\n` });
    const second = await run(environment, 'migrate').ended;
    expect(second).toMatchObject({ status: 0, out: 'quota: nothing new\n' });
  } finally {
    await database.drop();
  }
});

test('it serves until SIGTERM, then ends with status 0; where asked for, its spans are sent', async () => {
  const database = await freshDatabase('quota', migrationsOf(example));
  const collector = await Collector.start();
  const { brokers, prefix } = await kafka();
  const broker = new KafkaBroker({ brokers, prefix });
  await broker.createTopics(TOPICS);
  await broker.close();
  const environment: Record<string, string> = {
    ...(await serviceEnvironment(database)),
    KAFKA_PREFIX: prefix,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'example',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  };
  const program = run(environment);
  try {
    const url = await ready(environment);
    const grpc = `127.0.0.1:${environment['GRPC_PORT'] ?? ''}`;
    const doors = new Doors(url, grpc, await openApiAlone(example), example);
    const token = await tokens.of({
      person: 'clerk-1',
      mofDivCode: division,
      duties: ['plan.enter'],
    });
    const body = { amount: '1.00', day: '2026-03-09', urgent: false };
    expect(await doors.rest('NoteService.Enter', { body }, { token })).toMatchObject({ ok: true });
    expect(await doors.grpc('NoteService.List', {}, { token })).toMatchObject({ ok: true });
    doors.close();
    await eventually(() => {
      const scopes = collector.received.match(/@opentelemetry\/instrumentation-[a-z]+/g) ?? [];
      const names = new Set(scopes.map((scope) => scope.split('instrumentation-')[1]));
      expect([...names].sort()).toEqual(['grpc', 'http', 'kafkajs', 'pg']);
    });
    program.stop();
    const { status, err } = await program.ended;
    expect({ status, err }).toEqual({ status: 0, err: '' });
  } finally {
    program.stop();
    await program.ended;
    await collector.stop();
    await database.drop();
  }
}, 60_000);

/** Takes what OpenTelemetry sends; names of scopes stand in it as plain text. */
class Collector {
  received = '';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Collector> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (typeof address !== 'object' || address === null)
      throw new Error('the collector has no port');
    const collector = new Collector(server, `http://127.0.0.1:${String(address.port)}`);
    server.on('request', (request, response) => {
      request.on('data', (part: Buffer) => (collector.received += part.toString('latin1')));
      request.on('end', () => response.end('{}'));
    });
    return collector;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
