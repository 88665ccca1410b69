import { readFileSync } from 'node:fs';
import {
  periodNumber,
  type Direction,
  type Frequency,
  type KnownFlow,
} from '@guoku/domain-forecast';
import { codeOf, Unusable } from './unusable.js';

/** One row of a file; the amount is whole fen. */
export interface FlowRow {
  readonly line: number;
  readonly label: string;
  readonly series: string;
  readonly amount: number;
}

/** Rows of a file, or what is wrong with it, a sentence for each line. */
export interface ReadRows {
  readonly rows: readonly FlowRow[];
  readonly faults: readonly string[];
}

const HEADING = 'date,series,amount';
const FAULTS_MAX = 100;
const FILE_BYTES_MAX = 400_000_000;
/** Thirteen digits of yuan: what a plain number holds to the fen. */
const amountShape = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;
/** No control characters, quotes, or signs of a file that is not UTF-8. */
const seriesShape = /^[^\p{Cc}",\uFFFD]{1,200}$/u;
const yearShape = /^(19|20|21)\d\d-/;

/**
 * Reads `date,series,amount`. One bad row refuses the whole; each is named with its line.
 * @param once whether a series may have one row a period only, as a history has
 */
export function readRows(text: string, frequency: Frequency, once: boolean): ReadRows {
  const faults: string[] = [];
  const rows: FlowRow[] = [];
  const lineOf = new Map<string, Map<number, number>>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const heading = lines[0] ?? '';
  if (heading !== HEADING) faults.push(`line 1: expected ${HEADING}, not ${shown(heading)}`);
  // Of a file with other columns every line would be a fault.
  if (heading.split(',').length !== HEADING.split(',').length) return { rows, faults };
  for (let at = 1; at < lines.length && faults.length <= FAULTS_MAX; at += 1) {
    const content = lines[at] ?? '';
    if (content === '' && at === lines.length - 1) continue;
    const read = readRow(content, at + 1, frequency);
    if (typeof read === 'string') {
      faults.push(`line ${at + 1}: ${read}`);
      continue;
    }
    const seen = lineOf.get(read.series) ?? new Map<number, number>();
    lineOf.set(read.series, seen);
    const number = periodNumber(frequency, read.label) ?? 0;
    const before = seen.get(number);
    if (once && before !== undefined) {
      faults.push(
        `line ${at + 1}: ${read.series} has an amount for ${read.label} in line ${before}`,
      );
    }
    seen.set(number, at + 1);
    rows.push(read);
  }
  if (faults.length > FAULTS_MAX) faults.splice(FAULTS_MAX, Infinity, 'and more of that kind');
  if (rows.length === 0 && faults.length === 0) faults.push('line 2: there is no row');
  return { rows, faults };
}

function readRow(content: string, line: number, frequency: Frequency): FlowRow | string {
  const [label = '', series = '', written, ...more] = content.split(',');
  if (written === undefined || more.length > 0) return `expected three columns, ${HEADING}`;
  if (periodNumber(frequency, label) === undefined) return `${shown(label)} is no date`;
  if (frequency !== 'none' && !yearShape.test(label)) return `${label} is not in 1900 to 2199`;
  if (!seriesShape.test(series)) return `${shown(series)} is no name of a series`;
  const [, sign, whole, part = ''] = amountShape.exec(written) ?? [];
  if (whole === undefined) {
    return `${shown(written)} is no amount: at most 13 digits, a point and two decimals`;
  }
  const fen = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return { line, label, series, amount: sign === '-' && fen !== 0 ? -fen : fen };
}

/** A piece of a file that is safe and short enough to be printed. */
const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

/** Which way a series goes, by its name. */
export const directionOf = (series: string): Direction =>
  /^(outlay|outflow)/.test(series) ? 'outflow' : 'inflow';

/** A known flow, traced to its line. */
export const knownFlow = ({ line, label, series, amount }: FlowRow): KnownFlow => ({
  series,
  direction: directionOf(series),
  day: label,
  amount,
  source: `line ${line}`,
});

/**
 * The rows of a file.
 * @throws Unusable with the name of the file before every fault
 */
export function readRowsOf(file: string, frequency: Frequency, once: boolean): readonly FlowRow[] {
  const { rows, faults } = readRows(textOf(file), frequency, once);
  if (faults.length > 0) throw new Unusable(faults.map((fault) => `${file}: ${fault}`));
  return rows;
}

function textOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= FILE_BYTES_MAX) return bytes.toString('utf8');
  } catch (error) {
    throw new Unusable([`${file}: cannot be read (${codeOf(error)})`]);
  }
  throw new Unusable([`${file}: is larger than ${FILE_BYTES_MAX} bytes`]);
}
