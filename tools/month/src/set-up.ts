import { join } from 'node:path';
import { importDivision, readFolder, type Addresses } from '@guoku/tool-division';
import { idOf, type MonthSample } from './month-sample.js';
import { PEOPLE, type World } from './world.js';

const FISCAL_YEAR = 2011;
const DOCUMENT = '样财预〔2011〕8号';
const HISTORY_CHUNK = 1000;

export interface SetUpOptions {
  readonly folder: string;
  readonly addresses: Addresses;
  readonly peopleFile: string | undefined;
  readonly patienceMs: number;
}

/** The division, its budget, its past and its requests: all that is there on the morning of the first day. */
export async function setUp(
  world: World,
  sample: MonthSample,
  options: SetUpOptions,
): Promise<void> {
  const { folder, faults } = await readFolder(join(options.folder, 'division'));
  if (faults.length > 0)
    throw new Error(`the sample's division has faults: ${JSON.stringify(faults)}`);
  world.say('setting up the division 建立区划');
  await importDivision(folder, {
    addresses: options.addresses,
    patienceMs: options.patienceMs,
    ...(options.peopleFile === undefined ? {} : { peopleFile: options.peopleFile }),
  });
  await allot(world, sample);
  await past(world, sample);
  await world
    .as(PEOPLE.reconciler)
    .post('payment', '/v1/business-day/open', { day: sample.days[0] });
  await enterRequests(world, sample);
  await reviewRequests(world, sample, folder.units);
}

/** One line for each printed outlay line; entered by one person, approved by another. */
async function allot(world: World, { budget }: MonthSample): Promise<void> {
  world.say(`allotting quota to ${String(budget.length)} lines 下达指标`);
  const id = idOf('budget');
  await world.as(PEOPLE.budgetClerk).post('quota', '/v1/budgets', {
    id,
    corBgtDocNo: DOCUMENT,
    fiscalYear: FISCAL_YEAR,
    lines: budget.map(({ row: _row, isDir, ...line }) => ({
      ...line,
      bgtId: idOf(`line ${line.agencyCode}`),
      isDir: isDir === 'true',
    })),
  });
  await world.as(PEOPLE.budgetChief).post('quota', `/v1/budgets/${id}/approve`, {});
}

/** What the forecaster may know: the flows up to the eve, and the balance at its end. */
async function past(world: World, { history, opening }: MonthSample): Promise<void> {
  world.say(`history of ${String(history.length / 2)} days 历史流水`);
  const reconciler = world.as(PEOPLE.reconciler);
  for (let from = 0; from < history.length; from += HISTORY_CHUNK) {
    const flows = history.slice(from, from + HISTORY_CHUNK).map(({ row: _row, ...flow }) => flow);
    await reconciler.post('forecast', '/v1/flow-histories', { flows });
  }
  for (const { day, accountCode, closing } of opening)
    await reconciler.post('forecast', '/v1/statements', {
      accountCode,
      date: day,
      opening: closing,
      receipts: '0.00',
      payments: '0.00',
      closing,
    });
}

async function enterRequests(world: World, { requests }: MonthSample): Promise<void> {
  const units = Map.groupBy(requests, (request) => request.agencyCode);
  world.say(`${String(requests.length)} fund requests of ${String(units.size)} units 用款申请`);
  for (const [agencyCode, own] of units) {
    await world.as(`unit-${agencyCode}`).post('payment', '/v1/fund-requests/batch', {
      atomic: true,
      lines: own.map((request) => ({
        id: idOf(request.reference),
        bgtId: idOf(`line ${agencyCode}`),
        agencyCode,
        amount: request.amount,
        due: request.due,
        latest: request.latest,
        divisible: request.divisible === 'true',
        ...(request.minPart === '' ? {} : { minPart: request.minPart }),
        purpose: request.purpose,
        reference: request.reference,
        payee: { name: request.line, account: `9900${agencyCode}`, bankCode: 'SIMULATED' },
      })),
    });
  }
}

interface Unit {
  readonly agencyCode: string;
  readonly mofDepCode: string;
}

/** Each desk passes on what its units ask; then quota holds it. */
async function reviewRequests(
  world: World,
  sample: MonthSample,
  units: readonly Unit[],
): Promise<void> {
  world.say('review by the desks, holds by quota 科室审核、指标占用');
  const deskOf = new Map(units.map(({ agencyCode, mofDepCode }) => [agencyCode, mofDepCode]));
  const desks = Map.groupBy(sample.requests, ({ agencyCode }) => deskOf.get(agencyCode) ?? '');
  for (const [mofDepCode, own] of [...desks].sort(([a], [b]) => (a < b ? -1 : 1)))
    await world.as(REVIEWERS[mofDepCode] ?? '').post('payment', '/v1/fund-requests/review-batch', {
      atomic: true,
      lines: own.map(({ reference }) => ({ id: idOf(reference), decision: 'submit' })),
    });
  await world.until(
    'quota to hold every request',
    () =>
      world
        .as(PEOPLE.treasurer)
        .all<{ state: string }>('payment', '/v1/fund-requests?month=2011-08'),
    (all) =>
      all.length >= sample.requests.length && all.every(({ state }) => state !== 'submitted'),
  );
}

export const REVIEWERS: Readonly<Record<string, string>> = {
  '01': 'section-debt-1',
  '02': 'section-people-1',
  '03': 'section-health-1',
  '04': 'section-operation-1',
  '05': 'section-programs-1',
};
