import { TOPICS } from '@guoku/contracts';
import { MemoryBroker } from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import {
  Clock,
  DUTIES,
  migrationsOf,
  startService,
  type DutyName,
  type RunningService,
} from '@guoku/service';
import { databaseChecksum, Doors } from '@guoku/service/testing';
import { freshDatabase, serviceEnvironment, tokens, type TestDatabase } from '@guoku/testing';
import { example } from './example/definition.js';
import { Notes } from './example/notes.js';

class SetClock extends Clock {
  at = new Date('2026-03-09T02:00:00Z');

  override now(): Date {
    return this.at;
  }
}

export const division = '990001000';

interface TokenWish {
  readonly person?: string;
  readonly mofDivCode?: string;
  readonly duties?: readonly DutyName[];
}

/** The example service with its own database and a broker in memory. */
export class Running {
  private readonly admin: Transactor;

  private constructor(
    readonly service: RunningService,
    readonly database: TestDatabase,
    readonly doors: Doors,
    readonly clock: SetClock,
  ) {
    this.admin = new Transactor(dataSourceOf(database.adminUrl, { poolSize: 1 }));
  }

  /** @param settings in the place of those of the run, such as another OIDC_ISSUER */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Running> {
    const database = await freshDatabase('quota', migrationsOf(example));
    const clock = new SetClock();
    const environment = {
      ...(await serviceEnvironment(database, { withKafka: false })),
      ...settings,
    };
    const broker = new MemoryBroker();
    await broker.createTopics(TOPICS);
    const parts = { clock, broker };
    const service = await startService(example, environment, parts);
    const { httpPort, grpcPort } = service.config;
    const url = `http://127.0.0.1:${String(httpPort)}`;
    const doors = new Doors(url, `127.0.0.1:${String(grpcPort)}`, service.openApi, example);
    return new Running(service, database, doors, clock);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.service.config.httpPort)}`;
  }

  get grpcAddress(): string {
    return `127.0.0.1:${String(this.service.config.grpcPort)}`;
  }

  get notes(): Notes {
    return this.service.app.get(Notes);
  }

  /** Of the run's real OpenID provider; with every duty where not said. */
  token(wish: TokenWish = {}): Promise<string> {
    return tokens.of({ person: 'treasurer-1', mofDivCode: division, duties: DUTIES, ...wish });
  }

  /** As superuser, to see and plant what the service could not. */
  rows<Row extends object>(sql: string): Promise<Row[]> {
    return this.admin.run((session) => session.rows<Row>(sql));
  }

  async execute(sql: string): Promise<void> {
    await this.admin.run((session) => session.execute(sql));
  }

  /** One digest over every row of every table, once all has come to rest. */
  checksum(): Promise<string> {
    return databaseChecksum(this.service, (sql) => this.rows(sql));
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.service.stop();
    await this.admin.close();
    await this.database.drop();
  }
}
