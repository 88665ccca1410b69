import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  choosePorts,
  migrationEnvironment,
  serviceEnvironment,
  SERVICES,
} from '../src/services.mjs';
import { SERVICE_OPTIONS } from '../src/start-services.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

interface Container {
  image?: string;
  build?: { target?: string; args?: { APP?: string } };
  restart?: string;
  environment?: Record<string, unknown>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const compose: { services: Record<string, Container>; volumes: Record<string, unknown> } = parse(
  file,
  { merge: true },
);
const containers = Object.entries(compose.services);
const apps = SERVICES.map(({ name }) => name);
const jobs = containers.filter(([, { restart }]) => restart === 'no').map(([name]) => name);

/** What the launcher sets for a service and this process does not have by itself. */
function variablesOf(environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment).filter((name) => environment[name] !== process.env[name]);
}

const around = {
  ports: choosePorts(),
  brokers: 'brokers',
  issuer: 'issuer',
  databases: Object.fromEntries(apps.map((name) => [name, { service: 'url', owner: 'owner' }])),
  clientSecrets: Object.fromEntries(apps.map((name) => [name, 'secret'])),
  dataKey: 'key',
  auditSigningKey: 'key',
};

test('PostgreSQL, Kafka, the OpenID provider and the four services stand in docker-compose.yml', () => {
  const lasting = containers.map(([name]) => name).filter((name) => !jobs.includes(name));
  expect(lasting.sort()).toEqual(['kafka', 'oidc', 'postgres', ...apps].sort());
});

test.each(apps)('%s gets in its container what the launcher gives it', (app) => {
  const { HTTP_PORT, GRPC_PORT, ...environment } = compose.services[app]?.environment ?? {};
  const expected = variablesOf(serviceEnvironment(app, around));
  expect([...Object.keys(environment), 'HTTP_PORT', 'GRPC_PORT'].sort()).toEqual(expected.sort());
  expect({ http: HTTP_PORT, grpc: GRPC_PORT }).toEqual(around.ports.services[app]);
});

test.each(apps)('only the migration of %s gets the owner of its database', (app) => {
  const job = compose.services[`${app}-migrate`];
  expect(variablesOf(migrationEnvironment(app, around))).toContain('DATABASE_OWNER_URL');
  expect(Object.keys(job?.environment ?? {})).toEqual(['DATABASE_URL', 'DATABASE_OWNER_URL']);
  expect(compose.services[app]?.depends_on?.[`${app}-migrate`]?.condition).toBe(
    'service_completed_successfully',
  );
});

test('whatever lasts has a health check, its own or that of its image', () => {
  const ofImage = containers.filter(([name]) => apps.includes(name)).map(([name]) => name);
  const without = containers
    .filter(([name, { healthcheck }]) => healthcheck === undefined && !jobs.includes(name))
    .map(([name]) => name);
  expect(without).toEqual(ofImage);
  // YAML makes a mapping of a command that holds a colon and no quotes.
  const words = containers.flatMap(([, { healthcheck }]) => healthcheck?.test ?? []);
  expect(words.filter((word) => typeof word !== 'string')).toEqual([]);
  expect(dockerfile).toMatch(/AS service\n[^]*HEALTHCHECK/);
});

test('nothing is published beyond this machine', () => {
  const published = containers.flatMap(([, { ports }]) => ports ?? []);
  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test('data lies in named volumes, all declared', () => {
  const named = containers
    .flatMap(([, { volumes }]) => volumes ?? [])
    .filter((volume) => !volume.startsWith('.'))
    .map((volume) => volume.split(':')[0]);
  expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
  expect(compose.services['postgres']?.volumes).toHaveLength(1);
  expect(compose.services['kafka']?.volumes).toHaveLength(1);
});

test('images are pinned to a version, and none names a registry', () => {
  const bases = [...dockerfile.matchAll(/^ARG NODE_IMAGE=(.*)$/gm)].map(([, image]) => image);
  const foreign = containers.flatMap(([, { image, build }]) => (image && !build ? [image] : []));
  for (const image of [...bases, ...foreign]) {
    expect(image).toMatch(/^(?:[a-z]+\/)?[a-z]+:\d+\.\d+\.\d+(?:-[a-z-]+)?$|^postgres:\d+\.\d+-/);
  }
});

test('whoever waits says what for, and for somebody who exists', () => {
  for (const [, { depends_on }] of containers) {
    for (const [name, { condition }] of Object.entries(depends_on ?? {})) {
      const expected = jobs.includes(name) ? 'service_completed_successfully' : 'service_healthy';
      expect([name, condition]).toEqual([name, expected]);
      expect(Object.keys(compose.services)).toContain(name);
    }
  }
});

test('every secret comes from the environment, and a missing one stops compose', () => {
  const secrets = [...file.matchAll(/\$\{(\w+)(:\?)?/g)];
  expect(secrets.length).toBeGreaterThan(15);
  expect(secrets.filter(([, , needed]) => needed === undefined)).toEqual([]);
  expect(file).not.toMatch(/(PASSWORD|SECRET|KEY): (?!\$|>)/);
});

test('the image is built from the lock file in one stage and runs as nobody special in another', () => {
  expect(dockerfile.match(/^FROM .* AS \w+$/gm)).toHaveLength(5);
  expect(dockerfile).toContain('npm ci');
  expect(dockerfile).not.toMatch(/npm install|:latest|ADD |apt-get|curl|sudo/);
  const [service = ''] = dockerfile.split('AS service').slice(1);
  expect([...service.matchAll(/^USER (\w+)$/gm)].at(-1)?.[1]).toBe('node');
  // With the options that the launcher gives it, and nothing after.
  const entry = ['node', ...SERVICE_OPTIONS, 'main.js'].map((word) => `"${word}"`).join(', ');
  expect(service.trimEnd().endsWith(`ENTRYPOINT [${entry}]`)).toBe(true);
});
