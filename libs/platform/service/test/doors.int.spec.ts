import { randomUUID } from 'node:crypto';
import {
  missingTwins,
  platformPublicEndpoints,
  publicEndpointsOf,
  walkAccess,
  walkTwins,
} from '@guoku/service/testing';
import { division, Running } from './running.js';

let running: Running;
let token: string;
let id: string;

beforeAll(async () => {
  running = await Running.start();
  token = await running.token();
  id = await enter('12.30');
});

afterAll(() => running.stop());

const bodyOf = (reply: { body: unknown }): Record<string, unknown> => Object(reply.body);

async function enter(amount: string, by = token): Promise<string> {
  const body = { amount, day: '2026-03-09', urgent: true };
  const reply = await running.doors.rest('NoteService.Enter', { body }, { token: by });
  return String(bodyOf(reply)['id']);
}

const exampleOf = () => ({
  'NoteService.Enter': {
    body: {
      id: randomUUID(),
      amount: '1.00',
      day: '2026-03-09',
      urgent: true,
      lines: [{ text: 'a', count: 0 }],
    },
  },
  'NoteService.Approve': { path: { id } },
  'NoteService.Get': { path: { id } },
  'NoteService.List': { query: { state: 'entered', limit: 2 } },
  'AuditService.ListEntries': { query: { limit: 3 } },
  'AuditService.ListRoots': {},
  'AuditService.File': {},
  'ParkedEventService.List': {},
  'ParkedEventService.Mend': { path: { parkedEventId: id }, body: { data: '{}' } },
  'ParkedEventService.Replay': { path: { parkedEventId: id } },
});

describe('the walkers', () => {
  test('public endpoints are exactly the listed ones', () => {
    expect(publicEndpointsOf(running.service.openApi)).toEqual(platformPublicEndpoints);
  });

  test('every other endpoint is shut without token, without duty and from another division', async () => {
    const findings = await walkAccess({
      doors: running.doors,
      token: (claims) => running.token(claims),
      mofDivCode: division,
      otherMofDivCode: '990009000',
      examples: exampleOf(),
      makesItsOwn: ['NoteService.Enter'],
    });
    expect(findings).toEqual([]);
  });

  test('every use case has its twin, and both answer alike', async () => {
    expect(missingTwins(running.doors)).toEqual([]);
    const examples = Object.entries(exampleOf());
    const findings = await walkTwins({
      doors: running.doors,
      token,
      ifMatch: 1,
      ignored: ['id'],
      examples: Object.fromEntries(examples.map(([name, asked]) => [name, [asked]])),
    });
    expect(findings).toEqual([]);
  });

  test('the document is the one that is served, and says OpenAPI 3.1', async () => {
    const served: unknown = await (await fetch(`${running.url}/openapi.json`)).json();
    expect(served).toEqual(running.service.openApi);
    expect(served).toMatchObject({ openapi: '3.1.0' });
    expect((await fetch(`${running.url}/docs`)).status).toBe(200);
  });
});

test('the auditor reads what any reader may, and changes nothing', async () => {
  const auditor = await running.token({ person: 'auditor-1', duties: ['audit.read'] });
  const path = { id };
  const read = await running.doors.rest('NoteService.Get', { path }, { token: auditor });
  expect(read.ok).toBe(true);
  const options = { token: auditor, ifMatch: 1 };
  const change = await running.doors.rest('NoteService.Approve', { path }, options);
  expect(change).toMatchObject({ status: 403, code: 'duty_missing' });
});

describe('bad input becomes a problem document, without a stack and without an effect', () => {
  const good = { amount: '12.30', day: '2026-03-09', urgent: false };
  const withBody = (rest: object) => JSON.stringify({ ...good, ...rest });
  const rows: [string, string, number, string, string[]][] = [
    ['malformed JSON', '{"amount":', 400, 'json_malformed', []],
    ['no body', '', 400, 'json_malformed', []],
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
    const before = await running.settledChecksum();
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

  test('another content type is not read', async () => {
    const response = await fetch(`${running.url}/v1/notes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(await response.json()).toMatchObject({ status: 415, code: 'media_type_unsupported' });
  });

  test('a body of 200 MB is refused before it is read', async () => {
    const { request } = await import('node:http');
    const status = await new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': 200_000_000 };
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

test.each(['zh', 'en'] as const)(
  'a refusal is told in %s where that is asked for',
  async (language) => {
    const body = { amount: '123456.00', day: '2026-03-09', urgent: false };
    const options = { token, language };
    const expected = { zh: '金额 123456.00 超过上限', en: '123456.00 is over the limit.' }[
      language
    ];
    for (const door of ['rest', 'grpc'] as const) {
      const reply = await running.doors[door]('NoteService.Enter', { body }, options);
      expect(reply).toMatchObject({ code: 'note_too_dear', status: 409 });
      expect(reply.body).toMatchObject({ detail: expected, amount: '123456.00' });
      expect(bodyOf(reply)['errors']).toEqual([
        { pointer: '#/amount', code: 'note_too_dear', detail: expected },
      ]);
    }
  },
);

describe('a version', () => {
  test.each(['rest', 'grpc'] as const)(
    'must be the one that was seen, through %s',
    async (door) => {
      const note = await enter('5.00', await running.token({ person: 'clerk-9' }));
      const approve = (ifMatch?: number) =>
        running.doors[door](
          'NoteService.Approve',
          { path: { id: note } },
          { token, ...(ifMatch === undefined ? {} : { ifMatch }) },
        );
      expect(await approve()).toMatchObject({ status: 428, code: 'if_match_missing' });
      expect(await approve(7)).toMatchObject({ status: 412, code: 'version_stale' });
      expect(await approve(1)).toMatchObject({ ok: true, etag: '"2"' });
      const read = await running.doors[door]('NoteService.Get', { path: { id: note } }, { token });
      expect(read.etag).toBe('"2"');
    },
  );
});

test('nobody approves what they entered', async () => {
  const clerk = await running.token({ person: 'clerk-3' });
  const note = await enter('6.00', clerk);
  const own = await running.doors.rest(
    'NoteService.Approve',
    { path: { id: note } },
    { token: clerk, ifMatch: 1 },
  );
  expect(own).toMatchObject({ status: 403, code: 'duty_conflict' });
  expect(own.body).toMatchObject({ earlier: 'plan.enter', duty: 'plan.approve' });
  const other = await running.doors.rest(
    'NoteService.Approve',
    { path: { id: note } },
    { token, ifMatch: 1 },
  );
  expect(other.ok).toBe(true);
});

describe('pages', () => {
  let reader: string;
  let ids: string[];

  beforeAll(async () => {
    reader = await running.token({ mofDivCode: '990003000' });
    ids = [];
    for (let nth = 0; nth < 5; nth += 1) ids.push(await enter('1.00', reader));
    ids.sort();
  });

  test.each(['rest', 'grpc'] as const)(
    'follow each other without gap or repeat, through %s',
    async (door) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
        const page = bodyOf(
          await running.doors[door]('NoteService.List', { query }, { token: reader }),
        );
        const items: { id: string }[] = Object(page['items']);
        seen.push(...items.map((item) => item.id));
        expect(items.length).toBeLessThanOrEqual(2);
        const next = page['nextCursor'];
        cursor = typeof next === 'string' ? next : undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(ids);
    },
  );

  test('a cursor that was forged, or is of other filters or another division, is refused', async () => {
    const list = (query: Record<string, string | number>, by = reader) =>
      running.doors.rest('NoteService.List', { query }, { token: by });
    const cursor = String(bodyOf(await list({ limit: 2 }))['nextCursor']);
    expect((await list({ limit: 3, cursor })).ok).toBe(true);
    expect(await list({ cursor: `x${cursor}` })).toMatchObject({ code: 'cursor_invalid' });
    expect(await list({ cursor, state: 'entered' })).toMatchObject({ code: 'cursor_invalid' });
    expect(await list({ cursor }, token)).toMatchObject({ code: 'cursor_invalid' });
  });
});
