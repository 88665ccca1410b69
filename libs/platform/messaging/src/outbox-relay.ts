import { setTimeout as sleep } from 'node:timers/promises';
import { topicOf, type EventType } from '@guoku/contracts';
import type { Session, Transactor, Turn } from '@guoku/persistence';
import type { Broker, Message } from './broker.js';
import { encode, type OutboxRow } from './cloud-event.js';
import type { MessagingObserver } from './observer.js';
import { OUTBOX_CHANNEL } from './outbox.js';

export interface RelaySettings {
  readonly observer?: MessagingObserver;
  /** Looks by itself as often as this, should a notification be lost; by default 1000. */
  readonly pollMs?: number;
  /** Events per round at most; by default 500. */
  readonly batchSize?: number;
}

/**
 * Gives the outbox to the broker, in order. Any number of relays may run on one database: they take
 * turns under a lock, and another takes over when one dies. Between publishing and noting it an
 * event may be published twice; the consumers' inboxes give it one effect. An old holder that wakes
 * up late can only repeat what the new one has published already.
 */
export class OutboxRelay {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly transactor: Transactor,
    private readonly settings: RelaySettings = {},
  ) {}

  start(): void {
    const { observer } = this.settings;
    const rivalry = {
      lock: 'outbox relay',
      channel: OUTBOX_CHANNEL,
      stop: this.stopping.signal,
      onError: (error: unknown) => observer?.relayFailed?.(error),
    };
    this.running ??= this.transactor.inTurn(rivalry, (turn) => this.work(turn));
  }

  /** Finishes the round in hand; the rest is left to other relays or the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Has events published again that were recorded from an instant on, under their old ids and in
   * their old order, for a broker whose records are lost. Consumers that know them change nothing.
   *
   * @returns how many will be
   */
  async republish(
    session: Session,
    { from, types }: { from?: Date; types?: readonly EventType[] } = {},
  ): Promise<number> {
    const count = await session.execute(
      `update outbox set published_at = null
        where published_at is not null
          and recorded_at >= coalesce(:from::timestamptz, '-infinity')
          and (:types::text[] is null or type = any(:types::text[]))`,
      { from: from ?? null, types: types ?? null },
    );
    session.notify(OUTBOX_CHANNEL);
    return count;
  }

  private async work(turn: Turn): Promise<void> {
    const { pollMs = 1000, batchSize = 500, observer } = this.settings;
    while (!turn.over.aborted) {
      try {
        const count = await this.round(batchSize);
        if (count < batchSize) await turn.woken(pollMs);
      } catch (error) {
        observer?.relayFailed?.(error);
        await sleep(pollMs, undefined, { signal: turn.over }).catch(() => undefined);
      }
    }
  }

  private async round(batchSize: number): Promise<number> {
    const rows = await this.transactor.run((session) => unpublished(session, batchSize));
    const [oldest] = rows;
    if (!oldest) return 0;
    await this.broker.publish(byTopic(rows));
    await this.transactor.run((session) =>
      session.execute(
        'update outbox set published_at = now() where seq = any(:seqs::bigint[]) and published_at is null',
        { seqs: rows.map(({ seq }) => seq) },
      ),
    );
    this.settings.observer?.published?.(rows.length, Date.now() - Date.parse(oldest.recordedAt));
    return rows.length;
  }
}

function unpublished(session: Session, limit: number): Promise<OutboxRow[]> {
  return session.rows<OutboxRow>(
    `select seq, id, type, subject, mof_div_code as "mofDivCode", aggregate_id as "aggregateId", actor,
            traceparent, recorded_at as "recordedAt", data
       from outbox where published_at is null order by seq limit :limit`,
    { limit },
  );
}

function byTopic(rows: readonly OutboxRow[]): { topic: string; messages: Message[] }[] {
  const topics = new Map<string, Message[]>();
  for (const row of rows) {
    const topic = topicOf(row.type);
    const messages = topics.get(topic) ?? [];
    messages.push(encode(row));
    topics.set(topic, messages);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
