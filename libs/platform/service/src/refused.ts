import type { Refusal } from './refusal.js';

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
