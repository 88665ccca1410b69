/** A value that must reach the database as JSON, see {@link json}. */
export class Json {
  constructor(readonly text: string) {}
}

/** Marks an object (or any JSON value) to be sent as the text of a json or jsonb parameter. */
export function json(value: unknown): Json {
  const text: unknown = JSON.stringify(value);
  if (typeof text !== 'string') throw new TypeError('json(): the value has no JSON form');
  return new Json(text);
}

/**
 * What one named parameter may be. Arrays become PostgreSQL arrays (`= any(:ids)`,
 * `unnest(:ids::text[])`).
 */
export type Parameter =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Json
  | readonly (string | null)[]
  | readonly number[]
  | readonly boolean[];

export type Parameters = Readonly<Record<string, Parameter>>;

type SentValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

interface Statement {
  /** Unlike any other's, so that a connection may prepare it once and keep it. */
  readonly name: string;
  readonly text: string;
  /** names[n - 1] is the name that became $n. */
  readonly names: readonly string[];
}

// One alternative per thing whose colons are not ours, in the order in which they must be tried;
// the named parameter comes last. `:=` and slices with numbers (`a[1:2]`) do not match a name. The
// escape string takes its prefix with it, and an identifier is read whole, so that the E of
// `type'x'` does not turn the literal into an escape string.
const TOKEN = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`[eE]'(?:[^'\\]|\\[\s\S]|'')*'`,
    String.raw`'(?:[^']|'')*'`,
    String.raw`"(?:[^"]|"")*"`,
    String.raw`\$(?<tag>[A-Za-z_][A-Za-z_0-9]*)?\$[\s\S]*?\$\k<tag>\$`,
    String.raw`::`,
    String.raw`[A-Za-z_][A-Za-z_0-9$]*`,
    String.raw`:(?<name>[A-Za-z_][A-Za-z_0-9]*)`,
  ].join('|'),
  'g',
);

const statements = new Map<string, Statement>();
let statementsParsed = 0;
const STATEMENTS_MAX = 2000;

/**
 * PostgreSQL's block comments nest, which no regular expression can follow: blanks them, keeping
 * every quoted text.
 */
function withoutBlockComments(sql: string): string {
  if (!sql.includes('/*')) return sql;
  const quoted = /--[^\n]*|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\/\*/gy;
  let out = '';
  for (let at = 0; at < sql.length;) {
    quoted.lastIndex = at;
    const token = quoted.exec(sql)?.[0];
    if (token === '/*') {
      at = endOfBlockComment(sql, at);
      out += ' ';
      continue;
    }
    out += token ?? sql.charAt(at);
    at += token?.length ?? 1;
  }
  return out;
}

function endOfBlockComment(sql: string, start: number): number {
  let depth = 0;
  for (let at = start; at < sql.length; at += 1) {
    if (sql.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (sql.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new SyntaxError('SQL: a block comment has no end');
}

function parse(sql: string): Statement {
  const names: string[] = [];
  const text = withoutBlockComments(sql).replaceAll(TOKEN, (token) => {
    if (token.startsWith('::') || !token.startsWith(':')) return token;
    const name = token.slice(1);
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  statementsParsed += 1;
  return { name: `guoku-${statementsParsed}`, text, names };
}

function sent(name: string, value: Parameter): SentValue {
  if (value instanceof Json) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`SQL parameter :${name} is ${value}`);
  }
  return value;
}

/** As the driver takes it. */
export interface BoundStatement {
  readonly name: string;
  readonly text: string;
  readonly values: SentValue[];
}

/**
 * Turns `:name` into PostgreSQL's `$1`. Quoted text, quoted names, dollar quotes, comments and
 * `::casts` are left alone. The same name used twice is one parameter. Throws when a name has no
 * value, or a value no name: both are our bugs.
 */
export function bind(sql: string, parameters: Parameters): BoundStatement {
  let statement = statements.get(sql);
  if (!statement) {
    statement = parse(sql);
    // SQL is written in stores, so there are few texts; the limit only guards against one that is
    // put together.
    if (statements.size >= STATEMENTS_MAX) statements.clear();
    statements.set(sql, statement);
  }
  const { name, text, names } = statement;
  for (const given of Object.keys(parameters)) {
    if (!names.includes(given)) throw new TypeError(`SQL has no parameter :${given}`);
  }
  const values = names.map((given) => {
    const value = Object.hasOwn(parameters, given) ? parameters[given] : undefined;
    if (value === undefined) throw new TypeError(`SQL parameter :${given} has no value`);
    return sent(given, value);
  });
  return { name, text, values };
}
