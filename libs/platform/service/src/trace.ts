import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { trace } from '@opentelemetry/api';

/** The trace that a call belongs to, in W3C form, so that log lines, audit entries and events can be joined. */
export interface Trace {
  readonly traceId: string;
}

const traces = new AsyncLocalStorage<Trace>();
const traceparentForm = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Of OpenTelemetry where it runs, else of the call's `traceparent`, else made for the call. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId ?? traces.getStore()?.traceId;
}

/** @param traceparent header or metadata of that name, or undefined */
export function inTrace<T>(traceparent: string | undefined, work: () => T): T {
  const given = traceparentForm.exec(traceparent ?? '')?.[1];
  return traces.run({ traceId: given ?? randomBytes(16).toString('hex') }, work);
}
