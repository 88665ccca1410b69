/** What was asked for cannot be done as it was asked: a sentence or several for the asker, exit status 2. */
export class Unusable extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/** The code of what Node throws, such as ENOENT; empty where there is none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
