import { isEventType, topicOf, type EventData, type EventType } from '@guoku/contracts';
import type { Session } from '@guoku/persistence';
import { context, propagation } from '@opentelemetry/api';
import type { IncomingEvent } from './cloud-event.js';
import { isDataOf } from './event-data.js';

/**
 * What a service does when it hears of something, by type. A handler changes nothing but through
 * its session.
 */
export type Handlers = {
  readonly [Type in EventType]?: (
    session: Session,
    event: IncomingEvent<EventData<Type>>,
  ) => Promise<void>;
};

/**
 * One group of a broker: each event has one effect in it, however many processes run it and however
 * often it comes.
 */
export interface Consumer {
  /** Group and inbox bear this name; it must never change. */
  readonly name: string;
  readonly handlers: Handlers;
}

/** Topics on which the handlers' types come. */
export function topicsOf({ handlers }: Consumer): string[] {
  return [...new Set(Object.keys(handlers).filter(isEventType).map(topicOf))];
}

/** Whether the consumer does anything when it hears of this type. */
export function knows({ handlers }: Consumer, type: string): boolean {
  return isEventType(type) && handlers[type] !== undefined;
}

/**
 * Gives the event its one effect: enters it into the inbox and runs the handler, in the session's
 * transaction.
 *
 * @returns `repeated` when the inbox had it already, and nothing was done
 */
export async function takeEffect(
  consumer: Consumer,
  session: Session,
  event: IncomingEvent,
): Promise<'done' | 'repeated'> {
  const entered = await session.execute(
    `insert into inbox (mof_div_code, consumer, event_id)
     values (:mofDivCode, :consumer, :eventId) on conflict do nothing`,
    { mofDivCode: event.mofDivCode, consumer: consumer.name, eventId: event.id },
  );
  if (entered === 0) return 'repeated';
  const { type, traceparent } = event;
  if (!isEventType(type)) throw new TypeError(`${type} is not in the contract`);
  const trace = traceparent === undefined ? {} : { traceparent };
  await context.with(propagation.extract(context.active(), trace), () =>
    handle(consumer.handlers, session, event, type),
  );
  return 'done';
}

async function handle<Type extends EventType>(
  handlers: Handlers,
  session: Session,
  { data, ...event }: IncomingEvent,
  type: Type,
): Promise<void> {
  if (!isDataOf(type, data)) throw new TypeError(`data of ${event.id} break the contract`);
  await handlers[type]?.(session, { ...event, data });
}
