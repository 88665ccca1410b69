import { context, propagation } from '@opentelemetry/api';
import { json, type Session } from '@guoku/persistence';
import { v7 as newId } from 'uuid';
import type { OutgoingEvent } from './cloud-event.js';
import { faultOf } from './event-data.js';

/** Channel on which relays are woken. */
export const OUTBOX_CHANNEL = 'guoku_outbox';

/**
 * Kafka takes records of up to 1 MiB; what is bigger would stay at the head of the outbox for ever.
 */
const DATA_BYTES_MAX = 900_000;

function checked(event: OutgoingEvent): string {
  const fault = faultOf(event.type, event.data);
  if (fault) throw new TypeError(`${event.type} for ${event.subject}: ${fault}`);
  const { text } = json(event.data);
  if (Buffer.byteLength(text) > DATA_BYTES_MAX) {
    throw new RangeError(`${event.type} for ${event.subject}: data over ${DATA_BYTES_MAX} bytes`);
  }
  return text;
}

function traceparentOfNow(): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'] ?? null;
}

/**
 * Where a service's events wait, in its own database, until the relay has given them to the broker.
 */
export const outbox = {
  /**
   * Says the events, in their order, if the session's transaction commits. Data that break the
   * contract throw: that is our own bug, and nobody else shall meet it.
   */
  async append(session: Session, events: readonly OutgoingEvent[]): Promise<void> {
    if (events.length === 0) return;
    await session.execute(
      `insert into outbox (id, mof_div_code, aggregate_id, type, subject, actor, traceparent, data)
       select id, mof_div_code, aggregate_id, type, subject, actor, :traceparent::text, data
         from unnest(:ids::uuid[], :divisions::text[], :aggregates::text[], :types::text[],
                     :subjects::text[], :actors::text[], :data::jsonb[])
              with ordinality as e (id, mof_div_code, aggregate_id, type, subject, actor, data, place)
        order by place`,
      {
        ids: events.map(({ id }) => id ?? newId()),
        divisions: events.map(({ mofDivCode }) => mofDivCode),
        aggregates: events.map(({ aggregateId }) => aggregateId),
        types: events.map(({ type }) => type),
        subjects: events.map(({ subject }) => subject),
        actors: events.map(({ actor }) => actor),
        data: events.map(checked),
        traceparent: traceparentOfNow(),
      },
    );
    session.notify(OUTBOX_CHANNEL);
  },
};
