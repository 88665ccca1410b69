import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Asked,
  missingTwins,
  platformPublicEndpoints,
  publicEndpointsOf,
  walkAccess,
  walkAnswers,
  walkDryRuns,
  walkOwnApprovals,
  walkSorts,
  walkTwins,
} from '@guoku/service/testing';
import { v7 } from 'uuid';
import { mofDivCode, reference, RunningRevenue, today, tokenOf } from './running-revenue.js';

let revenue: RunningRevenue;
let examples: Record<string, Asked>;
beforeAll(async () => {
  revenue = await RunningRevenue.start();
  examples = await examplesOf();
});
afterAll(() => revenue.stop());

/** Something that exists for every use case. */
async function examplesOf(): Promise<Record<string, Asked>> {
  const codes = { itemCode: '1030427', fundTypeCode: '111', agencyCode: '101001' };
  const receipt = (reference_: string) => ({
    id: v7(),
    valueDate: today,
    accountCode: '21',
    ...codes,
    amount: '12.30',
    reference: reference_,
  });
  const bill = (billNo: string) => ({ id: v7(), billNo, date: today, ...codes, amount: '80.00' });
  const [known, paid] = [receipt('D/1'), bill('B1')];
  await revenue.get('ReceiptService.Enter', { body: { receipts: [known] } });
  await revenue.get('CollectionService.Enter', { body: paid });
  const content = [
    'valueDate,accountCode,itemCode,fundTypeCode,agencyCode,amount,reference',
    `${today},21,1010101,111,,1.00,F/1`,
  ].join('\n');
  const body = { name: 'report.csv', content };
  const { fileId } = await revenue.get<{ fileId: string }>('ReceiptFileService.Take', { body });
  const parkedEventId = await revenue.park();
  const day = { day: today, month: '2026-03' };
  const why = { reason: '录入有误' };
  return {
    'DivisionService.Import': { body: reference },
    'ReceiptService.Enter': { body: { receipts: [receipt('D/2'), known] } },
    'ReceiptService.EnterBatch': {
      body: { lines: [receipt('D/3'), { ...receipt('D/4'), itemCode: '9' }], atomic: false },
    },
    'ReceiptService.Get': { path: { receiptId: known.id } },
    'ReceiptService.List': { query: { from: today, agencyCode: '101001', limit: 1 } },
    'ReceiptService.ListTotals': { query: { groupBy: 'agencyCode', limit: 1 } },
    'ReceiptService.Reverse': { path: { receiptId: known.id }, body: why },
    'ReceiptFileService.Take': { body },
    'ReceiptFileService.List': {},
    'ReceiptFileService.Get': { path: { fileId } },
    'CollectionService.Enter': { body: bill('B2') },
    'CollectionService.Get': { path: { collectionId: paid.id } },
    'CollectionService.List': { query: { billNo: 'B1' } },
    'CollectionService.Reverse': { path: { collectionId: paid.id }, body: why },
    'AuditService.ListEntries': { query: { limit: 3 } },
    'AuditService.ListRoots': {},
    'AuditService.File': {},
    'ParkedEventService.List': {},
    'ParkedEventService.Mend': { path: { parkedEventId }, body: { data: JSON.stringify(day) } },
    'ParkedEventService.Replay': { path: { parkedEventId } },
  };
}

test('the contract of revenue that is checked in is what revenue serves', () => {
  const file = join(import.meta.dirname, '../../../libs/contracts/openapi/revenue.json');
  const served = `${JSON.stringify(revenue.service.openApi, null, 2)}\n`;
  // Written anew by GUOKU_WRITE_CONTRACTS=1; the diff is for the reviewer.
  if (process.env['GUOKU_WRITE_CONTRACTS']) writeFileSync(file, served);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(served));
});

test('nothing is public but what every service leaves open', () => {
  expect(publicEndpointsOf(revenue.service.openApi)).toEqual(platformPublicEndpoints);
});

test('every REST use case has its gRPC twin and the other way round; files are excepted', () => {
  expect(missingTwins(revenue.doors)).toEqual([]);
  const excepted = revenue.doors.endpoints.filter(({ restOnly }) => restOnly !== null);
  expect(excepted.map(({ useCase }) => useCase).sort()).toEqual([
    'AuditService.File',
    'ReceiptFileService.Take',
  ]);
});

test('both doors answer the same, to good and to bad requests', async () => {
  const findings = await walkTwins({
    doors: revenue.doors,
    token: await tokenOf('auditor-1'),
    examples: Object.fromEntries(Object.entries(examples).map(([name, asked]) => [name, [asked]])),
    ignored: ['receiptId', 'collectionId', 'recordedAt', 'position', 'hash'],
  });
  expect(findings).toEqual([]);
});

test('every answer is what the OpenAPI document promises', async () => {
  const findings = await walkAnswers({
    doors: revenue.doors,
    openApi: revenue.service.openApi,
    token: await tokenOf('auditor-1'),
    examples: Object.fromEntries(Object.entries(examples).map(([name, asked]) => [name, [asked]])),
    ifMatch: 1,
  });
  expect(findings).toEqual([]);
});

test('nobody reverses what they entered', async () => {
  const token = await tokenOf('clerk-1');
  const findings = await walkOwnApprovals(revenue.doors, {
    'ReceiptService.Reverse': { asked: examples['ReceiptService.Reverse'] ?? {}, token },
    'CollectionService.Reverse': { asked: examples['CollectionService.Reverse'] ?? {}, token },
  });
  expect(findings).toEqual([]);
});

/** Of another unit and of another section than everything in the examples. */
const ofUnit = { person: 'unit-2', mofDivCode, agencyCode: '202001' };
const ofSection = { person: 'section-agr-1', mofDivCode, mofDepCode: 'agr' };

test('every door stays shut without a token, without a duty and for another division', async () => {
  const findings = await walkAccess({
    doors: revenue.doors,
    token: ({ person, ...claims }) => tokenOf(person, claims),
    mofDivCode,
    otherMofDivCode: '990003000',
    examples,
    strangers: [
      { claims: { ...ofUnit, duties: ['receipt.enter', 'receipt.read'] }, mayUse: [] },
      { claims: { ...ofSection, duties: ['receipt.read'] }, mayUse: [] },
    ],
    // They name only what they make.
    makesItsOwn: [
      'ReceiptService.Enter',
      'ReceiptService.EnterBatch',
      'ReceiptFileService.Take',
      'CollectionService.Enter',
    ],
  });
  expect(findings).toEqual([]);
});

// The last one: what it asks for real stays.
test('a dry run leaves a checksum of the database unchanged and answers as the real call', async () => {
  const findings = await walkDryRuns({
    doors: revenue.doors,
    token: await tokenOf('auditor-1'),
    examples,
    checksum: () => revenue.checksum(),
    ignored: ['receiptId', 'collectionId', 'recordedAt'],
  });
  expect(findings).toEqual([]);
}, 60_000);

// Of all that the tests before have left.
test('lists come in every order that they offer, both ways, page by page', async () => {
  const { findings, walked } = await walkSorts({
    doors: revenue.doors,
    openApi: revenue.service.openApi,
    token: await tokenOf('auditor-1'),
    examples: {},
  });
  expect(findings).toEqual([]);
  expect(walked.toSorted()).toEqual(['CollectionService.List', 'ReceiptService.List']);
});
