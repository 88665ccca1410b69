/**
 * Creates the topics that are missing. Theirs is one list, in libs/contracts.
 *
 * @param {string} brokers
 */
export async function createTopics(brokers) {
  const { TOPICS } = await import('@guoku/contracts');
  const { Kafka, logLevel } = (await import('kafkajs')).default;
  const admin = new Kafka({
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { retries: 10, maxRetryTime: 1000 },
  }).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const topics = TOPICS.filter(({ name }) => !existing.has(name)).map((topic) => ({
      topic: topic.name,
      numPartitions: topic.partitions,
      configEntries: [{ name: 'retention.ms', value: String(topic.retentionDays * 86_400_000) }],
    }));
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}
