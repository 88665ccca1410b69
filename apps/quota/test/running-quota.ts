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
import {
  type AskDatabase,
  databaseChecksum,
  Doors,
  parkEvent,
  type Reply,
} from '@guoku/service/testing';
import {
  freshDatabase,
  serviceEnvironment,
  type TestDatabase,
  type TestPerson,
  tokens,
} from '@guoku/testing';
import pg from 'pg';
import { quotaService } from '../src/definition.js';
import { mofDivCode, TickingClock, today } from './quota-book.js';

/** The whole service with a database of its own, tokens of a real provider and a broker in memory. */
export class RunningQuota {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly doors: Doors,
    readonly broker: MemoryBroker,
    private readonly admin: pg.Client,
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
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    return new RunningQuota(service, database, doors, broker, admin);
  }

  token(person: string, duties: readonly DutyName[] = DUTIES, over: Partial<TestPerson> = {}) {
    return tokens.of({ person, mofDivCode, duties, ...over });
  }

  /** As payment's event would. */
  async openToday(): Promise<void> {
    await this.asService((session) => businessDays.record(session, mofDivCode, today, 'open'));
  }

  private readonly askAdmin: AskDatabase = async <Row extends object>(
    sql: string,
    values?: unknown[],
  ) => (await this.admin.query<Row>(sql, values)).rows;

  async asService<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const transactor = new Transactor(dataSourceOf(this.database.url, { poolSize: 1 }));
    try {
      return await transactor.run(work);
    } finally {
      await transactor.close();
    }
  }

  /** An event that waits for somebody to mend it. @returns its id */
  park(): Promise<string> {
    return parkEvent(this.askAdmin, {
      consumer: 'quota',
      type: 'guoku.payment.settled.v1',
      mofDivCode,
    });
  }

  /** One digest over every row of every table, once all has come to rest. */
  checksum(): Promise<string> {
    return databaseChecksum(this.service, this.askAdmin);
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.admin.end();
    await this.service.stop();
    await this.database.drop();
  }
}

/** The body of an answer that went well. */
export function bodyOf<Body>(reply: Reply): Body {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
  return reply.body as Body;
}
