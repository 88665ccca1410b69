import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/** Also for errors of another realm, as Node's own are under jest. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}

/**
 * The driver's error behind TypeORM's, which carries the statement's parameters and must not reach
 * a log.
 */
export function driverError(error: unknown): Error {
  if (error instanceof QueryFailedError) return driverError(error.driverError);
  return isError(error) ? error : new Error(String(error));
}

function textOf(error: unknown, property: 'code' | 'constraint' | 'message'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : undefined;
}

/** SQLSTATE of a refused statement (`23505` is a repeated key), undefined for any other error. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = textOf(driverError(error), 'code');
  return code?.length === 5 && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Name of the constraint that refused a statement, undefined for any other error. */
export function constraintOf(error: unknown): string | undefined {
  return textOf(driverError(error), 'constraint');
}

/**
 * Two transactions got in each other's way: nothing was changed, and the same work may be tried
 * again at once.
 */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01';
}

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);

// The driver gives these no code.
const LOST_CONNECTION = new RegExp(
  [
    'Connection terminated',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error',
    'not queryable',
  ].join('|'),
);

/**
 * The database cannot be reached, is starting, stopping, full or a read-only copy. Nothing is wrong
 * with the work: whoever can should wait and do it again. Whether a COMMIT that was under way took
 * effect is not known.
 */
export function databaseIsAway(error: unknown): boolean {
  const inner = driverError(error);
  // TypeORM takes a connection away from its transaction as soon as it hears that it is lost.
  if (inner instanceof QueryRunnerAlreadyReleasedError) return true;
  const state = sqlStateOf(inner);
  if (state) return /^(08|53|57P|58|25006|25P03)/.test(state);
  if ('errors' in inner && Array.isArray(inner.errors)) return inner.errors.some(databaseIsAway);
  return (
    SOCKET_CODES.has(textOf(inner, 'code') ?? '') ||
    LOST_CONNECTION.test(textOf(inner, 'message') ?? '')
  );
}
