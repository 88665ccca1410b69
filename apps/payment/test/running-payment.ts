import { TOPICS } from '@guoku/contracts';
import { MemoryBroker, type Faults } from '@guoku/messaging';
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
  type Asked,
  type CallOptions,
  type Reply,
} from '@guoku/service/testing';
import { eventually, freshDatabase, serviceEnvironment, tokens } from '@guoku/testing';
import type { TestDatabase, TestPerson } from '@guoku/testing';
import pg from 'pg';
import { v7 } from 'uuid';
import { paymentService } from '../src/definition.js';
import { forecastOf, friday, idOf, mofDivCode, reference, requestOf } from './books.js';
import { publish, StandingQuota } from './standing-quota.js';

/** The people of the tests and what they may do. */
export const PEOPLE = {
  'admin-1': { duties: ['division.import'] },
  'unit-1': { agencyCode: '101001', duties: ['fund-request.enter', 'fund-request.read'] },
  'unit-2': { agencyCode: '202001', duties: ['fund-request.enter', 'fund-request.read'] },
  'section-edu-1': { mofDepCode: 'edu', duties: ['fund-request.enter', 'fund-request.review'] },
  'section-agr-1': { mofDepCode: 'agr', duties: ['fund-request.review'] },
  'treasurer-1': { duties: ['plan.enter', 'plan.read', 'fund-request.read', 'payment.read'] },
  'chief-1': { duties: ['plan.approve', 'plan.enter'] },
  'cashier-1': { duties: ['payment.instruct', 'payment.read'] },
  'reconciler-1': { duties: ['payment.reconcile', 'business-day.run', 'payment.read'] },
} satisfies Record<
  string,
  Omit<TestPerson, 'person' | 'mofDivCode' | 'duties'> & { duties: DutyName[] }
>;
export type Person = keyof typeof PEOPLE;

export interface RequestShown {
  readonly id: string;
  readonly state: string;
  readonly amount: string;
  readonly paid: string;
  readonly inFlight: string;
  readonly outstanding: string;
  readonly lapsed: string;
  readonly closed: string;
  readonly tier: number | null;
  readonly continuedAs: string | null;
  readonly version: number;
}

export interface PlanShown {
  readonly id: string;
  readonly state: string;
  readonly brokenPromises: readonly object[];
}

/** The whole service: its own database, tokens of a real provider, a broker in memory, and who stands for quota. */
export class RunningPayment {
  private readonly known = new Map<Person, string>();

  private constructor(
    public service: RunningService,
    readonly database: TestDatabase,
    public doors: Doors,
    readonly broker: MemoryBroker,
    readonly quota: StandingQuota,
    readonly admin: pg.Client,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(faults: Faults = { seed: 0 }): Promise<RunningPayment> {
    const database = await freshDatabase('payment', migrationsOf(paymentService));
    const broker = new MemoryBroker(faults);
    await broker.createTopics(TOPICS);
    const { quota, address } = await StandingQuota.start(broker);
    const environment = {
      ...(await serviceEnvironment(database, { withKafka: false })),
      QUOTA_GRPC: address,
      OIDC_CLIENT_ID: 'payment',
      // The run's provider knows every service by this secret.
      OIDC_CLIENT_SECRET: 'test',
    };
    const service = await startService(paymentService, environment, { broker });
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    const doors = doorsOf(service);
    return new RunningPayment(service, database, doors, broker, quota, admin, environment);
  }

  /** Ends the service; its database, the broker and quota stay. */
  async halt(): Promise<void> {
    this.doors.close();
    await this.service.stop();
  }

  /** Starts it again, as after a crash; what it says from now on nobody hears. */
  async resume(): Promise<void> {
    const broker = new MemoryBroker();
    await broker.createTopics(TOPICS);
    this.service = await startService(paymentService, this.environment, { broker });
    this.doors = doorsOf(this.service);
  }

  async token(person: Person): Promise<string> {
    const known = this.known.get(person);
    if (known !== undefined) return known;
    const token = await tokens.of({ person, mofDivCode, ...PEOPLE[person] });
    this.known.set(person, token);
    return token;
  }

  /** Of somebody who may do everything. */
  tokenOfAll(person: string, over: Partial<TestPerson> = {}): Promise<string> {
    return tokens.of({ person, mofDivCode, duties: DUTIES, ...over });
  }

  async ask(
    person: Person,
    useCase: string,
    asked: Asked = {},
    options: CallOptions = {},
  ): Promise<Reply> {
    return this.doors.rest(useCase, asked, { token: await this.token(person), ...options });
  }

  /** What went well. */
  async do<Body>(
    person: Person,
    useCase: string,
    asked: Asked = {},
    options: CallOptions = {},
  ): Promise<Body> {
    return bodyOf<Body>(await this.ask(person, useCase, asked, options));
  }

  /** A division with its first day open and a forecast. */
  async setUp(
    { day = friday, opening = '1000.00' }: { day?: string; opening?: string } = {},
    settings: object = {},
  ): Promise<void> {
    const body = { ...reference, settings };
    await this.do('admin-1', 'DivisionService.Import', { body });
    await this.do('reconciler-1', 'BusinessDayService.Open', { body: { day } });
    const eve = day === friday ? '2011-09-29' : friday;
    await this.forecast(`eve of ${day}`, eve, opening);
  }

  async forecast(name: string, origin: string, opening: string): Promise<void> {
    const data = forecastOf(name, origin, { opening });
    await publish(this.broker, 'guoku.forecast.published.v1', v7(), mofDivCode, data);
    await eventually(async () => {
      const { rowCount } = await this.admin.query(
        'select 1 from forecast_snapshot where snapshot_id = $1',
        [data.snapshotId],
      );
      expect(rowCount).toBe(1);
    });
  }

  /** Entered, submitted, and waited for until quota has spoken. */
  async submit(name: string, change: object = {}): Promise<RequestShown> {
    const body = requestOf(name, change);
    await this.do('unit-1', 'FundRequestService.Enter', { body });
    await this.review(name);
    return this.until(name, ({ state }) => state !== 'submitted');
  }

  async review(name: string): Promise<void> {
    const path = { id: idOf(name) };
    const body = { decision: 'submit' };
    await this.do('section-edu-1', 'FundRequestService.Review', { path, body });
  }

  request(name: string): Promise<RequestShown> {
    return this.do('treasurer-1', 'FundRequestService.Get', { path: { id: idOf(name) } });
  }

  until(name: string, wanted: (request: RequestShown) => boolean): Promise<RequestShown> {
    return eventually(async () => {
      const request = await this.request(name);
      if (!wanted(request)) throw new Error(`${name}: ${JSON.stringify(request)}`);
      return request;
    });
  }

  /** Made by one, approved by another; made again, as they would, when the bank's answers changed what it was made from. */
  async plan(horizonTo = '2011-10-05'): Promise<PlanShown> {
    const body = { month: '2011-10', horizonTo };
    for (;;) {
      const { id } = await this.do<PlanShown>('treasurer-1', 'PlanService.Make', { body });
      const reply = await this.ask('chief-1', 'PlanService.Approve', { path: { id } });
      if (reply.code !== 'plan_stale') return bodyOf<PlanShown>(reply);
    }
  }

  instruct(day: string): Promise<Instructed> {
    return this.do<Instructed>('cashier-1', 'PaymentService.Instruct', { body: { day } });
  }

  /** Reconciles and closes the day and opens the next. */
  async turn(day: string, next: string, opening: string): Promise<void> {
    await this.do('reconciler-1', 'BusinessDayService.CutOff');
    await this.closeDay(day);
    await this.do('reconciler-1', 'BusinessDayService.Open', { body: { day: next } });
    await this.forecast(`end of ${day}`, day, opening);
  }

  async closeDay(day: string): Promise<void> {
    await eventually(async () => {
      const made = await this.do<{ agrees: boolean }>(
        'reconciler-1',
        'ReconciliationService.Make',
        {
          body: { day },
        },
      );
      expect(made.agrees).toBe(true);
    });
    await this.do('reconciler-1', 'BusinessDayService.Close');
  }

  /** Waits until a query gives no row. */
  async untilNone(query: string): Promise<void> {
    await eventually(async () => expect(await this.sql(`${query} limit 1`)).toEqual([]), {
      withinMs: 60_000,
    });
  }

  /** From now on the simulated bank behaves like this. */
  async behave(simulatedBank: object): Promise<void> {
    const body = { ...reference, settings: { simulatedBank } };
    await this.do('admin-1', 'DivisionService.Import', { body });
  }

  /** Data of all events of a type that payment has said so far. */
  async said(type: string): Promise<object[]> {
    const rows = await this.sql<{ data: object }>(
      'select data from outbox where type = $1 order by seq',
      [type],
    );
    return rows.map(({ data }) => data);
  }

  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(text, values)).rows;
  }

  /** An event that waits for somebody to mend it. @returns its id */
  park(): Promise<string> {
    return parkEvent((sql, values) => this.sql(sql, values), {
      consumer: 'payment',
      type: 'guoku.quota.allotted.v1',
      mofDivCode,
    });
  }

  /** One digest over every row of every table, the simulated bank's as well, once all has come to rest. */
  checksum(): Promise<string> {
    return databaseChecksum(this.service, (sql, values) => this.sql(sql, values), {
      awaited: `select 1 from fund_request where stage = 'submitted'`,
    });
  }

  async stop(): Promise<void> {
    this.doors.close();
    await this.service.stop();
    await this.quota.stop();
    await this.admin.end();
    await this.database.drop();
  }
}

export interface Instructed {
  readonly finished: boolean;
  readonly payments: readonly {
    readonly paymentId: string;
    readonly requestId: string;
    readonly amount: string;
    readonly outcome: string;
    readonly code: string | null;
    readonly detail: string | null;
  }[];
  readonly left: readonly { readonly requestId: string; readonly why: string }[];
}

function doorsOf({ config, openApi }: RunningService): Doors {
  const { bindAddress, httpPort, grpcPort } = config;
  const address = `${bindAddress}:${grpcPort}`;
  return new Doors(`http://${bindAddress}:${httpPort}`, address, openApi, paymentService);
}

/** The body of an answer that went well. */
export function bodyOf<Body>(reply: Reply): Body {
  if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply.body)}`);
  return reply.body as Body;
}
