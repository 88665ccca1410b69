import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { MemoryBroker } from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { Clock, migrationsOf, Sealer, startService, type RunningService } from '@guoku/service';
import { Doors } from '@guoku/service/testing';
import { freshDatabase, type TestDatabase } from '@guoku/testing';
import { example } from './example/definition.js';
import { Notes } from './example/notes.js';
import { Issuer } from './issuer.js';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

export class SetClock extends Clock {
  at = new Date('2026-03-09T02:00:00Z');

  override now(): Date {
    return this.at;
  }
}

const signingKey = generateKeyPairSync('ed25519').privateKey;

export const division = '990001000';

/** The example service with its own database, issuer and broker. */
export class Running {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly issuer: Issuer,
    readonly doors: Doors,
    readonly clock: SetClock,
    readonly url: string,
    readonly grpcAddress: string,
  ) {}

  static async start(): Promise<Running> {
    const [issuer, database] = await Promise.all([
      Issuer.start(),
      freshDatabase('quota', migrationsOf(example)),
    ]);
    const clock = new SetClock();
    const [httpPort, grpcPort] = [await freePort(), await freePort()];
    const environment = {
      DATABASE_URL: database.url,
      KAFKA_BROKERS: '127.0.0.1:1',
      OIDC_ISSUER: issuer.url,
      HTTP_PORT: String(httpPort),
      GRPC_PORT: String(grpcPort),
      DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
      AUDIT_SIGNING_KEY: Buffer.from(signingKey.export({ type: 'pkcs8', format: 'pem' })).toString(
        'base64',
      ),
      LOG_LEVEL: 'silent',
    };
    const parts = { clock, broker: new MemoryBroker() };
    const service = await startService(example, environment, parts);
    const [url, grpcAddress] = [`http://127.0.0.1:${httpPort}`, `127.0.0.1:${grpcPort}`];
    const doors = new Doors(url, grpcAddress, service.openApi, example);
    return new Running(service, database, issuer, doors, clock, url, grpcAddress);
  }

  get notes(): Notes {
    return this.service.app.get(Notes);
  }

  /** As superuser, to see and plant what the service could not. */
  async asAdmin<T>(work: (transactor: Transactor) => Promise<T>): Promise<T> {
    const transactor = new Transactor(dataSourceOf(this.database.adminUrl, { poolSize: 1 }));
    try {
      return await work(transactor);
    } finally {
      await transactor.close();
    }
  }

  rows<Row extends object>(sql: string): Promise<Row[]> {
    return this.asAdmin((transactor) => transactor.run((session) => session.rows<Row>(sql)));
  }

  /** One digest over every row of every table. */
  async checksum(): Promise<string> {
    const tables = await this.rows<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    const parts = tables.map(
      ({ name }) =>
        `select '${name}' as name, count(*)::text || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${name} t`,
    );
    const sums = await this.rows<{ name: string; sum: string }>(
      `${parts.join(' union all ')} order by 1`,
    );
    return sums.map(({ name, sum }) => `${name} ${sum}`).join('\n');
  }

  /** After what runs beside the calls (relay, consumers, sealer) has come to rest. */
  async settledChecksum(): Promise<string> {
    await this.service.app.get(Sealer).seal();
    let [before, after] = ['', await this.checksum()];
    while (before !== after) {
      await new Promise((done) => setTimeout(done, 60));
      [before, after] = [after, await this.checksum()];
    }
    return after;
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.service.stop();
    await Promise.all([this.issuer.stop(), this.database.drop()]);
  }
}
