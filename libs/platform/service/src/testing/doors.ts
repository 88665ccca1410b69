import { randomUUID } from 'node:crypto';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import type { OpenAPIObject } from '@nestjs/swagger';
import { protoFolder } from '@guoku/contracts';
import type { ServiceDefinition } from '../definition.js';
import { platformProto } from '../grpc/grpc-options.js';
import { endpointsOf, type Endpoint } from './contract.js';

/** What a call says. Path parameters and query filters are members of one message over gRPC, beside the body. */
export interface Asked {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
}

export interface CallOptions {
  readonly token?: string;
  /** Made where not given. */
  readonly idempotencyKey?: string;
  readonly dryRun?: boolean;
  readonly ifMatch?: number;
  readonly language?: 'zh' | 'en';
}

/** The same for both doors. */
export interface Reply {
  readonly ok: boolean;
  /** HTTP status; over gRPC that of the problem document, 200 where it went well. */
  readonly status: number;
  /** gRPC status code; null over REST. */
  readonly grpc: number | null;
  /** Code of the refusal; null where it went well. */
  readonly code: string | null;
  /** Body of the answer, or the problem document. */
  readonly body: unknown;
  readonly etag: string | null;
  readonly replay: boolean;
}

type Unary = MethodDefinition<object, object>;

/** Calls use cases by their names, through REST and through gRPC. Close it, or its connection keeps the process. */
export class Doors {
  readonly endpoints: readonly Endpoint[];
  readonly grpcMethods: ReadonlyMap<string, Unary>;
  private readonly client: Client;

  constructor(
    private readonly url: string,
    grpcAddress: string,
    openApi: OpenAPIObject,
    definition: Pick<ServiceDefinition, 'protos'>,
  ) {
    this.endpoints = endpointsOf(openApi);
    this.grpcMethods = methodsOf(definition);
    this.client = new Client(grpcAddress, credentials.createInsecure());
  }

  close(): void {
    this.client.close();
  }

  endpoint(useCase: string): Endpoint {
    const found = this.endpoints.find((one) => one.useCase === useCase);
    if (found === undefined) throw new Error(`no endpoint has the operationId ${useCase}`);
    return found;
  }

  async rest(useCase: string, asked: Asked = {}, options: CallOptions = {}): Promise<Reply> {
    const { method, path } = this.endpoint(useCase);
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(asked.path?.[name] ?? 'missing'),
    );
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(asked.query ?? {})) query.set(name, String(value));
    if (options.dryRun === true) query.set('dryRun', 'true');
    const headers = headersOf(options);
    const changes = method !== 'GET';
    const response = await fetch(`${this.url}${filled}?${query.toString()}`, {
      method,
      headers: changes ? { ...headers, 'content-type': 'application/json' } : headers,
      ...(changes ? { body: JSON.stringify(asked.body ?? {}) } : {}),
    });
    return replyOf(response);
  }

  async grpc(useCase: string, asked: Asked = {}, options: CallOptions = {}): Promise<Reply> {
    const method = this.grpcMethods.get(useCase);
    if (method === undefined) throw new Error(`no gRPC method ${useCase}`);
    const metadata = new Metadata();
    for (const [name, value] of Object.entries(headersOf(options))) metadata.set(name, value);
    if (options.dryRun === true) metadata.set('dry-run', 'true');
    const message = { ...asked.path, ...asked.query, ...asked.body };
    return new Promise((resolve) => {
      let initial = new Metadata();
      const call = this.client.makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        message,
        metadata,
        (error, answer) =>
          resolve(error ? refusalReply(error, initial) : goodReply(answer, initial)),
      );
      call.on('metadata', (received: Metadata) => {
        initial = received;
      });
    });
  }
}

function headersOf(options: CallOptions): Record<string, string> {
  const { token, idempotencyKey = randomUUID(), ifMatch, language } = options;
  return {
    'idempotency-key': idempotencyKey,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    ...(language === undefined ? {} : { 'accept-language': language }),
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  const body: unknown = isJson && !text.includes('\n') ? JSON.parse(text) : text;
  return {
    ok: response.ok,
    status: response.status,
    grpc: null,
    code: response.ok ? null : codeOf(body),
    body,
    etag: response.headers.get('etag'),
    replay: response.headers.get('idempotent-replay') === 'true',
  };
}

function goodReply(body: unknown, initial: Metadata): Reply {
  return { ok: true, status: 200, grpc: 0, code: null, body, ...marksOf(initial) };
}

function refusalReply(error: ServiceError, initial: Metadata): Reply {
  const document = error.metadata.get('guoku-problem-bin')[0];
  const body: unknown = document === undefined ? {} : JSON.parse(document.toString());
  const status = typeof body === 'object' && body !== null && 'status' in body ? body.status : 0;
  const code = error.metadata.get('guoku-code')[0]?.toString() ?? null;
  return { ok: false, status: Number(status), grpc: error.code, code, body, ...marksOf(initial) };
}

function marksOf(initial: Metadata): Pick<Reply, 'etag' | 'replay'> {
  return {
    etag: initial.get('etag')[0]?.toString() ?? null,
    replay: initial.get('idempotent-replay')[0] === 'true',
  };
}

function codeOf(body: unknown): string | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : null;
}

function methodsOf({ protos }: Pick<ServiceDefinition, 'protos'>): ReadonlyMap<string, Unary> {
  const definitions = loadSync([...protos, platformProto], {
    keepCase: false,
    longs: String,
    enums: String,
    includeDirs: [protoFolder],
  });
  const methods = new Map<string, Unary>();
  for (const [name, definition] of Object.entries(definitions)) {
    if ('format' in definition) continue;
    const service = name.split('.').at(-1) ?? name;
    for (const [method, unary] of Object.entries(definition))
      methods.set(`${service}.${method}`, unary);
  }
  return methods;
}
