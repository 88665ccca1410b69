import { isDeepStrictEqual } from 'node:util';
import type { Asked, Doors, Reply } from './doors.js';

export interface TwinWalk {
  readonly doors: Doors;
  /** A token with every duty, in the division of the examples. */
  readonly token: string;
  /** For each use case what to ask; commands are asked as dry runs, so that both doors meet the same state. */
  readonly examples: Readonly<Record<string, readonly Asked[]>>;
  /** Version that commands with If-Match claim to have seen. */
  readonly ifMatch?: number;
  /** Members that are made anew by each call and cannot agree, such as an id or an instant. */
  readonly ignored?: readonly string[];
}

/** Use cases that exist at one door only, where the contract does not say why. */
export function missingTwins({ endpoints, grpcMethods }: Doors): readonly string[] {
  const rest = endpoints.filter(({ isPublic }) => !isPublic);
  const names = rest.map(({ useCase }) => useCase);
  return [
    ...rest
      .filter(({ useCase, restOnly }) => restOnly === null && !grpcMethods.has(useCase))
      .map(({ name, useCase }) => `${name}: no gRPC method ${useCase}`),
    ...[...grpcMethods.keys()]
      .filter((method) => !names.includes(method))
      .map((method) => `${method}: no REST endpoint`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${name}: two endpoints`),
  ];
}

/** Asks both doors the same and names where they answered differently. Bad requests are made from the good ones. */
export async function walkTwins(walk: TwinWalk): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const { useCase, isPublic, restOnly } of walk.doors.endpoints) {
    if (isPublic || restOnly !== null || !walk.doors.grpcMethods.has(useCase)) continue;
    const examples = walk.examples[useCase] ?? [];
    if (examples.length === 0) findings.push(`${useCase} has no example`);
    for (const asked of examples.flatMap(withFaults)) {
      findings.push(...(await difference(walk, useCase, asked)));
    }
  }
  return findings;
}

/**
 * The request itself; without each of its texts and objects; with each text made nonsense. Not without a flag, number
 * or list: of those proto3 cannot say whether they are missing.
 */
function withFaults(asked: Asked): readonly Asked[] {
  const body: [string, unknown][] = Object.entries(asked.body ?? {});
  const droppable = body.filter(
    ([, value]) =>
      typeof value === 'string' || (typeof value === 'object' && !Array.isArray(value)),
  );
  return [
    asked,
    ...droppable.map(([missing]) => ({
      ...asked,
      body: Object.fromEntries(body.filter(([name]) => name !== missing)),
    })),
    ...body
      .filter(([, value]) => typeof value === 'string')
      .map(([name]) => ({ ...asked, body: { ...asked.body, [name]: '\u0001?' } })),
    ...Object.keys(asked.path ?? {}).map((name) => ({
      ...asked,
      path: { ...asked.path, [name]: 'x' },
    })),
  ];
}

async function difference(walk: TwinWalk, useCase: string, asked: Asked): Promise<string[]> {
  const { doors, token, ifMatch, ignored = [] } = walk;
  const options = { token, dryRun: true, ...(ifMatch === undefined ? {} : { ifMatch }) };
  const rest = outcomeOf(await doors.rest(useCase, asked, options), ignored);
  const grpc = outcomeOf(await doors.grpc(useCase, asked, options), ignored);
  if (isDeepStrictEqual(rest, grpc)) return [];
  return [
    `${useCase} ${JSON.stringify(asked)}\n  REST ${JSON.stringify(rest)}\n  gRPC ${JSON.stringify(grpc)}`,
  ];
}

function outcomeOf({ ok, status, code, body, etag }: Reply, ignored: readonly string[]): object {
  if (ok) return { ok, etag, body: plainOf(body, ignored) };
  return { ok, status, code, faults: faultsOf(body) };
}

/** proto3 does not send what is empty, false or 0, and a whole number may come as text. */
export function plainOf(value: unknown, ignored: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => plainOf(item, ignored));
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !ignored.includes(name) && !isBlank(member))
      .map(([name, member]): [string, unknown] => [name, plainOf(member, ignored)])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === 0 || value === false)
    return true;
  return Array.isArray(value) && value.length === 0;
}

/** A path parameter of REST is a member of the gRPC message: only the name is compared. */
function faultsOf(body: unknown): readonly string[] {
  const errors: unknown =
    typeof body === 'object' && body !== null && 'errors' in body ? body.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors
    .map(
      (error: { pointer: string; code: string }) =>
        `${error.pointer.replace(/^[#?:]\/?/, '')} ${error.code}`,
    )
    .sort();
}
