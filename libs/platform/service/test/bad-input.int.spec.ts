import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Running } from './running.js';

let running: Running;
let token: string;
let before: string;

beforeAll(async () => {
  running = await Running.start();
  token = await running.token();
  before = await running.checksum();
});

afterAll(() => running.stop());

describe('bad input becomes a problem document, without a stack and without an effect', () => {
  const good = { amount: '12.30', day: '2026-03-09', urgent: false };
  const withBody = (rest: object) => JSON.stringify({ ...good, ...rest });
  const rows: [string, string, number, string, string[]][] = [
    ['malformed JSON', '{"amount":', 400, 'json_malformed', []],
    ['no body', '', 400, 'fields_invalid', ['#/amount required', '#/urgent required']],
    ['a poisoned prototype', '{"__proto__":{"a":1}}', 400, 'json_malformed', []],
    ['a list', '[]', 400, 'fields_invalid', ['# wrong_type']],
    ['a text', '"x"', 400, 'fields_invalid', ['# wrong_type']],
    ['null', 'null', 400, 'fields_invalid', ['#/amount required', '#/urgent required']],
    ['nothing in it', '{}', 400, 'fields_invalid', ['#/amount required', '#/urgent required']],
    [
      'a number for money',
      withBody({ amount: 12.3 }),
      400,
      'fields_invalid',
      ['#/amount wrong_type'],
    ],
    [
      'three decimals',
      withBody({ amount: '12.345' }),
      400,
      'fields_invalid',
      ['#/amount money_not_canonical'],
    ],
    [
      '10^18 yuan',
      withBody({ amount: `1${'0'.repeat(18)}.00` }),
      400,
      'fields_invalid',
      ['#/amount money_too_large'],
    ],
    [
      'less than the least',
      withBody({ amount: '0.00' }),
      400,
      'fields_invalid',
      ['#/amount money_too_small'],
    ],
    [
      'a text for a flag',
      withBody({ urgent: 'false' }),
      400,
      'fields_invalid',
      ['#/urgent wrong_type'],
    ],
    [
      'a day that is none',
      withBody({ day: '2026-02-30' }),
      400,
      'fields_invalid',
      ['#/day day_invalid'],
    ],
    ['an id that is none', withBody({ id: 'x' }), 400, 'fields_invalid', ['#/id id_not_uuid']],
    [
      'an unknown field',
      withBody({ amuont: '1.00' }),
      400,
      'fields_invalid',
      ['#/amuont unknown_field'],
    ],
    [
      'an object for a list',
      withBody({ lines: {} }),
      400,
      'fields_invalid',
      ['#/lines wrong_type'],
    ],
    ['a list of texts', withBody({ lines: ['a'] }), 400, 'fields_invalid', ['#/lines wrong_type']],
    [
      'too long a list',
      withBody({ lines: Array(4).fill({ text: 'a', count: 1 }) }),
      400,
      'fields_invalid',
      ['#/lines too_many'],
    ],
    [
      'faults deep inside',
      withBody({
        lines: [
          { text: 'a', count: 1 },
          { text: '', count: 1.5, more: 1 },
        ],
      }),
      400,
      'fields_invalid',
      ['#/lines/1/count wrong_type', '#/lines/1/more unknown_field', '#/lines/1/text empty'],
    ],
  ];

  test.each(rows)('%s', async (_name, body, status, code, faults) => {
    const response = await fetch(`${running.url}/v1/notes`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body,
    });
    const problem: Record<string, unknown> = Object(await response.json());
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(problem).toMatchObject({ type: `urn:guoku:problem:${code}`, status, code });
    expect(response.status).toBe(status);
    const errors: { pointer: string; code: string }[] = Object(problem['errors']);
    expect(errors.map((error) => `${error.pointer} ${error.code}`).sort()).toEqual(faults);
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.[jt]s:\d|\n/);
    expect(await running.checksum()).toBe(before);
  });

  test('a body is not read before its token is known to be good', async () => {
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    const answer = text(socket);
    // Sixteen megabytes are promised and none is sent: only who does not wait for them can answer.
    socket.write(
      'POST /v1/notes HTTP/1.1\r\nhost: guoku\r\ncontent-type: application/json\r\n' +
        'authorization: Bearer nonsense\r\ncontent-length: 16000000\r\n\r\n',
    );
    expect(await answer).toMatch(/^HTTP\/1.1 401 [^]*"code":"token_invalid"/);
  });

  test('another content type is not read', async () => {
    const response = await fetch(`${running.url}/v1/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(await response.json()).toMatchObject({ status: 415, code: 'media_type_unsupported' });
  });

  test('a body of 200 MB is refused before it is read', async () => {
    const status = await new Promise<string>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': 200_000_000,
      };
      const sending = request(`${running.url}/v1/notes`, { method: 'POST', headers }, (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => (text += part.toString()));
        answer.on('end', () => {
          sending.destroy();
          resolve(`${String(answer.statusCode)} ${text}`);
        });
      });
      sending.on('error', reject);
      sending.write('{"amount":"');
    });
    expect(status).toMatch(/^413 .*body_too_large/);
  });

  test('an endpoint that is none is told as a problem as well', async () => {
    const response = await fetch(`${running.url}/v1/nothing`);
    expect(await response.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  test.each(['?limit=0', '?limit=501', '?limit=x', '?state=other', '?unknown=1'])(
    'a list with %s is refused',
    async (query) => {
      const response = await fetch(`${running.url}/v1/notes${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await response.json()).toMatchObject({ status: 400, code: 'fields_invalid' });
    },
  );
});
