/** `schedule problem.json` and `schedule --batch problems.ndjson`. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { plan, planLine, planPieces } from '@guoku/domain-schedule';
import { type Arguments, curesOf } from './arguments.js';
import { Unusable, problemIn, problemOf } from './input.js';
import { write } from './output.js';
import { Progress } from './progress.js';
import { summaryOf } from './summary.js';

/** Plans one problem. 0 planned, 1 planned with alarms, 2 refused. */
export async function planCommand(args: Arguments): Promise<number> {
  const input = await problemIn(args.files[0] ?? '-');
  if (input === null) return 2;
  const progress = new Progress('ranks planned');
  const made = plan(input.problem, {
    digest: input.digest,
    ...curesOf(args.cures),
    onRank: (done, of) => {
      progress.at(done, of);
    },
  });
  progress.end();
  if (args.summary) await write([summaryOf(input.problem, made, args.language)]);
  else await write(planPieces(made));
  return made.alarms.length > 0 ? 1 : 0;
}

/** Plans one problem a line; a line at fault is answered by its faults. */
export async function batchCommand(args: Arguments): Promise<number> {
  const [file = '-'] = args.files;
  const source = file === '-' ? process.stdin : createReadStream(file);
  const failed = new Promise<never>((_, reject) => {
    source.once('error', (error: Error) => {
      reject(new Unusable(`cannot read ${file}: ${error.message}`));
    });
  });
  const work = async (): Promise<number> => {
    for await (const line of createInterface({ input: source, crlfDelay: Infinity })) {
      if (line.trim() === '') continue;
      const input = problemOf(Buffer.from(line));
      const answer =
        'problem' in input
          ? planLine(plan(input.problem, { digest: input.digest, ...curesOf(args.cures) }))
          : JSON.stringify({ faults: input.faults });
      await write([`${answer}\n`]);
    }
    return 0;
  };
  return Promise.race([work(), failed]);
}
