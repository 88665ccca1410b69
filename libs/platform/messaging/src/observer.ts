/**
 * `done` had its effect now, `repeated` had it before, `skipped` is of a type that the consumer
 * does not know.
 */
export type Outcome = 'done' | 'repeated' | 'skipped' | 'parked';

/**
 * Told of everything worth counting or logging. All methods are optional and must return at once.
 */
export interface MessagingObserver {
  /**
   * Events that went from the outbox to the broker; oldestMs is how long the oldest of them had
   * waited.
   */
  published?(count: number, oldestMs: number): void;
  /** The relay could not publish, or lost its turn; it goes on by itself. */
  relayFailed?(error: unknown): void;
  /** One event is finished; tookMs with all its attempts. */
  handled?(consumer: string, type: string, outcome: Outcome, tookMs: number): void;
  /** A handler failed and will be tried again. */
  retried?(consumer: string, type: string, error: unknown): void;
  /** The database or the broker is away; the consumer waits for it. */
  waiting?(consumer: string, error: unknown): void;
  /** Records of a partition that are not taken yet. */
  lag?(consumer: string, topic: string, partition: number, count: bigint): void;
}
