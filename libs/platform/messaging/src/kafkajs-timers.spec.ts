import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { calmKafkajsTimers } from './kafkajs-timers.js';

interface RequestQueue {
  scheduleCheckPendingRequests(this: object): void;
}

const load: (path: string) => { readonly prototype: RequestQueue } = createRequire(import.meta.url);
calmKafkajsTimers();
const schedule = load('kafkajs/src/network/requestQueue').prototype.scheduleCheckPendingRequests;

/** What kafkajs' queue has of itself when it calls its own scheduling. */
function queue(pending: readonly unknown[], throttledUntil = -1) {
  const state: { checks: number; throttleCheckTimeoutId: unknown } = {
    checks: 0,
    throttleCheckTimeoutId: null,
  };
  const self = {
    pending,
    throttledUntil,
    checkPendingRequests: () => (state.checks += 1),
    get throttleCheckTimeoutId() {
      return state.throttleCheckTimeoutId;
    },
    set throttleCheckTimeoutId(id: unknown) {
      state.throttleCheckTimeoutId = id;
    },
  };
  return { state, self };
}

it('a connection on which nothing waits has no timer', () => {
  const { self, state } = queue([]);
  schedule.call(self);
  expect(state.throttleCheckTimeoutId).toBeNull();
});

it('requests that wait are looked at again, once, and not before a throttle ends', async () => {
  const waiting = queue(['request']);
  const throttled = queue(['request'], Date.now() + 10_000);
  schedule.call(waiting.self);
  schedule.call(waiting.self);
  schedule.call(throttled.self);
  await sleep(50);
  expect(waiting.state.checks).toBe(1);
  expect(throttled.state.checks).toBe(0);
  clearTimeout(Number(throttled.state.throttleCheckTimeoutId));
});
