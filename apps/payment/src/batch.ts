import {
  accepted,
  refused,
  refusePlatform,
  type BatchResult,
  type Language,
  type Outcome,
} from '@guoku/service';

/**
 * The answer to a batch whose lines were decided together. One refusal refuses an atomic batch (and so undoes what the
 * others wrote); every line is still told its own.
 */
export function batchOutcome<T>(
  outcomes: readonly Outcome<T>[],
  { atomic, language }: { readonly atomic: boolean; readonly language: Language },
): Outcome<BatchResult<T>> {
  const lines = outcomes.map((outcome, index) => {
    if (outcome.ok) return { index, ok: true, value: outcome.value } as const;
    const { code, detail, field } = outcome.refusal;
    const line = { index, ok: false, code, detail: detail[language] } as const;
    return field === undefined ? line : { ...line, field };
  });
  const failed = lines.filter(({ ok }) => !ok);
  if (atomic && failed.length > 0) {
    return refused(
      refusePlatform('batch_refused', { extra: { refused: failed.length, lines: failed } }),
    );
  }
  return accepted({ accepted: lines.length - failed.length, refused: failed.length, lines });
}
