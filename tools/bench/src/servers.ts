import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calmKafkajsTimers } from '@guoku/messaging';
import { freePorts, startKafka, startPostgres } from '@guoku/tool-embedded';

/** The start of Kafka uses kafkajs as well. */
calmKafkajsTimers();

export interface Servers {
  /** Connection of the superuser to one database. */
  readonly urlOf: (database: string) => string;
  readonly brokers: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL and a Kafka of their own, with the settings of the embedded profile. They die with
 * this process.
 */
export async function startServers(settings: Record<string, string>): Promise<Servers> {
  const place = mkdtempSync(join(tmpdir(), 'guoku-bench-'));
  const [port = 0, brokerPort = 0, controllerPort = 0] = await freePorts(3);
  const postgres = await startPostgres({ folder: join(place, 'postgres'), port, settings });
  const kafka = await startKafka({
    folder: join(place, 'kafka'),
    port: brokerPort,
    controllerPort,
  });
  return {
    urlOf: (database) => postgres.urlOf(database),
    brokers: kafka.brokers,
    async stop() {
      await Promise.all([postgres.stop(), kafka.stop()]);
      rmSync(place, { recursive: true, force: true });
    },
  };
}
