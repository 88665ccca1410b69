import { once } from 'node:events';

const BLOCK_LETTERS = 1 << 16;

/** Writes pieces to standard output as fast as it takes them. */
export async function write(pieces: Iterable<string>): Promise<void> {
  let block: string[] = [];
  let letters = 0;
  const out = async () => {
    if (!process.stdout.write(block.join(''))) await once(process.stdout, 'drain');
    block = [];
    letters = 0;
  };
  for (const piece of pieces) {
    block.push(piece);
    letters += piece.length;
    if (letters >= BLOCK_LETTERS) await out();
  }
  if (letters > 0) await out();
}
