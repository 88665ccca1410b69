/** Asks jest's global set-up, which starts a server at the first question for the whole run. */
async function ask(path: string, name: string, wish?: object): Promise<string> {
  const door = process.env['GUOKU_TEST_DOOR'];
  if (!door) throw new Error('jest runs without the global set-up of libs/testing');
  const response = await fetch(`${door}/${path}`, {
    ...(wish ? { method: 'POST', body: JSON.stringify(wish) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  const answer: unknown = JSON.parse(text);
  const value: unknown = typeof answer === 'object' && answer ? Reflect.get(answer, name) : null;
  if (typeof value !== 'string') throw new Error(`${path} answers without ${name}: ${text}`);
  return value;
}

/** Connection of PostgreSQL's superuser. */
export function postgresUrl(): Promise<string> {
  return ask('postgres', 'url');
}

/** `host:port` of Kafka's brokers, separated by commas. */
export function kafkaBrokers(): Promise<string> {
  return ask('kafka', 'brokers');
}

export interface TestPerson {
  readonly person: string;
  readonly mofDivCode: string;
  readonly duties: readonly string[];
  readonly agencyCode?: string;
  readonly mofDepCode?: string;
}

/** Access tokens of a real OpenID provider. */
export const tokens = {
  /** As OIDC_ISSUER takes it. */
  issuer: (): Promise<string> => ask('oidc', 'issuer'),

  /** Of a person, who need not have been known before. */
  of: ({ person, mofDivCode, duties, agencyCode, mofDepCode }: TestPerson): Promise<string> =>
    ask('token', 'token', {
      sub: person,
      mofDivCode,
      duties,
      agencyCode: agencyCode ?? null,
      mofDepCode: mofDepCode ?? null,
      nameZh: person,
      nameEn: person,
    }),

  /** Of a service, for calls to another one. */
  ofService: (
    service: 'quota' | 'revenue' | 'forecast' | 'payment',
    mofDivCode: string,
  ): Promise<string> => ask('token', 'token', { service, mofDivCode }),
};
