import { ServerInterceptingCall, type Server, type ServerInterceptor } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { Transport, type GrpcOptions } from '@nestjs/microservices';
import { protoFolder } from '@guoku/contracts';
import { HealthImplementation } from 'grpc-health-check';
import type { Config } from '../config.js';
import type { ServiceDefinition } from '../definition.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { inTrace } from '../trace.js';

export const messageBytesMax = 16 * 1024 * 1024;

/** Messages in the JSON shapes of REST: camelCase, whole 64-bit numbers and enums as text. */
const jsonShapes = {
  keepCase: false,
  longs: String,
  enums: String,
  arrays: true,
  includeDirs: [protoFolder],
};

/** The definitions of a service, with those that every service has. */
export function protosOf({ protos }: Pick<ServiceDefinition, 'protos'>): PackageDefinition {
  return loadSync([...protos, platformProto], { ...jsonShapes, defaults: true });
}

export const platformProto = 'guoku/platform/v1/platform.proto';
const platformPackage = 'guoku.platform.v1';

export function grpcOptions(
  definition: ServiceDefinition,
  config: Config,
  {
    health,
    log,
    metrics,
  }: { readonly health: HealthImplementation; readonly log: Log; readonly metrics: Metrics },
): GrpcOptions {
  const packageDefinition = protosOf(definition);
  return {
    transport: Transport.GRPC,
    options: {
      url: `${config.bindAddress}:${config.grpcPort}`,
      package: [definition.grpcPackage, platformPackage],
      packageDefinition: withoutBlanks(packageDefinition),
      gracefulShutdown: true,
      maxReceiveMessageLength: messageBytesMax,
      maxSendMessageLength: messageBytesMax,
      channelOptions: Object.assign({}, { interceptors: [observed(log, metrics)] }),
      onLoadPackageDefinition: (_package: unknown, server: Server) => {
        new ReflectionService(packageDefinition).addToServer(server);
        health.addToServer(server);
      },
    },
  };
}

/**
 * In proto3 an empty text is the same as none: it is taken away, so that both doors see a missing field as missing.
 * Numbers and flags keep their 0 and false, which proto3 does not send either.
 */
function withoutBlanks(definitions: PackageDefinition): PackageDefinition {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      if ('format' in definition) return [name, definition];
      const methods = Object.entries(definition).map(
        ([method, { requestDeserialize, ...rest }]) => [
          method,
          { ...rest, requestDeserialize: (bytes: Buffer) => filledIn(requestDeserialize(bytes)) },
        ],
      );
      return [name, Object.fromEntries(methods)];
    }),
  );
}

function filledIn(value: unknown): object {
  const rest = withoutBlank(value);
  return typeof rest === 'object' && rest !== null ? rest : {};
}

function withoutBlank(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlank);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== '' && member !== null)
      .map(([name, member]) => [name, withoutBlank(member)]),
  );
}

/** Puts each call into its trace, counts it, and tells it in one line. */
function observed(log: Log, metrics: Metrics): ServerInterceptor {
  return (method, call) => {
    const startedMs = performance.now();
    let traceparent: string | undefined;
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            traceparent = metadata.get('traceparent')[0]?.toString();
            proceed(metadata);
          },
          onReceiveHalfClose: (proceed) => inTrace(traceparent, proceed),
        }),
      sendStatus: (status, next) => {
        const tookMs = performance.now() - startedMs;
        const { code } = status;
        metrics.call('grpc', method.path, code, tookMs);
        log.call({ transport: 'grpc', operation: method.path, status: code, tookMs });
        next(status);
      },
    });
  };
}
