import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Begins work at an even pace, whether or not earlier work has ended, as calls of people and other
 * services come. Waits for all of it.
 */
export async function atPace(
  ratePerSecond: number,
  seconds: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  const total = ratePerSecond * seconds;
  const began = performance.now();
  const begun: Promise<void>[] = [];
  while (begun.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - began) * ratePerSecond) / 1000));
    while (begun.length < due) begun.push(work(begun.length));
    await sleep(1);
  }
  await Promise.all(begun);
}
