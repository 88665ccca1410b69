import { eventually } from '@guoku/testing';
import { v7 } from 'uuid';
import { mofDivCode, reference, schoolLine, today } from './quota-book.js';
import { bodyOf, RunningQuota } from './running-quota.js';

let quota: RunningQuota;
let token: string;
let director: string;
beforeAll(async () => {
  quota = await RunningQuota.start();
  token = await quota.token('budget-1');
  director = await quota.token('budget-2');
  bodyOf(await quota.doors.rest('DivisionService.Import', { body: reference }, { token }));
  await quota.openToday();
});
afterAll(() => quota.stop());

interface Budget {
  readonly budgetId: string;
  readonly state: string;
}
interface Line {
  readonly bgtId: string;
  readonly available: string;
  readonly version: number;
}

let documents = 0;

/** A line of its own: the projects of the reference are few, the notes of a document many. */
async function allot(amount: string, line: object = {}): Promise<string> {
  documents += 1;
  const project = { ...reference.projects[0], proCode: `p-${documents}` };
  const body = { ...reference, projects: [project] };
  bodyOf(await quota.doors.rest('DivisionService.Import', { body }, { token }));
  const entered = await quota.doors.rest(
    'BudgetService.Enter',
    {
      body: {
        corBgtDocNo: `清财指〔2026〕${documents}号`,
        fiscalYear: 2026,
        lines: [{ ...schoolLine, proCode: project.proCode, amount, ...line }],
      },
    },
    { token },
  );
  const path = { budgetId: bodyOf<Budget>(entered).budgetId };
  const options = { token: director };
  bodyOf(await quota.doors.rest('BudgetService.Approve', { path }, options));
  const lines = await quota.doors.rest('BudgetService.ListLines', { path }, { token });
  return bodyOf<{ items: Line[] }>(lines).items[0]?.bgtId ?? '';
}

const lineOf = async (bgtId: string, query = {}) =>
  bodyOf<Line>(await quota.doors.rest('LineService.Get', { path: { bgtId }, query }, { token }));

describe.each(['rest', 'grpc'] as const)('a budget becomes lines through %s', (door) => {
  test('entered by one, approved by another, allotted, and held', async () => {
    const amount = '500.00';
    const body = {
      corBgtDocNo: `清财指〔2026〕${door}号`,
      fiscalYear: 2026,
      lines: [
        { ...schoolLine, amount, ...(door === 'rest' ? {} : { sbStandard: 'national' }) },
        { ...schoolLine, amount, sbSign: 'none', isDir: door === 'rest' },
      ],
    };
    const entered = await quota.doors[door]('BudgetService.Enter', { body }, { token });
    const path = { budgetId: bodyOf<Budget>(entered).budgetId };

    const own = await quota.doors[door]('BudgetService.Approve', { path }, { token });
    expect(own).toMatchObject({ ok: false, code: 'duty_conflict' });
    const options = { token: director };
    const approved = await quota.doors[door]('BudgetService.Approve', { path }, options);
    expect(bodyOf<Budget>(approved)).toMatchObject({ state: 'approved', total: '1000.00' });

    const lines = await quota.doors[door]('BudgetService.ListLines', { path }, { token });
    const { items } = bodyOf<{ items: Line[] }>(lines);
    expect(items).toHaveLength(2);
    const bgtId = items[0]?.bgtId ?? '';
    const line = await quota.doors[door]('LineService.Get', { path: { bgtId } }, { token });
    expect(bodyOf<Line>(line)).toMatchObject({ allotted: amount, available: amount });

    const hold = { requestId: v7(), bgtId, amount: '200.00' };
    const held = await quota.doors[door]('HoldService.Place', { body: hold }, { token });
    expect(bodyOf(held)).toMatchObject({ ...hold, held: '200.00', planned: false });
  });
});

describe('budget documents', () => {
  const enter = (lines: object[], corBgtDocNo = v7()) =>
    quota.doors.rest(
      'BudgetService.Enter',
      { body: { corBgtDocNo, fiscalYear: 2026, lines } },
      { token },
    );

  test('a code that the year’s tables do not have is refused with its line', async () => {
    const lines = [
      { ...schoolLine, amount: '1.00' },
      { ...schoolLine, amount: '1.00', depBgtEcoCode: '39999' },
    ];
    expect(await enter(lines)).toMatchObject({
      status: 422,
      code: 'code_unknown',
      body: { errors: [{ pointer: '#/lines/1/depBgtEcoCode' }] },
    });
  });

  test('the same dimensions twice, and the same number twice, are refused', async () => {
    const line = { ...schoolLine, amount: '1.00' };
    expect(await enter([line, { ...line, bgtDec: 'again' }])).toMatchObject({ code: 'line_twice' });
    await enter([line], 'the same');
    expect(await enter([line], 'the same')).toMatchObject({ status: 409, code: 'budget_exists' });
  });

  test('a later document adds to the same line, or takes from it what is available', async () => {
    const bgtId = await allot('100.00');
    const { proCode } = await lineOf(bgtId).then((line) => line as Line & { proCode: string });
    for (const [amount, after] of [
      ['20.00', '120.00'],
      ['-70.00', '50.00'],
    ]) {
      const path = bodyOf<Budget>(await enter([{ ...schoolLine, proCode, amount }]));
      const approve = { path: { budgetId: path.budgetId } };
      bodyOf(await quota.doors.rest('BudgetService.Approve', approve, { token: director }));
      expect(await lineOf(bgtId)).toMatchObject({ available: after, allotted: after });
    }
    const more = bodyOf<Budget>(await enter([{ ...schoolLine, proCode, amount: '-50.01' }]));
    const path = { budgetId: more.budgetId };
    const options = { token: director };
    expect(await quota.doors.rest('BudgetService.Approve', { path }, options)).toMatchObject({
      code: 'available_exceeded',
      body: { errors: [{ pointer: '#/lines/0/amount' }] },
    });
  });

  test('thousands of lines in one document are allotted in one step', async () => {
    const projects = Array.from({ length: 3000 }, (_, at) => ({
      proCode: `many-${at}`,
      nameZh: '项目',
      nameEn: 'project',
      agencyCode: schoolLine.agencyCode,
    }));
    const body = { ...reference, projects };
    bodyOf(await quota.doors.rest('DivisionService.Import', { body }, { token }));
    const lines = projects.map(({ proCode }) => ({ ...schoolLine, proCode, amount: '12.34' }));
    const path = { budgetId: bodyOf<Budget>(await enter(lines)).budgetId };
    const options = { token: director };
    const approved = await quota.doors.rest('BudgetService.Approve', { path }, options);
    expect(bodyOf(approved)).toMatchObject({ lineCount: 3000, total: '37020.00' });
  });
});

describe('holds', () => {
  test('200 clients at both doors hold the same line at once: exactly what fits is held', async () => {
    const bgtId = await allot('1000.00');
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, at) => {
        const body = { requestId: v7(), bgtId, amount: '7.00' };
        return quota.doors[at % 2 === 0 ? 'rest' : 'grpc'](
          'HoldService.Place',
          { body },
          { token },
        );
      }),
    );
    expect(replies.filter(({ ok }) => ok)).toHaveLength(142);
    const codes = replies.filter(({ ok }) => !ok).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['available_exceeded']));
    expect(await lineOf(bgtId)).toMatchObject({ available: '6.00', held: '994.00' });
  });

  test('a batch holds what fits, line by line; an atomic one all or nothing', async () => {
    const bgtId = await allot('100.00');
    const lines = ['60.00', '50.00', '40.00'].map((amount) => ({ requestId: v7(), bgtId, amount }));
    const each = await quota.doors.rest('HoldService.PlaceBatch', { body: { lines } }, { token });
    expect(bodyOf(each)).toMatchObject({
      accepted: 2,
      refused: 1,
      lines: [{ ok: true }, { index: 1, ok: false, code: 'available_exceeded' }, { ok: true }],
    });
    const whole = { atomic: true, lines: lines.map((line) => ({ ...line, requestId: v7() })) };
    const none = await quota.doors.rest('HoldService.PlaceBatch', { body: whole }, { token });
    expect(none).toMatchObject({ status: 422, code: 'batch_refused' });
    expect(await lineOf(bgtId)).toMatchObject({ available: '0.00', held: '100.00' });
  });

  test('refusals come in the caller’s language', async () => {
    const bgtId = await allot('100.00');
    const body = { requestId: v7(), bgtId, amount: '100.01' };
    const told = async (language: 'zh' | 'en') =>
      (await quota.doors.rest('HoldService.Place', { body }, { token, language })).body;
    expect(await told('zh')).toMatchObject({ detail: '超出可用指标 100.00' });
    expect(await told('en')).toMatchObject({ detail: 'more than the 100.00 available' });
  });

  test('a unit neither sees nor uses another unit’s line', async () => {
    const bgtId = await allot('100.00');
    const unit = await quota.token('unit-2', ['fund-request.enter'], { agencyCode: '202001' });
    const own = await quota.token('unit-1', ['fund-request.enter'], { agencyCode: '101001' });
    const body = { requestId: v7(), bgtId, amount: '1.00' };
    const path = { bgtId };
    expect(await quota.doors.rest('HoldService.Place', { body }, { token: unit })).toMatchObject({
      status: 403,
      code: 'not_own_unit',
    });
    expect(await quota.doors.rest('LineService.Get', { path }, { token: unit })).toMatchObject({
      status: 404,
    });
    bodyOf(await quota.doors.rest('HoldService.Place', { body }, { token: own }));
    bodyOf(await quota.doors.rest('LineService.Get', { path }, { token: own }));
  });
});

describe('officers change lines', () => {
  test('only with the version they have seen; a frozen line says no at instruction', async () => {
    const bgtId = await allot('100.00');
    const path = { bgtId };
    const requestId = v7();
    const hold = { body: { requestId, bgtId, amount: '30.00' } };
    bodyOf(await quota.doors.rest('HoldService.Place', hold, { token }));
    const body = { reason: '审计整改' };
    const freeze = (ifMatch?: number) =>
      quota.doors.rest(
        'LineService.Freeze',
        { path, body },
        { token, ...(ifMatch && { ifMatch }) },
      );
    expect(await freeze()).toMatchObject({ status: 428, code: 'if_match_missing' });
    expect(await freeze(7)).toMatchObject({ status: 412, code: 'version_stale' });
    const frozen = await freeze((await lineOf(bgtId)).version);
    expect(bodyOf(frozen)).toMatchObject({ isFrozen: true, frozen: '70.00', available: '0.00' });

    const confirm = {
      path: { requestId },
      body: { paymentId: v7(), amount: '30.00', date: today },
    };
    expect(await quota.doors.grpc('HoldService.Confirm', confirm, { token })).toMatchObject({
      ok: false,
      code: 'line_frozen',
    });
    const { version } = await lineOf(bgtId);
    const open = { path, body: { reason: '整改完毕' } };
    bodyOf(await quota.doors.rest('LineService.Unfreeze', open, { token, ifMatch: version }));
    const confirmed = await quota.doors.grpc('HoldService.Confirm', confirm, { token });
    expect(bodyOf(confirmed)).toMatchObject({ place: 'in-transit', amount: '30.00', bgtId });
  });

  test('asOf answers what the line was at that instant, for every instant of its movements', async () => {
    const bgtId = await allot('100.00');
    const path = { bgtId };
    const seen: [string, object][] = [];
    const see = async () => {
      const movements = await quota.doors.rest('LineService.ListMovements', { path }, { token });
      const { items } = bodyOf<{ items: { movedAt: string }[] }>(movements);
      const { version: _version, ...line } = await lineOf(bgtId);
      seen.push([items.at(-1)?.movedAt ?? '', line]);
    };
    const change = async (useCase: string, body: object) => {
      const { version: ifMatch } = await lineOf(bgtId);
      bodyOf(await quota.doors.rest(useCase, { path, body }, { token, ifMatch }));
      await see();
    };
    await see();
    const requestId = v7();
    const hold = { body: { requestId, bgtId, amount: '30.00' } };
    bodyOf(await quota.doors.rest('HoldService.Place', hold, { token }));
    await see();
    await change('LineService.Freeze', { amount: '10.00', reason: 'x' });
    await change('LineService.Freeze', { reason: 'x' });
    await change('LineService.Unfreeze', { reason: 'x' });
    await change('LineService.Reclaim', { amount: '50.00', reason: 'x' });
    bodyOf(await quota.doors.rest('HoldService.Release', { path: { requestId } }, { token }));
    await see();

    for (const [asOf, line] of seen) {
      const { version: _version, ...then } = await lineOf(bgtId, { asOf });
      expect([asOf, then]).toEqual([asOf, line]);
    }
    expect(new Set(seen.map(([asOf]) => asOf)).size).toBe(seen.length);
  });
});

test('an event from the broker has its one effect, and its answer leaves by the outbox', async () => {
  const bgtId = await allot('100.00');
  const requestId = v7();
  const heard: string[] = [];
  const listening = await quota.broker.subscribe('test', ['guoku.quota.v1'], async (batch) => {
    heard.push(...batch.deliveries.map(({ value }) => value));
    const last = batch.deliveries.at(-1);
    if (last) await batch.commit(last.offset);
  });
  const event = {
    specversion: '1.0',
    id: v7(),
    source: '/guoku/payment',
    type: 'guoku.fund-request.submitted.v1',
    subject: requestId,
    time: '2026-03-09T02:00:00Z',
    datacontenttype: 'application/json',
    actor: 'section-1',
    mofdivcode: mofDivCode,
    data: { requestId, bgtId, amount: '25.00', due: today, latest: '2026-03-31' },
  };
  const key = `${mofDivCode}/${requestId}`;
  const messages = [1, 2].map(() => ({ key, value: JSON.stringify(event) }));
  await quota.broker.publish([{ topic: 'guoku.payment.v1', messages }]);

  await eventually(async () => {
    expect(await lineOf(bgtId)).toMatchObject({ held: '25.00', available: '75.00' });
    const held = heard.filter((value) => value.includes(requestId));
    expect(held).toHaveLength(1);
    expect(held[0]).toContain('guoku.quota.held.v1');
  });
  await listening.close();
});
