import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { exportJWK, SignJWT } from 'jose';
import { DUTIES } from '@guoku/service';
import { division } from './running.js';

export interface TokenWish {
  readonly person?: string;
  readonly mofDivCode?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresInSeconds?: number;
  readonly signedWith?: KeyObject;
  readonly claims?: Record<string, unknown>;
}

/** Signs tokens that a real provider would not: of the wrong audience, expired, by another key. */
export class Issuer {
  private keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private keyId = 1;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Issuer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the issuer has no port');
    const issuer = new Issuer(server, `http://127.0.0.1:${String(address.port)}`);
    server.on('request', ({ url }, response) => {
      const body = url === '/jwks' ? issuer.jwks() : { jwks_uri: `${issuer.url}/jwks` };
      void Promise.resolve(body).then((found) => response.end(JSON.stringify(found)));
    });
    return issuer;
  }

  private async jwks(): Promise<object> {
    const jwk = await exportJWK(this.keys.publicKey);
    return { keys: [{ ...jwk, alg: 'ES256', use: 'sig', kid: String(this.keyId) }] };
  }

  /** Signs with a new key from now on. */
  rotate(): void {
    this.keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.keyId += 1;
  }

  token(wish: TokenWish = {}): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1000);
    return new SignJWT({
      mof_div_code: wish.mofDivCode ?? division,
      agency_code: null,
      mof_dep_code: null,
      duties: DUTIES,
      ...wish.claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: String(this.keyId), typ: 'at+jwt' })
      .setSubject(wish.person ?? 'treasurer-1')
      .setIssuer(wish.issuer ?? this.url)
      .setAudience(wish.audience ?? 'guoku')
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + (wish.expiresInSeconds ?? 3600))
      .sign(wish.signedWith ?? this.keys.privateKey);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
