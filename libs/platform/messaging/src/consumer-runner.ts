import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parkingTopicOf } from '@guoku/contracts';
import { databaseIsAway, type Transactor } from '@guoku/persistence';
import type { Batch, Broker, Delivery, Subscription } from './broker.js';
import { decode, type IncomingEvent } from './cloud-event.js';
import { knows, takeEffect, topicsOf, type Consumer } from './consumer.js';
import { faultOf } from './event-data.js';
import { byKey, progressOf } from './lanes.js';
import type { MessagingObserver, Outcome } from './observer.js';
import { announceParked, park, type Stray } from './parking.js';

export interface RunnerSettings {
  readonly observer?: MessagingObserver;
  /**
   * Keys of one partition that are worked on at the same time; by default 4. Each needs a
   * connection of the pool.
   */
  readonly keysAtOnce?: number;
  /** A handler is tried this often before the event is parked; by default 5. */
  readonly attemptsMax?: number;
  /**
   * Before the second attempt; four times as long before each next one; by default 100 (8.5 s in
   * all).
   */
  readonly firstDelayMs?: number;
}

const HEARTBEAT_MS = 1000;
const AWAY_DELAY_MS_MAX = 2000;

/**
 * Runs a consumer. Per event one transaction holds inbox row and effect; the offset is committed
 * after it. Events of one key are taken in order, those of other keys beside them. A handler that
 * fails is tried again a few times, then the event is parked and its partition goes on. A database
 * or broker that is away is waited for, and never a reason to park.
 */
export class ConsumerRunner {
  private readonly stopping = new AbortController();
  private joining: Promise<Subscription | undefined> | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly transactor: Transactor,
    private readonly consumer: Consumer,
    private readonly settings: RunnerSettings = {},
  ) {
    // Every event that waits listens to it, and there may be many.
    setMaxListeners(0, this.stopping.signal);
  }

  /** Joins the group, in the background and as often as it takes. */
  start(): void {
    this.joining ??= this.insist(() =>
      this.broker.subscribe(this.consumer.name, topicsOf(this.consumer), (batch) =>
        this.take(batch),
      ),
    );
  }

  /** Finishes the events in hand and commits them; the rest comes again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const subscription = await this.joining;
    await subscription?.close();
  }

  private async take(batch: Batch): Promise<void> {
    const { name } = this.consumer;
    this.settings.observer?.lag?.(name, batch.topic, batch.partition, batch.behind);
    const lanes = byKey(batch.deliveries);
    const progress = progressOf(batch.deliveries);
    let lost: Error | undefined;
    const leave = () => this.stopping.signal.aborted || lost !== undefined || batch.stale();

    // While handlers are slow or wait, the broker must hear of us, and what is done should not come
    // again.
    const beat = async () => {
      await batch.heartbeat();
      const done = progress.next();
      if (done !== undefined) await batch.commit(done);
    };
    let beating: Promise<void> | undefined;
    const timer = setInterval(() => {
      beating ??= beat()
        .catch((error: unknown) => {
          lost = error instanceof Error ? error : new Error(String(error));
        })
        .finally(() => {
          beating = undefined;
        });
    }, HEARTBEAT_MS);

    const work = async () => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift()) {
        for (const delivery of lane) {
          if (leave() || !(await this.finish(batch.topic, batch.partition, delivery, leave)))
            return;
          progress.done(delivery.offset);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: this.settings.keysAtOnce ?? 4 }, work));
    } finally {
      clearInterval(timer);
      await beating;
    }
    if (lost !== undefined) throw lost;
    const done = progress.next();
    if (done !== undefined) await batch.commit(done);
  }

  /** Returns false when the event was left unfinished and has to come again. */
  private async finish(
    topic: string,
    partition: number,
    { key, value, offset }: Delivery,
    leave: () => boolean,
  ): Promise<boolean> {
    const began = Date.now();
    const event = decode(key, value);
    const readable = typeof event !== 'string';
    const place = `${topic}/${partition}/${offset}`;
    const stray = (cause: string, attempts: number): Stray => ({
      consumer: this.consumer.name,
      eventId: readable ? event.id : place,
      type: readable ? event.type : null,
      topic,
      key,
      value,
      cause,
      attempts,
    });
    const type = readable ? event.type : 'unreadable';
    let outcome: Outcome | Stray | undefined;
    if (!readable) outcome = stray(event, 0);
    else if (!knows(this.consumer, type)) outcome = 'skipped';
    else {
      const fault = faultOf(type, event.data);
      outcome = fault ? stray(fault, 0) : await this.attempt(event, stray, leave);
    }
    if (typeof outcome === 'object') outcome = await this.park(outcome, leave);
    if (!outcome) return false;
    this.settings.observer?.handled?.(this.consumer.name, type, outcome, Date.now() - began);
    return true;
  }

  private async attempt(
    event: IncomingEvent,
    stray: (cause: string, attempts: number) => Stray,
    leave: () => boolean,
  ): Promise<'done' | 'repeated' | Stray | undefined> {
    const { attemptsMax = 5, firstDelayMs = 100, observer } = this.settings;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.insist(
          () => this.transactor.run((session) => takeEffect(this.consumer, session, event)),
          databaseIsAway,
          leave,
        );
      } catch (error) {
        if (attempt >= attemptsMax) return stray(textOf(error), attempt);
        observer?.retried?.(this.consumer.name, event.type, error);
        if (!(await this.pause(firstDelayMs * 4 ** (attempt - 1), leave))) return undefined;
      }
    }
  }

  private async park(stray: Stray, leave: () => boolean): Promise<'parked' | undefined> {
    const topic = parkingTopicOf(this.consumer.name);
    return this.insist(
      async (): Promise<'parked'> => {
        await this.transactor.run((session) => park(session, stray));
        await announceParked(this.broker, topic, stray);
        return 'parked';
      },
      () => true,
      leave,
    );
  }

  /**
   * Does the work as often as it takes while its errors are of the kind to wait for; undefined when
   * it is time to leave.
   */
  private async insist<T>(
    work: () => Promise<T>,
    isAway: (error: unknown) => boolean = () => true,
    leave: () => boolean = () => this.stopping.signal.aborted,
  ): Promise<T | undefined> {
    for (let delayMs = 50; ; delayMs = Math.min(delayMs * 2, AWAY_DELAY_MS_MAX)) {
      try {
        return await work();
      } catch (error) {
        if (!isAway(error)) throw error;
        this.settings.observer?.waiting?.(this.consumer.name, error);
      }
      if (!(await this.pause(delayMs, leave))) return undefined;
    }
  }

  /** Returns false when it is time to leave. */
  private async pause(ms: number, leave: () => boolean): Promise<boolean> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return !leave();
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
