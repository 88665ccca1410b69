import { createRequire } from 'node:module';

interface RequestQueue {
  pending: readonly unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
}

interface RequestQueueClass {
  readonly prototype: RequestQueue & { scheduleCheckPendingRequests(): void };
}

const CHECK_AGAIN_MS = 10;

/**
 * kafkajs 2.2.4 re-arms a timer of one millisecond for ever on every connection, also when nothing
 * waits (its issues 1704 and 1751): some percent of a core for each idle process, and a
 * TimeoutNegativeWarning on Node 24. Here the timer runs only while requests wait.
 */
export function calmKafkajsTimers(): void {
  const load: (path: string) => RequestQueueClass = createRequire(import.meta.url);
  const RequestQueue = load('kafkajs/src/network/requestQueue');
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.throttleCheckTimeoutId || this.pending.length === 0) return;
    const throttledMs = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      throttledMs > 0 ? throttledMs : CHECK_AGAIN_MS,
    );
  };
}
