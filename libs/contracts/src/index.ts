export {
  EVENTS,
  isEventType,
  schemaOf,
  serviceOf,
  topicOf,
  type EventData,
  type EventType,
} from './event-types.js';
export { protoFolder } from './proto.js';
export type { JsonSchema } from './schema.js';
export {
  parkingTopicOf,
  SERVICES,
  topicOfService,
  TOPICS,
  type EventTopic,
  type ParkingTopic,
  type ServiceName,
  type TopicDefinition,
} from './topics.js';
