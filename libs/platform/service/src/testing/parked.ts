import { topicOf, type EventType } from '@guoku/contracts';
import { v7 } from 'uuid';
import type { AskDatabase } from './checksum.js';

/** An event that a service could not take in and that waits for somebody to mend its data. @returns its id */
export async function parkEvent(
  ask: AskDatabase,
  { consumer, type, mofDivCode }: { consumer: string; type: EventType; mofDivCode: string },
): Promise<string> {
  const [parkedEventId, eventId] = [v7(), v7()];
  const record = {
    specversion: '1.0',
    id: eventId,
    source: '/guoku/test',
    type,
    subject: eventId,
    time: '2026-03-09T01:00:00Z',
    actor: 'treasurer-1',
    mofdivcode: mofDivCode,
    data: {},
  };
  await ask(
    `insert into parked_event (id, mof_div_code, consumer, event_id, type, topic, key, value, cause, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'the data break the contract', 1)`,
    [
      parkedEventId,
      mofDivCode,
      consumer,
      eventId,
      type,
      topicOf(type),
      `${mofDivCode}/${eventId}`,
      JSON.stringify(record),
    ],
  );
  return parkedEventId;
}
