import { randomUUID } from 'node:crypto';
import { kafkaBrokers } from './servers.js';

/**
 * The run's one Kafka, and a prefix that keeps the topics and groups of one suite apart from all
 * others.
 */
export interface TestKafka {
  readonly brokers: string;
  readonly prefix: string;
}

export async function kafka(): Promise<TestKafka> {
  return { brokers: await kafkaBrokers(), prefix: `${randomUUID().slice(0, 8)}.` };
}
