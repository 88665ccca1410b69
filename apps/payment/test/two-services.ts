import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOPICS } from '@guoku/contracts';
import { KafkaBroker } from '@guoku/messaging';
import type { OpenAPIObject } from '@nestjs/swagger';
import { migrationsOf } from '@guoku/service';
import { Doors, type Asked, type CallOptions } from '@guoku/service/testing';
import { eventually, freshDatabase, kafka, runProgram, tokens } from '@guoku/testing';
import { serviceEnvironment, type Program, type TestDatabase } from '@guoku/testing';
import pg from 'pg';
import { mofDivCode } from './books.js';
import { bodyOf } from './running-payment.js';

const apps = join(import.meta.dirname, '../..');
type Name = 'quota' | 'payment';

/** One service as a process of its own, which may be killed at any moment and started again. */
export class ServiceProcess {
  private program: Program | undefined;
  private doors: Doors | undefined;

  private constructor(
    private readonly name: Name,
    readonly database: TestDatabase,
    private readonly environment: Record<string, string>,
    readonly admin: pg.Client,
  ) {}

  static async prepare(name: Name, more: Record<string, string> = {}): Promise<ServiceProcess> {
    const migrations = join(apps, name, 'src/migrations');
    const database = await freshDatabase(name, migrationsOf({ migrations }));
    const environment = { ...(await serviceEnvironment(database)), ...more };
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    return new ServiceProcess(name, database, environment, admin);
  }

  get grpcAddress(): string {
    return `127.0.0.1:${this.environment['GRPC_PORT']}`;
  }

  private get url(): string {
    return `http://127.0.0.1:${this.environment['HTTP_PORT']}`;
  }

  /** Starts the process and waits until it is ready. */
  async start(): Promise<void> {
    this.program = runProgram(join(apps, this.name, 'src/main.ts'), this.environment);
    const wait = { withinMs: 60_000, everyMs: 50 };
    const openApi = await eventually(async () => {
      const ready = await fetch(`${this.url}/ready`);
      if (!ready.ok) throw new Error(`${this.name} is not ready: ${ready.status}`);
      return (await (await fetch(`${this.url}/openapi.json`)).json()) as OpenAPIObject;
    }, wait);
    this.doors ??= new Doors(this.url, this.grpcAddress, openApi, { protos: [] });
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.program?.kill();
  }

  async ask<Body>(
    token: string,
    useCase: string,
    asked: Asked = {},
    options: CallOptions = {},
  ): Promise<Body> {
    if (this.doors === undefined) throw new Error(`${this.name} was never started`);
    return bodyOf<Body>(await this.doors.rest(useCase, asked, { token, ...options }));
  }

  async rows<Row extends object>(sql: string): Promise<Row[]> {
    return (await this.admin.query<Row>(sql)).rows;
  }

  /** Names of the consistency queries that find something. */
  async inconsistencies(): Promise<string[]> {
    const folder = join(apps, this.name, 'consistency');
    const found: string[] = [];
    for (const file of readdirSync(folder)) {
      const rows = await this.rows(readFileSync(join(folder, file), 'utf8'));
      if (rows.length > 0) found.push(`${this.name}/${file}: ${JSON.stringify(rows.slice(0, 3))}`);
    }
    return found;
  }

  async end(): Promise<void> {
    await this.kill();
    this.doors?.close();
    await this.admin.end();
    await this.database.drop();
  }
}

/** Quota and payment as two processes on a real Kafka, and a publisher that stands for forecast. */
export async function twoServices() {
  const given = await kafka();
  const broker = new KafkaBroker(given);
  await broker.createTopics(TOPICS);
  const prefix = { KAFKA_PREFIX: given.prefix };
  const quota = await ServiceProcess.prepare('quota', prefix);
  const payment = await ServiceProcess.prepare('payment', {
    ...prefix,
    QUOTA_GRPC: quota.grpcAddress,
    OIDC_CLIENT_ID: 'payment',
    // The run's provider knows every service by this secret.
    OIDC_CLIENT_SECRET: 'test',
  });
  await Promise.all([quota.start(), payment.start()]);
  const end = async (): Promise<void> => {
    await Promise.all([quota.end(), payment.end()]);
    await broker.close();
  };
  return { broker, quota, payment, end };
}

export function tokenOf(
  person: string,
  rest: Omit<Parameters<typeof tokens.of>[0], 'person' | 'mofDivCode'>,
): Promise<string> {
  return tokens.of({ person, mofDivCode, ...rest });
}
