/** RFC 8785 form of what was read: keys by UTF-16 units, numbers as ECMAScript writes them, no spaces. */
import { KIND, type Tape } from './tape.js';

const BLOCK_BYTES = 1 << 16;
const encoder = new TextEncoder();
const QUOTE = '"'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const COLON = ':'.charCodeAt(0);
const BRACKETS = {
  [KIND.list]: ['['.charCodeAt(0), ']'.charCodeAt(0)],
  [KIND.object]: ['{'.charCodeAt(0), '}'.charCodeAt(0)],
} as const;
/** By kind. */
const WORDS = ['null', 'false', 'true'].map((word) => encoder.encode(word));
/** Whole numbers of so few digits are written as they stand, but for a zero with a sign. */
const PLAIN_DIGITS_MAX = 15;
/** Fewer bytes are copied one by one. */
const SHORT = 48;

/** Hands over the form in blocks of bytes, each to be used before the next is asked for. */
export class Canonical {
  private readonly block = new Uint8Array(BLOCK_BYTES);
  private length = 0;

  constructor(private readonly take: (bytes: Uint8Array) => void) {}

  /** What has been gathered goes out. */
  flush(): void {
    if (this.length > 0) this.take(this.block.subarray(0, this.length));
    this.length = 0;
  }

  text(text: string): void {
    const bytes = encoder.encode(text);
    this.copy(bytes, 0, bytes.length);
  }

  value(tape: Tape, node: number): void {
    switch (tape.kind(node)) {
      case KIND.object:
        this.object(tape, node);
        break;
      case KIND.list:
        this.list(tape, node);
        break;
      case KIND.text:
        this.byte(QUOTE);
        this.copy(tape.bytes, tape.from(node), tape.to(node));
        this.byte(QUOTE);
        break;
      case KIND.escapedText:
        this.text(JSON.stringify(tape.text(node)));
        break;
      case KIND.number:
        this.number(tape, node);
        break;
      default:
        this.word(tape.kind(node));
    }
  }

  /** Parts what stands beside each other. */
  comma(): void {
    this.byte(COMMA);
  }

  private word(kind: number): void {
    const bytes = WORDS[kind];
    if (bytes !== undefined) this.copy(bytes, 0, bytes.length);
  }

  private byte(byte: number): void {
    if (this.length === BLOCK_BYTES) this.flush();
    this.block[this.length++] = byte;
  }

  private copy(bytes: Uint8Array, from: number, to: number): void {
    if (to - from < SHORT && this.length + SHORT < BLOCK_BYTES) {
      const { block } = this;
      let { length } = this;
      for (let at = from; at < to; at++) block[length++] = bytes[at] ?? 0;
      this.length = length;
      return;
    }
    for (let at = from; at < to;) {
      if (this.length === BLOCK_BYTES) this.flush();
      const part = bytes.subarray(at, Math.min(to, at + BLOCK_BYTES - this.length));
      this.block.set(part, this.length);
      this.length += part.length;
      at += part.length;
    }
  }

  private number(tape: Tape, node: number): void {
    const value = tape.number(node);
    const digits = tape.to(node) - tape.from(node);
    if (digits <= PLAIN_DIGITS_MAX && Number.isInteger(value) && isPlain(tape, node))
      this.copy(tape.bytes, tape.from(node), tape.to(node));
    else this.text(JSON.stringify(value));
  }

  private list(tape: Tape, node: number): void {
    const [open, close] = BRACKETS[KIND.list];
    this.byte(open);
    const end = tape.after(node);
    for (let item = node + 1; item < end; item = tape.after(item)) {
      if (item > node + 1) this.comma();
      this.value(tape, item);
    }
    this.byte(close);
  }

  private object(tape: Tape, node: number): void {
    const [open, close] = BRACKETS[KIND.object];
    this.byte(open);
    let isFirst = true;
    for (const key of keysInOrder(tape, node)) {
      if (!isFirst) this.comma();
      isFirst = false;
      this.value(tape, key);
      this.byte(COLON);
      this.value(tape, key + 1);
    }
    this.byte(close);
  }
}

/** No sign, point or exponent. */
function isPlain(tape: Tape, node: number): boolean {
  for (let at = tape.from(node); at < tape.to(node); at++) {
    const byte = tape.bytes[at] ?? 0;
    if (byte < 48 || byte > 57) return false;
  }
  return true;
}

/** Keys of an object, which are few, put in order by insertion. */
function keysInOrder(tape: Tape, node: number): number[] {
  const keys: number[] = [];
  const end = tape.after(node);
  for (let key = node + 1; key < end; key = tape.after(key + 1)) {
    let at = keys.length;
    for (; at > 0 && isBefore(tape, key, keys[at - 1] ?? 0); at--) keys[at] = keys[at - 1] ?? 0;
    keys[at] = key;
  }
  return keys;
}

/** Bytes sort as UTF-16 units do where the first that differ are ASCII letters. */
function isBefore(tape: Tape, a: number, b: number): boolean {
  const { bytes } = tape;
  const [from, other] = [tape.from(a), tape.from(b)];
  const length = Math.min(tape.to(a) - from, tape.to(b) - other);
  if (tape.kind(a) === KIND.text && tape.kind(b) === KIND.text) {
    for (let at = 0; at < length; at++) {
      const left = bytes[from + at] ?? 0;
      const right = bytes[other + at] ?? 0;
      if (left === right) continue;
      if (left > 127 || right > 127) break;
      return left < right;
    }
  }
  return tape.text(a) < tape.text(b);
}
