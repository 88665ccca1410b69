import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import {
  missingTwins,
  platformPublicEndpoints,
  publicEndpointsOf,
  type TokenClaims,
  walkAccess,
  walkAnswers,
  walkOwnApprovals,
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

  test('every answer, good or bad, is what the document promises', async () => {
    const examples = Object.entries(exampleOf()).map(([name, asked]) => [name, [asked]]);
    const walk = { doors: running.doors, openApi: running.service.openApi, token, ifMatch: 1 };
    const findings = await walkAnswers({ ...walk, examples: Object.fromEntries(examples) });
    expect(findings).toEqual([]);
  });

  test('an answer that the document does not promise is found', async () => {
    const openApi = structuredClone(running.service.openApi);
    const schema = openApi.components?.schemas?.['NoteView'] ?? {};
    Object.assign(Reflect.get(schema, 'properties').state, { maxLength: 3 });
    const examples = { 'NoteService.Get': [{ path: { id } }] };
    const findings = await walkAnswers({ doors: running.doors, openApi, token, examples });
    expect(findings).toEqual([expect.stringMatching(/^NoteService.Get: .*state/)]);
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

test('nobody approves what they entered, at either door; another person does', async () => {
  const clerk = await running.token({ person: 'clerk-3' });
  const note = await enter('6.00', clerk);
  const asked = { path: { id: note } };
  const own = { 'NoteService.Approve': { asked, token: clerk } };
  expect(await walkOwnApprovals(running.doors, own)).toEqual([]);
  expect(await walkOwnApprovals(running.doors, {})).toEqual([
    "POST /v1/notes/{id}/approval has no example of approving one's own",
  ]);
  const other = await running.doors.rest('NoteService.Approve', asked, { token, ifMatch: 1 });
  expect(other.ok).toBe(true);
});

test('the walkers find a door that is open', async () => {
  const walk = {
    doors: running.doors,
    token: (claims: TokenClaims) => running.token(claims),
    mofDivCode: division,
    otherMofDivCode: '990009000',
    examples: exampleOf(),
    makesItsOwn: ['NoteService.Enter'],
  };
  const neighbour: TokenClaims = {
    person: 'neighbour-1',
    mofDivCode: division,
    mofDepCode: 'agr',
    duties: ['plan.read'],
  };
  const findings = await walkAccess({
    ...walk,
    otherMofDivCode: division,
    strangers: [{ claims: neighbour, mayUse: ['NoteService.List'] }],
  });
  expect(findings).toContainEqual(
    expect.stringMatching(/^GET \/v1\/notes\/\{id\} from another division/),
  );
  expect(findings).toContainEqual(
    expect.stringMatching(/^NoteService.Get \(gRPC\) from neighbour-1/),
  );
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

  test('a list comes whole as a file for a spreadsheet, however many pages it has', async () => {
    const division = '990009000';
    await running.execute(
      `insert into note (mof_div_code, id, amount, day, state)
       select '${division}', gen_random_uuid(), -n, '2026-03-09', 'entered' from generate_series(1, 1200) n`,
    );
    const file = (query: string, accept = 'text/csv') =>
      running.token({ mofDivCode: division }).then((by) =>
        fetch(`${running.url}/v1/notes?${query}`, {
          headers: { authorization: `Bearer ${by}`, accept },
        }),
      );
    const response = await file('state=entered');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="note.csv"');
    const rows: Record<string, string>[] = parse(await response.text(), {
      bom: true,
      columns: true,
    });
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'id',
      'amount',
      'day',
      'state',
      'version',
      'remark',
    ]);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted());
    expect(new Set(rows.map(({ amount }) => amount)).size).toBe(1200);
    expect(rows.map(({ amount }) => amount)).toContain('-7.00');

    const refused = await file('state=other');
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    const none = Buffer.from(await (await file('state=approved')).arrayBuffer());
    expect(none.toString()).toBe('\uFEFFid,amount,day,state,version,remark\n');
  });
});
