/** `npm run bench:schedule`: times of `plan()`, gaps, shares proven, memory and growth; beside HiGHS in the same run. */
import { type Problem, type RankResult, plan, readProblem } from '@guoku/domain-schedule';
import { type BenchCase, benchCases } from './bench-cases.js';
import { type EndToEnd, endToEnd } from './bench-end-to-end.js';
import { Unusable } from './input.js';
import { refuseMore } from './trial-arguments.js';
import type { ProblemText } from './trial/problem-text.js';
import { referenceWithin } from './trial/reference.js';

/** One problem, planned, and tried by HiGHS. */
interface Trial {
  readonly requests: number;
  readonly ms: number;
  readonly ranks: readonly RankResult[];
  /** Resident memory after the plan, in MiB. */
  readonly memory: number;
  readonly highs?: {
    /** Until all ranks were proven; the whole limit where they were not. */
    readonly ms: number;
    readonly proven: number;
    /** Proven in the time that the planner took, or in a second where it took less. */
    readonly provenInOurTime: number;
    /** Ranks that both have proven with aims that differ: a bug, or the half fen of HiGHS. */
    readonly differ: number;
  };
}

function readText(text: ProblemText): Problem {
  const reading = readProblem(JSON.stringify(text));
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.problem;
}

async function besideHighs(
  problem: Problem,
  ranks: readonly RankResult[],
  ourMs: number,
  seconds: number,
): Promise<NonNullable<Trial['highs']>> {
  const { aims, doneMs } = await referenceWithin(problem, Math.max(seconds, ourMs / 1000));
  const differ = aims.filter((best, index) => {
    const ours = ranks[index];
    return (
      ours?.proven === true &&
      (ours.onTime !== best.onTime ||
        ours.total !== best.total ||
        ours.lateness !== best.lateness ||
        ours.kept !== best.kept)
    );
  }).length;
  const whole = aims.length === ranks.length;
  return {
    ms: whole ? (doneMs.at(-1) ?? 0) : seconds * 1000,
    proven: aims.length,
    provenInOurTime: doneMs.filter((ms) => ms <= Math.max(1000, ourMs)).length,
    differ,
  };
}

async function tried(text: ProblemText, highsSeconds: number): Promise<Trial> {
  const problem = readText(text);
  const start = performance.now();
  const { ranks } = plan(problem, { digest: '', cures: 'none' });
  const ms = performance.now() - start;
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  const trial = { requests: problem.requests.length, ms, ranks, memory };
  if (highsSeconds === 0) return trial;
  return { ...trial, highs: await besideHighs(problem, ranks, ms, highsSeconds) };
}

/** What is told of one case; the last line of the bench holds these. */
interface Row {
  readonly name: string;
  readonly problems: number;
  readonly requests: number;
  readonly ms: { readonly median: number; readonly worst: number };
  readonly memoryMiB: number;
  readonly worstGap: number;
  readonly ranks: number;
  readonly proven: number;
  readonly highs: {
    readonly medianMs: number;
    readonly proven: number;
    readonly provenInOurTime: number;
    readonly differ: number;
    /** Median time of HiGHS over ours. */
    readonly ratio: number;
  } | null;
  readonly endToEnd: EndToEnd | null;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

const round = (value: number, places = 1) => Number(value.toFixed(places));

function rowOf(name: string, trials: readonly Trial[], whole: EndToEnd | null): Row {
  const sum = (valueOf: (trial: Trial) => number) =>
    trials.reduce((total, trial) => total + valueOf(trial), 0);
  const times = trials.map(({ ms }) => ms);
  const beside = trials.flatMap(({ highs }) => (highs === undefined ? [] : [highs]));
  return {
    name,
    problems: trials.length,
    requests: Math.round(sum(({ requests }) => requests) / trials.length),
    ms: { median: round(median(times)), worst: round(Math.max(...times)) },
    memoryMiB: Math.max(...trials.map(({ memory }) => memory)),
    worstGap:
      Math.max(...trials.flatMap(({ ranks }) => ranks.map((rank) => rank.gapMillionths))) / 1e6,
    ranks: sum(({ ranks }) => ranks.length),
    proven: sum(({ ranks }) => ranks.filter(({ proven }) => proven).length),
    highs:
      beside.length === 0
        ? null
        : {
            medianMs: round(median(beside.map(({ ms }) => ms))),
            proven: sum(({ highs }) => highs?.proven ?? 0),
            provenInOurTime: sum(({ highs }) => highs?.provenInOurTime ?? 0),
            differ: sum(({ highs }) => highs?.differ ?? 0),
            ratio: round(median(beside.map(({ ms }) => ms)) / median(times)),
          },
    endToEnd: whole,
  };
}

const HEAD =
  '| case | requests | median / worst ms | MiB | worst gap | proven | HiGHS ms | proven: in all / in our time | ratio |\n' +
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|\n';

function lineOf(row: Row): string {
  const { name, problems, requests, ms, memoryMiB, worstGap, ranks, proven, highs, endToEnd } = row;
  const cells = [
    problems > 1 ? `${name} (${problems})` : name,
    requests.toLocaleString('en-US'),
    `${ms.median} / ${ms.worst}`,
    String(memoryMiB),
    worstGap.toFixed(6),
    `${proven}/${ranks}`,
    ...(highs === null
      ? ['', '', '']
      : [
          String(highs.medianMs),
          `${highs.proven} / ${highs.provenInOurTime}`,
          String(highs.ratio),
        ]),
  ];
  const whole =
    endToEnd === null
      ? ''
      : ` end to end ${endToEnd.seconds} s, ${endToEnd.memoryMiB} MiB for ${endToEnd.problemMiB} MiB of text`;
  const differ = highs === null || highs.differ === 0 ? '' : ` ${highs.differ} DIFFER from HiGHS`;
  return `| ${cells.join(' | ')} |${whole}${differ}\n`;
}

/** Exponents of growth between neighbours of a family: 1 is linear. */
function growthOf(cases: readonly BenchCase[], rows: readonly Row[]) {
  const families = Map.groupBy(rows, ({ name }) => cases.find((one) => one.name === name)?.family);
  return [...families].flatMap(([family, own]) =>
    family === undefined
      ? []
      : own.slice(1).map((row, index) => {
          const from = own[index] ?? row;
          const exponent =
            Math.log(row.ms.median / from.ms.median) / Math.log(row.requests / from.requests);
          return { family, from: from.requests, to: row.requests, exponent: round(exponent, 2) };
        }),
  );
}

/**
 * Prints a table, a row a case, and last one line of JSON with the same figures.
 *
 * @param args `--full` takes more seeds of hard ranks and adds the month of a million requests; words that are
 *   no option choose cases by name
 */
export async function bench(args: readonly string[]): Promise<number> {
  const words = args.filter((word) => word !== '--full');
  refuseMore(words, words.length);
  const cases = benchCases(args.includes('--full')).filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  if (cases.length === 0) throw new Unusable(`no case is named ${words.join(' or ')}`);
  process.stdout.write(HEAD);
  const rows: Row[] = [];
  const totals = new Map<string, Trial[]>();
  for (const one of cases) {
    const trials: Trial[] = [];
    let whole: EndToEnd | null = null;
    for await (const problem of one.problems()) {
      if (one.endToEnd === true) whole ??= await endToEnd(problem);
      trials.push(await tried(problem, one.highsSeconds));
    }
    if (one.total !== undefined)
      totals.set(one.total, [...(totals.get(one.total) ?? []), ...trials]);
    const row = rowOf(one.name, trials, whole);
    rows.push(row);
    process.stdout.write(lineOf(row));
  }
  for (const [name, trials] of totals) {
    const row = rowOf(`${name} in all`, trials, null);
    rows.push(row);
    process.stdout.write(lineOf(row));
  }
  const growth = growthOf(cases, rows);
  process.stdout.write(`${JSON.stringify({ bench: 'schedule', rows, growth })}\n`);
  return 0;
}
