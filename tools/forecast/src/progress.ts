import { Worker } from 'node:worker_threads';

/** Tells how many of how many steps are done. */
export type Step = (done: number, of: number) => void;

/**
 * A line on standard error from the third second on. It runs in a thread of its own, because a
 * forecast leaves the event loop no turn; the steps done are read from shared memory.
 */
const CLOCK = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const steps = new Int32Array(workerData.steps);
for (let second = 1; Atomics.wait(steps, 2, 0, 1000) === 'timed-out'; second += 1) {
  if (second < 2) continue;
  const [done, of] = steps;
  const how = of > 0 ? ' ' + done + ' of ' + of + ',' : '';
  writeSync(2, '\\r' + workerData.what + ':' + how + ' ' + second + ' s ');
  steps[3] = 1;
}
`;

/** Runs `work` under the clock. */
export async function withProgress<Result>(
  what: string,
  work: (step: Step) => Promise<Result>,
): Promise<Result> {
  const shared = new SharedArrayBuffer(16);
  const steps = new Int32Array(shared);
  const clock = new Worker(CLOCK, { eval: true, workerData: { steps: shared, what } });
  clock.unref();
  try {
    return await work((done, of) => {
      steps[0] = done;
      steps[1] = of;
    });
  } finally {
    Atomics.store(steps, 2, 1);
    Atomics.notify(steps, 2);
    await clock.terminate();
    if (steps[3] === 1) process.stderr.write('\n');
  }
}
