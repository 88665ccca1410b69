import { EVENTS, isEventType, schemaOf, topicOf, type EventType } from './event-types.js';
import { TOPICS } from './topics.js';

const id = (type: EventType) => type.replaceAll('.', '-');

/** The envelope that every record has: CloudEvents 1.0, structured JSON, with our three extensions. */
function envelope(type: EventType) {
  return {
    type: 'object',
    required: [
      'specversion',
      'id',
      'source',
      'type',
      'subject',
      'time',
      'actor',
      'mofdivcode',
      'data',
    ],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', format: 'uuid', description: 'a repeated event has the same id' },
      source: { type: 'string', description: 'the service that publishes' },
      type: { const: type },
      subject: { type: 'string', description: 'id of the thing' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      actor: { type: 'string', description: 'the person on whose command it happened' },
      mofdivcode: { type: 'string', description: 'division 区划' },
      traceparent: { type: 'string', description: 'W3C trace context' },
      data: schemaOf(type),
    },
  };
}

/** The AsyncAPI 3.0 document of all events, made from the same definitions that validate them. */
export function asyncApi() {
  const types = Object.keys(EVENTS).filter(isEventType);
  const publishing = TOPICS.filter(({ name }) => types.some((type) => topicOf(type) === name));
  const ofTopic = (topic: string) => types.filter((type) => topicOf(type) === topic);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'guoku events',
      version: '1',
      description:
        'Key of a record: <mofDivCode>/<aggregate id>. Any event may come twice, late, or out of order between topics.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      publishing.map(({ name, partitions, retentionDays }) => [
        name,
        {
          address: name,
          messages: Object.fromEntries(
            ofTopic(name).map((type) => [id(type), { $ref: `#/components/messages/${id(type)}` }]),
          ),
          bindings: {
            kafka: {
              topic: name,
              partitions,
              topicConfiguration: { 'retention.ms': retentionDays * 86_400_000 },
            },
          },
        },
      ]),
    ),
    operations: Object.fromEntries(
      types.map((type) => [
        `publish-${id(type)}`,
        {
          action: 'send',
          channel: { $ref: `#/channels/${topicOf(type)}` },
          messages: [{ $ref: `#/channels/${topicOf(type)}/messages/${id(type)}` }],
        },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        types.map((type) => [
          id(type),
          {
            name: type,
            contentType: 'application/cloudevents+json',
            payload: envelope(type),
            bindings: { kafka: { key: { type: 'string' } } },
          },
        ]),
      ),
    },
  };
}
