// Servers in containers, by testcontainers. Only on demand: nothing guesses whether a container
// engine is there.
import { freePorts } from '@guoku/tool-embedded';

const POSTGRES_IMAGE = process.env['GUOKU_TEST_POSTGRES_IMAGE'] ?? 'postgres:18.4-bookworm';
const KAFKA_IMAGE = process.env['GUOKU_TEST_KAFKA_IMAGE'] ?? 'apache/kafka:4.4.0';

/** @type {import('../global-setup.mjs').Lane} */
export const containers = {
  async postgres() {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer(POSTGRES_IMAGE)
      .withEnvironment({ POSTGRES_PASSWORD: 'postgres' })
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start();
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    return {
      answer: { url: `postgresql://postgres:postgres@${address}/postgres` },
      stop: async () => void (await container.stop()),
    };
  },
  async kafka() {
    const { GenericContainer, Wait } = await import('testcontainers');
    // The broker tells its clients its own address, so the port outside must be known before it
    // starts.
    const [port = 0] = await freePorts(1);
    const container = await new GenericContainer(KAFKA_IMAGE)
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    return {
      answer: { brokers: `127.0.0.1:${port}` },
      stop: async () => void (await container.stop()),
    };
  },
};
