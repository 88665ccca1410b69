import { createHash } from 'node:crypto';
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
import {
  eventually,
  freshDatabase,
  serviceEnvironment,
  type TestDatabase,
  type TestPerson,
  tokens,
} from '@guoku/testing';
import pg from 'pg';
import { v7 } from 'uuid';
import { quotaService } from '../src/definition.js';
import { mofDivCode, TickingClock, today } from './quota-book.js';

/** The whole service with a database of its own, tokens of a real provider and a broker in memory. */
export class RunningQuota {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly doors: Doors,
    readonly broker: MemoryBroker,
  ) {}

  static async start(): Promise<RunningQuota> {
    const database = await freshDatabase('quota', migrationsOf(quotaService));
    const broker = new MemoryBroker();
    await broker.createTopics(TOPICS);
    const environment = await serviceEnvironment(database, { withKafka: false });
    const parts = { clock: new TickingClock(), broker };
    const service = await startService(quotaService, environment, parts);
    const { bindAddress, httpPort, grpcPort } = service.config;
    const doors = new Doors(
      `http://${bindAddress}:${httpPort}`,
      `${bindAddress}:${grpcPort}`,
      service.openApi,
      quotaService,
    );
    return new RunningQuota(service, database, doors, broker);
  }

  token(person: string, duties: readonly DutyName[] = DUTIES, over: Partial<TestPerson> = {}) {
    return tokens.of({ person, mofDivCode, duties, ...over });
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

  /** One digest over every row of every table, once the relay and the sealer have done their work. */
  async checksum(): Promise<string> {
    const client = new pg.Client({ connectionString: this.database.adminUrl });
    await client.connect();
    try {
      await eventually(async () => {
        const { rows } = await client.query(underWay);
        expect(rows).toEqual([]);
      });
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
    await this.database.drop();
  }
}

/** What goes on behind the calls, and would change rows by itself. */
const underWay = `select id from outbox where published_at is null union all select id from audit_unsealed`;

/** The body of an answer that went well. */
export function bodyOf<Body>(reply: Reply): Body {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
  return reply.body as Body;
}
