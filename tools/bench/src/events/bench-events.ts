import { fork, type ChildProcess } from 'node:child_process';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parkingTopicOf, topicOf } from '@guoku/contracts';
import { KafkaBroker, messagingMigrations } from '@guoku/messaging';
import { dataSourceOf, migrate, migrationsFrom, Transactor } from '@guoku/persistence';
import pg from 'pg';
import { quantilesOf, round, type Quantiles } from '../quantiles.js';
import { startServers, type Servers } from '../servers.js';
import { bareInsert, bareKafka } from './bare.js';
import { CONSUMER, isUsage, TYPE, type Load, type Usage } from './traffic.js';

const AIM_RATE = 200;
const AIM_SECONDS = 20;
const RATES = [400, 600, 800, 1000, 1200, 1400, 1600, 2000, 2400, 3000];
const RATE_SECONDS = 5;
/** A rate holds when 99 of 100 events have had their effect within this. */
const HOLDS_P99_MS = 1000;
const IDLE_SECONDS = 5;
const LATE_MS_MAX = 60_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * From the commit of a row and its event in one process to the commit of its effect in another, by
 * the commit times of the one PostgreSQL server that holds both databases.
 */
export async function benchEvents(): Promise<object> {
  say('Starting PostgreSQL and Kafka');
  const servers = await startServers({ track_commit_timestamp: 'on', max_connections: '100' });
  const children: ChildProcess[] = [];
  try {
    await prepare(servers);
    const start = (name: string, database: string) => {
      const child = fork(new URL(`./${name}.worker.js`, import.meta.url));
      children.push(child);
      return tell(child, { url: servers.urlOf(database), brokers: servers.brokers }).then(
        () => child,
      );
    };
    const [sender, receiver] = [await start('sender', 'said'), await start('receiver', 'heard')];
    return await measure(servers, sender, receiver);
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
    await servers.stop();
  }
}

async function measure(servers: Servers, sender: ChildProcess, receiver: ChildProcess) {
  const books = new Books(servers);
  const run = async (load: Load): Promise<Quantiles | undefined> => {
    await books.clear();
    await tell(sender, load);
    return books.read(load);
  };
  say('Warming up');
  await run({ ratePerSecond: AIM_RATE, seconds: 5 });

  say(`${AIM_RATE} events a second for ${AIM_SECONDS} s`);
  const atAim = await run({ ratePerSecond: AIM_RATE, seconds: AIM_SECONDS });

  const idle = await idleUse(sender, receiver);
  say('The same without guoku: records through Kafka, rows into PostgreSQL');
  const kafka = await bareKafka(servers.brokers, AIM_RATE, AIM_SECONDS / 2);
  const insert = await bareInsert(servers.urlOf('said'), 10, RATE_SECONDS);

  let highest = atAim ? AIM_RATE : 0;
  for (const ratePerSecond of RATES) {
    const took = await run({ ratePerSecond, seconds: RATE_SECONDS });
    say(`${ratePerSecond} a second: ${took ? `p99 ${took.p99Ms} ms` : 'falls behind'}`);
    if (!took || took.p99Ms > HOLDS_P99_MS) break;
    highest = ratePerSecond;
  }
  const usage = { sender: await tell(sender, {}), receiver: await tell(receiver, {}) };
  await books.close();
  return {
    bench: 'events',
    ratePerSecond: AIM_RATE,
    commitToEffect: atAim ?? 'fell behind',
    highestRatePerSecond: highest,
    highestRateMeans: `99 of 100 within ${HOLDS_P99_MS} ms over ${RATE_SECONDS} s`,
    bare: { kafkaProduceToConsume: kafka, postgresInsert: insert },
    ratios: {
      p50ToBareKafkaAndTwoInserts: round((atAim?.p50Ms ?? 0) / (kafka.p50Ms + 2 * insert.p50Ms)),
      highestRateToBareInserts: round(highest / insert.perSecond, 3),
    },
    residentMb: { sender: usage.sender.residentMb, receiver: usage.receiver.residentMb },
    idleCpuPercent: idle,
    machine: { cores: cpus().length, node: process.version },
  };
}

async function prepare(servers: Servers): Promise<void> {
  const admin = new pg.Client({ connectionString: servers.urlOf('postgres') });
  await admin.connect();
  for (const database of ['said', 'heard']) {
    await admin.query(`create database ${database}`);
    const rows = {
      folder: '2026-11-24-01-rows',
      sql: `create table ${database} (id uuid primary key)`,
      appendOnly: [],
    };
    const migrations = [...migrationsFrom(messagingMigrations), rows];
    await migrate(servers.urlOf(database), migrations, 'postgres');
  }
  await admin.end();
  const broker = new KafkaBroker({ brokers: servers.brokers });
  await broker.createTopics([
    { name: topicOf(TYPE), partitions: 3, retentionDays: 1 },
    { name: parkingTopicOf(CONSUMER), partitions: 1, retentionDays: 1 },
  ]);
  await broker.close();
}

/** Sends a message and waits for the answer, which comes when the process has done as told. */
async function tell(child: ChildProcess, message: object): Promise<Usage> {
  const answered = new Promise<unknown>((resolve, reject) => {
    const ended = () => reject(new Error('a process of the bench has ended by itself'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
  child.send(message);
  const answer = await answered;
  if (!isUsage(answer)) throw new Error('the process answers something else');
  return answer;
}

async function idleUse(sender: ChildProcess, receiver: ChildProcess) {
  const percent = (before: Usage, after: Usage) =>
    round((after.cpuMs - before.cpuMs) / (IDLE_SECONDS * 10));
  await sleep(1000);
  const before = [await tell(sender, {}), await tell(receiver, {})] as const;
  await sleep(IDLE_SECONDS * 1000);
  const after = [await tell(sender, {}), await tell(receiver, {})] as const;
  return { sender: percent(before[0], after[0]), receiver: percent(before[1], after[1]) };
}

interface Commit {
  readonly id: string;
  readonly ms: number;
}

/** The rows of both databases, with the times of their commits. */
class Books {
  private readonly said: Transactor;
  private readonly heard: Transactor;

  constructor(servers: Servers) {
    this.said = new Transactor(dataSourceOf(servers.urlOf('said'), { poolSize: 1 }));
    this.heard = new Transactor(dataSourceOf(servers.urlOf('heard'), { poolSize: 1 }));
  }

  async clear(): Promise<void> {
    await this.said.run((session) => session.execute('truncate said'));
    await this.heard.run((session) => session.execute('truncate heard'));
  }

  /** Undefined when the sender could not keep the pace or the effects are not there in time. */
  async read({ ratePerSecond, seconds }: Load): Promise<Quantiles | undefined> {
    await sleep(HOLDS_P99_MS);
    const said = await this.commits(this.said, 'said');
    let heard = await this.commits(this.heard, 'heard');
    const inTime = heard.length >= said.length * 0.99;
    // What is late must not disturb the next run.
    for (const giveUpAt = Date.now() + LATE_MS_MAX; heard.length < said.length;) {
      if (Date.now() > giveUpAt) throw new Error(`${said.length - heard.length} events are lost`);
      await sleep(200);
      heard = await this.commits(this.heard, 'heard');
    }
    const saidMs = said.map(({ ms }) => ms);
    const span = (Math.max(...saidMs) - Math.min(...saidMs)) / 1000;
    if (!inTime || span > seconds * 1.1 || said.length < ratePerSecond * seconds) return undefined;
    const at = new Map(said.map(({ id, ms }) => [id, ms]));
    return quantilesOf(heard.map(({ id, ms }) => ms - (at.get(id) ?? Number.NaN)));
  }

  async close(): Promise<void> {
    await Promise.all([this.said.close(), this.heard.close()]);
  }

  private commits(transactor: Transactor, table: 'said' | 'heard'): Promise<Commit[]> {
    return transactor.run((session) =>
      session.rows<Commit>(
        `select id, extract(epoch from pg_xact_commit_timestamp(xmin))::float8 * 1000 as "ms" from ${table}`,
      ),
    );
  }
}
