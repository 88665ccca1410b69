/** Every Kafka topic of guoku. One topic per publishing service; one parking topic per consumer. */

export const SERVICES = ['quota', 'revenue', 'forecast', 'payment'] as const;
export type ServiceName = (typeof SERVICES)[number];

export type EventTopic = `guoku.${ServiceName}.v1`;
export type ParkingTopic = `guoku.${string}.parked`;

export interface TopicDefinition {
  readonly name: EventTopic | ParkingTopic;
  readonly partitions: number;
  /** How long the broker keeps records; the outbox keeps them for ever, so a topic can be filled again. */
  readonly retentionDays: number;
}

/** The topic on which a service publishes. */
export function topicOfService(service: ServiceName): EventTopic {
  return `guoku.${service}.v1`;
}

/** Where a consumer's events wait that could not be applied. */
export function parkingTopicOf(consumer: string): ParkingTopic {
  return `guoku.${consumer}.parked`;
}

/** All topics, in the order in which they are created. Consumers are named after their service. */
export const TOPICS: readonly TopicDefinition[] = [
  ...SERVICES.map((service) => ({
    name: topicOfService(service),
    partitions: 3,
    retentionDays: 30,
  })),
  ...SERVICES.map((service) => ({
    name: parkingTopicOf(service),
    partitions: 1,
    retentionDays: 365,
  })),
];
