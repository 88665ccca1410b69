import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, {
  type Admin,
  type Consumer,
  type EachBatchPayload,
  type IHeaders,
  type Kafka,
  type Producer,
  type RetryOptions,
} from 'kafkajs';
import type {
  Batch,
  Broker,
  Delivery,
  Publication,
  Subscription,
  TopicSettings,
} from './broker.js';
import { calmKafkajsTimers } from './kafkajs-timers.js';

export interface KafkaBrokerSettings {
  /** `host:port`, separated by commas, as in KAFKA_BROKERS. */
  readonly brokers: string;
  readonly clientId?: string;
  /** Put before the names of topics and groups, so that test runs share a broker. */
  readonly prefix?: string;
  /** kafkajs' warnings and errors; it goes on by itself after each. */
  readonly onWarning?: (message: string) => void;
}

// Sixty tries outlast a restart of the broker.
const retry: RetryOptions = { initialRetryTime: 50, maxRetryTime: 500, retries: 60 };
const DAY_MS = 86_400_000;
const PARTITIONS_AT_ONCE = 4;

/** The real broker, through kafkajs. */
export class KafkaBroker implements Broker {
  private readonly kafka: Kafka;
  private readonly prefix: string;
  private readonly consumers = new Set<Consumer>();
  private producer: Promise<Producer> | undefined;

  constructor({
    brokers,
    clientId = 'guoku',
    prefix = '',
    onWarning = () => undefined,
  }: KafkaBrokerSettings) {
    calmKafkajsTimers();
    this.prefix = prefix;
    this.kafka = new kafkajs.Kafka({
      clientId,
      brokers: brokers.split(','),
      connectionTimeout: 1000,
      requestTimeout: 5000,
      retry,
      logLevel: kafkajs.logLevel.WARN,
      logCreator: () => (entry) => {
        const detail: unknown = entry.log['error'];
        onWarning(
          typeof detail === 'string' ? `${entry.log.message}: ${detail}` : entry.log.message,
        );
      },
    });
  }

  async createTopics(topics: readonly TopicSettings[]): Promise<void> {
    const wanted = topics.map(({ name, partitions, retentionDays }) => ({
      topic: this.prefix + name,
      numPartitions: partitions,
      configEntries: [{ name: 'retention.ms', value: String(retentionDays * DAY_MS) }],
    }));
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      // kafkajs' own waiting gives up when the broker has not heard of the topic yet.
      await admin.createTopics({ topics: wanted, waitForLeaders: false });
      while (
        !(await haveLeaders(
          admin,
          wanted.map(({ topic }) => topic),
        ))
      )
        await sleep(20);
    } finally {
      await admin.disconnect();
    }
  }

  async publish(publications: readonly Publication[]): Promise<void> {
    this.producer ??= this.connectProducer();
    const connecting = this.producer;
    try {
      const producer = await connecting;
      await producer.sendBatch({
        acks: -1,
        topicMessages: publications.map(({ topic, messages }) => ({
          topic: this.prefix + topic,
          messages: messages.map(({ key, value, headers }) => ({
            key,
            value,
            ...(headers ? { headers: { ...headers } } : {}),
          })),
        })),
      });
    } catch (error) {
      // An idempotent producer that failed no longer knows which numbers the broker has seen: the
      // next one begins anew.
      if (this.producer === connecting) this.producer = undefined;
      void connecting.then((producer) => producer.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  async subscribe(
    group: string,
    topics: readonly string[],
    eachBatch: (batch: Batch) => Promise<void>,
  ): Promise<Subscription> {
    const consumer = this.kafka.consumer({
      groupId: this.prefix + group,
      // Not longer: a rebalance waits for the fetch in hand.
      maxWaitTimeInMs: 500,
      heartbeatInterval: 1000,
      sessionTimeout: 6_000,
      rebalanceTimeout: 10_000,
      retry: { ...retry, restartOnFailure: async () => true },
    });
    this.consumers.add(consumer);
    const close = async () => {
      this.consumers.delete(consumer);
      await consumer.disconnect();
    };
    try {
      await consumer.connect();
      await consumer.subscribe({
        topics: topics.map((topic) => this.prefix + topic),
        fromBeginning: true,
      });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => eachBatch(batchOf(payload, this.prefix)),
      });
    } catch (error) {
      await close().catch(() => undefined);
      throw error;
    }
    return { close };
  }

  async close(): Promise<void> {
    await Promise.all([...this.consumers].map((consumer) => consumer.disconnect()));
    const producer = await this.producer?.catch(() => undefined);
    await producer?.disconnect();
    this.producer = undefined;
  }

  private async connectProducer(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}

async function haveLeaders(admin: Admin, topics: string[]): Promise<boolean> {
  try {
    const found = await admin.fetchTopicMetadata({ topics });
    return found.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  } catch (error) {
    if (error instanceof kafkajs.KafkaJSProtocolError) return false;
    throw error;
  }
}

function batchOf(payload: EachBatchPayload, prefix: string): Batch {
  const { batch } = payload;
  const { topic, partition, messages } = batch;
  const deliveries = messages.map(({ key, value, headers, offset }): Delivery => ({
    key: key?.toString('utf8') ?? '',
    value: value?.toString('utf8') ?? '',
    headers: textHeaders(headers),
    offset: BigInt(offset),
  }));
  return {
    topic: topic.slice(prefix.length),
    partition,
    deliveries,
    // The high watermark is the offset that the next record will get.
    behind: BigInt(batch.highWatermark) - BigInt(batch.lastOffset()) - 1n,
    stale: () => payload.isStale() || !payload.isRunning(),
    heartbeat: () => payload.heartbeat(),
    async commit(offset) {
      payload.resolveOffset(String(offset));
      // Kafka is told the offset of the next record to read.
      const partitions = [{ partition, offset: String(offset + 1n) }];
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
    },
  };
}

function textHeaders(headers: IHeaders | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) texts[name] = first.toString();
  }
  return texts;
}
