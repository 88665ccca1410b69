import { Injectable } from '@nestjs/common';
import { Clock, Config } from '@guoku/service';

/** A token is renewed this long before it ends. */
const MARGIN_MS = 60_000;

/** Tokens with which payment calls other services, one for each division it acts for. */
@Injectable()
export class ServiceTokens {
  private readonly known = new Map<string, { readonly token: string; readonly endsMs: number }>();
  private endpoint: string | undefined;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @throws Error when the provider does not answer or refuses */
  async tokenFor(mofDivCode: string): Promise<string> {
    const nowMs = this.clock.now().getTime();
    const known = this.known.get(mofDivCode);
    if (known !== undefined && known.endsMs - MARGIN_MS > nowMs) return known.token;
    const { oidcClient } = this.config;
    if (oidcClient === null) throw new Error('payment has no client to call others with');
    const answer = await post(await this.tokenEndpoint(), {
      grant_type: 'client_credentials',
      client_id: oidcClient.id,
      client_secret: oidcClient.secret,
      mof_div_code: mofDivCode,
    });
    const token = answer('access_token');
    if (typeof token !== 'string') throw new Error('the provider gave no token');
    this.known.set(mofDivCode, { token, endsMs: nowMs + Number(answer('expires_in')) * 1000 });
    return token;
  }

  private async tokenEndpoint(): Promise<string> {
    if (this.endpoint !== undefined) return this.endpoint;
    const url = `${this.config.oidcIssuer}/.well-known/openid-configuration`;
    const endpoint = (await read(await fetch(url)))('token_endpoint');
    if (typeof endpoint !== 'string') throw new Error(`${url} names no token endpoint`);
    this.endpoint = endpoint;
    return endpoint;
  }
}

/** A member of the provider's JSON answer. */
type Member = (name: string) => unknown;

async function post(url: string, form: Record<string, string>): Promise<Member> {
  return read(await fetch(url, { method: 'POST', body: new URLSearchParams(form) }));
}

async function read(response: Response): Promise<Member> {
  const text = await response.text();
  if (!response.ok)
    throw new Error(`the provider answers ${response.status}: ${text.slice(0, 200)}`);
  const answer: unknown = JSON.parse(text);
  const members = typeof answer === 'object' && answer !== null ? Object.entries(answer) : [];
  const named = new Map<string, unknown>(members);
  return (name) => named.get(name);
}
