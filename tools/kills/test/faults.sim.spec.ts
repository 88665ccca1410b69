import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS } from '@guoku/contracts';
import { MemoryBroker, type Faults } from '@guoku/messaging';
import {
  migrationsOf,
  startService,
  type RunningService,
  type ServiceDefinition,
} from '@guoku/service';
import { eventually, freshDatabase, serviceEnvironment, type TestDatabase } from '@guoku/testing';
import { freePorts, node24, spawnBound, startOidc } from '@guoku/tool-embedded';
import { ROOT, SERVICES } from '@guoku/tool-launcher';
import pg from 'pg';

const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
const names = SERVICES.map(({ name }) => name);
const UNTIL = '2011-08-02';

interface Part {
  readonly name: string;
  readonly service: RunningService;
  readonly database: TestDatabase;
}

/** A service's own package is the only one that imports it; here it is merely started. */
async function definitionOf(name: string): Promise<ServiceDefinition> {
  const path = join(ROOT, 'apps', name, 'src/definition.ts');
  const found = (await import(path)) as Record<string, ServiceDefinition>;
  return found[`${name}Service`]!;
}

/** All four services in this process, on one broker in memory. */
async function startAll(faults: Faults, issuer: string): Promise<Part[]> {
  const broker = new MemoryBroker(faults);
  await broker.createTopics(TOPICS);
  const prepared = await Promise.all(
    names.map(async (name) => {
      const definition = await definitionOf(name);
      const database = await freshDatabase(name, migrationsOf(definition));
      const own = await serviceEnvironment(database, { withKafka: false });
      return { name, definition, database, own };
    }),
  );
  const around = {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_SECRET: 'test',
    ...Object.fromEntries(
      prepared.map(({ name, own }) => [
        `${name.toUpperCase()}_GRPC`,
        `127.0.0.1:${own['GRPC_PORT']}`,
      ]),
    ),
  };
  return Promise.all(
    prepared.map(async ({ name, definition, database, own }) => {
      const environment = { ...own, ...around, OIDC_CLIENT_ID: name };
      return { name, database, service: await startService(definition, environment, { broker }) };
    }),
  );
}

/** Plays the first days of August through the doors of the services, and gives its books. */
async function play(parts: readonly Part[], issuer: string, home: string): Promise<string> {
  const urls = parts.map(({ name, service }) => [
    `${name.toUpperCase()}_URL`,
    `http://127.0.0.1:${service.config.httpPort}`,
  ]);
  let said = '';
  const hooks = join(ROOT, 'libs/testing/src/typescript-hooks.mjs');
  const main = join(ROOT, 'tools/month/src/main.ts');
  const month = spawnBound(node24(), ['--no-warnings', '--import', hooks, main, '--until', UNTIL], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...Object.fromEntries(urls),
      OIDC_ISSUER: issuer,
      GUOKU_HOME: home,
    },
    output: (text) => (said += text),
  });
  const how = await month.exited;
  if (how !== 'exit status 0') throw new Error(`the month fails (${how}):\n${said}`);
  return readFileSync(join(home, 'report', 'books.json'), 'utf8');
}

/** Once everything has arrived no query of consistency finds anything, and no event is parked. */
async function untilConsistent({ name, database }: Part): Promise<void> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const folder = join(ROOT, 'apps', name, 'consistency');
  const queries = [
    'select id from outbox where published_at is null',
    'select cause from parked_event',
    ...readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')),
  ];
  const findings = async () => {
    for (const sql of queries)
      expect([name, sql, (await client.query(sql)).rows]).toEqual([name, sql, []]);
  };
  await eventually(findings, { withinMs: 60_000, everyMs: 250 });
  await client.end();
}

async function booksUnder(faults: Faults): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'guoku-faults-'));
  const [port = 0] = await freePorts(1);
  const clientSecrets = Object.fromEntries(names.map((name) => [name, 'test']));
  const oidc = await startOidc({ port, people: join(home, 'people.json'), clientSecrets });
  const parts = await startAll(faults, oidc.issuer);
  try {
    const books = await play(parts, oidc.issuer, home);
    await Promise.all(parts.map(untilConsistent));
    return books;
  } finally {
    await Promise.all(parts.map(({ service }) => service.stop()));
    await Promise.all(parts.map(({ database }) => database.drop()));
    await oidc.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

test(`events that come twice, late, out of order or unacknowledged change no book of the four services, seed ${seed}`, async () => {
  const faults = { duplicate: 0.4, delayMsMax: 80, lostConnection: 0.2, lostAcknowledgement: 0.2 };
  expect(await booksUnder({ seed, ...faults })).toBe(await booksUnder({ seed }));
}, 300_000);
