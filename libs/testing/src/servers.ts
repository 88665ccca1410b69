/** The servers that jest's global set-up offers; each starts at the first question and serves the whole run. */
async function ask(server: 'postgres' | 'kafka'): Promise<unknown> {
  const door = process.env['GUOKU_TEST_DOOR'];
  if (!door) throw new Error('jest runs without the global set-up of libs/testing');
  const response = await fetch(`${door}/${server}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${server} did not start: ${text}`);
  const answer: unknown = JSON.parse(text);
  return answer;
}

function textOf(answer: unknown, name: string): string {
  const value: unknown = typeof answer === 'object' && answer ? Reflect.get(answer, name) : null;
  if (typeof value !== 'string') throw new Error(`the test server told no ${name}`);
  return value;
}

/** Connection of PostgreSQL's superuser. */
export async function postgresUrl(): Promise<string> {
  return textOf(await ask('postgres'), 'url');
}

/** `host:port` of Kafka's brokers, separated by commas. */
export async function kafkaBrokers(): Promise<string> {
  return textOf(await ask('kafka'), 'brokers');
}
