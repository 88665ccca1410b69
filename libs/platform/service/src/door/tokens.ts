import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Caller } from '../caller.js';
import { Config } from '../config.js';
import { dutiesThatCount, isDuty } from '../duties/duty.js';
import { refuse } from '../platform-refusals.js';
import { Refused } from '../refusal.js';

type Keys = ReturnType<typeof createRemoteJWKSet>;

interface Verified {
  readonly caller: Caller;
  readonly untilMs: number;
}

const rememberedMax = 2_000;
const rememberedMsMax = 60_000;

/**
 * Turns access tokens (JWT, RFC 9068) into callers. Keys come from the issuer's JWKS and are read anew when a token
 * names an unknown one. A token that was verified is remembered for a minute at most, never beyond its end.
 */
@Injectable()
export class Tokens {
  private keys: Keys | undefined;
  private readonly remembered = new Map<string, Verified>();

  constructor(private readonly config: Config) {}

  /** Throws Refused: `token_missing`, `token_invalid`, `identity_unavailable`. */
  async callerOf(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer +([^ ]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Refused(refuse('token_missing'));
    const known = this.remembered.get(token);
    if (known !== undefined && known.untilMs > Date.now()) return known.caller;
    const payload = await this.verify(token);
    const caller = callerFrom(payload);
    this.remember(token, { caller, untilMs: untilMsOf(payload) });
    return caller;
  }

  private remember(token: string, verified: Verified): void {
    if (this.remembered.size >= rememberedMax) this.remembered.clear();
    this.remembered.set(token, verified);
  }

  private async verify(token: string): Promise<JWTPayload> {
    const keys = await this.openKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        // Some providers name themselves with a slash at the end; the setting has none.
        issuer: [this.config.oidcIssuer, `${this.config.oidcIssuer}/`],
        audience: 'guoku',
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError) || keysAreAway(error)) {
        throw new Refused(refuse('identity_unavailable'));
      }
      throw tokenInvalid(reasonOf(error));
    }
  }

  private async openKeys(): Promise<Keys> {
    this.keys ??= createRemoteJWKSet(new URL(await this.jwksUri()), {
      timeoutDuration: 3_000,
      // A token with an unknown key makes us ask again, but no stranger may make us ask all the time.
      cooldownDuration: 1_000,
    });
    return this.keys;
  }

  private async jwksUri(): Promise<string> {
    const url = `${this.config.oidcIssuer}/.well-known/openid-configuration`;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
      const found: unknown = await answer.json();
      if (answer.ok && hasJwksUri(found)) return found.jwks_uri;
    } catch {
      // Told below, as any other silence.
    }
    throw new Refused(refuse('identity_unavailable'));
  }
}

function hasJwksUri(found: unknown): found is { readonly jwks_uri: string } {
  return (
    typeof found === 'object' &&
    found !== null &&
    'jwks_uri' in found &&
    typeof found.jwks_uri === 'string'
  );
}

function keysAreAway(error: errors.JOSEError): boolean {
  // A JWKS answer that is no 200 is only a generic error to jose.
  return error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC';
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `claim ${error.claim}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  return 'malformed';
}

function tokenInvalid(reason: string): Refused {
  return new Refused(refuse('token_invalid', { values: { reason } }));
}

function untilMsOf({ exp = 0 }: JWTPayload): number {
  return Math.min(exp * 1_000, Date.now() + rememberedMsMax);
}

function callerFrom(payload: JWTPayload): Caller {
  const { sub, mof_div_code: mofDivCode, duties } = payload;
  if (typeof sub !== 'string' || sub === '') throw tokenInvalid('claim sub');
  if (typeof mofDivCode !== 'string' || mofDivCode === '') throw tokenInvalid('claim mof_div_code');
  if (!Array.isArray(duties)) throw tokenInvalid('claim duties');
  const agencyCode = textOrNull(payload['agency_code']);
  return Object.freeze({
    person: sub,
    mofDivCode,
    agencyCode,
    mofDepCode: textOrNull(payload['mof_dep_code']),
    duties: Object.freeze(dutiesThatCount(duties.filter(isDuty), agencyCode)),
  });
}

function textOrNull(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}
