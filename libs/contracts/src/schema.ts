/**
 * Builds the JSON Schema of an event's data and its TypeScript type from one definition, so that the two cannot differ.
 * Unknown fields are let through on purpose: a newer publisher may add optional ones.
 */

export interface Schema<Value> {
  readonly json: JsonSchema;
  /** Never set: carries the static type only. */
  readonly value?: Value;
}

export type JsonSchema = { readonly [keyword: string]: unknown };
export type ValueOf<S> = S extends Schema<infer Value> ? Value : never;

type Fields = Record<string, Schema<unknown>>;
type Required<F extends Fields> = {
  readonly [K in keyof F as undefined extends ValueOf<F[K]> ? never : K]: ValueOf<F[K]>;
};
type Optional<F extends Fields> = {
  readonly [K in keyof F as undefined extends ValueOf<F[K]> ? K : never]?: ValueOf<F[K]>;
};
export type ObjectOf<F extends Fields> = Required<F> & Optional<F>;

interface Described {
  readonly description: string;
}

function text<Value extends string = string>(json: JsonSchema): Schema<Value> {
  return { json: { type: 'string', ...json } };
}

/** A UUID in lower-case text. */
export const id = (of: string) => text({ format: 'uuid', description: of });
/** Yuan (or the division's currency) as text with two decimals; whole fen. */
export const money = (of: string) =>
  text({ pattern: '^-?(0|[1-9][0-9]{0,17})\\.[0-9]{2}$', description: of });
/** `YYYY-MM-DD` in the division's zone. */
export const day = (of: string) => text({ format: 'date', description: of });
/** RFC 3339 with offset. */
export const instant = (of: string) => text({ format: 'date-time', description: of });
export const code = (of: string) => text({ minLength: 1, maxLength: 64, description: of });
export const words = (of: string) => text({ maxLength: 2000, description: of });

export const integer = (of: string): Schema<number> => ({
  json: { type: 'integer', description: of },
});
export const flag = (of: string): Schema<boolean> => ({
  json: { type: 'boolean', description: of },
});

export function oneOf<const Value extends string>(
  values: readonly Value[],
  of: string,
): Schema<Value> {
  return { json: { type: 'string', enum: values, description: of } };
}

export function list<Value>(of: Schema<Value>, description: string): Schema<readonly Value[]> {
  return { json: { type: 'array', items: of.json, description } };
}

/** A field that may be missing. */
export function optional<Value>(schema: Schema<Value>): Schema<Value | undefined> {
  return { json: { ...schema.json, 'x-optional': true } };
}

/** An object; every field is required unless it is `optional`. */
export function object<F extends Fields>(fields: F, of?: Described): Schema<ObjectOf<F>> {
  const entries = Object.entries(fields);
  return {
    json: {
      type: 'object',
      ...of,
      required: entries.filter(([, s]) => s.json['x-optional'] !== true).map(([name]) => name),
      properties: Object.fromEntries(
        entries.map(([name, schema]) => {
          const { 'x-optional': _, ...json } = schema.json;
          return [name, json];
        }),
      ),
    },
  };
}

/** The same sentence in both languages of the officers. */
export const bothLanguages = object({
  zh: words('the sentence in Chinese'),
  en: words('the sentence in English'),
});
