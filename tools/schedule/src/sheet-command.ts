/** `schedule from-csv requests.csv pools.csv cash.csv`: a problem from sheets. */
import { readFile } from 'node:fs/promises';
import type { Arguments } from './arguments.js';
import { Unusable } from './input.js';
import { write } from './output.js';
import { problemOfSheets } from './sheet/problem-of-sheets.js';

async function fileAt(file: string) {
  const bytes = await readFile(file).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new Unusable(`cannot read ${file}: ${why}`);
  });
  return { file, bytes };
}

/** Writes the problem. 0 written; 2 refused, with every fault at its line and column. */
export async function sheetCommand({ files }: Arguments): Promise<number> {
  const [requests = '', pools = '', cash = ''] = files;
  const reading = problemOfSheets({
    requests: await fileAt(requests),
    pools: await fileAt(pools),
    cash: await fileAt(cash),
  });
  for (const { file, columns } of reading.unused)
    process.stderr.write(`schedule: ${file}: columns not used 未使用的列: ${columns.join(', ')}\n`);
  await write([`${reading.problem ?? JSON.stringify({ faults: reading.faults })}\n`]);
  return reading.problem === null ? 2 : 0;
}
