import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '@guoku/contracts';
import { readFolder, type Folder } from '../src/division-folder.js';
import { importDivision } from '../src/import-division.js';
import {
  peopleFileOf,
  ServiceClient,
  ServiceRefused,
  type Addresses,
} from '../src/service-client.js';

const SAMPLE = join(import.meta.dirname, '../../../samples/us-august-2011/division');

interface Asked {
  readonly service: string;
  readonly isDry: boolean;
  readonly key: string;
  readonly token: string;
  readonly division: string;
}

/** The wire of the four services and the provider, by script: what the tool says, and how it takes a no. */
class Wire {
  readonly asked: Asked[] = [];
  readonly refuses = new Set<string>();
  awayTimes = 0;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async open(): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const wire = new Wire(server);
    server.on('request', (request, response) => void wire.serve(request, response));
    return wire;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '', 'http://wire');
    const { status, answer } = this.answerTo(url, Buffer.concat(chunks).toString(), {
      key: String(request.headers['idempotency-key']),
      token: String(request.headers.authorization),
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  get addresses(): Addresses {
    const address = this.server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    const at = (service: string) => `${url}/${service}`;
    const [quota, revenue, forecast, payment] = [...SERVICES].map(at);
    const services = { quota: quota!, revenue: revenue!, forecast: forecast!, payment: payment! };
    return { issuer: url, services };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answerTo(url: URL, text: string, { key, token }: { key: string; token: string }) {
    const [service = '', ...path] = url.pathname.slice(1).split('/');
    if (service === 'token') {
      const person = new URLSearchParams(text).get('person');
      return { status: 200, answer: { access_token: `of ${person}`, expires_in: 3600 } };
    }
    if (this.awayTimes > 0) {
      this.awayTimes -= 1;
      return { status: 503, answer: { code: 'database_unavailable' } };
    }
    expect(path.join('/')).toBe('v1/division-imports');
    const isDry = url.searchParams.get('dryRun') === 'true';
    const { division } = JSON.parse(text);
    this.asked.push({ service, isDry, key, token, division: division.mofDivCode });
    return this.refuses.has(service)
      ? { status: 422, answer: { code: 'pool_unknown', errors: [] } }
      : { status: isDry ? 200 : 201, answer: {} };
  }
}

let wire: Wire;
let home: string;
let folder: Folder;
beforeEach(async () => {
  wire = await Wire.open();
  home = await mkdtemp(join(tmpdir(), 'division-'));
  ({ folder } = await readFolder(SAMPLE));
});
afterEach(async () => {
  await wire.close();
  await rm(home, { recursive: true });
});

const told = () => wire.asked.map(({ service, isDry }) => `${service} ${isDry ? 'dry' : 'real'}`);

test('every service checks before any writes, as the person who may import', async () => {
  await importDivision(folder, { addresses: wire.addresses });
  expect(told()).toEqual([
    ...SERVICES.map((service) => `${service} dry`),
    ...SERVICES.map((service) => `${service} real`),
  ]);
  expect(new Set(wire.asked.map(({ token }) => token))).toEqual(
    new Set(['Bearer of administrator-1']),
  );
});

test('a service that finds a fault keeps all four as they were, and the people too', async () => {
  const peopleFile = join(home, 'people.json');
  const before = '[{"sub":"somebody-1","mofDivCode":"990009000"}]';
  await writeFile(peopleFile, before);
  wire.refuses.add('forecast');
  const importing = importDivision(folder, { addresses: wire.addresses, peopleFile });
  await expect(importing).rejects.toThrow(ServiceRefused);
  expect(told()).toEqual(['quota dry', 'revenue dry', 'forecast dry']);
  expect(await readFile(peopleFile, 'utf8')).toBe(before);
});

test('the same folder again bears the same keys, so that what was done is not done again', async () => {
  const keysOf = async () => {
    wire.asked.length = 0;
    await importDivision(folder, { addresses: wire.addresses });
    return wire.asked.map(({ key }) => key);
  };
  expect(await keysOf()).toEqual(await keysOf());
});

test('the people of the division take the place of those it had; others stay', async () => {
  const peopleFile = join(home, 'people.json');
  const stranger = { sub: 'somebody-1', mofDivCode: '990009000' };
  const gone = { sub: 'gone-1', mofDivCode: '990001000' };
  await writeFile(peopleFile, JSON.stringify([stranger, gone]));
  await importDivision(folder, { addresses: wire.addresses, peopleFile });
  const people: { sub: string }[] = JSON.parse(await readFile(peopleFile, 'utf8'));
  const names = people.map(({ sub }) => sub);
  expect(names.slice(0, 2)).toEqual(['somebody-1', 'administrator-1']);
  expect(names).not.toContain('gone-1');
  expect(people).toHaveLength(folder.people.length + 1);
});

test('a service that is away is waited for by the patient, and told at once to others', async () => {
  const ask = (patienceMs: number) =>
    new ServiceClient(wire.addresses, '990001000', 'administrator-1', patienceMs).post(
      'quota',
      '/v1/division-imports',
      { division: { mofDivCode: '990001000' } },
    );
  wire.awayTimes = 2;
  expect(await ask(10_000)).toEqual({});
  wire.awayTimes = 1;
  await expect(ask(0)).rejects.toThrow('503');
});

test.each([
  [{}, '.guoku/people.json'],
  [{ GUOKU_HOME: 'second', OIDC_ISSUER: 'http://127.0.0.1:21000' }, 'second/people.json'],
  [{ OIDC_ISSUER: 'https://id.example' }, undefined],
])('%j: people are written to %s', (environment, file) => {
  expect(peopleFileOf(environment)).toBe(file);
});
