/** `npm run prove:schedule`: cures, months, malformed input and tampered plans, by the thousand. */
import { Unusable } from '../input.js';
import { countOf, refuseMore } from '../trial-arguments.js';
import { curesOfProblem } from './cures.js';
import { judged, malformedOf, throughCommandLine } from './malformed.js';
import { monthFaults } from './months.js';
import { tamperedFaults } from './tampered.js';

/** One of so many malformed inputs also goes through the command line in a process of its own. */
const PROCESS_EVERY = 10;

interface Proven {
  readonly found: readonly string[];
  /** Figures besides the number of failures. */
  readonly told: string;
}

/** Plays seeds from the first on until the count is reached; failures are printed as they are found. */
class Counting {
  readonly found: string[] = [];
  private shown = performance.now();

  constructor(
    private readonly part: string,
    private readonly count: number,
  ) {}

  add(found: readonly string[], done: number): void {
    for (const line of found) process.stdout.write(`${line}\n`);
    this.found.push(...found);
    if (performance.now() - this.shown < 10_000) return;
    this.shown = performance.now();
    process.stderr.write(`${this.part}: ${done} of ${this.count}\n`);
  }
}

type Part = (counting: Counting, count: number, first: number) => Promise<string> | string;

const cures: Part = (counting, count, first) => {
  let done = 0;
  let seed = first;
  for (; done < count; seed++) {
    const { cases, found } = curesOfProblem(seed);
    done += cases;
    counting.add(found, done);
  }
  return `${done} requests not on time in ${seed - first} problems`;
};

const months: Part = (counting, count, first) => {
  for (let seed = first; seed < first + count; seed++) {
    counting.add(monthFaults(seed), seed - first + 1);
  }
  return `${count} months, five properties each`;
};

const tampered: Part = (counting, count, first) => {
  const tried = new Map<string, number>();
  let done = 0;
  let seed = first;
  for (; done < count; seed++) {
    const { kinds, found } = tamperedFaults(seed);
    for (const kind of kinds) tried.set(kind, (tried.get(kind) ?? 0) + 1);
    done += kinds.length;
    counting.add(found, done);
  }
  return `${done} tampered plans of ${tried.size} kinds, ${seed - first} plans as made`;
};

const malformed: Part = async (counting, count, first) => {
  let [refused, slowest, processes] = [0, 0, 0];
  for (let seed = first; seed < first + count; seed++) {
    const input = await malformedOf(seed);
    const verdict = judged(input);
    if (verdict.refused) refused++;
    slowest = Math.max(slowest, verdict.ms);
    const found = [...verdict.found];
    if ((seed - first) % PROCESS_EVERY === 0) {
      processes++;
      found.push(...throughCommandLine(input, verdict.refused));
    }
    const named = found.map((fault) => `seed ${seed}, ${input.kind}: ${fault}`);
    counting.add(named, seed - first + 1);
  }
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  return (
    `${count} inputs, ${refused} refused, ${processes} also by the command line; ` +
    `slowest ${Math.round(slowest)} ms, memory ${memory} MiB`
  );
};

const PARTS: Readonly<Record<string, { readonly count: number; readonly part: Part }>> = {
  cures: { count: 10_000, part: cures },
  months: { count: 100_000, part: months },
  malformed: { count: 10_000, part: malformed },
  tampered: { count: 10_000, part: tampered },
};

async function proved(name: string, count: number, first: number): Promise<Proven> {
  const part = PARTS[name]?.part;
  if (part === undefined) throw new Error(`there is no part ${name}`);
  const counting = new Counting(name, count);
  const told = await part(counting, count, first);
  return { found: counting.found, told };
}

/**
 * Prints each failure with its seed, then one line a part. Exit status 1 where there is a failure.
 *
 * @param args a part, how many of it, and the first seed; no part: all of them at their full counts
 */
export async function prove(args: readonly string[]): Promise<number> {
  refuseMore(args, 3);
  const [name, count, first] = args;
  const names = name === undefined ? Object.keys(PARTS) : [name];
  if (name !== undefined && !Object.hasOwn(PARTS, name)) {
    throw new Unusable(`there is no part ${name}; see --help`);
  }
  const from = countOf(first, 'FIRST-SEED', 1);
  let failures = 0;
  for (const one of names) {
    const start = performance.now();
    const { found, told } = await proved(
      one,
      countOf(count, 'COUNT', PARTS[one]?.count ?? 1),
      from,
    );
    failures += found.length;
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stdout.write(
      `${one}, seeds from ${from}: ${told}; ${found.length} failures (${seconds} s)\n`,
    );
  }
  return failures === 0 ? 0 : 1;
}
