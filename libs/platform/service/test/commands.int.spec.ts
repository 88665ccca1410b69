import { randomUUID } from 'node:crypto';
import { Housekeeping } from '@guoku/service';
import type { Asked, CallOptions, Reply } from '@guoku/service/testing';
import { Running } from './running.js';

let running: Running;
let token: string;

beforeAll(async () => {
  running = await Running.start();
  token = await running.token({ person: 'clerk-1' });
});

afterAll(() => running.stop());

const note = (rest: object = {}): Asked => ({
  body: { amount: '12.30', day: '2026-03-09', urgent: false, ...rest },
});

type Door = (asked: Asked, options?: CallOptions) => Promise<Reply>;
const rest: Door = (asked, options) =>
  running.doors.rest('NoteService.Enter', asked, { token, ...options });
const grpc: Door = (asked, options) =>
  running.doors.grpc('NoteService.Enter', asked, { token, ...options });

const count = async (table: string): Promise<number> => {
  const [row] = await running.rows<{ count: string }>(`select count(*) as count from ${table}`);
  return Number(row?.count);
};

describe.each([
  ['REST', rest],
  ['gRPC', grpc],
])('a command through %s', (_name, door) => {
  test('is done once per key, and its repeat gets the same answer', async () => {
    const idempotencyKey = randomUUID();
    const before = await count('note');
    const first = await door(note(), { idempotencyKey });
    const second = await door(note(), { idempotencyKey });
    expect(first).toMatchObject({ ok: true, replay: false, etag: '"1"' });
    expect(second).toEqual({ ...first, replay: true });
    expect(await count('note')).toBe(before + 1);
  });

  test('a repeat through the other door gets the same answer as well', async () => {
    const idempotencyKey = randomUUID();
    const other = door === rest ? grpc : rest;
    const first = await door(note(), { idempotencyKey });
    const second = await other(note(), { idempotencyKey });
    expect(second.replay).toBe(true);
    expect(second.body).toMatchObject({ id: Reflect.get(Object(first.body), 'id') });
  });

  test('the key with another body is refused, and nothing is done', async () => {
    const idempotencyKey = randomUUID();
    await door(note(), { idempotencyKey });
    const before = await running.checksum();
    const other = await door(note({ amount: '12.31' }), { idempotencyKey });
    expect(other).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(await running.checksum()).toBe(before);
  });

  test('the key of another person is another command', async () => {
    const idempotencyKey = randomUUID();
    await door(note(), { idempotencyKey });
    const somebodyElse = await running.token({ person: 'clerk-2' });
    const reply = await door(note(), { idempotencyKey, token: somebodyElse });
    expect(reply.code).toBe('idempotency_key_reused');
  });

  test('the key of another division is free', async () => {
    const idempotencyKey = randomUUID();
    await door(note(), { idempotencyKey });
    const elsewhere = await running.token({ mofDivCode: '990002000' });
    expect(await door(note(), { idempotencyKey, token: elsewhere })).toMatchObject({
      ok: true,
      replay: false,
    });
  });

  test('while the first still runs, the same key is told so at once', async () => {
    const idempotencyKey = randomUUID();
    let open = (): void => undefined;
    running.notes.gate = new Promise((done) => (open = done));
    const runs = running.notes.runs;
    const first = door(note(), { idempotencyKey });
    while (running.notes.runs === runs) await new Promise((done) => setTimeout(done, 5));
    const meanwhile = await door(note(), { idempotencyKey });
    open();
    expect(meanwhile).toMatchObject({ status: 409, code: 'idempotency_in_progress' });
    expect(await first).toMatchObject({ ok: true });
    expect(await door(note(), { idempotencyKey })).toMatchObject({ ok: true, replay: true });
  });

  test('a key is asked for, and must be printable', async () => {
    expect(await door(note(), { idempotencyKey: ' ' })).toMatchObject({
      status: 400,
      code: expect.stringMatching(/^idempotency_key_(missing|invalid)$/),
    });
    expect(await door(note(), { idempotencyKey: 'x'.repeat(201) })).toMatchObject({
      code: 'idempotency_key_invalid',
    });
  });

  test('what a refused command had written is undone; the refusal is kept and audited', async () => {
    const idempotencyKey = randomUUID();
    const asked = note({ id: randomUUID(), amount: '123456.00' });
    const notes = await count('note');
    const events = await count('outbox');
    const first = await door(asked, { idempotencyKey });
    expect(first).toMatchObject({ status: 409, code: 'note_too_dear', replay: false });
    expect(await door(asked, { idempotencyKey })).toMatchObject({ code: 'note_too_dear' });
    expect(await count('note')).toBe(notes);
    expect(await count('outbox')).toBe(events);
    const entries = await running.rows<{ code: string }>(
      `select refusal as code from audit_entry
       join idempotency_answer kept using (mof_div_code, digest)
       where kept.idempotency_key = '${idempotencyKey}'`,
    );
    expect(entries).toEqual([{ code: 'note_too_dear' }]);
  });

  test('a dry run answers as the real call would and leaves every table as it was', async () => {
    const id = randomUUID();
    const before = await running.checksum();
    const dry = await door(note({ id }), { dryRun: true });
    const dryRefusal = await door(note({ id, amount: '123456.00' }), { dryRun: true });
    expect(await running.checksum()).toBe(before);
    expect(await door(note({ id }))).toEqual(dry);
    expect(dryRefusal).toMatchObject({ status: 409, code: 'note_too_dear' });
  });

  test('one transaction holds the change, its audit entry and its answer; its event is said once', async () => {
    const id = randomUUID();
    await door(note({ id }));
    const rows = await running.rows<{ kind: string }>(
      `select distinct kind from (
         select xmin, 'note' as kind from note where id = '${id}'
         union all select xmin, 'audit' from audit_entry where subject = 'note/${id}'
         union all select xmin, 'answer' from idempotency_answer where answer::text like '%${id}%') t
       where xmin::text = (select xmin::text from note where id = '${id}')`,
    );
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['answer', 'audit', 'note']);
    // The relay has written to its row since, so that its transaction cannot be compared.
    const events = await running.rows(`select 1 from outbox where aggregate_id = '${id}'`);
    expect(events.length).toBe(1);
  });
});

test('twenty callers with one key at once: the command is done once', async () => {
  const idempotencyKey = randomUUID();
  const before = await count('note');
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, nth) => (nth % 2 ? rest : grpc)(note(), { idempotencyKey })),
  );
  expect(await count('note')).toBe(before + 1);
  for (const reply of replies) {
    expect(reply.ok || reply.code === 'idempotency_in_progress').toBe(true);
  }
});

test('a key is free again after seven days', async () => {
  const idempotencyKey = randomUUID();
  await rest(note(), { idempotencyKey });
  running.clock.at = new Date(running.clock.at.getTime() + 7 * 86_400_000 + 1_000);
  await running.service.app.get(Housekeeping).forgetAnswers();
  expect(await rest(note(), { idempotencyKey })).toMatchObject({ ok: true, replay: false });
});
