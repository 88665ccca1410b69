import { createHash } from 'node:crypto';
import { join } from 'node:path';

export type ServiceName = 'quota' | 'revenue' | 'forecast' | 'payment';

/** Where the services and the OpenID provider answer; the defaults are those of the embedded profile. */
export interface Addresses {
  readonly issuer: string;
  readonly services: Readonly<Record<ServiceName, string>>;
}

export function addressesOf(environment: Readonly<Record<string, string | undefined>>): Addresses {
  const at = (name: string, port: number) =>
    environment[name] ?? `http://127.0.0.1:${String(port)}`;
  return {
    issuer: at('OIDC_ISSUER', 3000),
    services: {
      quota: at('QUOTA_URL', 3001),
      revenue: at('REVENUE_URL', 3002),
      forecast: at('FORECAST_URL', 3003),
      payment: at('PAYMENT_URL', 3004),
    },
  };
}

/**
 * The file from which the embedded provider knows people: in the data folder that is named, or that of `npm start`.
 *
 * @returns undefined where another provider is named and no data folder: it has people of its own
 */
export function peopleFileOf(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { GUOKU_HOME: home, OIDC_ISSUER: issuer } = environment;
  return home === undefined && issuer !== undefined
    ? undefined
    : join(home ?? '.guoku', 'people.json');
}

/** The service said no; `problem` is its problem document (RFC 9457). */
export class ServiceRefused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Readonly<Record<string, unknown>>,
    request: string,
  ) {
    super(`${request}: ${String(status)} ${JSON.stringify(problem)}`);
  }
}

export interface Post {
  readonly dryRun?: boolean;
  /** Names the command; a repeat with the same name and body answers as before. By default made from the body. */
  readonly key?: string;
}

/** Speaks REST to the four services as one person of one division. */
export class ServiceClient {
  private token: { text: string; until: number } | undefined;

  constructor(
    private readonly addresses: Addresses,
    private readonly mofDivCode: string,
    private readonly person: string,
    /** How long a service that is away is waited for; the command's key makes the repeat harmless. */
    private readonly patienceMs = 0,
  ) {}

  get<Answer>(service: ServiceName, path: string): Promise<Answer> {
    return this.send<Answer>(service, 'GET', path, undefined, {});
  }

  post<Answer>(
    service: ServiceName,
    path: string,
    body: unknown,
    post: Post = {},
  ): Promise<Answer> {
    const text = JSON.stringify(body);
    const key =
      post.key ??
      createHash('sha256').update(`${this.person} ${path} ${text}`).digest('hex').slice(0, 48);
    const query = post.dryRun ? (path.includes('?') ? '&dryRun=true' : '?dryRun=true') : '';
    return this.send<Answer>(service, 'POST', `${path}${query}`, text, { 'idempotency-key': key });
  }

  /** Every item of a paged list. */
  async all<Item>(service: ServiceName, path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null | undefined = '';
    while (cursor !== null && cursor !== undefined) {
      const separator = path.includes('?') ? '&' : '?';
      const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: Item[]; nextCursor?: string | null } = await this.get(
        service,
        `${path}${separator}limit=500${from}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  private async send<Answer>(
    service: ServiceName,
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const request = async () => {
      const answer = await fetch(`${this.addresses.services[service]}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await this.bearer()}`,
          'accept-language': 'en',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      });
      return { status: answer.status, text: await answer.text() };
    };
    const { status, text } = await this.patiently(request);
    const answer: unknown = status < 300 ? JSON.parse(text) : undefined;
    if (isAnswer<Answer>(answer)) return answer;
    throw new ServiceRefused(
      status,
      problemOf(text),
      `${method} ${service}${path} as ${this.person}`,
    );
  }

  /** Repeats a request while the service cannot be reached, is starting, or still works on the same command. */
  private async patiently(
    request: () => Promise<{ status: number; text: string }>,
  ): Promise<{ status: number; text: string }> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      try {
        const answer = await request();
        const busy = answer.status >= 502 || answer.text.includes('"idempotency_in_progress"');
        if (!busy || Date.now() > deadline) return answer;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async bearer(): Promise<string> {
    if (this.token && this.token.until > Date.now()) return this.token.text;
    const response = await fetch(`${this.addresses.issuer}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'urn:guoku:params:grant:person',
        client_id: 'guoku-cli',
        person: this.person,
        mof_div_code: this.mofDivCode,
      }),
    });
    const answer: unknown = await response.json();
    if (!isToken(answer)) throw new Error(`no token for ${this.person}: ${JSON.stringify(answer)}`);
    this.token = { text: answer.access_token, until: Date.now() + (answer.expires_in - 30) * 1000 };
    return this.token.text;
  }
}

/** Answers are JSON objects; which one, the contract says, and whoever asks names it. */
function isAnswer<Answer>(answer: unknown): answer is Answer {
  return typeof answer === 'object' && answer !== null;
}

/** The problem document, or what came instead of one. */
function problemOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const problem: unknown = JSON.parse(text);
    if (typeof problem === 'object' && problem !== null) return { ...problem };
  } catch {
    // A proxy, or a service that died while it answered.
  }
  return { detail: text.slice(0, 200) };
}

function isToken(answer: unknown): answer is { access_token: string; expires_in: number } {
  return typeof answer === 'object' && answer !== null && 'access_token' in answer;
}
