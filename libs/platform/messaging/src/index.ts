export type {
  Batch,
  Broker,
  Delivery,
  Message,
  Publication,
  Subscription,
  TopicSettings,
} from './broker.js';
export type { IncomingEvent, OutgoingEvent } from './cloud-event.js';
export type { Consumer, Handlers } from './consumer.js';
export { ConsumerRunner, type RunnerSettings } from './consumer-runner.js';
export { KafkaBroker, type KafkaBrokerSettings } from './kafka-broker.js';
export { calmKafkajsTimers } from './kafkajs-timers.js';
export { MemoryBroker, type Faults } from './memory-broker.js';
export type { MessagingObserver, Outcome } from './observer.js';
export { messagingMigrations } from './messaging-migrations.js';
export { outbox } from './outbox.js';
export { OutboxRelay, type RelaySettings } from './outbox-relay.js';
export {
  ParkedEvents,
  type ParkedDecision,
  type ParkedEvent,
  type ParkedFilter,
  type ParkedRefusal,
} from './parked-events.js';
export { randomFrom, type Random } from './random.js';
