import { once } from 'node:events';

/** Writes pieces to standard output as fast as it takes them. */
export async function write(pieces: Iterable<string>): Promise<void> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < 1_000_000) continue;
    if (!process.stdout.write(block)) await once(process.stdout, 'drain');
    block = '';
  }
  if (block !== '' && !process.stdout.write(block)) await once(process.stdout, 'drain');
}
