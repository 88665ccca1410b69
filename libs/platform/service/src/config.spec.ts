import { generateKeyPairSync } from 'node:crypto';
import { ConfigFault, readConfig, readMigrationConfig } from './config.js';

const pem = (kind: 'ed25519' | 'x25519') => {
  const { privateKey } =
    kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64');
};

const good = {
  DATABASE_URL: 'postgres://quota_service:secret@127.0.0.1:15432/guoku_quota',
  KAFKA_BROKERS: '127.0.0.1:19092, other:9092',
  OIDC_ISSUER: 'http://127.0.0.1:3000/',
  HTTP_PORT: '3001',
  GRPC_PORT: '5001',
  DATA_KEY: Buffer.alloc(32).toString('base64'),
  AUDIT_SIGNING_KEY: pem('ed25519'),
};

const faultsOf = (environment: Record<string, string>, peers: ('quota' | 'forecast')[] = []) => {
  try {
    readConfig(environment, 'payment', peers);
    return [];
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
};

test('a good environment is read once and cannot be changed', () => {
  const config = readConfig(good, 'quota');
  expect(config).toMatchObject({
    service: 'quota',
    kafkaBrokers: ['127.0.0.1:19092', 'other:9092'],
    oidcIssuer: 'http://127.0.0.1:3000',
    bindAddress: '127.0.0.1',
    httpPort: 3001,
    grpcPort: 5001,
    logLevel: 'info',
    otlpEndpoint: null,
    oidcClient: null,
  });
  expect(() => Object.assign(config, { httpPort: 1 })).toThrow(TypeError);
});

test('every fault of an empty environment is told at once', () => {
  expect(faultsOf({}, ['quota', 'forecast']).map((fault) => fault.split(' ')[0])).toEqual([
    'DATA_KEY',
    'DATABASE_URL',
    'KAFKA_BROKERS',
    'OIDC_ISSUER',
    'HTTP_PORT',
    'GRPC_PORT',
    'AUDIT_SIGNING_KEY',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
    'QUOTA_GRPC',
    'FORECAST_GRPC',
  ]);
});

test.each([
  ['DATABASE_URL', 'mysql://a:b@c/d'],
  ['DATABASE_URL', 'postgres://127.0.0.1/guoku'],
  ['DATABASE_URL', 'postgres://role@127.0.0.1'],
  ['KAFKA_BROKERS', '127.0.0.1'],
  ['KAFKA_BROKERS', 'a:1,,b:2'],
  ['OIDC_ISSUER', 'ftp://a'],
  ['OIDC_ISSUER', 'localhost'],
  ['HTTP_PORT', '0'],
  ['HTTP_PORT', '65536'],
  ['GRPC_PORT', '5001.5'],
  ['DATA_KEY', 'short'],
  ['DATA_KEY', Buffer.alloc(31).toString('base64')],
  ['AUDIT_SIGNING_KEY', 'nonsense'],
  ['AUDIT_SIGNING_KEY', pem('x25519')],
  ['LOG_LEVEL', 'loud'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'nowhere'],
])('%s cannot be %p, and the value is not shown', (name, value) => {
  const faults = faultsOf({ ...good, [name]: value });
  expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name} is not `))]);
  expect(faults.join()).not.toContain(value);
});

test('the migration job asks for the two database URLs only, and reads the role of the service', () => {
  const ownerUrl = 'postgres://quota_owner:secret@127.0.0.1:15432/guoku_quota';
  expect(
    readMigrationConfig({ DATABASE_URL: good.DATABASE_URL, DATABASE_OWNER_URL: ownerUrl }),
  ).toEqual({
    ownerUrl,
    serviceRole: 'quota_service',
  });
  expect(() => readMigrationConfig({})).toThrow(/DATABASE_OWNER_URL[\s\S]*DATABASE_URL/);
});
