import type { Refusal } from './refusal.js';

/** What a use case decided. A refusal undoes whatever the use case wrote. */
export type Outcome<T> = Accepted<T> | { readonly ok: false; readonly refusal: Refusal };

export interface Accepted<T> {
  readonly ok: true;
  /** The body of the answer. */
  readonly value: T;
  /** 201 where something was made; 200 otherwise. */
  readonly status?: 200 | 201;
  /** Becomes the ETag. */
  readonly version?: number;
  /** What was changed, for the audit log, where the command could not name it beforehand. */
  readonly subject?: string;
}

export function accepted<T>(value: T, rest: Omit<Accepted<T>, 'ok' | 'value'> = {}): Accepted<T> {
  return { ok: true, value, ...rest };
}

export function refused(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

/** `T` as it looks on the wire: what has a `toJSON` (Money, Date) has become its text. */
export type Wire<T> = T extends { toJSON(...none: never[]): infer Text }
  ? Text
  : T extends object
    ? { [Member in keyof T]: Wire<T[Member]> }
    : T;

/** The answer to a command, as controllers return it: the first one, or the stored one of the same command. */
export class Answer<T> {
  constructor(
    readonly result:
      | { readonly ok: true; readonly body: Wire<T> }
      | { readonly ok: false; readonly refusal: Refusal },
    readonly status: number,
    readonly version: number | null = null,
    /** True where this is the stored answer of the same command (header `Idempotent-Replay: true`). */
    readonly replay = false,
  ) {}
}

/** The answer to a read of something that has a version, so that it gets its ETag. */
export class Versioned<T> {
  constructor(
    readonly value: T,
    readonly version: number,
  ) {}
}
