import { dayOf } from '@guoku/calendar';
import { TOPICS } from '@guoku/contracts';
import { MemoryBroker } from '@guoku/messaging';
import { dataSourceOf, type Session, Transactor } from '@guoku/persistence';
import {
  businessDays,
  DUTIES,
  migrationsOf,
  type RunningService,
  startService,
} from '@guoku/service';
import {
  type AskDatabase,
  type Asked,
  type CallOptions,
  databaseChecksum,
  Doors,
  parkEvent,
  type Reply,
} from '@guoku/service/testing';
import {
  freshDatabase,
  serviceEnvironment,
  TestClock,
  type TestDatabase,
  type TestPerson,
  tokens,
} from '@guoku/testing';
import pg from 'pg';
import { revenueService } from '../src/definition.js';

export const mofDivCode = '990002000';
export const today = dayOf('2026-03-09');

export const reference = {
  division: {
    mofDivCode,
    nameZh: '清岩县',
    nameEn: 'Qingyan County',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    fiscalYearStart: '01-01',
    calendar: 'weekdays',
  },
  units: [
    { agencyCode: '101001', nameZh: '一中', nameEn: 'First Middle School', mofDepCode: 'edu' },
    { agencyCode: '202001', nameZh: '水利局', nameEn: 'Water Office', mofDepCode: 'agr' },
  ],
  accounts: [
    {
      accountCode: '21',
      nameZh: '国库存款',
      nameEn: 'Treasury account',
      kind: 'treasury',
      poolCode: 'tsa',
    },
    {
      accountCode: '22',
      nameZh: '专项',
      nameEn: 'Earmarked',
      kind: 'treasury',
      poolCode: 'direct',
    },
  ],
  codes: (
    [
      ['income', '1010101'],
      ['income', '1030427'],
      ['fund_type', '111'],
      ['fund_type', '121'],
    ] as const
  ).map(([table, code]) => ({ table, code, fiscalYear: 2026, nameZh: code, nameEn: code })),
};

/** The whole service with a database of its own, tokens of a real provider and a broker in memory. */
export class RunningRevenue {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly doors: Doors,
    readonly broker: MemoryBroker,
    readonly clock: TestClock,
    readonly admin: pg.Client,
    private readonly clerk: string,
  ) {}

  /** Set up, with an open business day. */
  static async start(): Promise<RunningRevenue> {
    const database = await freshDatabase('revenue', migrationsOf(revenueService));
    const broker = new MemoryBroker();
    await broker.createTopics(TOPICS);
    const environment = await serviceEnvironment(database, { withKafka: false });
    const clock = new TestClock('2026-03-09T01:00:00Z');
    const service = await startService(revenueService, environment, { clock, broker });
    const { bindAddress, httpPort, grpcPort } = service.config;
    const address = `${bindAddress}:${grpcPort}`;
    const url = `http://${bindAddress}:${httpPort}`;
    const doors = new Doors(url, address, service.openApi, revenueService);
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const clerk = await tokenOf('clerk-1');
    const revenue = new RunningRevenue(service, database, doors, broker, clock, admin, clerk);
    await revenue.get('DivisionService.Import', { body: reference });
    await revenue.inSession((session) => businessDays.record(session, mofDivCode, today, 'open'));
    return revenue;
  }

  get url(): string {
    const { bindAddress, httpPort } = this.service.config;
    return `http://${bindAddress}:${httpPort}`;
  }

  /** One use case as the clerk, a second later than the one before. */
  ask(useCase: string, asked: Asked = {}, options: CallOptions = {}): Promise<Reply> {
    this.clock.forward({ ms: 1000 });
    return this.doors.rest(useCase, asked, { token: this.clerk, ...options });
  }

  async get<Body>(useCase: string, asked: Asked = {}, options: CallOptions = {}): Promise<Body> {
    const reply = await this.ask(useCase, asked, options);
    if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
    return reply.body as Body;
  }

  private readonly askAdmin: AskDatabase = async <Row extends object>(
    sql: string,
    values?: unknown[],
  ) => (await this.admin.query<Row>(sql, values)).rows;

  async inSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const transactor = new Transactor(dataSourceOf(this.database.url, { poolSize: 1 }));
    try {
      return await transactor.run(work);
    } finally {
      await transactor.close();
    }
  }

  /** Data of the events said so far, oldest first. */
  async said<Data>(type: string): Promise<Data[]> {
    const { rows } = await this.admin.query<{ data: Data }>(
      'select data from outbox where type = $1 order by seq',
      [`guoku.revenue.${type}.v1`],
    );
    return rows.map(({ data }) => data);
  }

  /** An event that waits for somebody to mend it. @returns its id */
  park(): Promise<string> {
    return parkEvent(this.askAdmin, {
      consumer: 'revenue',
      type: 'guoku.business-day.opened.v1',
      mofDivCode,
    });
  }

  /** One digest over every row of the tables, once all has come to rest. */
  checksum(tables = '%'): Promise<string> {
    return databaseChecksum(this.service, this.askAdmin, { tables });
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.admin.end();
    await this.service.stop();
    await this.database.drop();
  }
}

/** A token with every duty, unless it is told which. */
export function tokenOf(person: string, over: Partial<TestPerson> = {}): Promise<string> {
  return tokens.of({ person, mofDivCode, duties: DUTIES, ...over });
}
