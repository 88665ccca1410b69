import { HttpException } from '@nestjs/common';
import { databaseIsAway, isConflict } from '@guoku/persistence';
import type { Language } from '../caller.js';
import { refuse } from '../platform-refusals.js';
import { Refused, type Refusal } from '../refusal.js';

/** RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** The trace of the call, so that the log can be found. */
  readonly instance: string;
  readonly errors: readonly { pointer: string; code: string; detail: string }[];
  readonly [extra: string]: unknown;
}

/** Every error becomes one of our codes; null where it is a bug of ours, which only the log may see. */
export function refusedFrom(error: unknown): Refused {
  if (error instanceof Refused) return error;
  return new Refused(refusalFrom(error));
}

function refusalFrom(error: unknown): Refusal {
  const doorCode = codeOf(error);
  if (doorCode === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuse('body_too_large');
  if (doorCode === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return refuse('media_type_unsupported');
  if (databaseIsAway(error)) return refuse('database_unavailable');
  if (isConflict(error)) return refuse('conflict');
  const status = statusOf(error);
  if (status === 404) return refuse('not_found');
  if (status === 413) return refuse('body_too_large');
  if (status === 415) return refuse('media_type_unsupported');
  if (status >= 400 && status < 500) {
    return isParseError(error) ? refuse('json_malformed') : refuse('request_invalid');
  }
  return refuse('internal');
}

function codeOf(error: unknown): string {
  return isObject(error) && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Of Nest's and of Fastify's errors. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = isObject(error) && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}

function isParseError(error: unknown): boolean {
  return (
    error instanceof SyntaxError ||
    /^FST_ERR_CTP_(EMPTY_JSON|INVALID_JSON)/.test(codeOf(error)) ||
    (error instanceof HttpException && /JSON|Body cannot be empty/i.test(error.message))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function problemOf(
  { refusal, faults }: Refused,
  language: Language,
  traceId: string,
): Problem {
  const detail = refusal.detail[language];
  const own =
    refusal.field === undefined
      ? []
      : [{ pointer: `#${refusal.field}`, code: refusal.code, detail }];
  return {
    ...refusal.extra,
    type: `urn:guoku:problem:${refusal.code}`,
    title: refusal.code.replaceAll('_', ' '),
    status: refusal.http,
    detail,
    code: refusal.code,
    instance: `urn:guoku:trace:${traceId}`,
    errors: [
      ...own,
      ...faults.map((fault) => ({
        pointer: fault.pointer,
        code: fault.code,
        detail: fault.detail[language],
      })),
    ],
  };
}
