import { serviceOf, type EventData, type EventType } from '@guoku/contracts';
import type { Message } from './broker.js';

/** What a service says, before the outbox gives it its place. */
export type OutgoingEvent = {
  readonly [Type in EventType]: {
    /** UUIDv7; made when left out. The same id is the same event. */
    readonly id?: string;
    readonly type: Type;
    /** Id of the thing. */
    readonly subject: string;
    readonly mofDivCode: string;
    /** Events with the same division and aggregate keep their order. */
    readonly aggregateId: string;
    /** The person (or service) behind it, so that duties hold across services. */
    readonly actor: string;
    readonly data: EventData<Type>;
  };
}[EventType];

/** What a consumer is given; its data have the shape of the contract. */
export interface IncomingEvent<Data = unknown> {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  /** RFC 3339: when it was recorded by its service. */
  readonly time: string;
  readonly mofDivCode: string;
  /** `<mofDivCode>/<aggregate id>` */
  readonly key: string;
  readonly actor: string;
  readonly traceparent?: string;
  readonly data: Data;
}

export const CONTENT_TYPE = 'application/cloudevents+json; charset=UTF-8';

export interface OutboxRow {
  readonly seq: string;
  readonly id: string;
  readonly type: EventType;
  readonly subject: string;
  readonly mofDivCode: string;
  readonly aggregateId: string;
  readonly actor: string;
  readonly traceparent: string | null;
  readonly recordedAt: string;
  readonly data: unknown;
}

/**
 * An event as CloudEvents 1.0 in structured mode. Names of extensions are lower case, as that
 * standard wants.
 */
export function encode(row: OutboxRow): Message {
  const event = {
    specversion: '1.0',
    id: row.id,
    source: `/guoku/${serviceOf(row.type)}`,
    type: row.type,
    subject: row.subject,
    time: row.recordedAt,
    datacontenttype: 'application/json',
    actor: row.actor,
    mofdivcode: row.mofDivCode,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
    data: row.data,
  };
  return {
    key: `${row.mofDivCode}/${row.aggregateId}`,
    value: JSON.stringify(event),
    headers: { 'content-type': CONTENT_TYPE },
  };
}

const REQUIRED = ['id', 'source', 'type', 'subject', 'time', 'actor', 'mofdivcode'] as const;

/**
 * Reads a record; the answer is the event, or in one sentence why it is none. The data are not
 * judged.
 */
export function decode(key: string, value: string): IncomingEvent | string {
  let event: unknown;
  try {
    event = JSON.parse(value);
  } catch {
    return 'the record is not JSON';
  }
  if (typeof event !== 'object' || event === null) return 'the record is not a CloudEvent';
  const of = (name: string): unknown => Reflect.get(event, name);
  if (of('specversion') !== '1.0') return 'the record is not a CloudEvent 1.0';
  const texts = new Map<string, string>();
  for (const name of REQUIRED) {
    const text = of(name);
    if (typeof text !== 'string' || text === '') return `the CloudEvent has no ${name}`;
    texts.set(name, text);
  }
  const text = (name: (typeof REQUIRED)[number]) => texts.get(name) ?? '';
  if (divisionOf(key) !== text('mofdivcode')) return 'key and mofdivcode name different divisions';
  const traceparent = of('traceparent');
  return {
    id: text('id'),
    type: text('type'),
    source: text('source'),
    subject: text('subject'),
    time: text('time'),
    mofDivCode: text('mofdivcode'),
    key,
    actor: text('actor'),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
    data: of('data'),
  };
}

/** The division at the head of a key; empty when the key has none. */
export function divisionOf(key: string): string {
  const end = key.indexOf('/');
  return end < 0 ? '' : key.slice(0, end);
}
