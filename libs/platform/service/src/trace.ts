import { randomBytes } from 'node:crypto';
import { context, propagation, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/**
 * The trace that a call belongs to joins log lines, audit entries and events, also across services. It goes by
 * OpenTelemetry's API, which works by itself; only where OTEL_EXPORTER_OTLP_ENDPOINT is set are spans made and sent.
 */
export function currentTraceId(): string | undefined {
  return trace.getSpanContext(context.active())?.traceId;
}

/** Called once at start; where the SDK runs it has done this already, and keeps its own. */
export function carryTraces(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
}

/**
 * Runs the work in the trace of the call, or in a new one.
 *
 * @param traceparent header or metadata of that name
 */
export function inTrace<T>(traceparent: string | undefined, work: () => T): T {
  // A span of the SDK's instrumentation has read the header before us.
  if (currentTraceId() !== undefined) return work();
  const given = propagation.extract(ROOT_CONTEXT, { traceparent });
  return context.with(trace.getSpanContext(given) ? given : newTrace(), work);
}

function newTrace() {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    traceFlags: TraceFlags.NONE,
  });
}
