/** `npm run prove:forecast -- [count] [first seed]`: malformed files by the thousand. */
import { tryMalformed } from './trial/malformed.js';

/** Prints each failure with its seed. Exit status 1 where there is one. */
export async function prove(args: readonly string[]): Promise<number> {
  const count = Number(args[0] ?? 10_000);
  const began = performance.now();
  const { refused, taken, failures } = await tryMalformed(count, Number(args[1] ?? 1));
  for (const failure of failures) console.error(failure);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const memory = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(
    `${count} malformed files: ${refused} refused with their lines, ${taken} sound after all, ` +
      `${failures.length} failures; ${seconds} s, ${memory} MB`,
  );
  return failures.length > 0 ? 1 : 0;
}
