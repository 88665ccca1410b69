/** A strict JSON reader (RFC 8259) that keeps what `JSON.parse` drops: repeated keys and the order of members. */

export interface JsonMember {
  readonly key: string;
  readonly value: Json;
  /** The key stood in this object before. */
  readonly repeated: boolean;
}

export class JsonObject {
  constructor(readonly members: readonly JsonMember[]) {}

  /** Value of the first member of that key. */
  get(key: string): Json | undefined {
    for (const member of this.members) if (member.key === key) return member.value;
    return undefined;
  }
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Is it a list? (`Array.isArray` does not know read-only ones.) */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export type JsonReading =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly code: 'not-json' | 'too-deep'; readonly detail: string };

/** Nothing that is asked for nests deeper than six; more would only tire the stack. */
const DEPTH_MAX = 200;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

class Stop extends Error {
  constructor(
    readonly code: 'not-json' | 'too-deep',
    detail: string,
  ) {
    super(detail);
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): Json {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) throw this.stop('more text after the end');
    return value;
  }

  private stop(what: string): Stop {
    return new Stop('not-json', `${what} at character ${this.at}`);
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at++;
    }
  }

  private value(depth: number): Json {
    if (depth > DEPTH_MAX) throw new Stop('too-deep', `nested deeper than ${DEPTH_MAX}`);
    this.space();
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.word('null')) return null;
    return this.number();
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (found === null) throw this.stop(this.at < this.text.length ? 'unexpected text' : 'cut off');
    const value = Number(found[0]);
    if (!Number.isFinite(value)) throw this.stop('a number beyond the double range');
    this.at += found[0].length;
    return value;
  }

  private string(): string {
    this.at++;
    let value = '';
    for (;;) {
      PLAIN.lastIndex = this.at;
      PLAIN.exec(this.text);
      value += this.text.slice(this.at, PLAIN.lastIndex);
      this.at = PLAIN.lastIndex;
      const next = this.text[this.at];
      if (next === '"') break;
      if (next !== '\\') throw this.stop(next === undefined ? 'cut off' : 'a control character');
      value += this.escape();
    }
    this.at++;
    if (LONE_SURROGATE.test(value)) throw this.stop('half a surrogate pair');
    return value;
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? '';
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) {
      this.at += 2;
      return plain;
    }
    const digits = this.text.slice(this.at + 2, this.at + 6);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) throw this.stop('a wrong escape');
    this.at += 6;
    return String.fromCharCode(parseInt(digits, 16));
  }

  private array(depth: number): Json[] {
    this.at++;
    const items: Json[] = [];
    this.space();
    if (this.text[this.at] === ']') {
      this.at++;
      return items;
    }
    for (;;) {
      items.push(this.value(depth + 1));
      if (this.next(']')) return items;
    }
  }

  private object(depth: number): JsonObject {
    this.at++;
    const members: JsonMember[] = [];
    const seen = new Set<string>();
    this.space();
    if (this.text[this.at] === '}') {
      this.at++;
      return new JsonObject(members);
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') throw this.stop('a key expected');
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ':') throw this.stop('a colon expected');
      this.at++;
      members.push({ key, value: this.value(depth + 1), repeated: seen.has(key) });
      seen.add(key);
      if (this.next('}')) return new JsonObject(members);
    }
  }

  /** Steps over a comma (false) or the closing bracket (true). */
  private next(closing: string): boolean {
    this.space();
    const found = this.text[this.at];
    if (found !== ',' && found !== closing) throw this.stop(`a comma or ${closing} expected`);
    this.at++;
    return found === closing;
  }
}

/** Reads JSON text; never throws. */
export function readJson(text: string): JsonReading {
  try {
    return { ok: true, value: new Reader(text).whole() };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, code: error.code, detail: error.message };
    throw error;
  }
}

/** RFC 8785 text of a JSON value, piece by piece: keys by UTF-16 units, numbers as ECMAScript writes them. */
export function* canonicalPieces(value: Json): Generator<string> {
  if (value instanceof JsonObject) {
    const members = [...value.members].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    let mark = '{';
    for (const member of members) {
      yield `${mark}${JSON.stringify(member.key)}:`;
      yield* canonicalPieces(member.value);
      mark = ',';
    }
    yield mark === '{' ? '{}' : '}';
  } else if (isList(value)) {
    let mark = '[';
    for (const item of value) {
      yield mark;
      yield* canonicalPieces(item);
      mark = ',';
    }
    yield mark === '[' ? '[]' : ']';
  } else {
    yield JSON.stringify(value);
  }
}

/** RFC 8785 text of a JSON value. */
export function canonicalText(value: Json): string {
  let text = '';
  for (const piece of canonicalPieces(value)) text += piece;
  return text;
}
