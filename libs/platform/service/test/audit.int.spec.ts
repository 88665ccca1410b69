import { Sealer } from '@guoku/service';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { verifyFile } from '../src/audit/audit-file.js';
import { division, Running } from './running.js';

let running: Running;
let token: string;

beforeAll(async () => {
  running = await Running.start();
  token = await running.token({ person: 'treasurer-1' });
  await running.execute(
    `insert into division
     values ('${division}', '清岩县', 'Qingyan', 'CNY', 'Asia/Shanghai', '01-01', 'cn', null)`,
  );
});

afterAll(() => running.stop());

const enter = (amount: string) =>
  running.doors.rest(
    'NoteService.Enter',
    { body: { amount, day: '2026-03-09', urgent: false } },
    { token },
  );
const sealer = () => running.service.app.get(Sealer);
const fileOf = async () =>
  String((await running.doors.rest('AuditService.File', {}, { token })).body);

test('commands are chained after they were audited, and the file that is served holds', async () => {
  // 10:00 on the 9th in Shanghai.
  running.clock.at = new Date('2026-03-09T02:00:00Z');
  for (const amount of ['1.00', '2.00', '3.00']) await enter(amount);
  await enter('123456.00');
  await sealer().seal();
  await sealer().signRoots();
  expect(verifyFile(await fileOf())).toMatchObject({
    entries: 4,
    roots: 1,
    unsigned: 0,
    findings: [],
  });
});

test('the first root is signed once the day has ended in the division’s own zone', async () => {
  running.clock.at = new Date('2026-03-09T15:59:00Z');
  await sealer().signRoots();
  expect((await running.rows('select 1 from audit_root')).length).toBe(0);
  running.clock.at = new Date('2026-03-09T16:01:00Z');
  await enter('4.00');
  await sealer().seal();
  await sealer().signRoots();
  await sealer().signRoots();
  expect(await running.rows('select day, position from audit_root')).toEqual([
    { day: '2026-03-09', position: '4' },
  ]);
  const file = await fileOf();
  expect(verifyFile(file)).toMatchObject({ entries: 5, roots: 2, unsigned: 0, findings: [] });
  const roots = await running.doors.rest('AuditService.ListRoots', {}, { token });
  expect(roots.body).toMatchObject({ items: [{ day: '2026-03-09', position: 4 }] });
});

test('the newest entries cannot be cut off or changed in the file, though no day that has ended covers them', async () => {
  const lines = (await fileOf()).split('\n');
  const cut = lines.filter((_, nth) => nth !== 4).join('\n');
  expect(verifyFile(cut).findings).toEqual([
    { line: 6, fault: 'signs another chain than this one' },
  ]);
  const forged = lines.map((line, nth) => (nth === 4 ? line.replace('treasurer-1', 'x-1') : line));
  expect(verifyFile(forged.join('\n')).findings).toMatchObject([{ line: 5 }]);
});

test('a column that is changed in the database shows in the file, until it is put back', async () => {
  const become = (person: string) =>
    running.execute(
      `update audit_entry set person = '${person}'
       where id = (select entry_id from audit_seal where position = 2)`,
    );
  await become('somebody-else');
  const { findings } = verifyFile(await fileOf());
  await become('treasurer-1');
  expect(findings).toEqual([{ line: 2, fault: 'the entry is not the one that was sealed' }]);
  expect(verifyFile(await fileOf()).findings).toEqual([]);
});

test('entries tell who did what to what, and which were refused', async () => {
  const listed = await running.doors.rest(
    'AuditService.ListEntries',
    { query: { person: 'treasurer-1' } },
    { token },
  );
  const { items }: { items: Record<string, unknown>[] } = Object(listed.body);
  expect(items.length).toBe(5);
  for (const item of items) {
    expect(item).toMatchObject({
      person: 'treasurer-1',
      action: 'NoteService.Enter',
      transport: 'rest',
    });
    expect(item['digest']).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(items.filter((item) => item['refusal'] === 'note_too_dear').length).toBe(1);
});

test.each(['audit_entry', 'audit_seal', 'audit_root', 'read_log', 'duty_record'])(
  'the service itself can neither change nor delete a row of %s',
  async (table) => {
    const asService = new Transactor(dataSourceOf(running.database.url, { poolSize: 1 }));
    const run = (sql: string) => asService.run((session) => session.execute(sql));
    try {
      await expect(run(`update ${table} set mof_div_code = mof_div_code`)).rejects.toThrow(
        /permission denied/,
      );
      await expect(run(`delete from ${table}`)).rejects.toThrow(/permission denied/);
      await expect(run(`truncate ${table}`)).rejects.toThrow(/permission denied/);
    } finally {
      await asService.close();
    }
  },
);

test('two sealers at once make one chain', async () => {
  for (let nth = 0; nth < 20; nth += 1) await enter('5.00');
  await Promise.all([sealer().seal(), sealer().seal(), sealer().seal()]);
  await sealer().seal();
  const chain = await running.rows<{ gaps: string; twice: string }>(
    `select max(position) - count(*) as gaps, count(*) - count(distinct entry_id) as twice from audit_seal`,
  );
  expect(chain).toEqual([{ gaps: '0', twice: '0' }]);
  expect(await running.rows('select 1 from audit_unsealed')).toEqual([]);
});
