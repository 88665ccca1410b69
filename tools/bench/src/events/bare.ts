// The limits below which nothing can go: the same machine, server and broker in the same run,
// without guoku.
import { randomUUID } from 'node:crypto';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { atPace } from '../pace.js';
import { quantilesOf, round, type Quantiles } from '../quantiles.js';

const TOPIC = 'bare';
const VALUE = 'x'.repeat(600);

/** Produce to consume, without a database: one record a message, acknowledged by the broker. */
export async function bareKafka(
  brokers: string,
  ratePerSecond: number,
  seconds: number,
): Promise<Quantiles> {
  const kafka = new kafkajs.Kafka({ brokers: [brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 3 }] });
  await admin.disconnect();
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  const consumer = kafka.consumer({ groupId: TOPIC, maxWaitTimeInMs: 500 });
  const tookMs: number[] = [];
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      for (const { headers } of batch.messages) {
        tookMs.push(performance.now() - Number(headers?.['at']?.toString()));
      }
    },
  });
  const send = async (n: number) => {
    const headers = { at: String(performance.now()) };
    const message = { key: String(n % 200), value: VALUE, headers };
    await producer.send({ topic: TOPIC, acks: -1, messages: [message] });
  };
  await send(0);
  tookMs.length = 0;
  await atPace(ratePerSecond, seconds, send);
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  return quantilesOf(tookMs);
}

export interface BareInsert extends Quantiles {
  readonly perSecond: number;
}

/** One row, one commit, as many at a time as a service has connections. */
export async function bareInsert(
  url: string,
  connections: number,
  seconds: number,
): Promise<BareInsert> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  await pool.query('create table bare (id uuid primary key)');
  const tookMs: number[] = [];
  const began = performance.now();
  const insert = async () => {
    while (performance.now() - began < seconds * 1000) {
      const at = performance.now();
      await pool.query('insert into bare (id) values ($1)', [randomUUID()]);
      tookMs.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, insert));
  await pool.end();
  return { perSecond: round(tookMs.length / seconds, 0), ...quantilesOf(tookMs) };
}
