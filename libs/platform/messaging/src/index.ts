import { join } from 'node:path';

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
export { MemoryBroker, type Faults } from './memory-broker.js';
export type { MessagingObserver, Outcome } from './observer.js';
export { outbox } from './outbox.js';
export { OutboxRelay, type RelaySettings } from './outbox-relay.js';
export {
  ParkedEvents,
  type ParkedDecision,
  type ParkedEvent,
  type ParkedFilter,
  type ParkedRefusal,
} from './parked-events.js';

/** Folder of the migrations that make outbox, inbox and parked events; they run before a service's own. */
export const messagingMigrations = join(import.meta.dirname, 'migrations');
