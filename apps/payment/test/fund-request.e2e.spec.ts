import { eventually } from '@guoku/testing';
import { v7 } from 'uuid';
import { idOf, monday, requestOf, tuesday } from './books.js';
import { RunningPayment, type RequestShown } from './running-payment.js';
import { publish } from './standing-quota.js';

let payment: RunningPayment;
beforeAll(async () => {
  payment = await RunningPayment.start();
  await payment.setUp({ day: monday });
});
afterAll(() => payment.stop());

interface Page {
  readonly items: readonly RequestShown[];
  readonly nextCursor: string | null;
}

test('an account is sealed in the database, masked on the screen, and its reading is logged', async () => {
  await payment.submit('sealed');
  const rows = await payment.sql<{ account: string; log: string }>(
    `select payee_account as account, (select string_agg(event::text, ' ') from fund_request_log l
       where l.request_id = r.id) as log from fund_request r where id = $1`,
    [idOf('sealed')],
  );
  expect(JSON.stringify(rows)).not.toContain('6222020200112233');

  const shown = await payment.request('sealed');
  expect(shown).toMatchObject({ payee: { name: '青岩文具店', account: '************2233' } });
  const [read] = await payment.sql(
    `select person, action, fields from read_log where subject = $1 limit 1`,
    [`fund-request/${idOf('sealed')}`],
  );
  expect(read).toEqual({
    person: 'treasurer-1',
    action: 'FundRequestService.Get',
    fields: ['payee.account'],
  });
  const list = await payment.do<Page>('treasurer-1', 'FundRequestService.List');
  expect(JSON.stringify(list)).not.toContain('2233');
});

test('a state as of an instant is what its log tells up to then', async () => {
  const path = { id: idOf('through time') };
  await payment.submit('through time', { divisible: true, minPart: '1.00' });
  await payment.do('unit-1', 'FundRequestService.Withdraw', { path });
  const log = await payment.sql<{ at: Date; type: string }>(
    `select at, event ->> 'type' as type from fund_request_log where request_id = $1 order by place`,
    [path.id],
  );
  const states: string[] = [];
  for (const { at } of log) {
    const query = { asOf: new Date(at.getTime() + 1).toISOString() };
    const shown = await payment.do<RequestShown & { history: object[] }>(
      'treasurer-1',
      'FundRequestService.Get',
      { path, query },
    );
    states.push(`${shown.state} ${shown.outstanding} ${shown.history.length}`);
  }
  expect(states).toEqual([
    'entered 100.00 1',
    'submitted 100.00 2',
    'held 100.00 3',
    'withdrawn 0.00 4',
  ]);
  const before = { path, query: { asOf: '2001-01-01T00:00:00Z' } };
  expect(await payment.ask('treasurer-1', 'FundRequestService.Get', before)).toMatchObject({
    status: 404,
  });
});

test('lists come in pages that no newcomer moves, filtered, and a cursor fits its filters only', async () => {
  const due = tuesday;
  const names = ['p1', 'p2', 'p3', 'p4', 'p5'];
  const lines = names.map((name) => requestOf(name, { due }));
  await payment.do('unit-1', 'FundRequestService.EnterBatch', { body: { lines } });
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: Record<string, string | number> = { dueFrom: due, state: 'entered', limit: 2 };
    if (cursor !== '') query['cursor'] = cursor;
    const page: Page = await payment.do('treasurer-1', 'FundRequestService.List', { query });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen.toSorted()).toEqual(names.map(idOf).toSorted());

  const first = await payment.do<Page>('treasurer-1', 'FundRequestService.List', {
    query: { dueFrom: due, limit: 2 },
  });
  const borrowed = { query: { dueFrom: monday, limit: 2, cursor: first.nextCursor ?? '' } };
  expect(await payment.ask('treasurer-1', 'FundRequestService.List', borrowed)).toMatchObject({
    status: 400,
    code: 'cursor_invalid',
  });
});

test('a list as a file has no text that a spreadsheet would compute', async () => {
  await payment.do('unit-1', 'FundRequestService.Enter', {
    body: requestOf('formula', { purpose: '=1+1' }),
  });
  const { bindAddress, httpPort } = payment.service.config;
  const authorization = `Bearer ${await payment.token('treasurer-1')}`;
  const response = await fetch(`http://${bindAddress}:${httpPort}/v1/fund-requests`, {
    headers: { authorization, accept: 'text/csv' },
  });
  const line = (await response.text()).split('\n').find((each) => each.includes(idOf('formula')));
  expect(line?.split(',')).toContain("'=1+1");
});

test('a batch that is atomic does all or none and tells each line why; one that is not does what it can', async () => {
  const lines = [
    requestOf('good'),
    requestOf('late', { latest: '2011-01-01' }),
    requestOf('foreign', { agencyCode: '202001' }),
  ];
  const body = { lines, atomic: true };
  const whole = await payment.ask('unit-1', 'FundRequestService.EnterBatch', { body });
  expect(whole).toMatchObject({
    status: 422,
    code: 'batch_refused',
    body: {
      refused: 2,
      lines: [
        { index: 1, code: 'latest_before_due' },
        { index: 2, code: 'not_own_unit' },
      ],
    },
  });
  const path = { id: idOf('good') };
  expect(await payment.ask('unit-1', 'FundRequestService.Get', { path })).toMatchObject({
    status: 404,
  });
  const each = await payment.do('unit-1', 'FundRequestService.EnterBatch', {
    body: { lines, atomic: false },
  });
  expect(each).toMatchObject({ accepted: 1, refused: 2, lines: [{ ok: true }, {}, {}] });
});

const header =
  'id,bgtId,agencyCode,amount,due,latest,divisible,purpose,payeeName,payeeAccount,payeeBankCode,reference';
const fileLine = (name: string, amount: string): string =>
  `${idOf(name)},${idOf('office')},101001,${amount},${monday},,false,桌椅,"木器, 厂",6222020200112233,102,${name}`;

test('a file is taken whole, or refused with every fault at its line and column', async () => {
  const content = [header, fileLine('f1', '10.00'), fileLine('f2', '20.00')].join('\n');
  const taken = await payment.do('unit-1', 'FundRequestService.EnterFile', {
    body: { name: 'r.csv', content },
  });
  expect(taken).toMatchObject({ accepted: 2 });
  expect(await payment.request('f2')).toMatchObject({ amount: '20.00', payeeName: '木器, 厂' });

  const bad = [header, fileLine('f3', '10.00'), fileLine('f4', '1.234')].join('\n');
  const refused = await payment.ask('unit-1', 'FundRequestService.EnterFile', {
    body: { name: 'r.csv', content: bad },
  });
  expect(refused).toMatchObject({
    status: 422,
    code: 'file_invalid',
    body: { errors: [{ pointer: '#/line/3/amount', code: 'money_not_canonical' }] },
  });
  expect(await payment.sql('select 1 from fund_request where id = $1', [idOf('f3')])).toEqual([]);
});

test('refusals are told in the language that is asked for', async () => {
  const path = { id: idOf('nothing') };
  const telling = async (language: 'zh' | 'en'): Promise<unknown> =>
    (await payment.ask('unit-1', 'FundRequestService.Get', { path }, { language })).body;
  expect(await telling('zh')).toMatchObject({ detail: '没有这项记录' });
  expect(await telling('en')).toMatchObject({ detail: 'There is no such thing.' });
});

test('a section reviews its own units only, and a unit sees its own only', async () => {
  await payment.do('unit-1', 'FundRequestService.Enter', { body: requestOf('of edu') });
  const path = { id: idOf('of edu') };
  const review = { path, body: { decision: 'submit' } };
  expect(await payment.ask('section-agr-1', 'FundRequestService.Review', review)).toMatchObject({
    status: 404,
  });
  expect(await payment.ask('unit-2', 'FundRequestService.Get', { path })).toMatchObject({
    status: 404,
  });
  const other = { body: { decision: 'return' } };
  const silent = await payment.ask('section-edu-1', 'FundRequestService.Review', {
    path,
    ...other,
  });
  expect(silent).toMatchObject({ status: 422, code: 'note_missing' });
});

test('the same key gives the same answer once more, and another command under it is refused', async () => {
  const options = { idempotencyKey: 'enter-once' };
  const body = requestOf('once');
  const first = await payment.ask('unit-1', 'FundRequestService.Enter', { body }, options);
  const again = await payment.ask('unit-1', 'FundRequestService.Enter', { body }, options);
  expect(again).toMatchObject({ status: 201, replay: true, body: first.body });
  const other = { body: requestOf('twice') };
  expect(await payment.ask('unit-1', 'FundRequestService.Enter', other, options)).toMatchObject({
    status: 422,
    code: 'idempotency_key_reused',
  });
});

test('who issued quota approves and instructs no payment, and who instructs does not reconcile', async () => {
  const both = ['plan.enter', 'plan.approve', 'payment.instruct', 'payment.reconcile'] as const;
  const issuer = { token: await payment.tokenOfAll('quota-1', { duties: both }) };
  const line = { fiscalYear: 2012, agencyCode: '101001', mofDepCode: 'edu', proCode: 'p' };
  await publish(payment.broker, 'guoku.quota.allotted.v1', v7(), idOf('office'), {
    bgtId: idOf('office'),
    budgetId: idOf('budget'),
    amount: '1.00',
    allotted: '1.00',
    line: {
      ...line,
      expFuncCode: '2',
      depBgtEcoCode: '3',
      fundTypeCode: '111',
      corBgtDocNo: 'd',
      sbSign: 'none',
      isDir: false,
    },
  });
  await eventually(async () => {
    const records = await payment.sql(`select 1 from duty_record where person = 'quota-1'`);
    expect(records).toHaveLength(1);
  });
  const conflict = { status: 403, code: 'duty_conflict' };
  const body = { month: '2011-10', horizonTo: '2011-10-05' };
  const { id } = await payment.do<{ id: string }>('treasurer-1', 'PlanService.Make', { body });
  const { rest } = { rest: payment.doors.rest.bind(payment.doors) };
  expect(await rest('PlanService.Approve', { path: { id } }, issuer)).toMatchObject(conflict);
  const instruct = { body: { day: monday } };
  expect(await rest('PaymentService.Instruct', instruct, issuer)).toMatchObject(conflict);

  await payment.do('chief-1', 'PlanService.Approve', { path: { id } });
  await payment.instruct(monday);
  const cashier = { token: await payment.tokenOfAll('cashier-1', { duties: both }) };
  expect(await rest('ReconciliationService.Make', instruct, cashier)).toMatchObject(conflict);
});

test('a plan goes stale when a request changes, and when another comes into force', async () => {
  const body = { month: '2011-10', horizonTo: '2011-10-05' };
  const make = (): Promise<{ id: string }> =>
    payment.do('treasurer-1', 'PlanService.Make', { body });
  const approve = (id: string): ReturnType<typeof payment.ask> =>
    payment.ask('chief-1', 'PlanService.Approve', { path: { id } });
  const old = await make();
  await payment.submit('newcomer');
  expect(await approve(old.id)).toMatchObject({ status: 409, code: 'plan_stale' });
  const [one, other] = [await make(), await make()];
  expect(await approve(one.id)).toMatchObject({ ok: true });
  expect(await approve(other.id)).toMatchObject({ status: 409, code: 'plan_superseded' });
});
