import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats a check until it no longer throws, and returns what it returns. After the time limit its
 * last error is thrown.
 *
 * @param withinMs by default 10 000
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { withinMs = 10_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(everyMs);
  }
}
