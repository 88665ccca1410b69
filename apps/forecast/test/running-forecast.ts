import { TOPICS, topicOf, type EventData, type EventType } from '@guoku/contracts';
import { KafkaBroker, MemoryBroker, type Broker } from '@guoku/messaging';
import {
  DUTIES,
  migrationsOf,
  startService,
  type DutyName,
  type RunningService,
} from '@guoku/service';
import {
  databaseChecksum,
  Doors,
  parkEvent,
  type AskDatabase,
  type Asked,
  type Reply,
} from '@guoku/service/testing';
import { freshDatabase, kafka, serviceEnvironment, TestClock, tokens } from '@guoku/testing';
import type { TestDatabase, TestPerson } from '@guoku/testing';
import pg from 'pg';
import { v7 } from 'uuid';
import { forecastService } from '../src/definition.js';
import { eve, history, mofDivCode, reference, statement } from './books.js';

/** The whole service: a database of its own, tokens of a real provider, and a broker. */
export class RunningForecast {
  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly doors: Doors,
    readonly broker: Broker,
    readonly clock: TestClock,
    readonly admin: pg.Client,
    private readonly token: string,
  ) {}

  /** @param withKafka a real broker; else one in memory */
  static async start({ withKafka = false } = {}): Promise<RunningForecast> {
    const database = await freshDatabase('forecast', migrationsOf(forecastService));
    const broker = withKafka ? new KafkaBroker(await kafka()) : new MemoryBroker();
    await broker.createTopics(TOPICS);
    const environment = await serviceEnvironment(database, { withKafka: false });
    const clock = new TestClock('2026-03-09T01:00:00Z');
    const service = await startService(forecastService, environment, { clock, broker });
    const { bindAddress, httpPort, grpcPort } = service.config;
    const doors = new Doors(
      `http://${bindAddress}:${httpPort}`,
      `${bindAddress}:${grpcPort}`,
      service.openApi,
      forecastService,
    );
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const token = await tokenOf('treasurer-1');
    return new RunningForecast(service, database, doors, broker, clock, admin, token);
  }

  /** One use case as somebody who may do everything, a second later than the one before. */
  ask(useCase: string, asked: Asked = {}, options = {}): Promise<Reply> {
    this.clock.forward({ ms: 1000 });
    return this.doors.rest(useCase, asked, { token: this.token, ...options });
  }

  async get<Body>(useCase: string, asked: Asked = {}): Promise<Body> {
    return bodyOf<Body>(await this.ask(useCase, asked));
  }

  post<Body>(useCase: string, body: object): Promise<Body> {
    return this.get<Body>(useCase, { body });
  }

  /** Pools, accounts, two years of flows and the statements of the eve: 5,000.00 and 800.00. */
  async setUp(): Promise<void> {
    await this.post('DivisionService.Import', reference);
    await this.post('FlowService.ImportHistory', { flows: history });
    await this.post('StatementService.Receive', statement('21', eve, '5000.00'));
    await this.post('StatementService.Receive', statement('22', eve, '800.00'));
  }

  /** Says it on the broker as another service would; given twice, it comes twice. */
  async say(...events: readonly Said[]): Promise<void> {
    for (const { type, id = v7(), data } of events) {
      const event = {
        specversion: '1.0',
        id,
        source: '/guoku/test',
        type,
        subject: id,
        time: this.clock.now().toISOString(),
        actor: 'treasurer-1',
        mofdivcode: mofDivCode,
        data,
      };
      const message = { key: `${mofDivCode}/${id}`, value: JSON.stringify(event) };
      await this.broker.publish([{ topic: topicOf(type), messages: [message] }]);
    }
  }

  /** An event that waits for somebody to mend it. @returns its id */
  park(): Promise<string> {
    return parkEvent(this.askAdmin, {
      consumer: 'forecast',
      type: 'guoku.business-day.closed.v1',
      mofDivCode,
    });
  }

  private readonly askAdmin: AskDatabase = async <Row extends object>(
    sql: string,
    values?: unknown[],
  ) => (await this.admin.query<Row>(sql, values)).rows;

  /** One digest over every row of every table, once all has come to rest. */
  checksum(): Promise<string> {
    return databaseChecksum(this.service, this.askAdmin);
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.service.stop();
    await this.admin.end();
    await this.database.drop();
  }
}

export type Said = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly id?: string;
    readonly data: EventData<Type>;
  };
}[EventType];

export interface Items<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export function tokenOf(
  person: string,
  duties: readonly DutyName[] = DUTIES,
  over: Partial<TestPerson> = {},
): Promise<string> {
  return tokens.of({ person, mofDivCode, duties, ...over });
}

/** The body of an answer that went well. */
export function bodyOf<Body>(reply: Reply): Body {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
  return reply.body as Body;
}
