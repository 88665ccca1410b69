// Ports stay under 32768. Above it the kernel hands out ports to outgoing connections: polling an unused one connects
// to itself sooner or later, looks ready, and keeps the port from its server for a minute.
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

const LOWEST = 20_000;
const HIGHEST = 31_999;

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether a server could listen on it on 127.0.0.1 now
 */
export function portIsFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      probe.close(() => resolve(true)),
    );
  });
}

/**
 * Different free ports of 127.0.0.1 between 20000 and 31999. Nothing reserves them: use them at once.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  /** @type {Set<number>} */
  const found = new Set();
  while (found.size < count) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await portIsFree(port)) found.add(port);
  }
  return [...found];
}

/**
 * The first of as many free ports in a row. Nothing reserves them: use them at once.
 *
 * @param {number} count
 * @returns {Promise<number>}
 */
export async function freeBlock(count) {
  for (;;) {
    const first = randomInt(LOWEST, HIGHEST + 2 - count);
    const block = Array.from({ length: count }, (_, index) => portIsFree(first + index));
    if ((await Promise.all(block)).every(Boolean)) return first;
  }
}

/**
 * A server that waits for its port must not take another's answer for its own: hence the question beforehand.
 *
 * @param {number[]} ports
 * @throws {Error} with one sentence that names the port
 */
export async function needPorts(...ports) {
  for (const port of ports) {
    if (!(await portIsFree(port)))
      throw new Error(`Port ${port} is taken: stop the program that listens on it.`);
  }
}
