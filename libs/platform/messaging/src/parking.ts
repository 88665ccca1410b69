import type { Session } from '@guoku/persistence';
import { v7 as newId } from 'uuid';
import type { Broker } from './broker.js';
import { divisionOf } from './cloud-event.js';

/** A record that a consumer could not turn into its effect. */
export interface Stray {
  readonly consumer: string;
  /** Id of the event, or the record's place where it cannot be read. */
  readonly eventId: string;
  readonly type: string | null;
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  /** Why, for the officer who is to mend it. */
  readonly cause: string;
  readonly attempts: number;
}

/** Sets the record aside where officers find it. Once only, however often it comes. */
export async function park(session: Session, stray: Stray): Promise<void> {
  await session.execute(
    `insert into parked_event (id, mof_div_code, consumer, event_id, type, topic, key, value, cause, attempts)
     values (:id, :mofDivCode, :consumer, :eventId, :type, :topic, :key, :value, :cause, :attempts)
     on conflict on constraint parked_event_once do nothing`,
    {
      id: newId(),
      mofDivCode: divisionOf(stray.key),
      consumer: stray.consumer,
      eventId: stray.eventId,
      type: stray.type,
      topic: stray.topic,
      key: stray.key,
      // A NUL byte is the one character that a text column refuses.
      value: stray.value.replaceAll('\0', ''),
      cause: stray.cause.replaceAll('\0', '').slice(0, 2000),
      attempts: stray.attempts,
    },
  );
}

/** Tells the world outside: the record, unchanged, with its cause beside it. */
export async function announceParked(
  broker: Broker,
  parkingTopic: string,
  stray: Stray,
): Promise<void> {
  const headers = { topic: stray.topic, cause: stray.cause.slice(0, 2000) };
  const message = { key: stray.key, value: stray.value, headers };
  await broker.publish([{ topic: parkingTopic, messages: [message] }]);
}
