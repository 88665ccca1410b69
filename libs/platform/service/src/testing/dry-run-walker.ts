import { isDeepStrictEqual } from 'node:util';
import type { Endpoint } from './contract.js';
import type { Asked, CallOptions, Doors, Reply } from './doors.js';
import { plainOf } from './twin-walker.js';

export interface DryRunWalk {
  readonly doors: Doors;
  /** A token with every duty, in the division of the examples. */
  readonly token: string;
  readonly examples: Readonly<Record<string, Asked>>;
  /** Tokens of other people, for use cases that nobody may do after one walked before. */
  readonly others?: Readonly<Record<string, string>>;
  /** Of the whole database, once it has come to rest. */
  readonly checksum: () => Promise<string>;
  /** Members that are made anew by each call and cannot agree, such as an id or an instant. */
  readonly ignored?: readonly string[];
}

/**
 * Asks every command twice, as a dry run and for real, in the order of the examples, and says which dry run changed a
 * row or was answered otherwise than the real call, and which real call was refused. They stay: walk this last.
 */
export async function walkDryRuns(walk: DryRunWalk): Promise<readonly string[]> {
  const { doors, examples } = walk;
  const commands = doors.endpoints.filter(({ method }) => method !== 'GET');
  const findings = commands
    .filter(({ useCase }) => examples[useCase] === undefined)
    .map(({ useCase }) => `${useCase} has no example`);
  for (const [useCase, asked] of Object.entries(examples)) {
    const endpoint = doors.endpoint(useCase);
    if (endpoint.method !== 'GET') findings.push(...(await dryAndReal(walk, endpoint, asked)));
  }
  return findings;
}

async function dryAndReal(walk: DryRunWalk, endpoint: Endpoint, asked: Asked): Promise<string[]> {
  const { doors, checksum } = walk;
  const { useCase } = endpoint;
  const options = await optionsOf(walk, endpoint, asked);
  const before = await checksum();
  const dry = await doors.rest(useCase, asked, { ...options, dryRun: true });
  const changed = (await checksum()) !== before;
  const real = await doors.rest(useCase, asked, options);
  const [foreseen, done] = [dry, real].map((reply) => outcomeOf(reply, walk.ignored));
  return [
    ...(changed ? [`${useCase}: the dry run changed the database`] : []),
    ...(isDeepStrictEqual(foreseen, done)
      ? []
      : [`${useCase}\n  dry  ${JSON.stringify(foreseen)}\n  real ${JSON.stringify(done)}`]),
    ...(real.ok ? [] : [`${useCase}: ${JSON.stringify(real.body)}`]),
  ];
}

/** The version that is changed is the one that its `Get` shows now. */
async function optionsOf(
  { doors, others, ...walk }: DryRunWalk,
  { useCase, needsVersion }: Endpoint,
  { path = {} }: Asked,
): Promise<CallOptions> {
  const token = others?.[useCase] ?? walk.token;
  if (!needsVersion) return { token };
  const shown = await doors.rest(useCase.replace(/\.\w+$/, '.Get'), { path }, { token });
  return { token, ifMatch: Number(shown.etag?.replaceAll('"', '')) };
}

function outcomeOf({ ok, status, code, body, etag }: Reply, ignored: readonly string[] = []) {
  return { ok, status, code, etag, body: ok ? plainOf(body, ignored) : null };
}
