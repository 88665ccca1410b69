/** Readers of single values: each gives the value, or `null` and a fault at its place; nothing at all for what is not there. */
import { isDate, isInstant } from '../instant.js';
import type { Fen } from '../problem.js';
import type { Faults } from './faults.js';
import { KIND, NONE, type Tape } from './tape.js';

const DASH = '-'.charCodeAt(0);
const DOT = '.'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const encoder = new TextEncoder();

/** A digit of bytes; NaN where none stands there. */
function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : NaN;
}

/** Fen of money text with two decimals; NaN where it is none. From 2^53 on it is only near. */
function fenAt(bytes: Uint8Array, from: number, to: number): Fen {
  const isNegative = bytes[from] === DASH;
  const first = isNegative ? from + 1 : from;
  const point = to - 3;
  if (point <= first || bytes[point] !== DOT) return NaN;
  if (bytes[first] === ZERO && point > first + 1) return NaN;
  let fen = 0;
  for (let at = first; at < to; at++) if (at !== point) fen = fen * 10 + digitAt(bytes, at);
  if (!isNegative) return fen;
  return fen === 0 ? NaN : -fen;
}

/** Money text with two decimals of whole fen. */
export function moneyText(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The keys that an object may have. */
export class Keys {
  readonly places: ReadonlyMap<string, number>;
  private readonly byBytes: readonly { readonly bytes: Uint8Array; readonly place: number }[];

  constructor(
    readonly required: readonly string[],
    optional: readonly string[],
  ) {
    const all = [...required, ...optional];
    this.places = new Map(all.map((key, place) => [key, place]));
    this.byBytes = all.map((key, place) => ({ bytes: encoder.encode(key), place }));
  }

  /** Place of a key among them; -1 where it is unknown. */
  placeOf(tape: Tape, key: number, likely: number): number {
    if (tape.kind(key) === KIND.escapedText) return this.places.get(tape.text(key)) ?? -1;
    const from = tape.from(key);
    const length = tape.to(key) - from;
    const { byBytes } = this;
    // Objects of a list have the same keys in the same order as a rule.
    for (let tries = 0; tries < byBytes.length; tries++) {
      const known = byBytes[(likely + tries) % byBytes.length];
      if (known?.bytes.length === length && isSame(known.bytes, tape.bytes, from))
        return known.place;
    }
    return -1;
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[from + at]) return false;
  return true;
}

/** The members of an object by key. */
export class Members {
  constructor(
    private readonly places: ReadonlyMap<string, number>,
    private readonly nodes: readonly number[],
  ) {}

  /** The value of a key; `NONE` where it is missing. */
  get(key: string): number {
    return this.nodes[this.places.get(key) ?? NONE] ?? NONE;
  }

  has(key: string): boolean {
    return this.get(key) !== NONE;
  }
}

/** The members of an object; reports unknown, repeated and missing ones. */
export function membersOf(tape: Tape, node: number, keys: Keys, faults: Faults): Members | null {
  if (tape.kind(node) !== KIND.object) {
    faults.add(tape.path(node), 'wrong-type', 'an object is expected');
    return null;
  }
  const nodes = new Array<number>(keys.places.size).fill(NONE);
  let unknown: Set<string> | undefined;
  const end = tape.after(node);
  let likely = 0;
  for (let key = node + 1; key < end; key = tape.after(key + 1)) {
    const place = keys.placeOf(tape, key, likely);
    likely = place + 1;
    if (place < 0) addUnknown(tape, key, (unknown ??= new Set()), faults);
    else if (nodes[place] === NONE) nodes[place] = key + 1;
    else faults.add(tape.path(key + 1), 'repeated-key', REPEATED);
  }
  for (const [place, key] of keys.required.entries()) {
    if (nodes[place] === NONE) faults.add(tape.missing(node, key), 'missing-key', MISSING);
  }
  return new Members(keys.places, nodes);
}

export const REPEATED = 'the key stands twice in this object';
export const UNKNOWN = 'no such key is known here';
export const MISSING = 'the key is required';

function addUnknown(tape: Tape, key: number, seen: Set<string>, faults: Faults): void {
  const text = tape.text(key);
  const path = tape.path(key + 1);
  if (seen.has(text)) faults.add(path, 'repeated-key', REPEATED);
  else faults.add(path, 'unknown-key', UNKNOWN);
  seen.add(text);
}

/** The items of a list. */
export function listOf(tape: Tape, node: number, faults: Faults): readonly number[] | null {
  if (node === NONE) return null;
  if (tape.kind(node) === KIND.list) return tape.items(node);
  faults.add(tape.path(node), 'wrong-type', 'a list is expected');
  return null;
}

function isText(tape: Tape, node: number, faults: Faults): boolean {
  if (node === NONE) return false;
  if (tape.isText(node)) return true;
  faults.add(tape.path(node), 'wrong-type', 'text is expected');
  return false;
}

export function textOf(tape: Tape, node: number, faults: Faults): string | null {
  return isText(tape, node, faults) ? tape.text(node) : null;
}

/** Text that stands in many places, held once. */
export function nameOf(tape: Tape, node: number, faults: Faults): string | null {
  return isText(tape, node, faults) ? tape.name(node) : null;
}

export function flagOf(tape: Tape, node: number, faults: Faults): boolean | null {
  if (node === NONE) return null;
  const kind = tape.kind(node);
  if (kind === KIND.true || kind === KIND.false) return kind === KIND.true;
  faults.add(tape.path(node), 'wrong-type', 'true or false is expected');
  return null;
}

export function wholeOf(
  tape: Tape,
  node: number,
  range: { readonly from: number; readonly to: number },
  faults: Faults,
): number | null {
  if (node === NONE) return null;
  const value = tape.kind(node) === KIND.number ? tape.number(node) : NaN;
  if (!Number.isInteger(value)) {
    faults.add(tape.path(node), 'wrong-type', 'a whole number is expected');
    return null;
  }
  if (value < range.from || value > range.to) {
    faults.add(tape.path(node), 'out-of-range', `${range.from} to ${range.to} is expected`);
    return null;
  }
  return value;
}

export type Sign = 'any' | 'not-negative' | 'positive';

export function amountOf(tape: Tape, node: number, sign: Sign, faults: Faults): Fen | null {
  if (!isText(tape, node, faults)) return null;
  const fen = fenOf(tape, node);
  if (Number.isNaN(fen)) {
    faults.add(tape.path(node), 'bad-amount', 'money is text with two decimals, as "1234.50"');
    return null;
  }
  if (sign === 'positive' && fen < 1) {
    faults.add(tape.path(node), 'amount-too-small', 'at least 0.01 is expected');
    return null;
  }
  if (sign === 'not-negative' && fen < 0) {
    faults.add(tape.path(node), 'negative', 'it cannot be negative');
    return null;
  }
  return fen;
}

function fenOf(tape: Tape, node: number): Fen {
  if (tape.kind(node) === KIND.text) return fenAt(tape.bytes, tape.from(node), tape.to(node));
  const bytes = encoder.encode(tape.text(node));
  return fenAt(bytes, 0, bytes.length);
}

export function dateOf(tape: Tape, node: number, faults: Faults): string | null {
  const text = nameOf(tape, node, faults);
  if (text === null || isDate(text)) return text;
  faults.add(tape.path(node), 'bad-date', 'a day of the calendar as YYYY-MM-DD is expected');
  return null;
}

export function instantOf(tape: Tape, node: number, faults: Faults): string | null {
  const text = nameOf(tape, node, faults);
  if (text === null || isInstant(text)) return text;
  const detail = 'a time with offset is expected, as 2026-11-30T08:12:00+08:00';
  faults.add(tape.path(node), 'bad-instant', detail);
  return null;
}
