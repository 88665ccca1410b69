import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import type { TestDatabase } from './fresh-database.js';
import { kafkaBrokers, tokens } from './servers.js';

const signingKey = generateKeyPairSync('ed25519').privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port is free');
  return String(address.port);
}

/**
 * The environment in which a whole service runs in a test: its database, the run's Kafka and OpenID
 * provider, free ports.
 *
 * @param withKafka false for a service that is given a broker in memory
 */
export async function serviceEnvironment(
  { url }: TestDatabase,
  { withKafka = true }: { withKafka?: boolean } = {},
): Promise<Record<string, string>> {
  return {
    DATABASE_URL: url,
    KAFKA_BROKERS: withKafka ? await kafkaBrokers() : '127.0.0.1:1',
    OIDC_ISSUER: await tokens.issuer(),
    HTTP_PORT: await freePort(),
    GRPC_PORT: await freePort(),
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.from(signingKey).toString('base64'),
    LOG_LEVEL: 'silent',
  };
}
