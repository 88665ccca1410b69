import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../command-line.js';
import { Chance, mutated } from './mutate.js';

/** What came of a number of malformed files. */
export interface MalformedTrial {
  readonly refused: number;
  readonly taken: number;
  /** A sentence with its seed for each file that was not treated as promised. */
  readonly failures: readonly string[];
}

/** Two series of three weeks. */
function sound(): string {
  const rows = Array.from({ length: 21 }, (_, d) => {
    const day = `2024-03-${String(d + 1).padStart(2, '0')}`;
    return `${day},receipts,${1000 + d}.5\n${day},outlays,${900 + 7 * d}.25\n`;
  });
  return `date,series,amount\n${rows.join('')}`;
}

/** A refusal names file and line, or what the file as a whole lacks, and is no stack trace. */
const promised =
  /^\S*flows\.csv: (line \d+: \S.*|\S+ is worked out, not given|and more of that kind)$/;

/** Gives the command line files that were changed by chance, one for each seed. */
export async function tryMalformed(count: number, firstSeed: number): Promise<MalformedTrial> {
  const folder = mkdtempSync(join(tmpdir(), 'guoku-malformed-'));
  const file = join(folder, 'flows.csv');
  const failures: string[] = [];
  const statuses = [0, 0, 0];
  try {
    for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
      writeFileSync(file, mutated(sound(), new Chance(seed)));
      const said = { out: '', err: '' };
      const console = {
        out: (text: string) => void (said.out += text),
        err: (text: string) => void (said.err += text),
      };
      const asked = [file, '--horizon', '3', '--paths', '10', '--calendar', 'weekdays'];
      const status = await runCommandLine(asked, console).catch((error: unknown) => {
        failures.push(`seed ${seed}: threw ${String(error)}`);
        return 1;
      });
      statuses[status] = (statuses[status] ?? 0) + 1;
      const lines = said.err.trimEnd().split('\n');
      if (status === 2 && (said.out !== '' || !lines.every((line) => promised.test(line)))) {
        failures.push(`seed ${seed}: said ${said.err.slice(0, 200)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { refused: statuses[2] ?? 0, taken: statuses[0] ?? 0, failures };
}
