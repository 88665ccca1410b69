import { Money } from '@guoku/money';
import { ServiceRefused } from '@guoku/tool-division';
import { idOf, sumOf, type MonthSample } from './month-sample.js';
import { PEOPLE, type World } from './world.js';

/** A payment as the payment service shows it. */
export interface ShownPayment {
  readonly id: string;
  readonly requestId: string;
  readonly amount: string;
  readonly state: string;
  readonly day: string;
  readonly valueDate?: string | null;
}

/** Stages in which a payment waits for nobody. */
const DONE = new Set(['declined', 'refused', 'settled', 'returned']);
const ACCOUNT = 'toc';

export interface DayBooks {
  readonly day: string;
  readonly receipts: string;
  readonly paid: string;
  readonly closing: string;
}

/**
 * One business day through the public APIs: it opens, its receipts come as they really came, the month is planned
 * again and approved by another person, what is due is instructed, the bank answers, the day is cut off, its
 * statement is read, reconciled and closed.
 *
 * @param opening balance on the morning of the day
 * @param beforeCutOff what else is done on the day, once its payments are settled
 */
export async function runDay(
  world: World,
  sample: MonthSample,
  day: string,
  opening: string,
  beforeCutOff: () => Promise<void>,
): Promise<DayBooks> {
  const reconciler = world.as(PEOPLE.reconciler);
  await reconciler.post('payment', '/v1/business-day/open', { day });
  const receipts = await receive(world, sample, day);
  await planAgain(world, sample, day);
  await world.as(PEOPLE.cashier).post('payment', '/v1/payments/instruct', { day });
  const payments = await world.until(
    `the bank's answers of ${day}`,
    () => world.as(PEOPLE.reconciler).all<ShownPayment>('payment', `/v1/payments?day=${day}`),
    (all) => all.every(({ state }) => DONE.has(state)),
  );
  const settled = payments.filter(({ state }) => state === 'settled');
  const paid = sumOf(settled.map(({ amount }) => amount));
  const closing = Money.of(opening).plus(receipts).minus(paid).toString();
  const statement = {
    accountCode: ACCOUNT,
    date: day,
    opening,
    receipts: receipts.toString(),
    payments: paid.toString(),
    closing,
  };
  await beforeCutOff();
  await reconciler.post('payment', '/v1/business-day/cut-off', { day });
  await reconciler.post('forecast', '/v1/statements', statement);
  await reconcile(world, day);
  await flowsArrived(world, statement);
  await reconciler.post('payment', '/v1/business-day/close', { day });
  return { day, receipts: receipts.toString(), paid: paid.toString(), closing };
}

/** The treasury's report of what came in, as one file. */
async function receive(world: World, { receipts }: MonthSample, day: string): Promise<Money> {
  const lines = receipts.filter(({ valueDate }) => valueDate === day);
  const columns = [
    'valueDate',
    'accountCode',
    'itemCode',
    'fundTypeCode',
    'agencyCode',
    'amount',
    'reference',
  ] as const;
  const content = [
    columns.join(','),
    ...lines.map((line) => columns.map((column) => line[column]).join(',')),
  ].join('\n');
  const file = { name: `receipts-${day}.csv`, content: `${content}\n` };
  // It knows no open day then, or still that of yesterday.
  const unheard = ['business_day_missing', 'value_date_ahead'];
  await eventually(world, `revenue to hear of ${day}`, unheard, (attempt) =>
    world
      .as(PEOPLE.receiptsClerk)
      .post('revenue', '/v1/receipt-files', file, { key: `receipts-${day}-${String(attempt)}` }),
  );
  return sumOf(lines.map(({ amount }) => amount));
}

/** A forecast from the last statement, the plan of the rest of the month on it, and its approval. */
async function planAgain(world: World, sample: MonthSample, day: string): Promise<void> {
  const treasurer = world.as(PEOPLE.treasurer);
  const forecastId = idOf(`forecast ${day}`);
  await treasurer.post('forecast', '/v1/forecasts', { id: forecastId });
  const planId = idOf(`plan ${day}`);
  await eventually(
    world,
    `the forecast of ${day} to reach payment`,
    ['forecast_missing'],
    (attempt) =>
      treasurer.post(
        'payment',
        '/v1/plans',
        { id: planId, month: day.slice(0, 7), horizonTo: sample.days.at(-1), forecastId },
        { key: `plan-${day}-${String(attempt)}` },
      ),
  );
  await world.as(PEOPLE.treasuryChief).post('payment', `/v1/plans/${planId}/approve`, {});
}

/** Our books against the bank's of the day; tried again while a settlement is still on its way. */
async function reconcile(world: World, day: string): Promise<void> {
  let number = 0;
  await world.until(
    `the books of ${day} to agree with the bank`,
    () => {
      number += 1;
      const key = `reconcile-${day}-${String(number)}`;
      return world
        .as(PEOPLE.reconciler)
        .post<{ agrees: boolean }>('payment', '/v1/reconciliations', { day }, { key });
    },
    ({ agrees }) => agrees,
  );
}

/** The next forecast is made on what moved today, so today is closed when forecast has heard of all of it. */
async function flowsArrived(
  world: World,
  { date, receipts, payments }: { date: string; receipts: string; payments: string },
): Promise<void> {
  await world.until(
    `forecast to hear of all that moved on ${date}`,
    () => world.as(PEOPLE.auditor).all<ShownFlow>('forecast', `/v1/flows?from=${date}&to=${date}`),
    (flows) => {
      const total = (kind: string) =>
        sumOf(flows.filter((flow) => flow.kind === kind).map(({ amount }) => amount));
      return (
        total('inflow').equals(Money.of(receipts)) && total('outflow').equals(Money.of(payments))
      );
    },
  );
}

interface ShownFlow {
  readonly kind: string;
  readonly amount: string;
}

/** Tries anew, with a key of its own each time, while the refusal says that an event is still under way. */
async function eventually(
  world: World,
  what: string,
  codes: readonly string[],
  attempt: (number: number) => Promise<unknown>,
): Promise<void> {
  let number = 0;
  await world.until(
    what,
    async () => {
      try {
        number += 1;
        await attempt(number);
        return 'done';
      } catch (error) {
        if (!(error instanceof ServiceRefused)) throw error;
        const code = codes.find((one) => one === error.problem['code']);
        if (code === undefined) throw error;
        return code;
      }
    },
    (answer) => answer === 'done',
  );
}
