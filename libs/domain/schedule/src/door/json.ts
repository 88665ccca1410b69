/** A strict JSON reader (RFC 8259) over bytes as they come: values go to tapes, so that no text is ever held whole. */
import { KIND, NONE, type Path, Tape, decode, unescaped } from './tape.js';

/** Fills the bytes from their beginning as far as it can; how many it filled, 0 at the end. */
export type ByteSource = (into: Uint8Array) => number;

/** Why reading ended before the document did. */
export class Stop extends Error {
  constructor(
    readonly code: 'not-json' | 'too-deep',
    detail: string,
  ) {
    super(detail);
  }
}

/** Nothing that is asked for nests deeper than six; more would only tire the stack. */
const DEPTH_MAX = 200;
const WINDOW_BYTES = 1 << 16;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const codeOf = (letter: string) => letter.charCodeAt(0);
const QUOTE = codeOf('"');
const BACKSLASH = codeOf('\\');
const COMMA = codeOf(',');
const COLON = codeOf(':');
const OPEN_LIST = codeOf('[');
const CLOSE_LIST = codeOf(']');
const OPEN_OBJECT = codeOf('{');
const CLOSE_OBJECT = codeOf('}');

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;

function table(letters: string): Uint8Array {
  const marks = new Uint8Array(256);
  for (const letter of letters) marks[codeOf(letter)] = 1;
  return marks;
}

const SPACE = table(' \n\r\t');
const OF_NUMBER = table('+-.0123456789Ee');
/** Bytes that need no second look inside a string; those of no ASCII letter are looked at together at its end. */
const PLAIN = new Uint8Array(256).map((_, byte) =>
  byte >= 32 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

const WORDS = [
  { word: new TextEncoder().encode('null'), kind: KIND.null },
  { word: new TextEncoder().encode('false'), kind: KIND.false },
  { word: new TextEncoder().encode('true'), kind: KIND.true },
] as const;

/** Throws `Stop` where the bytes are not JSON. After the last byte at hand stands a 0, which JSON has nowhere. */
export class JsonReader {
  private bytes = new Uint8Array(WINDOW_BYTES);
  private at = 0;
  private end = 0;
  private ended = false;
  /** What stands before it is done with and may be given up. */
  private mark = 0;
  /** Bytes that were given up. */
  private gone = 0;
  private tape = new Tape();

  constructor(private readonly source: ByteSource) {}

  /** Puts the next value on an empty tape; its bytes last until the reader is asked for more. */
  value(tape: Tape, depth: number): void {
    this.peek();
    this.mark = this.at;
    this.tape = tape;
    tape.clear();
    tape.base = this.mark;
    this.put(NONE, 0, depth);
    tape.bytes = this.bytes;
    tape.base = this.mark;
  }

  /** The next value on a tape of its own, which stays. */
  keptValue(depth: number, root: Path = []): Tape {
    const tape = new Tape(root);
    this.value(tape, depth);
    tape.keep(this.at);
    return tape;
  }

  /** Does an object (a list) begin here? */
  isObject(): boolean {
    return this.peek() === OPEN_OBJECT;
  }

  isList(): boolean {
    return this.peek() === OPEN_LIST;
  }

  /** Steps through the object that begins here; `visit` reads the value of each member. */
  members(visit: (key: string, spot: number) => void): void {
    const key = new Tape();
    this.inside(CLOSE_OBJECT, (spot) => {
      this.mark = this.at;
      this.tape = key;
      key.clear();
      this.key(NONE, spot);
      key.bytes = this.bytes;
      key.base = this.mark;
      visit(key.text(0), spot);
    });
  }

  /** Steps through the list that begins here; `visit` reads each item. */
  items(visit: (spot: number) => void): void {
    this.inside(CLOSE_LIST, visit);
  }

  /** Nothing may follow the document. */
  finish(): void {
    this.peek();
    if (this.at < this.end) throw this.stop('more text after the end');
  }

  private stop(what: string): Stop {
    const cut = this.at >= this.end ? 'cut off' : what;
    return new Stop('not-json', `${cut} at byte ${this.gone + this.at}`);
  }

  /** Gets more bytes; false where there are none. Moves what is still needed to the front. */
  private more(): boolean {
    if (this.ended) return false;
    if (this.mark > 0) {
      this.bytes.copyWithin(0, this.mark, this.end);
      this.at -= this.mark;
      this.end -= this.mark;
      this.gone += this.mark;
      this.mark = 0;
    }
    if (this.end + 1 >= this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    const count = this.source(this.bytes.subarray(this.end, this.bytes.length - 1));
    this.ended = count === 0;
    this.end += count;
    this.bytes[this.end] = 0;
    return count > 0;
  }

  /** The next byte that is no space; 0 at the end. */
  private peek(): number {
    for (;;) {
      const byte = this.bytes[this.at] ?? 0;
      if (SPACE[byte] === 1) this.at++;
      else if (byte !== 0 || this.at < this.end || !this.more()) return byte;
    }
  }

  private put(parent: number, spot: number, depth: number): void {
    if (depth > DEPTH_MAX) throw new Stop('too-deep', `nested deeper than ${DEPTH_MAX}`);
    const { tape } = this;
    const first = this.peek();
    if (first === QUOTE) {
      this.string(parent, spot);
    } else if (first === OPEN_OBJECT) {
      const node = tape.add(KIND.object, 0, 0, parent, spot);
      const count = this.inside(CLOSE_OBJECT, (member) => {
        this.key(node, member);
        this.put(node, member, depth + 1);
      });
      tape.close(node, count);
    } else if (first === OPEN_LIST) {
      const node = tape.add(KIND.list, 0, 0, parent, spot);
      const count = this.inside(CLOSE_LIST, (item) => {
        this.put(node, item, depth + 1);
      });
      tape.close(node, count);
    } else if (OF_NUMBER[first] === 1) {
      this.number(parent, spot);
    } else {
      this.word(parent, spot);
    }
  }

  /** Steps over brackets and commas; how many stand between them. */
  private inside(closing: number, visit: (spot: number) => void): number {
    this.at++;
    if (this.peek() === closing) {
      this.at++;
      return 0;
    }
    for (let count = 0; ;) {
      visit(count++);
      const found = this.peek();
      if (found !== COMMA && found !== closing)
        throw this.stop(`a comma or ${String.fromCharCode(closing)} expected`);
      this.at++;
      if (found === closing) return count;
    }
  }

  private key(parent: number, spot: number): void {
    if (this.peek() !== QUOTE) throw this.stop('a key expected');
    this.string(parent, spot);
    if (this.peek() !== COLON) throw this.stop('a colon expected');
    this.at++;
  }

  private string(parent: number, spot: number): void {
    this.at++;
    const start = this.at - this.mark;
    let isEscaped = false;
    let bits = 0;
    for (;;) {
      const { bytes } = this;
      let at = this.at;
      let byte = bytes[at] ?? 0;
      while (PLAIN[byte] === 1) {
        bits |= byte;
        byte = bytes[++at] ?? 0;
      }
      this.at = at;
      if (byte === QUOTE) break;
      if (byte === BACKSLASH) {
        isEscaped = true;
        // What is escaped is looked at with the whole; here only a quote must not end it.
        const isCut = this.at + 1 >= this.end && !this.more();
        this.at += isCut ? 1 : 2;
      } else if (byte !== 0 || at < this.end || !this.more()) {
        throw this.stop('a control character');
      }
    }
    const end = this.at - this.mark;
    if (isEscaped || bits > 127) this.checkText(start, end, isEscaped);
    this.at++;
    this.tape.add(isEscaped ? KIND.escapedText : KIND.text, start, end, parent, spot);
  }

  /** Bytes of no ASCII letter must be UTF-8, escapes known, and surrogates in pairs. */
  private checkText(start: number, end: number, isEscaped: boolean): void {
    const raw = this.bytes.subarray(this.mark + start, this.mark + end);
    let text = '';
    try {
      text = decode(raw);
    } catch {
      throw this.stop('not UTF-8');
    }
    if (!isEscaped) return;
    try {
      text = unescaped(text);
    } catch {
      throw this.stop('a wrong escape');
    }
    if (!text.isWellFormed()) throw this.stop('half a surrogate pair');
  }

  private number(parent: number, spot: number): void {
    const start = this.at - this.mark;
    for (;;) {
      if (OF_NUMBER[this.bytes[this.at] ?? 0] === 1) this.at++;
      else if (this.at < this.end || !this.more()) break;
    }
    const end = this.at - this.mark;
    // A digit alone, as in most documents, needs no second look.
    if (end - start > 1 || !isDigit(this.bytes[this.mark + start])) this.checkNumber(start, end);
    this.tape.add(KIND.number, start, end, parent, spot);
  }

  private checkNumber(start: number, end: number): void {
    const text = decode(this.bytes.subarray(this.mark + start, this.mark + end));
    if (!NUMBER.test(text)) throw this.stop('unexpected text');
    if (!Number.isFinite(Number(text))) throw this.stop('a number beyond the double range');
  }

  private word(parent: number, spot: number): void {
    for (const { word, kind } of WORDS) {
      while (this.end - this.at < word.length && this.more());
      if (!word.every((byte, index) => this.bytes[this.at + index] === byte)) continue;
      this.at += word.length;
      this.tape.add(kind, 0, 0, parent, spot);
      return;
    }
    throw this.stop('unexpected text');
  }
}

/** Bytes that are at hand already, as a source. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  let given = 0;
  return (into) => {
    const part = bytes.subarray(given, given + into.length);
    into.set(part);
    given += part.length;
    return part.length;
  };
}

/** The bytes of text, as a source. Throws `Stop` where the text has half a surrogate pair, which no bytes can tell. */
export function sourceOfText(text: string): ByteSource {
  if (!text.isWellFormed()) throw new Stop('not-json', 'half a surrogate pair');
  return sourceOf(new TextEncoder().encode(text));
}
