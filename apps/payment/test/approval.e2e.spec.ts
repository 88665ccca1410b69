import type { DutyName } from '@guoku/service';
import { eventually } from '@guoku/testing';
import { v7 } from 'uuid';
import { idOf, mofDivCode, monday, reference, requestOf, tuesday } from './books.js';
import { RunningPayment, type PlanShown } from './running-payment.js';

/** Up to 50.00 the section chief signs; above it the director as well. */
const approvalChains = [
  {
    effectiveFrom: '2011-01-01',
    steps: [
      {
        step: 1,
        above: '0.00',
        signers: ['chief-1', 'chief-2'],
        titleZh: '科长',
        titleEn: 'section chief',
      },
      {
        step: 2,
        above: '50.00',
        signers: ['director-1'],
        titleZh: '局长',
        titleEn: 'director',
      },
    ],
  },
];

interface Signed extends PlanShown {
  readonly steps: readonly { readonly step: number }[];
  readonly signatures: readonly object[];
}

let payment: RunningPayment;
beforeEach(async () => {
  payment = await RunningPayment.start();
  await payment.setUp({ day: monday });
  await payment.do('admin-1', 'DivisionService.Import', { body: { ...reference, approvalChains } });
});
afterEach(() => payment.stop());

const make = () =>
  payment.do<Signed>('treasurer-1', 'PlanService.Make', {
    body: { month: '2011-10', horizonTo: '2011-10-05' },
  });

async function as(person: string, useCase: string, asked: object, more: DutyName[] = []) {
  const token = await payment.tokenOfAll(person, { duties: ['plan.approve', ...more] });
  return payment.doors.rest(useCase, asked, { token });
}
const approve = (person: string, { id }: PlanShown) =>
  as(person, 'PlanService.Approve', { path: { id } });

const away = { to: 'deputy-1', firstDay: monday, lastDay: tuesday, reason: '出差' };
const delegate = (person: string, change: object = {}, more: DutyName[] = []) =>
  as(person, 'DelegationService.Make', { body: { ...away, ...change } }, more);

test('above the threshold a plan is in force with the second signature, in the order of the chain', async () => {
  await payment.submit('large');
  const plan = await make();
  expect(plan.steps).toMatchObject([{ step: 1 }, { step: 2 }]);
  expect(await approve('director-1', plan)).toMatchObject({ code: 'step_of_another' });
  const first = await approve('chief-1', plan);
  expect(first.body).toMatchObject({ state: 'proposed', signatures: [{ step: 1, by: 'chief-1' }] });
  expect(await payment.said('guoku.plan.approved.v1')).toEqual([]);
  // To sign again changes nothing, and does not sign the next step.
  expect((await approve('chief-1', plan)).body).toEqual(first.body);
  expect(await approve('chief-2', plan)).toMatchObject({ code: 'step_of_another' });
  expect((await approve('director-1', plan)).body).toMatchObject({
    state: 'in-force',
    approvedBy: 'director-1',
    signatures: [{ by: 'chief-1' }, { step: 2, by: 'director-1' }],
  });
  expect(await payment.said('guoku.plan.approved.v1')).toMatchObject([
    { approvedBy: 'director-1', signers: ['chief-1', 'director-1'] },
  ]);
});

test('what was promised before is not looked at again; a small request needs one signature', async () => {
  await payment.submit('large', { due: tuesday });
  const before = await make();
  await approve('chief-1', before);
  await approve('director-1', before);
  await payment.submit('small', { amount: '50.00', due: tuesday });
  const plan = await make();
  expect(plan.steps).toMatchObject([{ step: 1 }]);
  expect((await approve('chief-2', plan)).body).toMatchObject({ state: 'in-force' });
});

test('who is away lets another sign, on the days that were said, and it is told for whom', async () => {
  await payment.submit('large');
  const plan = await make();
  await approve('chief-1', plan);
  expect((await delegate('director-1', { firstDay: tuesday })).status).toBe(201);
  expect(await approve('deputy-1', plan)).toMatchObject({ code: 'step_of_another' });
  const { body } = await delegate('director-1', { id: idOf('trip') });
  expect(body).toMatchObject({ from: 'director-1', to: 'deputy-1', madeBy: 'director-1' });
  expect((await approve('deputy-1', plan)).body).toMatchObject({
    state: 'in-force',
    signatures: [{ step: 1 }, { step: 2, by: 'deputy-1', onBehalfOf: 'director-1' }],
  });
});

test('a delegation that was revoked counts no more; it stays on record', async () => {
  await payment.submit('large');
  const plan = await make();
  await approve('chief-1', plan);
  const path = { id: idOf('trip') };
  await delegate('director-1', path);
  expect(await as('deputy-1', 'DelegationService.Revoke', { path })).toMatchObject({
    code: 'not_own_delegation',
  });
  expect((await as('director-1', 'DelegationService.Revoke', { path })).ok).toBe(true);
  expect(await approve('deputy-1', plan)).toMatchObject({ code: 'step_of_another' });
  const listed = await as('director-1', 'DelegationService.List', {});
  expect(listed.body).toMatchObject({ items: [{ ...path, revokedBy: 'director-1' }] });
});

test('a delegation never lets anybody approve what they made, nor sign for who made it', async () => {
  await payment.submit('large');
  const plan = await make();
  const recorded = await delegate('admin-1', { from: 'chief-1', to: 'treasurer-1' }, [
    'division.import',
  ]);
  expect(recorded.status).toBe(201);
  expect(await approve('treasurer-1', plan)).toMatchObject({ code: 'duty_conflict' });
  const token = await payment.tokenOfAll('chief-1');
  const own = await payment.doors.rest(
    'PlanService.Make',
    { body: { month: '2011-10', horizonTo: '2011-10-05' } },
    { token },
  );
  await delegate('chief-1');
  expect(await approve('deputy-1', own.body as PlanShown)).toMatchObject({ code: 'own_plan' });
});

test('nobody gives away what is another’s; a chain without its first step is not brought in', async () => {
  expect(await delegate('deputy-1', { from: 'director-1' })).toMatchObject({
    code: 'not_own_delegation',
  });
  const steps = approvalChains[0]?.steps.slice(1);
  const faulty = [{ effectiveFrom: monday, steps }];
  const reply = await payment.ask('admin-1', 'DivisionService.Import', {
    body: { ...reference, approvalChains: faulty },
  });
  expect(reply).toMatchObject({ status: 422, code: 'chain_steps_not_counted' });
});

test.each<[string, string, (person: string) => Promise<unknown>]>([
  ['who approved a plan', 'chief-1', async () => approve('chief-1', await make())],
  [
    'who set the division up',
    'admin-1',
    () => payment.do('admin-1', 'DivisionService.Import', { body: reference }),
  ],
  [
    'who names payees',
    'section-edu-1',
    () => payment.do('section-edu-1', 'FundRequestService.Enter', { body: requestOf('own') }),
  ],
  ['who keeps the record of receipts', 'receipts-clerk-1', (person) => receiptBy(person)],
])('%s does not pay', async (_who, person, deed) => {
  await deed(person);
  const token = await payment.tokenOfAll(person);
  const reply = await payment.doors.rest(
    'PaymentService.Instruct',
    { body: { day: monday } },
    { token },
  );
  expect(reply).toMatchObject({ code: 'duty_conflict' });
});

/** Heard from revenue. */
async function receiptBy(person: string): Promise<void> {
  const event = {
    specversion: '1.0',
    id: v7(),
    source: '/guoku/revenue',
    type: 'guoku.revenue.received.v1',
    subject: idOf('receipt'),
    time: '2011-10-03T01:00:00Z',
    actor: person,
    mofdivcode: mofDivCode,
    data: {
      receiptId: idOf('receipt'),
      date: monday,
      valueDate: monday,
      accountCode: '21',
      poolCode: 'tsa',
      itemCode: '1010101',
      fundTypeCode: '111',
      amount: '1.00',
      reference: 'R/1',
    },
  };
  const message = { key: `${mofDivCode}/receipt`, value: JSON.stringify(event) };
  await payment.broker.publish([{ topic: 'guoku.revenue.v1', messages: [message] }]);
  await eventually(async () =>
    expect(await payment.sql('select 1 from receipt_day')).toHaveLength(1),
  );
}
