import { setTimeout as sleep } from 'node:timers/promises';
import { randomFrom } from '@guoku/messaging';
import { eventually } from '@guoku/testing';
import { v7 } from 'uuid';
import {
  forecastOf,
  friday,
  idOf,
  mofDivCode,
  monday,
  officeLine,
  reference,
  requestOf,
} from './books.js';
import { PEOPLE, type Person } from './running-payment.js';
import { publish } from './standing-quota.js';
import { tokenOf, twoServices } from './two-services.js';

/**
 * Quota and payment as processes on a real Kafka and PostgreSQL, killed while payments are on their way. However often,
 * every part is paid once, and the books of both and of the bank agree to the fen.
 */
const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
const names = Array.from({ length: 24 }, (_, nth) => `request ${nth}`);
/** The bank turns them away at its door, so that quota's yes must be taken back. */
const turnedAway = names.filter((_, nth) => nth % 6 === 0);

let world: Awaited<ReturnType<typeof twoServices>>;
beforeAll(async () => {
  world = await twoServices();
}, 120_000);
afterAll(() => world.end());

const as = (person: Person): Promise<string> => tokenOf(person, PEOPLE[person]);

test(`killed six times, seed ${seed}: each part is paid once, or taken back from quota`, async () => {
  const random = randomFrom(seed);
  await setUp();
  const token = await as('cashier-1');
  const instruct = (): Promise<object> =>
    world.payment.ask(
      token,
      'PaymentService.Instruct',
      { body: { day: monday } },
      {
        idempotencyKey: `instruct-${monday}`,
      },
    );

  for (let nth = 0; nth < 6; nth += 1) {
    const answer = instruct().catch(() => undefined);
    await sleep(random() * 150);
    const victim = nth % 3 === 2 ? world.quota : world.payment;
    await victim.kill();
    await answer;
    await victim.start();
  }
  await instruct();
  await eventually(
    async () => {
      const open = await world.payment.rows(
        `select 1 from payment where stage in ('asked', 'confirmed', 'recalling', 'sent')`,
      );
      expect(open).toEqual([]);
      expect(await world.payment.inconsistencies()).toEqual([]);
      expect(await world.quota.inconsistencies()).toEqual([]);
      expect(await spentByQuota()).toBe(await paidByBank());
      expect(await world.quota.rows('select 1 from hold where in_transit > 0')).toEqual([]);
    },
    { withinMs: 60_000, everyMs: 250 },
  );

  const parts = await world.payment.rows<{ tries: number }>(
    `select count(*)::integer as tries from simulated_bank.instruction i
       join payment p on p.id = i.payment_id group by p.request_id, p.part_date`,
  );
  expect(parts).toHaveLength(names.length - turnedAway.length);
  const recalled = await world.payment.rows(`select 1 from payment where stage = 'declined'`);
  expect(recalled).toHaveLength(turnedAway.length);
  expect(parts.every(({ tries }) => tries === 1)).toBe(true);
}, 240_000);

/** What has left for good, as the bank and as quota know it. */
async function paidByBank(): Promise<string | undefined> {
  const [row] = await world.payment.rows<{ total: string }>(
    `select coalesce(sum(amount), 0.00)::text as total from simulated_bank.entry where direction = 'paid'`,
  );
  return row?.total;
}

async function spentByQuota(): Promise<string | undefined> {
  const [row] = await world.quota.rows<{ total: string }>(
    'select coalesce(sum(spent), 0.00)::text as total from hold',
  );
  return row?.total;
}

async function setUp(): Promise<void> {
  const { quota, payment, broker } = world;
  const admin = await as('admin-1');
  const { pools: _pools, accounts: _accounts, policies: _policies, ...shared } = reference;
  const named = (name: string) => ({ nameZh: name, nameEn: name });
  const code = (table: string, text: string) => ({
    table,
    code: text,
    fiscalYear: 2012,
    ...named(text),
  });
  await quota.ask(admin, 'DivisionService.Import', {
    body: {
      ...shared,
      projects: [{ proCode: 'p-office', ...named('办公'), agencyCode: '101001' }],
      codes: [code('exp_func', '2050202'), code('dep_eco', '30201'), code('fund_type', '111')],
    },
  });
  const simulatedBank = { seed: 'kills', refusedPercent: 15, pollsBeforeAnswer: 2, repeats: 1 };
  await payment.ask(admin, 'DivisionService.Import', {
    body: { ...reference, settings: { simulatedBank } },
  });
  await allot();
  await payment.ask(await as('reconciler-1'), 'BusinessDayService.Open', { body: { day: monday } });
  const forecast = forecastOf('forecast', friday, { opening: '100000.00' });
  await publish(broker, 'guoku.forecast.published.v1', v7(), mofDivCode, forecast);
  const nowhere = { name: '青岩文具店', account: '6222020200112233', bankCode: '000000000000' };
  const lines = names.map((name) =>
    requestOf(name, turnedAway.includes(name) ? { payee: nowhere } : {}),
  );
  await payment.ask(await as('unit-1'), 'FundRequestService.EnterBatch', { body: { lines } });
  await payment.ask(await as('section-edu-1'), 'FundRequestService.ReviewBatch', {
    body: { lines: names.map((name) => ({ id: idOf(name), decision: 'submit' })) },
  });
  await eventually(
    async () => {
      const waiting = `select 1 from fund_request where stage <> 'held'`;
      expect(await payment.rows(waiting)).toEqual([]);
      expect(await payment.rows('select 1 from forecast_snapshot')).toHaveLength(1);
    },
    { withinMs: 60_000 },
  );
  const body = { month: '2011-10', horizonTo: '2011-10-05' };
  const { id } = await payment.ask<{ id: string }>(await as('treasurer-1'), 'PlanService.Make', {
    body,
  });
  await payment.ask(await as('chief-1'), 'PlanService.Approve', { path: { id } });
}

/** One line of the fiscal year that begins in October, entered by one and approved by another. */
async function allot(): Promise<void> {
  const { fiscalYear: _year, mofDepCode: _section, corBgtDocNo, ...dimensions } = officeLine;
  const line = { ...dimensions, bgtId: idOf('office'), amount: '50000.00' };
  const { sbStandard: _standard, ...plain } = line;
  const clerk = await tokenOf('budget-clerk-1', { duties: ['budget.enter'] });
  const chief = await tokenOf('budget-chief-1', { duties: ['budget.approve'] });
  const budgetId = idOf('budget');
  const body = { id: budgetId, corBgtDocNo, fiscalYear: 2012, lines: [plain] };
  await world.quota.ask(clerk, 'BudgetService.Enter', { body });
  await world.quota.ask(chief, 'BudgetService.Approve', { path: { budgetId } });
}
