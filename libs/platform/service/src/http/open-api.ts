import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { ServiceName } from '@guoku/contracts';

type Paths = OpenAPIObject['paths'];
type Operation = NonNullable<Paths[string]['get']>;
type Parameters = NonNullable<Operation['parameters']>;

const changing = ['post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document of a service: from its controllers and fields, with what holds for every endpoint added. */
export function openApiOf(app: INestApplication, service: ServiceName): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle(`guoku 国库: ${service}`)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'oidc')
    .build();
  const document = SwaggerModule.createDocument(app, settings);
  for (const path of Object.values(document.paths)) {
    for (const method of ['get', ...changing] as const) {
      const operation = path[method];
      if (operation !== undefined) complete(operation, method !== 'get');
    }
  }
  addDocumentPages(document.paths);
  const components = { ...document.components };
  components.schemas = { ...components.schemas, Problem: problemSchema };
  return plain(in31({ ...document, components }));
}

function complete(operation: Operation, changes: boolean): void {
  const isPublic = operation.security?.some((one) => Object.keys(one).length === 0) ?? false;
  if (isPublic) {
    operation.security = [];
    return;
  }
  operation.parameters = [
    ...(changes ? commandParameters : []),
    languageParameter,
    ...(operation.parameters ?? []),
  ];
  if (operation.parameters.some((one) => 'name' in one && one.name === 'cursor')) {
    const page = operation.responses['200'];
    if (page !== undefined && 'content' in page) Object.assign(page.content ?? {}, wholeAsCsv);
  }
  operation.responses['default'] = {
    description: 'Refused: a problem document with the code of the refusal',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

const commandParameters: Parameters = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Names the command: the same key and body get the same answer for 7 days.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  {
    name: 'dryRun',
    in: 'query',
    required: false,
    description: 'true: answers as the real call would, and changes nothing.',
    schema: { type: 'boolean' },
  },
];

/** With `Accept: text/csv` a list comes whole, as a file for a spreadsheet. */
const wholeAsCsv = { 'text/csv': { schema: { type: 'string' } } };

const languageParameter: Parameters[number] = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description: 'zh or en, for the texts of refusals.',
  schema: { type: 'string' },
};

const text = { type: 'string' };

const problemSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance', 'errors'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { type: 'string', description: 'closed list; the same over gRPC' },
    instance: { type: 'string', description: 'trace of the call' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: text, code: text, detail: text },
      },
    },
  },
};

/** Served beside Nest's controllers, and as public as they are documented. */
function addDocumentPages(paths: Paths): void {
  const page = (operationId: string, summary: string) => ({
    get: {
      operationId,
      summary,
      parameters: [],
      security: [],
      responses: { '200': { description: summary } },
    },
  });
  paths['/openapi.json'] = page('openapi', 'This document');
  paths['/docs'] = page('docs', 'This document as a page');
}

/** `nullable` is of OpenAPI 3.0; in 3.1 null is a type. */
function in31<T>(value: T): unknown {
  if (Array.isArray(value)) return value.map(in31);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, in31(member)]),
  );
  if (nullable === undefined) return rest;
  if (nullable === false) return rest;
  return 'type' in rest
    ? { ...rest, type: [rest['type'], 'null'] }
    : { anyOf: [rest, { type: 'null' }] };
}

/** As it goes over the wire: no undefined, no class instances. */
function plain(document: unknown): OpenAPIObject {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  if (!isDocument(copy)) throw new TypeError('not an OpenAPI document');
  return copy;
}

function isDocument(value: unknown): value is OpenAPIObject {
  return typeof value === 'object' && value !== null && 'openapi' in value && 'paths' in value;
}
