import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { MemoryBroker } from '@guoku/messaging';
import { freshDatabase, type TestDatabase } from '@guoku/testing';
import { migrationsOf, startService, type RunningService } from '@guoku/service';
import { example } from './example/definition.js';

export async function freePort(): Promise<number> {
  const server = createTcp();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

export class Issuer {
  readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  server!: Server;
  url = '';
  async start() {
    const jwk = { ...(await exportJWK(this.keys.publicKey)), alg: 'ES256', use: 'sig', kid: '1' };
    this.server = createServer((request, response) => {
      const body = request.url?.endsWith('/jwks')
        ? { keys: [jwk] }
        : { jwks_uri: `${this.url}/jwks` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }
  async token(claims: Record<string, unknown>, audience = 'guoku', lifetime = '1h') {
    return new SignJWT({ mof_div_code: '990001000', duties: [], ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: '1', typ: 'at+jwt' })
      .setIssuer(this.url)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(this.keys.privateKey);
  }
}

export async function runExample(): Promise<{
  service: RunningService;
  database: TestDatabase;
  issuer: Issuer;
  url: string;
  grpc: string;
}> {
  const issuer = new Issuer();
  await issuer.start();
  const database = await freshDatabase('quota', migrationsOf(example));
  const [http, grpc] = [await freePort(), await freePort()];
  const service = await startService(
    example,
    {
      DATABASE_URL: database.url,
      KAFKA_BROKERS: '127.0.0.1:1',
      OIDC_ISSUER: issuer.url,
      HTTP_PORT: String(http),
      GRPC_PORT: String(grpc),
      DATA_KEY: randomBytes(32).toString('base64'),
      AUDIT_SIGNING_KEY: Buffer.from(
        generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
      ).toString('base64'),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    },
    { broker: new MemoryBroker() },
  );
  return { service, database, issuer, url: `http://127.0.0.1:${http}`, grpc: `127.0.0.1:${grpc}` };
}
