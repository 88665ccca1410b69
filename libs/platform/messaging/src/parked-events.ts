import { json, type Session } from '@guoku/persistence';
import { decode } from './cloud-event.js';
import { takeEffect, type Consumer } from './consumer.js';
import { faultOf } from './event-data.js';

export interface ParkedEvent {
  readonly id: string;
  readonly mofDivCode: string;
  readonly consumer: string;
  readonly eventId: string;
  /** Null where the record cannot be read. */
  readonly type: string | null;
  readonly topic: string;
  /** The record as it came. */
  readonly value: string;
  /** The data that a replay will use instead of the record's. */
  readonly mendedData: unknown;
  readonly cause: string;
  readonly attempts: number;
  readonly parkedAt: string;
  readonly replayedAt: string | null;
  readonly replayedBy: string | null;
}

export interface ParkedFilter {
  readonly mofDivCode: string;
  readonly consumer?: string;
  /** Only those that wait, or only those that were replayed. */
  readonly state?: 'waiting' | 'replayed';
  readonly limit: number;
  /** Id of the last one of the page before. */
  readonly after?: string;
}

/** In order of precedence. */
export type ParkedRefusal =
  | 'parked_event_not_found'
  | 'parked_event_already_replayed'
  | 'parked_event_unreadable'
  | 'parked_event_data_invalid';

export type ParkedDecision<T = object> =
  | ({ readonly ok: true } & T)
  | { readonly ok: false; readonly refusal: ParkedRefusal; readonly fault?: string };

const COLUMNS = `id, mof_div_code as "mofDivCode", consumer, event_id as "eventId", type, topic, value,
  mended_data as "mendedData", cause, attempts, parked_at as "parkedAt", replayed_at as "replayedAt",
  replayed_by as "replayedBy"`;

type ParkedRow = ParkedEvent & { readonly key: string };

interface Which {
  readonly mofDivCode: string;
  readonly id: string;
  /** The officer who does it. */
  readonly person: string;
}

/**
 * The events a service could not take. An officer looks at them, mends them and has them taken
 * again.
 */
export class ParkedEvents {
  constructor(private readonly consumers: readonly Consumer[]) {}

  /** The division's parked events, oldest first. */
  async list(session: Session, filter: ParkedFilter): Promise<ParkedEvent[]> {
    return session.rows<ParkedEvent>(
      `select ${COLUMNS} from parked_event
        where mof_div_code = :mofDivCode
          and (:consumer::text is null or consumer = :consumer::text)
          and (:state::text is null or (replayed_at is null) = (:state::text = 'waiting'))
          and (:after::uuid is null or id > :after::uuid)
        order by id limit :limit`,
      {
        mofDivCode: filter.mofDivCode,
        consumer: filter.consumer ?? null,
        state: filter.state ?? null,
        after: filter.after ?? null,
        limit: filter.limit,
      },
    );
  }

  /**
   * Gives the event other data for its replay. The record stays as it came, and every mend is kept
   * for good with its person. A record that cannot be read cannot be mended: its service publishes
   * it again from its outbox.
   */
  async mend(
    session: Session,
    { mofDivCode, id, person, data }: Which & { readonly data: object },
  ): Promise<ParkedDecision> {
    const found = await this.lock(session, mofDivCode, id);
    if (!found.ok) return found;
    const { row, event } = found;
    const fault = faultOf(event.type, data);
    if (fault) return { ok: false, refusal: 'parked_event_data_invalid', fault };
    await session.execute(
      `insert into parked_event_mend_log (mof_div_code, parked_event_id, person, data_before, data_after)
       values (:mofDivCode, :id, :person, :before, :after)`,
      { mofDivCode, id, person, before: json(row.mendedData ?? event.data), after: json(data) },
    );
    await session.execute(
      'update parked_event set mended_data = :data where mof_div_code = :mofDivCode and id = :id',
      { mofDivCode, id, data: json(data) },
    );
    return { ok: true };
  }

  /**
   * Has the event taken by its consumer's own handler, in this session and under its own id: one
   * that had its effect in the meantime is `repeated` and changes nothing. What the handler throws
   * is thrown, and the event stays parked.
   */
  async replay(
    session: Session,
    { mofDivCode, id, person }: Which,
  ): Promise<ParkedDecision<{ readonly effect: 'done' | 'repeated' }>> {
    const found = await this.lock(session, mofDivCode, id);
    if (!found.ok) return found;
    const { row, event } = found;
    const consumer = this.consumers.find(({ name }) => name === row.consumer);
    if (!consumer) throw new Error(`no consumer ${row.consumer} runs here`);
    const data: unknown = row.mendedData ?? event.data;
    const fault = faultOf(event.type, data);
    if (fault) return { ok: false, refusal: 'parked_event_data_invalid', fault };
    const effect = await takeEffect(consumer, session, { ...event, data });
    await session.execute(
      `update parked_event set replayed_at = now(), replayed_by = :person
        where mof_div_code = :mofDivCode and id = :id`,
      { mofDivCode, id, person },
    );
    return { ok: true, effect };
  }

  private async lock(session: Session, mofDivCode: string, id: string) {
    const row = await session.one<ParkedRow>(
      `select ${COLUMNS}, key from parked_event
        where mof_div_code = :mofDivCode and id = :id::uuid for update`,
      { mofDivCode, id },
    );
    const refused = (refusal: ParkedRefusal) => ({ ok: false, refusal }) as const;
    if (!row) return refused('parked_event_not_found');
    if (row.replayedAt !== null) return refused('parked_event_already_replayed');
    const event = decode(row.key, row.value);
    if (typeof event === 'string') return refused('parked_event_unreadable');
    return { ok: true, row, event } as const;
  }
}
