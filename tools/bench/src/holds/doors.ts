import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { protoFolder } from '@guoku/contracts';
import healthCheck from 'grpc-health-check';
import type { QuotaProcess } from './quota-process.js';

const AMOUNT = '0.01';

/** One client of the service, with a connection of its own. */
export interface Caller {
  /** Does the thing that is measured once. */
  call(bgtId: string): Promise<void>;
  close(): void;
}

type Unary = MethodDefinition<object, object>;

function methodOf(
  definitions: ReturnType<typeof loadSync>,
  service: string,
  method: string,
): Unary {
  const definition = definitions[service];
  const unary = definition && !('format' in definition) ? definition[method] : undefined;
  if (!unary) throw new Error(`no gRPC method ${service}/${method}`);
  return unary;
}

const place = methodOf(
  loadSync('guoku/quota/v1/hold.proto', { keepCase: false, includeDirs: [protoFolder] }),
  'guoku.quota.v1.HoldService',
  'Place',
);
const check = methodOf(loadSync(healthCheck.protoPath), 'grpc.health.v1.Health', 'Check');

const holdOn = (bgtId: string) => ({ requestId: randomUUID(), bgtId, amount: AMOUNT });

/** A hold through REST. */
export function restCaller({ url, token }: QuotaProcess): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    call: (bgtId) =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify(holdOn(bgtId));
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': randomUUID(),
        };
        const sent = request(`${url}/v1/holds`, { agent, method: 'POST', headers }, (response) => {
          response.resume().on('end', () => {
            if (response.statusCode === 201) resolve();
            else reject(new Error(`a hold was answered ${response.statusCode}`));
          });
        });
        sent.on('error', reject).end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** A hold through gRPC. */
export function grpcCaller(quota: QuotaProcess): Caller {
  const client = connect(quota);
  return {
    call: (bgtId) => {
      const metadata = new Metadata();
      metadata.set('authorization', `Bearer ${quota.token}`);
      metadata.set('idempotency-key', randomUUID());
      return unary(client, place, holdOn(bgtId), metadata);
    },
    close: () => client.close(),
  };
}

/** The health check, which does nothing: what a gRPC call costs by itself. */
export function emptyGrpcCaller(quota: QuotaProcess): Caller {
  const client = connect(quota);
  return {
    call: () => unary(client, check, { service: '' }, new Metadata()),
    close: () => client.close(),
  };
}

function connect({ grpcAddress }: QuotaProcess): Client {
  // Else all clients of the process would share one connection.
  const options = { 'grpc.use_local_subchannel_pool': 1 };
  return new Client(grpcAddress, credentials.createInsecure(), options);
}

function unary(client: Client, method: Unary, message: object, metadata: Metadata): Promise<void> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      message,
      metadata,
      (error) => {
        if (error) reject(error);
        else resolve();
      },
    );
  });
}
