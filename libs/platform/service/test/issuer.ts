import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { exportJWK, SignJWT } from 'jose';
import { DUTIES, type DutyName } from '@guoku/service';

export interface TokenWish {
  readonly person?: string;
  readonly mofDivCode?: string;
  readonly agencyCode?: string;
  readonly mofDepCode?: string;
  readonly duties?: readonly DutyName[];
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresInSeconds?: number;
  readonly signedWith?: KeyObject;
  readonly claims?: Record<string, unknown>;
}

/** Signs tokens that a real provider would not: of the wrong audience, expired, by another key. */
export class Issuer {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Issuer> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the issuer has no port');
    const issuer = new Issuer(server, `http://127.0.0.1:${address.port}`);
    const jwk = { ...(await exportJWK(issuer.keys.publicKey)), alg: 'ES256', use: 'sig', kid: '1' };
    server.on('request', ({ url }, response) => {
      const body = url === '/jwks' ? { keys: [jwk] } : { jwks_uri: `${issuer.url}/jwks` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    return issuer;
  }

  token(wish: TokenWish = {}): Promise<string> {
    const nowSeconds = Math.floor(Date.now() / 1000);
    return new SignJWT({
      mof_div_code: wish.mofDivCode ?? '990001000',
      agency_code: wish.agencyCode ?? null,
      mof_dep_code: wish.mofDepCode ?? null,
      duties: wish.duties ?? DUTIES,
      ...wish.claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: '1', typ: 'at+jwt' })
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
