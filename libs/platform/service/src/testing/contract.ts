import type { OpenAPIObject } from '@nestjs/swagger';

/** One endpoint as the served OpenAPI document shows it. */
export interface Endpoint {
  /** `GET /v1/notes/{id}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** operationId, which names the gRPC twin as well. */
  readonly useCase: string;
  readonly isPublic: boolean;
  readonly duties: readonly string[];
  /** Why there is no gRPC twin; null where there is one. */
  readonly restOnly: string | null;
  readonly needsVersion: boolean;
  readonly pathParameters: readonly string[];
  readonly queryParameters: readonly string[];
}

/** What the platform itself leaves open in every service; each service's test adds what its issue calls public. */
export const platformPublicEndpoints: readonly string[] = [
  'GET /docs',
  'GET /health',
  'GET /metrics',
  'GET /openapi.json',
  'GET /ready',
];

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every endpoint, in the order of their names. */
export function endpointsOf(document: OpenAPIObject): readonly Endpoint[] {
  return Object.entries(document.paths)
    .flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [endpointOf(method, path, operation)];
      }),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

function endpointOf(method: string, path: string, operation: Operation): Endpoint {
  const parameters = (operation.parameters ?? []).filter((one) => 'in' in one);
  const named = (place: string) =>
    parameters.filter((one) => one.in === place).map(({ name }) => name);
  const duties = extension(operation, 'x-duties');
  const restOnly = extension(operation, 'x-rest-only');
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    useCase: operation.operationId ?? '',
    isPublic: operation.security?.length === 0,
    duties: Array.isArray(duties) ? duties.map(String) : [],
    restOnly: typeof restOnly === 'string' ? restOnly : null,
    needsVersion: named('header').includes('If-Match'),
    pathParameters: named('path'),
    queryParameters: named('query').filter((name) => name !== 'dryRun'),
  };
}

function extension(operation: Operation, name: string): unknown {
  return Object.entries(operation).find(([member]) => member === name)?.[1];
}

/** Endpoints that the contract marks `security: []`. */
export function publicEndpointsOf(document: OpenAPIObject): readonly string[] {
  return endpointsOf(document)
    .filter(({ isPublic }) => isPublic)
    .map(({ name }) => name);
}
