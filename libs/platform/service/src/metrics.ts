import { Injectable } from '@nestjs/common';
import type { MessagingObserver } from '@guoku/messaging';
import type { Log } from './log.js';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at `/metrics`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly calls = new Histogram({
    name: 'guoku_call_duration_seconds',
    help: 'Calls answered, by transport, operation and status',
    labelNames: ['transport', 'operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });
  private readonly published = new Counter({
    name: 'guoku_events_published_total',
    help: 'Events that went from the outbox to the broker',
    registers: [this.registry],
  });
  private readonly outboxWait = new Gauge({
    name: 'guoku_outbox_wait_seconds',
    help: 'How long the oldest event of the last round had waited',
    registers: [this.registry],
  });
  private readonly handled = new Counter({
    name: 'guoku_events_handled_total',
    help: 'Events taken in, by consumer, type and outcome',
    labelNames: ['consumer', 'type', 'outcome'],
    registers: [this.registry],
  });
  private readonly lag = new Gauge({
    name: 'guoku_consumer_lag',
    help: 'Records not taken in yet',
    labelNames: ['consumer', 'topic', 'partition'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  call(
    transport: 'rest' | 'grpc',
    operation: string,
    status: string | number,
    tookMs: number,
  ): void {
    this.calls.observe({ transport, operation, status }, tookMs / 1_000);
  }

  /** Counts what messaging tells, and logs what went wrong. */
  observer(log: Log): MessagingObserver {
    return {
      relayFailed: (error) => log.warn(error, 'outbox relay'),
      retried: (consumer, type, error) => log.warn(error, `${consumer} tries ${type} again`),
      waiting: (consumer, error) => log.warn(error, `${consumer} waits`),
      published: (count, oldestMs) => {
        this.published.inc(count);
        this.outboxWait.set(oldestMs / 1_000);
      },
      handled: (consumer, type, outcome) => this.handled.inc({ consumer, type, outcome }),
      lag: (consumer, topic, partition, count) =>
        this.lag.set({ consumer, topic, partition }, Number(count)),
    };
  }
}
