import type { Fault, Problem } from '../problem.js';

/** A problem with its RFC 8785 text (hash that with SHA-256 for the digest), or every fault. */
export type ProblemReading =
  | { readonly ok: true; readonly problem: Problem; readonly canonical: string }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads the text of a problem strictly; never throws. */
export function readProblem(text: string): ProblemReading {
  return { ok: false, faults: [{ pointer: '', code: 'not-json', detail: `${text.length}` }] };
}
