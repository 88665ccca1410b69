/**
 * JSON as it was read: one row of numbers for each key and value, in order of the document, pointing at its bytes.
 * Nothing else is made of a value until somebody asks for it, and repeated keys and the order of members are kept.
 */

/** Kinds of rows; texts that are written without escapes and other ones are told apart. */
export const KIND = {
  null: 0,
  false: 1,
  true: 2,
  number: 3,
  text: 4,
  escapedText: 5,
  list: 6,
  object: 7,
} as const;

/** A value that is not there. */
export const NONE = -1;

/** One step down into the document; `spot` is the place among what stands beside it. */
export interface Step {
  readonly key: string | number;
  readonly spot: number;
}

/** From the whole document to a value in it. */
export type Path = readonly Step[];

const WIDTH = 5;
/** Columns of a row; a list or an object has the row after it for a start and its members' number for an end. */
const START = 1;
const END = 2;
const PARENT = 3;
const SPOT = 4;

const ZERO = '0'.charCodeAt(0);
/** So many digits make a number that is exact, whatever they are. */
const DIGITS_MAX = 15;

/** Longer texts are hardly names. */
const NAME_MAX = 40;
/** How many names are remembered; a power of two. */
const NAMES = 4096;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of bytes; throws a TypeError where they are not UTF-8. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Text from between the quotes of a JSON string; throws where an escape is wrong. */
export function unescaped(raw: string): string {
  const text: unknown = JSON.parse(`"${raw}"`);
  return typeof text === 'string' ? text : '';
}

export class Tape {
  private rows = new Int32Array(64 * WIDTH);
  private length = 0;
  /** Places in `bytes` are counted from here. */
  base = 0;
  bytes = new Uint8Array();
  private names: (string | undefined)[] | null = null;

  constructor(private readonly root: Path = []) {}

  /** Takes the row of a value; what belongs to it follows. */
  add(kind: number, start: number, end: number, parent: number, spot: number): number {
    const at = this.length * WIDTH;
    if (at === this.rows.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.rows);
      this.rows = longer;
    }
    const { rows } = this;
    rows[at] = kind;
    rows[at + START] = start;
    rows[at + END] = end;
    rows[at + PARENT] = parent;
    rows[at + SPOT] = spot;
    return this.length++;
  }

  /** All that belongs to a list or an object has been taken. */
  close(node: number, count: number): void {
    this.rows[node * WIDTH + START] = this.length;
    this.rows[node * WIDTH + END] = count;
  }

  clear(): void {
    this.length = 0;
  }

  /** Takes the bytes up to a place for its own, so that they stay when the reader goes on. */
  keep(to: number): void {
    this.bytes = this.bytes.slice(this.base, to);
    this.base = 0;
  }

  private cell(node: number, column: number): number {
    return this.rows[node * WIDTH + column] ?? 0;
  }

  kind(node: number): number {
    return this.rows[node * WIDTH] ?? 0;
  }

  isText(node: number): boolean {
    const kind = this.kind(node);
    return kind === KIND.text || kind === KIND.escapedText;
  }

  /** Where the bytes of a text or number begin. */
  from(node: number): number {
    return this.base + this.cell(node, START);
  }

  /** Where they end. */
  to(node: number): number {
    return this.base + this.cell(node, END);
  }

  /** How many items a list has, or members an object. */
  count(node: number): number {
    return this.cell(node, END);
  }

  /** The first row after all that belongs to the value. */
  after(node: number): number {
    return this.kind(node) >= KIND.list ? this.cell(node, START) : node + 1;
  }

  private raw(node: number): string {
    return decode(this.bytes.subarray(this.from(node), this.to(node)));
  }

  text(node: number): string {
    const raw = this.raw(node);
    return this.kind(node) === KIND.escapedText ? unescaped(raw) : raw;
  }

  /** Text that stands in many places, held once as long as no other takes its slot. */
  name(node: number): string {
    const from = this.from(node);
    const to = this.to(node);
    if (this.kind(node) === KIND.escapedText || to - from > NAME_MAX) return this.text(node);
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (this.bytes[at] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 12)) & (NAMES - 1);
    const names = (this.names ??= new Array<string | undefined>(NAMES).fill(undefined));
    const known = names[slot];
    if (known !== undefined && this.isWritten(known, from, to)) return known;
    const name = this.raw(node);
    names[slot] = name;
    return name;
  }

  private isWritten(text: string, from: number, to: number): boolean {
    if (text.length !== to - from) return false;
    for (let at = from; at < to; at++) {
      if (text.charCodeAt(at - from) !== this.bytes[at]) return false;
    }
    return true;
  }

  number(node: number): number {
    const { bytes } = this;
    const to = this.to(node);
    let at = this.from(node);
    if (to - at > DIGITS_MAX) return Number(this.raw(node));
    let value = 0;
    for (; at < to; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return Number(this.raw(node));
      value = value * 10 + digit;
    }
    return value;
  }

  /** The items of a list. */
  items(node: number): number[] {
    const items: number[] = [];
    const end = this.after(node);
    for (let item = node + 1; item < end; item = this.after(item)) items.push(item);
    return items;
  }

  /** The way to a value, for what is wrong with it. */
  path(node: number): Step[] {
    const steps: Step[] = [];
    for (let at = node; ;) {
      const parent = this.cell(at, PARENT);
      if (parent === NONE) break;
      const spot = this.cell(at, SPOT);
      steps.unshift({ key: this.kind(parent) === KIND.object ? this.text(at - 1) : spot, spot });
      at = parent;
    }
    // The steps of the root may move on with the reader.
    return [...this.root.map((step) => ({ ...step })), ...steps];
  }

  /** The way to a key that an object lacks: after all that it has. */
  missing(node: number, key: string): Step[] {
    return [...this.path(node), { key, spot: Infinity }];
  }
}
