import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { KafkaJsInstrumentation } from '@opentelemetry/instrumentation-kafkajs';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register } from 'import-in-the-middle/register-hooks.mjs';

/**
 * Starts OpenTelemetry; where to, and under which name, it reads from its own variables (`OTEL_*`). Must run before pg,
 * grpc-js and kafkajs are imported: the hook that is registered here wraps them as they load.
 *
 * @returns what sends the last spans and ends it
 */
export function startTracing(): { stop(): Promise<void> } {
  register();
  const sdk = new NodeSDK({
    instrumentations: [
      new HttpInstrumentation(),
      new GrpcInstrumentation(),
      new PgInstrumentation(),
      new KafkaJsInstrumentation(),
    ],
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
