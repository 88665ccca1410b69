import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { TOPICS } from '@guoku/contracts';
import { MemoryBroker } from '@guoku/messaging';
import { dataSourceOf, type Session, Transactor } from '@guoku/persistence';
import {
  businessDays,
  DUTIES,
  type DutyName,
  migrationsOf,
  type RunningService,
  startService,
} from '@guoku/service';
import { Doors, type Reply } from '@guoku/service/testing';
import { freshDatabase, type TestDatabase } from '@guoku/testing';
import { exportJWK, SignJWT } from 'jose';
import pg from 'pg';
import { v7 } from 'uuid';
import { quotaService } from '../src/definition.js';
import { mofDivCode, TickingClock, today } from './quota-book.js';

/** The whole service with a database of its own, an issuer of tokens and a broker in memory. */
export class RunningQuota {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly doors: Doors,
    readonly broker: MemoryBroker,
    private readonly issuer: Issuer,
  ) {}

  static async start(): Promise<RunningQuota> {
    const [issuer, database] = await Promise.all([
      Issuer.start(),
      freshDatabase('quota', migrationsOf(quotaService)),
    ]);
    const [httpPort, grpcPort] = [await freePort(), await freePort()];
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    const broker = new MemoryBroker();
    await broker.createTopics(TOPICS);
    const service = await startService(
      quotaService,
      {
        DATABASE_URL: database.url,
        KAFKA_BROKERS: '127.0.0.1:1',
        OIDC_ISSUER: issuer.url,
        HTTP_PORT: String(httpPort),
        GRPC_PORT: String(grpcPort),
        DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
        AUDIT_SIGNING_KEY: Buffer.from(key).toString('base64'),
        LOG_LEVEL: 'silent',
      },
      { clock: new TickingClock(), broker },
    );
    const doors = new Doors(
      `http://127.0.0.1:${httpPort}`,
      `127.0.0.1:${grpcPort}`,
      service.openApi,
      quotaService,
    );
    return new RunningQuota(service, database, doors, broker, issuer);
  }

  token(person: string, duties: readonly DutyName[] = DUTIES, claims: Claims = {}) {
    return this.issuer.token(person, duties, claims);
  }

  /** As payment's event would. */
  async openToday(): Promise<void> {
    await this.asService((session) => businessDays.record(session, mofDivCode, today, 'open'));
  }

  async asService<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const transactor = new Transactor(dataSourceOf(this.database.url, { poolSize: 1 }));
    try {
      return await transactor.run(work);
    } finally {
      await transactor.close();
    }
  }

  /** An event that waits for somebody to mend it. @returns its id */
  async park(): Promise<string> {
    const parkedEventId = v7();
    await this.asService((session) =>
      session.execute(
        `insert into parked_event (id, mof_div_code, consumer, event_id, type, topic, key, value, cause, attempts)
         values (:parkedEventId, :mofDivCode, 'quota', 'e-1', 'guoku.payment.settled.v1',
                 'guoku.payment.v1', :key, '{}', 'the data break the contract', 1)`,
        { parkedEventId, mofDivCode, key: `${mofDivCode}/e-1` },
      ),
    );
    return parkedEventId;
  }

  /** One digest over every row of every table. */
  async checksum(): Promise<string> {
    const client = new pg.Client({ connectionString: this.database.adminUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>(
        `select quote_ident(relname) as name from pg_class
          where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
      );
      const hash = createHash('sha256');
      for (const { name } of rows) {
        const table = await client.query(`select t::text from ${name} t order by 1`);
        hash.update(JSON.stringify([name, table.rows]));
      }
      return hash.digest('hex');
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.service.stop();
    await Promise.all([this.issuer.stop(), this.database.drop()]);
  }
}

/** The body of an answer that went well. */
export function bodyOf<Body>(reply: Reply): Body {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
  return reply.body as Body;
}

interface Claims {
  readonly mofDivCode?: string;
  readonly agencyCode?: string;
  readonly mofDepCode?: string;
}

class Issuer {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Issuer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const issuer = new Issuer(server, `http://127.0.0.1:${portOf(server.address())}`);
    const jwk = { ...(await exportJWK(issuer.keys.publicKey)), alg: 'ES256', use: 'sig', kid: '1' };
    server.on('request', ({ url }, response) => {
      const body = url === '/jwks' ? { keys: [jwk] } : { jwks_uri: `${issuer.url}/jwks` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    return issuer;
  }

  token(person: string, duties: readonly DutyName[], claims: Claims): Promise<string> {
    return new SignJWT({
      mof_div_code: claims.mofDivCode ?? mofDivCode,
      agency_code: claims.agencyCode ?? null,
      mof_dep_code: claims.mofDepCode ?? null,
      duties,
    })
      .setProtectedHeader({ alg: 'ES256', kid: '1', typ: 'at+jwt' })
      .setSubject(person)
      .setIssuer(this.url)
      .setAudience('guoku')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.keys.privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

async function freePort(): Promise<number> {
  const server = createSocket();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = portOf(server.address());
  await new Promise((done) => server.close(done));
  return port;
}

function portOf(address: ReturnType<Server['address']>): number {
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
