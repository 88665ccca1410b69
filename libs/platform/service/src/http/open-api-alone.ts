import { generateKeyPairSync } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { Clock } from '../clock.js';
import { readConfig, type Environment } from '../config.js';
import type { ServiceDefinition } from '../definition.js';
import { Log } from '../log.js';
import { Metrics } from '../metrics.js';
import { Readiness } from '../readiness.js';
import { nestApp } from '../service.js';
import { openApiOf } from './open-api.js';

/** The document that a service would serve, without any server: what it would connect to is named, and never called. */
export async function openApiAlone(definition: ServiceDefinition): Promise<OpenAPIObject> {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const peers: Environment = Object.fromEntries(
    (definition.peers ?? []).map((peer) => [`${peer.toUpperCase()}_GRPC`, 'nowhere:1']),
  );
  const settings = {
    DATABASE_URL: 'postgres://nobody@nowhere/none',
    KAFKA_BROKERS: 'nowhere:1',
    OIDC_ISSUER: 'http://nowhere',
    OIDC_CLIENT_ID: 'nobody',
    OIDC_CLIENT_SECRET: 'none',
    HTTP_PORT: '1',
    GRPC_PORT: '1',
    DATA_KEY: Buffer.alloc(32).toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.from(key).toString('base64'),
    LOG_LEVEL: 'silent',
  };
  const config = readConfig({ ...settings, ...peers }, definition.name, definition.peers);
  const transactor = new Transactor(dataSourceOf(config.databaseUrl));
  const log = new Log(config);
  const [clock, metrics, readiness] = [new Clock(), new Metrics(), new Readiness()];
  const given = { config, transactor, clock, log, metrics, readiness };
  const app = await nestApp(definition, given);
  const document = openApiOf(app, definition.name);
  await app.close();
  return document;
}
