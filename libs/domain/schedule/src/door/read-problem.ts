/** The door: from JSON to a problem that the planner may trust, or every fault in it. */
import type { Fault, FundRequest, IsoDay, Problem, Timing } from '../problem.js';
import { Canonical } from './canonical.js';
import { checkSums } from './check-sums.js';
import { Faults } from './faults.js';
import { MISSING, REPEATED, UNKNOWN, dateOf, flagOf, listOf, textOf } from './fields.js';
import { type ByteSource, JsonReader, Stop, sourceOfText } from './json.js';
import { type PoolsReading, readPools } from './read-pools.js';
import { RequestReader } from './read-requests.js';
import { type Step, Tape } from './tape.js';

/** A problem with its RFC 8785 text (hash that with SHA-256 for the digest), or every fault. */
export type ProblemReading =
  { readonly ok: true; readonly problem: Problem; readonly canonical: string } | Refusal;

/** A problem whose RFC 8785 form was handed over while it was read, or every fault. */
export type StreamReading = { readonly ok: true; readonly problem: Problem } | Refusal;

interface Refusal {
  readonly ok: false;
  readonly faults: readonly Fault[];
}

const REQUIRED = ['days', 'pools', 'requests'];
/** In order of the RFC 8785 form. */
const KEYS = [...REQUIRED, 'sameDayInflow', 'timing'];

/**
 * Reads the text of a problem strictly; never throws.
 * Refused as a whole with every fault, in order of the document, each at its JSON pointer.
 */
export function readProblem(text: string): ProblemReading {
  let canonical = '';
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const reading = refusing(() =>
    new ProblemReader(sourceOfText(text), (bytes) => {
      canonical += decoder.decode(bytes, { stream: true });
    }).read(),
  );
  return reading.ok ? { ...reading, canonical } : reading;
}

/**
 * Reads a problem of any size as its bytes come; throws only what the source throws.
 *
 * @param onCanonical is given the RFC 8785 form in blocks, each of which is written over afterwards. What it was given
 *   counts only where the problem is not refused
 */
export function readProblemFrom(
  source: ByteSource,
  onCanonical: (bytes: Uint8Array) => void,
): StreamReading {
  return refusing(() => new ProblemReader(source, onCanonical).read());
}

function refusing(read: () => StreamReading): StreamReading {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { ok: false, faults: [{ pointer: '', code: error.code, detail: error.message }] };
  }
}

class ProblemReader {
  private readonly reader: JsonReader;
  private readonly canonical: Canonical;
  private readonly faults = new Faults();
  /** Values of the known keys as they stand in the document, but for requests that are read as they come. */
  private readonly tapes = new Map<string, Tape>();
  private days: IsoDay[] | null = null;
  private pools: PoolsReading | null = null;
  private requests: (FundRequest | null)[] | null = null;
  private requestsAt: Step = { key: 'requests', spot: Infinity };

  constructor(source: ByteSource, onCanonical: (bytes: Uint8Array) => void) {
    this.reader = new JsonReader(source);
    this.canonical = new Canonical(onCanonical);
  }

  read(): StreamReading {
    const { reader, faults } = this;
    if (reader.isObject()) {
      const seen = new Set<string>();
      reader.members((key, spot) => {
        this.member(key, spot, seen.has(key));
        seen.add(key);
      });
    } else {
      faults.add([], 'wrong-type', 'an object is expected');
      reader.value(new Tape(), 0);
    }
    reader.finish();
    const problem = this.problem();
    if (problem === null) return { ok: false, faults: faults.inOrder() };
    this.finishCanonical();
    return { ok: true, problem };
  }

  private member(key: string, spot: number, repeated: boolean): void {
    const root = { key, spot };
    if (repeated || !KEYS.includes(key)) {
      const [code, detail] = repeated
        ? (['repeated-key', REPEATED] as const)
        : (['unknown-key', UNKNOWN] as const);
      this.faults.add([root], code, detail);
      this.reader.value(new Tape(), 1);
      return;
    }
    if (key === 'requests') this.requestsAt = root;
    const isJudged = this.tapes.has('days') && this.tapes.has('pools');
    if (key === 'requests' && isJudged && this.reader.isList()) this.readAsTheyCome(root);
    else this.tapes.set(key, this.reader.keptValue(1, [root]));
  }

  /** Where days and pools stand before the requests, no request is kept as it was written. */
  private readAsTheyCome(root: Step): void {
    const { reader, canonical, faults } = this;
    this.readHorizon();
    this.writeMember('days', '{');
    this.writeMember('pools', ',');
    canonical.text(',"requests":[');
    const requests: (FundRequest | null)[] = [];
    const requestReader = this.requestReader();
    const step = { key: 0, spot: 0 };
    const tape = new Tape([root, step]);
    reader.items((spot) => {
      step.key = spot;
      step.spot = spot;
      reader.value(tape, 2);
      requests.push(requestReader.read(tape, 0));
      if (faults.any) return;
      if (spot > 0) canonical.comma();
      canonical.value(tape, 0);
    });
    this.requests = requests;
  }

  private readHorizon(): void {
    const days = this.tapes.get('days');
    const pools = this.tapes.get('pools');
    if (days !== undefined) this.days = daysOf(days, this.faults);
    if (pools !== undefined) this.pools = readPools(pools, this.days?.length ?? null, this.faults);
  }

  private requestReader(): RequestReader {
    return new RequestReader({ days: this.days, pools: this.pools?.ids ?? null }, this.faults);
  }

  private readKept(): (FundRequest | null)[] {
    this.readHorizon();
    const tape = this.tapes.get('requests');
    if (tape === undefined) return [];
    const reader = this.requestReader();
    return (listOf(tape, 0, this.faults) ?? []).map((item) => reader.read(tape, item));
  }

  private problem(): Problem | null {
    const { tapes, faults } = this;
    const requests = this.requests ?? this.readKept();
    for (const key of REQUIRED) {
      const isThere = tapes.has(key) || (key === 'requests' && this.requests !== null);
      if (!isThere) faults.add([{ key, spot: Infinity }], 'missing-key', MISSING);
    }
    const sameDayInflow = tapes.get('sameDayInflow');
    const problem = {
      days: this.days ?? [],
      sameDayInflow: sameDayInflow !== undefined && flagOf(sameDayInflow, 0, faults) === true,
      timing: timingOf(tapes.get('timing'), faults),
      pools: this.pools?.pools ?? [],
      requests,
    };
    checkSums(problem, { pools: tapes.get('pools'), requests: this.requestsAt }, faults);
    return faults.any
      ? null
      : {
          ...problem,
          requests: requests.filter((one) => one !== null),
          pools: problem.pools.filter((one) => one !== null),
        };
  }

  private writeMember(key: string, mark: string): void {
    const tape = this.tapes.get(key);
    if (tape === undefined) return;
    this.canonical.text(`${mark}"${key}":`);
    this.canonical.value(tape, 0);
  }

  private finishCanonical(): void {
    const written = this.requests === null ? [] : REQUIRED;
    if (this.requests !== null) this.canonical.text(']');
    for (const key of KEYS) {
      if (!written.includes(key)) this.writeMember(key, key === 'days' ? '{' : ',');
    }
    this.canonical.text('}');
    this.canonical.flush();
  }
}

function timingOf(tape: Tape | undefined, faults: Faults): Timing {
  if (tape === undefined) return 'due';
  const text = textOf(tape, 0, faults);
  if (text === 'due' || text === 'earliest') return text;
  if (text !== null) faults.add(tape.path(0), 'out-of-range', '"due" or "earliest" is expected');
  return 'due';
}

/** The horizon; `null` where it cannot be used to judge the rest. */
function daysOf(tape: Tape, faults: Faults): IsoDay[] | null {
  const list = listOf(tape, 0, faults);
  if (list === null) return null;
  if (list.length === 0) faults.add(tape.path(0), 'no-days', 'at least one day is needed');
  const days: IsoDay[] = [];
  let last = '';
  let isWhole = list.length > 0;
  for (const item of list) {
    const day = dateOf(tape, item, faults);
    if (day === null) {
      isWhole = false;
      continue;
    }
    if (day <= last) {
      faults.add(tape.path(item), 'days-not-ascending', `it comes after ${last}`);
      isWhole = false;
    }
    last = day;
    days.push(day);
  }
  return isWhole ? days : null;
}
