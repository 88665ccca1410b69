import type { Session } from '@guoku/persistence';
import type { Language } from './caller.js';
import { accepted, refused, type Outcome } from './outcome.js';
import { refuse } from './platform-refusals.js';
import type { Refusal } from './refusal.js';

/** What became of one line; `index` counts from 0 as the request's list does. */
export type LineResult<T> =
  | { readonly index: number; readonly ok: true; readonly value: T }
  | {
      readonly index: number;
      readonly ok: false;
      readonly code: string;
      readonly detail: string;
      readonly field?: string;
    };

export interface BatchResult<T> {
  readonly accepted: number;
  readonly refused: number;
  readonly lines: readonly LineResult<T>[];
}

export interface BatchOptions {
  /** All or nothing: one refusal refuses the batch (`batch_refused`), and still every line is told its own. */
  readonly atomic: boolean;
  readonly language: Language;
}

/**
 * Works through the lines of a batch inside the one transaction of its command. A refused line leaves nothing behind;
 * the others stand, unless the batch is atomic.
 */
export async function runBatch<Line, T>(
  session: Session,
  lines: readonly Line[],
  options: BatchOptions,
  work: (line: Line, index: number) => Promise<Outcome<T>>,
): Promise<Outcome<BatchResult<T>>> {
  const results: LineResult<T>[] = [];
  for (const [index, line] of lines.entries()) {
    await session.execute('savepoint line');
    const outcome = await work(line, index);
    await session.execute(outcome.ok ? 'release savepoint line' : 'rollback to savepoint line');
    results.push(resultOf(index, outcome, options.language));
  }
  const failed = results.filter((result) => !result.ok);
  const whole = {
    accepted: results.length - failed.length,
    refused: failed.length,
    lines: results,
  };
  if (!options.atomic || failed.length === 0) return accepted(whole);
  return refused(refuse('batch_refused', { extra: { refused: failed.length, lines: failed } }));
}

function resultOf<T>(index: number, outcome: Outcome<T>, language: Language): LineResult<T> {
  if (outcome.ok) return { index, ok: true, value: outcome.value };
  const { code, detail, field }: Refusal = outcome.refusal;
  return {
    index,
    ok: false,
    code,
    detail: detail[language],
    ...(field === undefined ? {} : { field }),
  };
}
