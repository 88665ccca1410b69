import {
  accepted,
  divisions,
  Reads,
  refusalsOf,
  refused,
  runBatch,
  Separation,
  type Call,
  type Deed,
  type Outcome,
} from '@guoku/service';
import { Transactor, type Session } from '@guoku/persistence';
import { dayOf } from '@guoku/calendar';
import { businessDays } from '@guoku/service';
import { division, Running } from './running.js';

let running: Running;
beforeAll(async () => {
  running = await Running.start();
});
afterAll(() => running.stop());

const inTransaction = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
  running.service.app.get(Transactor).run(work);

describe('incompatible duties', () => {
  const separation = () => running.service.app.get(Separation);
  const did = (deed: Deed) => inTransaction((session) => separation().record(session, deed));
  const mayNot = async (deed: Deed) =>
    (await inTransaction((session) => separation().conflict(session, deed)))?.code ?? null;
  const deed = (person: string, duty: Deed['duty'], subject: string, mofDivCode = division) => ({
    person,
    duty,
    subject,
    mofDivCode,
  });

  test('on the same thing: who entered it may not approve it, in either order, others may', async () => {
    await did(deed('a', 'budget.enter', 'budget/1'));
    await did(deed('a', 'budget.enter', 'budget/1'));
    await did(deed('b', 'budget.approve', 'budget/1'));
    expect(await mayNot(deed('a', 'budget.approve', 'budget/1'))).toBe('duty_conflict');
    expect(await mayNot(deed('b', 'budget.enter', 'budget/1'))).toBe('duty_conflict');
    expect(await mayNot(deed('a', 'budget.approve', 'budget/2'))).toBeNull();
    expect(await mayNot(deed('c', 'budget.approve', 'budget/1'))).toBeNull();
    expect(await mayNot(deed('a', 'budget.approve', 'budget/1', '990002000'))).toBeNull();
  });

  test('anywhere in the division, for a year: who issued quota may not approve payment', async () => {
    const start = running.clock.at;
    await did(deed('d', 'budget.approve', 'budget/3'));
    expect(await mayNot(deed('d', 'plan.approve', 'plan/9'))).toBe('duty_conflict');
    expect(await mayNot(deed('d', 'plan.enter', 'plan/9'))).toBeNull();
    running.clock.at = new Date(start.getTime() + 367 * 86_400_000);
    expect(await mayNot(deed('d', 'plan.approve', 'plan/9'))).toBeNull();
    running.clock.at = start;
  });
});

describe('a batch', () => {
  const refuse = refusalsOf({
    odd: { http: 422, grpc: 'FAILED_PRECONDITION', zh: '奇数 {n}', en: '{n} is odd' },
  });
  const lines = [2, 3, 4, 5];
  const write =
    (session: Session, subject: string) =>
    async (n: number): Promise<Outcome<number>> => {
      await session.execute(
        `insert into duty_record values ('${division}', 'batch', '${String(n)}', '${subject}', now())`,
      );
      return n % 2 === 0
        ? accepted(n * 10)
        : refused(refuse('odd', { values: { n }, field: '/n' }));
    };
  const written = (subject: string) =>
    running.rows(`select duty from duty_record where subject = '${subject}' order by 1`);

  test('per line: what is refused leaves nothing, the others stand', async () => {
    const outcome = await inTransaction((session) =>
      runBatch(session, lines, { atomic: false, language: 'zh' }, write(session, 'loose')),
    );
    expect(outcome).toEqual({
      ok: true,
      value: {
        accepted: 2,
        refused: 2,
        lines: [
          { index: 0, ok: true, value: 20 },
          { index: 1, ok: false, code: 'odd', detail: '奇数 3', field: '/n' },
          { index: 2, ok: true, value: 40 },
          { index: 3, ok: false, code: 'odd', detail: '奇数 5', field: '/n' },
        ],
      },
    });
    expect(await written('loose')).toEqual([{ duty: '2' }, { duty: '4' }]);
  });

  test('atomic: one refusal refuses all, and every refused line is told', async () => {
    const outcome = await inTransaction((session) =>
      runBatch(session, lines, { atomic: true, language: 'en' }, write(session, 'strict')),
    );
    expect(outcome).toMatchObject({
      ok: false,
      refusal: {
        code: 'batch_refused',
        extra: { refused: 2, lines: [{ index: 1, detail: '3 is odd' }, { index: 3 }] },
      },
    });
  });
});

describe('the business day', () => {
  const record = (day: string, state: 'open' | 'cut-off' | 'closed') =>
    inTransaction((session) => businessDays.record(session, '990004000', dayOf(day), state));
  const today = () => inTransaction((session) => businessDays.openDay(session, '990004000'));

  test('is the latest open one; late and repeated news do not open a day again', async () => {
    expect(await today()).toBeUndefined();
    await record('2026-03-09', 'open');
    expect(await today()).toBe('2026-03-09');
    await record('2026-03-09', 'cut-off');
    await record('2026-03-10', 'open');
    await record('2026-03-09', 'open');
    expect(await today()).toBe('2026-03-10');
    await record('2026-03-10', 'closed');
    await record('2026-03-10', 'cut-off');
    expect(await today()).toBeUndefined();
  });

  test('a command that needs it is refused where none is open', async () => {
    const token = await running.token({ mofDivCode: '990005000' });
    const body = { amount: '1.00', urgent: false };
    const reply = await running.doors.rest('NoteService.Enter', { body }, { token });
    expect(reply).toMatchObject({ status: 409, code: 'business_day_missing' });
  });
});

test('a division is set up, found and changed; its own decisions outrank the published calendar', async () => {
  const body = {
    mofDivCode: '990006000',
    nameZh: '清岩县',
    nameEn: 'Qingyan',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    fiscalYearStart: '01-01',
    calendar: 'cn',
  } as const;
  await inTransaction(async (session) => {
    await divisions.save(session, body, [{ day: '2026-03-09', isWorkingDay: false, note: '县庆' }]);
    await divisions.save(session, { ...body, parent: '990000000' }, [
      { day: '2026-03-10', isWorkingDay: false },
    ]);
    const found = await divisions.find(session, body.mofDivCode);
    expect(found).toEqual({
      ...body,
      parent: '990000000',
      fiscalYearStart: { month: 1, day: 1 },
    });
    if (found === undefined) return;
    const calendar = await divisions.calendarOf(session, found);
    expect(calendar.isWorkingDay(dayOf('2026-03-09'))).toBe(true);
    expect(calendar.isWorkingDay(dayOf('2026-03-10'))).toBe(false);
  });
});

test('who saw account data is noted: who, whose, which fields, when; not what was in them', async () => {
  const call: Call = {
    caller: {
      person: 'clerk-7',
      mofDivCode: division,
      agencyCode: null,
      mofDepCode: null,
      duties: [],
    },
    idempotencyKey: null,
    dryRun: false,
    language: 'zh',
    ifMatch: null,
    transport: 'rest',
  };
  const reading = { action: 'PayeeService.Get', subject: 'payee/1', fields: ['accountNumber'] };
  await inTransaction((session) => running.service.app.get(Reads).record(session, call, [reading]));
  expect(await running.rows('select person, action, subject, fields from read_log')).toEqual([
    { person: 'clerk-7', ...reading },
  ]);
});
