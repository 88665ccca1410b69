export interface BothLanguages {
  readonly zh: string;
  readonly en: string;
}

/** gRPC status names that a refusal may have; numbers are those of the gRPC specification. */
export const GRPC_STATUS = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcStatus = keyof typeof GRPC_STATUS;

/** What a code means at both doors. `{name}` in a text is replaced by the value of that name. */
export interface RefusalKind extends BothLanguages {
  readonly http: number;
  readonly grpc: GrpcStatus;
}

/** A no, as data: made by the `refuse` of a table only, so that code, statuses and texts belong together. */
export interface Refusal {
  readonly code: string;
  readonly http: number;
  readonly grpc: GrpcStatus;
  readonly detail: BothLanguages;
  /** JSON pointer of the field of the body that is to blame, such as `/lines/3/amount`. */
  readonly field?: string;
  /** Members for machines, shown beside the code: figures of the refusal as text. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface RefusalOptions {
  readonly field?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Fill the `{name}`s of the texts. Members of `extra` need not be repeated. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export type Refuse<Code extends string> = (code: Code, options?: RefusalOptions) => Refusal;

/**
 * The one exhaustive table of a service (its `refusals.ts`), as a function that makes refusals:
 * `export const refuse = refusalsOf({ quota_exceeded: { http: 409, grpc: 'FAILED_PRECONDITION', zh: '…', en: '…' } })`.
 */
export function refusalsOf<Code extends string>(
  table: Readonly<Record<Code, RefusalKind>>,
): Refuse<Code> {
  return (code, options = {}) => {
    const { http, grpc, zh, en } = table[code];
    const values = { ...options.extra, ...options.values };
    return {
      code,
      http,
      grpc,
      detail: { zh: filled(zh, values), en: filled(en, values) },
      ...(options.field === undefined ? {} : { field: options.field }),
      ...(options.extra === undefined ? {} : { extra: options.extra }),
    };
  };
}

function filled(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** One fault of an input: where, which, and why in both languages. */
export interface FieldFault {
  /** JSON pointer into the body (`#/lines/3/amount`), or `?name` of the query, or `:name` of the path. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: { readonly zh: string; readonly en: string };
}

/**
 * Thrown by doors only (bad input, not found on a read, forbidden); use cases return their refusals.
 * Becomes problem+json or a gRPC status with the same code.
 */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly refusal: Refusal,
    readonly faults: readonly FieldFault[] = [],
  ) {
    super(`${refusal.code}: ${refusal.detail.en}`);
  }
}
