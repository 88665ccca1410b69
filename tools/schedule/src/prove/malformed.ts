/** Malformed problems by the thousand: refused with every fault at its place, or sound after all; never a crash. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Fault, plan } from '@guoku/domain-schedule';
import { type Input, problemOf, textOfBytes } from '../input.js';
import { type CouncilPayment, councilPayments, councilProblem } from '../trial/manchester.js';
import { MUTATIONS } from '../trial/mutate.js';
import { Chance } from '../trial/random.js';
import { smallProblem } from '../trial/small-problem.js';

/** Longest that the reading of one input may take, on a busy machine. */
const SLOWEST_MS = 2000;
/** Longest that a process may take, the planning of what is sound after all with it. */
const PROCESS_MS = 60_000;
/** What the process of the command line may need for it. */
const MEMORY_MIB = 300;
/** Payments of a council's problem: enough for every kind of key, few enough to be quick. */
const COUNCIL_SIZE = 12;
const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

let council: Promise<readonly CouncilPayment[]> | undefined;

/** Real payments of a council, or a small problem with every key there is. */
async function soundProblem(seed: number): Promise<string> {
  if (seed % 2 === 0) return JSON.stringify(smallProblem(seed));
  council ??= councilPayments();
  const payments = await council;
  const from = (seed * 7919) % (payments.length - COUNCIL_SIZE);
  return JSON.stringify(councilProblem(payments.slice(from, from + COUNCIL_SIZE), '2017', 0.8));
}

export interface Malformed {
  readonly kind: string;
  /** Nothing but the order of keys was changed. */
  readonly sound: boolean;
  readonly original: string;
  readonly bytes: Uint8Array;
}

/** The malformed input of a seed. */
export async function malformedOf(seed: number): Promise<Malformed> {
  const chance = new Chance(seed);
  const original = await soundProblem(seed);
  const [kind, mutate] = chance.pick(Object.entries(MUTATIONS));
  const changed = mutate(original, chance);
  const bytes = typeof changed === 'string' ? Buffer.from(changed) : changed;
  return { kind, sound: kind === 'reordered', original, bytes };
}

/** A pointer must lead to something that is there, or to a key that is missing in something that is. */
function leads(pointer: string, document: unknown): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  const steps = pointer.slice(1).split('/');
  let at: unknown = document;
  for (const step of steps.slice(0, -1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = Reflect.get(at, key);
  }
  return typeof at === 'object' && at !== null;
}

function faultsOfFaults(faults: readonly Fault[], text: string | null): string[] {
  if (faults.length === 0) return ['refused without a fault'];
  const bad = faults.filter(({ code, detail }) => !/^[a-z-]+$/.test(code) || detail === '');
  const found = bad.map(({ code }) => `fault ${code} without code or detail`);
  if (faults.some(({ code }) => code === 'not-json' || code === 'too-deep')) {
    const alone = faults.length === 1 && faults[0]?.pointer === '';
    return alone ? found : [...found, 'what is no document has faults inside it'];
  }
  const document: unknown = JSON.parse(text ?? '');
  const lost = faults.filter(({ pointer }) => !leads(pointer, document));
  return [
    ...found,
    ...lost.map(({ pointer, code }) => `${code} at ${pointer}, which leads nowhere`),
  ];
}

export interface Judged {
  readonly refused: boolean;
  /** Spent on reading. */
  readonly ms: number;
  readonly found: readonly string[];
}

/** Keys in another order are the same problem, to the digest. */
function differsFrom(original: string, input: Input): string[] {
  if ('faults' in input) return ['refused though only keys were reordered'];
  const before = problemOf(Buffer.from(original));
  const same = 'digest' in before && before.digest === input.digest;
  return same ? [] : ['the order of keys changes the digest'];
}

/** Reads one malformed input as the command line does, and plans it where it is sound after all. */
export function judged({ sound, original, bytes }: Malformed): Judged {
  const start = performance.now();
  const found: string[] = [];
  let refused = false;
  let ms = 0;
  try {
    const input = problemOf(bytes);
    ms = performance.now() - start;
    refused = 'faults' in input;
    found.push(...('faults' in input ? faultsOfFaults(input.faults, textOfBytes(bytes)) : []));
    if ('problem' in input) plan(input.problem, { digest: input.digest });
    if (sound) found.push(...differsFrom(original, input));
  } catch (error) {
    found.push(error instanceof Error ? `thrown: ${error.message}` : 'thrown');
  }
  if (ms > SLOWEST_MS) found.push(`took ${Math.round(ms)} ms`);
  return { refused, ms, found };
}

/** Hands the bytes to the real command line, in a process of its own whose memory is bounded. */
export function throughCommandLine({ bytes }: Malformed, refused: boolean): string[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${MEMORY_MIB}`, MAIN, '-'],
    { input: bytes, encoding: 'utf8', timeout: PROCESS_MS, maxBuffer: 2 ** 26 },
  );
  const found: string[] = [];
  const wanted = refused ? [2] : [0, 1];
  if (status === null || !wanted.includes(status)) found.push(`exit status ${status ?? 'none'}`);
  if (stderr !== '') found.push(`on standard error: ${stderr.slice(0, 200)}`);
  const document: unknown = JSON.parse(stdout);
  const keys = typeof document === 'object' && document !== null ? Object.keys(document) : [];
  const told = refused ? ['faults'] : ['decisions', 'ranks', 'pools', 'alarms', 'digest'];
  if (keys.join() !== told.join()) found.push(`standard output carries ${keys.join(', ')}`);
  return found;
}
