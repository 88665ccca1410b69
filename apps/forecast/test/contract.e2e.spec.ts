import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  missingTwins,
  platformPublicEndpoints,
  publicEndpointsOf,
  walkAccess,
  walkAnswers,
  walkDryRuns,
  walkOwnApprovals,
  walkSorts,
  walkTwins,
  type Asked,
} from '@guoku/service/testing';
import { v7 } from 'uuid';
import { eve, history, mofDivCode, reference, statement } from './books.js';
import { RunningForecast, tokenOf } from './running-forecast.js';

let running: RunningForecast;
let examples: Record<string, Asked>;
beforeAll(async () => {
  running = await RunningForecast.start();
  await running.setUp();
  examples = await examplesOf();
});
afterAll(() => running.stop());

/** Something that exists for every use case. */
async function examplesOf(): Promise<Record<string, Asked>> {
  const { id } = await running.post<{ id: string }>('ForecastService.Run', { horizonDays: 5 });
  const parkedEventId = await running.park();
  const closed = { day: '2026-03-09', month: '2026-03' };
  return {
    'DivisionService.Import': { body: reference },
    'PoolService.List': { query: { limit: 2 } },
    'PoolService.GetPosition': { query: { asOf: '2030-01-01T00:00:00Z' } },
    'AccountService.List': {},
    'StatementService.Receive': {
      body: { id: v7(), ...statement('21', '2026-03-09', '5000.00', { receipts: '1.00' }) },
    },
    'StatementService.List': { query: { accountCode: '21', from: eve } },
    'FlowService.ImportHistory': { body: { flows: history.slice(0, 2) } },
    'FlowService.List': { query: { poolCode: 'funds', to: '2025-01-01', limit: 3 } },
    'ForecastService.Run': {
      body: {
        id: v7(),
        origin: eve,
        horizonDays: 3,
        committed: [{ poolCode: 'general', day: '2026-03-10', amount: '5.00', source: 'bond-7' }],
      },
    },
    'ForecastService.List': { query: { origin: eve } },
    'ForecastService.Get': { path: { id } },
    'ForecastService.ListDays': { path: { id }, query: { series: 'balance', limit: 4 } },
    'ForecastService.GetAccuracy': { path: { id } },
    'AuditService.ListEntries': { query: { limit: 3 } },
    'AuditService.ListRoots': {},
    'AuditService.File': {},
    'ParkedEventService.List': {},
    'ParkedEventService.Mend': { path: { parkedEventId }, body: { data: JSON.stringify(closed) } },
    'ParkedEventService.Replay': { path: { parkedEventId } },
  };
}

test('the contract of forecast that is checked in is what forecast serves', () => {
  const file = join(import.meta.dirname, '../../../libs/contracts/openapi/forecast.json');
  const served = `${JSON.stringify(running.service.openApi, null, 2)}\n`;
  // Written anew by GUOKU_WRITE_CONTRACTS=1; the diff is for the reviewer.
  if (process.env['GUOKU_WRITE_CONTRACTS']) writeFileSync(file, served);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(served));
});

test('lists come in every order that they offer, both ways, page by page', async () => {
  const { findings, walked } = await walkSorts({
    doors: running.doors,
    openApi: running.service.openApi,
    token: await tokenOf('auditor-1'),
    examples,
  });
  expect(findings).toEqual([]);
  expect(walked.toSorted()).toEqual(['FlowService.List']);
});

test('nothing is public but what every service leaves open', () => {
  expect(publicEndpointsOf(running.service.openApi)).toEqual(platformPublicEndpoints);
});

test('every REST use case has its gRPC twin and the other way round', () => {
  expect(missingTwins(running.doors)).toEqual([]);
});

test('both doors answer the same, to good and to bad requests', async () => {
  const findings = await walkTwins({
    doors: running.doors,
    token: await tokenOf('auditor-1'),
    examples: Object.fromEntries(Object.entries(examples).map(([name, asked]) => [name, [asked]])),
    ifMatch: 1,
    ignored: ['id', 'position', 'hash'],
  });
  expect(findings).toEqual([]);
}, 60_000);

test('every answer is what the OpenAPI document promises', async () => {
  const findings = await walkAnswers({
    doors: running.doors,
    openApi: running.service.openApi,
    token: await tokenOf('auditor-1'),
    examples: Object.fromEntries(Object.entries(examples).map(([name, asked]) => [name, [asked]])),
    ifMatch: 1,
  });
  expect(findings).toEqual([]);
});

test('nothing in forecast is approved; what comes to be must be shown to refuse its maker', async () => {
  expect(await walkOwnApprovals(running.doors, {})).toEqual([]);
});

const ofUnit = { person: 'unit-2', mofDivCode, agencyCode: '202001' };

test('every door stays shut without a token, without a duty and for another division', async () => {
  const findings = await walkAccess({
    doors: running.doors,
    token: ({ person, duties, ...claims }) => tokenOf(person, duties, claims),
    mofDivCode,
    otherMofDivCode: '990003000',
    examples,
    strangers: [
      // Cash is the finance office's business: a unit learns nothing of it, whatever its token says.
      { claims: { ...ofUnit, duties: ['forecast.read', 'statement.enter'] }, mayUse: [] },
    ],
    // They name accounts and pools of the caller's own division only, and are refused by code where it has none.
    makesItsOwn: ['StatementService.Receive', 'FlowService.ImportHistory', 'ForecastService.Run'],
  });
  expect(findings).toEqual([]);
});

test('what a division names of another one does not exist for it', async () => {
  const stranger = await tokenOf('stranger-1', undefined, { mofDivCode: '990003000' });
  const refusalOf = async (useCase: string) =>
    (await running.doors.rest(useCase, examples[useCase], { token: stranger })).code;
  expect(await refusalOf('StatementService.Receive')).toBe('account_unknown');
  expect(await refusalOf('FlowService.ImportHistory')).toBe('pool_unknown');
  expect(await refusalOf('ForecastService.Run')).toBe('nothing_stated');
});

// The last one: what it asks for real stays.
test('a dry run leaves a checksum of the database unchanged and answers as the real call', async () => {
  const findings = await walkDryRuns({
    doors: running.doors,
    token: await tokenOf('auditor-1'),
    examples,
    checksum: () => running.checksum(),
    ignored: ['id'],
  });
  expect(findings).toEqual([]);
}, 60_000);
