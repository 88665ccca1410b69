import { DUTIES, type Duty } from '../duties/duty.js';
import type { Endpoint } from './contract.js';
import type { Asked, Doors, Reply } from './doors.js';

export interface TokenClaims {
  readonly person: string;
  readonly mofDivCode: string;
  readonly duties: readonly Duty[];
  readonly agencyCode?: string;
  readonly mofDepCode?: string;
}

/** Somebody of the same division who must not see what the examples name: of another unit, of another section. */
export interface Stranger {
  readonly claims: TokenClaims;
  /** Use cases that tell everybody of the division the same, such as code tables. */
  readonly mayUse: readonly string[];
}

export interface AccessWalk {
  readonly doors: Doors;
  /** A signed token of the provider that the service trusts. */
  readonly token: (claims: TokenClaims) => Promise<string>;
  /** Division that the examples belong to, and one that owns nothing. */
  readonly mofDivCode: string;
  readonly otherMofDivCode: string;
  /** For each use case something that exists in `mofDivCode`, so that only the division can be the reason for a no. */
  readonly examples: Readonly<Record<string, Asked>>;
  readonly strangers?: readonly Stranger[];
  /** Commands that make something of the caller's own and so name nothing of another division. */
  readonly makesItsOwn?: readonly string[];
}

/** Findings of all three walks; empty where every endpoint keeps its door shut. */
export async function walkAccess(walk: AccessWalk): Promise<readonly string[]> {
  const shut = walk.doors.endpoints.filter(({ isPublic }) => !isPublic);
  const findings: string[] = [];
  for (const endpoint of shut) {
    findings.push(...(await withoutToken(walk, endpoint)));
    findings.push(...(await withoutDuty(walk, endpoint)));
    findings.push(...(await fromAnotherDivision(walk, endpoint)));
    for (const stranger of walk.strangers ?? []) {
      findings.push(...(await fromStranger(walk, endpoint, stranger)));
    }
    for (const duty of DUTIES.filter((one) => endpoint.duties.includes(one))) {
      findings.push(...(await withOneDuty(walk, endpoint, duty)));
    }
  }
  for (const method of walk.doors.grpcMethods.keys()) {
    const reply = await walk.doors.grpc(method, walk.examples[method]);
    if (reply.grpc !== UNAUTHENTICATED)
      findings.push(`${method} (gRPC) without token: ${told(reply)}`);
  }
  return findings;
}

const UNAUTHENTICATED = 16;
const PERMISSION_DENIED = 7;

async function withoutToken(walk: AccessWalk, { name, useCase }: Endpoint): Promise<string[]> {
  const reply = await walk.doors.rest(useCase, walk.examples[useCase]);
  const kept = reply.status === 401 && reply.code === 'token_missing';
  return kept ? [] : [`${name} without token: ${told(reply)}`];
}

/** With every duty but those that open it. */
async function withoutDuty(walk: AccessWalk, endpoint: Endpoint): Promise<string[]> {
  const { name, useCase, duties, restOnly } = endpoint;
  if (duties.length === 0) return [`${name} names no duty and is not public`];
  const opens = (duty: Duty): boolean =>
    duties.includes(duty) || (duty === 'audit.read' && duties.some((one) => one.endsWith('.read')));
  const token = await walk.token({
    person: 'nobody-1',
    mofDivCode: walk.mofDivCode,
    duties: DUTIES.filter((duty) => !opens(duty)),
  });
  const findings: string[] = [];
  const rest = await walk.doors.rest(useCase, walk.examples[useCase], { token, ifMatch: 1 });
  if (rest.status !== 403 || rest.code !== 'duty_missing') {
    findings.push(`${name} without duty: ${told(rest)}`);
  }
  if (restOnly !== null) return findings;
  const grpc = await walk.doors.grpc(useCase, walk.examples[useCase], { token, ifMatch: 1 });
  if (grpc.grpc !== PERMISSION_DENIED || grpc.code !== 'duty_missing') {
    findings.push(`${useCase} (gRPC) without duty: ${told(grpc)}`);
  }
  return findings;
}

/** Each duty that the contract names opens the endpoint by itself, at both doors. */
async function withOneDuty(walk: AccessWalk, endpoint: Endpoint, duty: Duty): Promise<string[]> {
  const { name, useCase, restOnly } = endpoint;
  const { mofDivCode, doors } = walk;
  const token = await walk.token({ person: 'holder-1', mofDivCode, duties: [duty] });
  const options = { token, ifMatch: 1, dryRun: true };
  const rest = await doors.rest(useCase, walk.examples[useCase], options);
  const grpc =
    restOnly === null ? await doors.grpc(useCase, walk.examples[useCase], options) : rest;
  const shut = [rest, grpc].filter(({ code }) => code === 'duty_missing');
  return shut.map((reply) => `${name} with ${duty}: ${told(reply)}`);
}

/** With every duty, in a division that owns nothing: what has a name is not found, lists are empty. */
async function fromAnotherDivision(walk: AccessWalk, endpoint: Endpoint): Promise<string[]> {
  const { name, useCase } = endpoint;
  if (walk.examples[useCase] === undefined) return [`${name} has no example`];
  if (walk.makesItsOwn?.includes(useCase) === true) return [];
  const person = 'stranger-1';
  const token = await walk.token({ person, mofDivCode: walk.otherMofDivCode, duties: DUTIES });
  return tellingAnything(walk, endpoint, token, 'another division');
}

/** What the stranger's duties open must still tell nothing of the examples. */
async function fromStranger(
  walk: AccessWalk,
  endpoint: Endpoint,
  { claims, mayUse }: Stranger,
): Promise<string[]> {
  const { useCase, duties } = endpoint;
  const opens = claims.duties.some((duty) => duties.includes(duty));
  const own = [...mayUse, ...(walk.makesItsOwn ?? [])];
  if (!opens || own.includes(useCase)) return [];
  return tellingAnything(walk, endpoint, await walk.token(claims), claims.person);
}

async function tellingAnything(
  { doors, examples }: AccessWalk,
  { name, useCase, restOnly }: Endpoint,
  token: string,
  who: string,
): Promise<string[]> {
  const options = { token, ifMatch: 1, dryRun: true };
  const findings: string[] = [];
  const rest = await doors.rest(useCase, examples[useCase], options);
  if (!tellsNothing(rest)) findings.push(`${name} from ${who}: ${told(rest)}`);
  if (restOnly !== null) return findings;
  const grpc = await doors.grpc(useCase, examples[useCase], options);
  if (!tellsNothing(grpc)) findings.push(`${useCase} (gRPC) from ${who}: ${told(grpc)}`);
  return findings;
}

function tellsNothing({ ok, status, body }: Reply): boolean {
  if (!ok) return status === 404 || status === 403;
  if (typeof body === 'string') return body === '';
  if (typeof body !== 'object' || body === null) return false;
  const items: unknown = 'items' in body ? body.items : Object.keys(body);
  return Array.isArray(items) && items.length === 0;
}

function told({ status, grpc, code, body }: Reply): string {
  return JSON.stringify({ status, grpc, code, ...(code === null ? { body } : {}) }).slice(0, 300);
}

export interface OwnApproval {
  readonly asked: Asked;
  /** Token of the very person who entered it, with the duty to approve as well. */
  readonly token: string;
  readonly ifMatch?: number;
}

/**
 * Nobody approves their own: every use case that asks for the duty to approve or review must have an example here, and
 * refuses it at both doors with `duty_conflict`.
 *
 * @param approvals by use case
 */
export async function walkOwnApprovals(
  doors: Doors,
  approvals: Readonly<Record<string, OwnApproval>>,
): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const { name, method, useCase, duties } of doors.endpoints) {
    const approves = duties.length > 0 && duties.every((duty) => /\.(approve|review)$/.test(duty));
    if (method === 'GET' || !approves) continue;
    const approval = approvals[useCase];
    if (approval === undefined) {
      findings.push(`${name} has no example of approving one's own`);
      continue;
    }
    const { asked, token, ifMatch = 1 } = approval;
    const options = { token, ifMatch, dryRun: true };
    for (const door of ['rest', 'grpc'] as const) {
      const reply = await doors[door](useCase, asked, options);
      if (reply.code !== 'duty_conflict') findings.push(`${name} (${door}): ${told(reply)}`);
    }
  }
  return findings;
}
