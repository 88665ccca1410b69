import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check, plan, readProblem } from '@guoku/domain-schedule';
import { dateCell, flagCell, moneyCell, timeCell, wholeCell } from './cells.js';
import { type SheetFiles, problemOfSheets } from './problem-of-sheets.js';

const REQUESTS = `id,pool,amount,tier,due,latest,divisible
FR-1,tsa,"3,500,000.00",1,2026-12-01,,no
FR-2,tsa,4800000,2,2026/12/1,2026/12/3,no
`;
const POOLS = 'id,opening,floor\ntsa,8000000,0\n';
const CASH = 'date,pool,inflow\n2026-12-01,tsa,\n2026/12/2,tsa,"1,200,000"\n20261203,tsa,\n';

const files = (texts: { requests?: string; pools?: string; cash?: string }): SheetFiles => ({
  requests: { file: 'requests.csv', bytes: Buffer.from(texts.requests ?? REQUESTS) },
  pools: { file: 'pools.csv', bytes: Buffer.from(texts.pools ?? POOLS) },
  cash: { file: 'cash.csv', bytes: Buffer.from(texts.cash ?? CASH) },
});

const faultsOf = (texts: Parameters<typeof files>[0]) =>
  problemOfSheets(files(texts)).faults.map(
    ({ file, line, column, code }) => `${file}:${line} ${column} ${code}`,
  );

test('three sheets are a problem', () => {
  const { problem, faults } = problemOfSheets(files({}));
  expect(faults).toEqual([]);
  expect(JSON.parse(problem ?? '')).toEqual({
    days: ['2026-12-01', '2026-12-02', '2026-12-03'],
    pools: [
      {
        id: 'tsa',
        opening: '8000000.00',
        floor: '0.00',
        inflow: ['0.00', '1200000.00', '0.00'],
        committed: ['0.00', '0.00', '0.00'],
      },
    ],
    requests: [
      {
        id: 'FR-1',
        pool: 'tsa',
        amount: '3500000.00',
        tier: 1,
        due: '2026-12-01',
        divisible: false,
      },
      {
        id: 'FR-2',
        pool: 'tsa',
        amount: '4800000.00',
        tier: 2,
        due: '2026-12-01',
        latest: '2026-12-03',
        divisible: false,
      },
    ],
  });
});

test('cells are read as spreadsheets write them, and left alone where they are not understood', () => {
  expect(['1,234,567.8', '¥ 12', '1，000', '12.345', '1,23', 'abc', '-5'].map(moneyCell)).toEqual([
    '1234567.80',
    '12.00',
    '1000.00',
    '12.345',
    '1,23',
    'abc',
    '-5.00',
  ]);
  expect(
    ['2026/1/5', '2026年12月1日', '20261201', '2026-12-01', '1.12.2026'].map(dateCell),
  ).toEqual(['2026-01-05', '2026-12-01', '2026-12-01', '2026-12-01', '1.12.2026']);
  expect(timeCell('2026/11/30 8:05')).toBe('2026-11-30T08:05:00+08:00');
  expect(timeCell('2026-11-30T08:12:00+01:00')).toBe('2026-11-30T08:12:00+01:00');
  expect(['是', 'No', 'TRUE', 'vielleicht'].map(flagCell)).toEqual([
    true,
    false,
    true,
    'vielleicht',
  ]);
  expect(['7', '1.5', ''].map(wholeCell)).toEqual([7, '1.5', '']);
});

test('the sample is planned, and the plan is accepted', async () => {
  const folder = join(import.meta.dirname, '../../../../samples/county-december');
  const [requests, pools, cash] = await Promise.all(
    ['requests', 'pools', 'cash'].map((name) => readFile(join(folder, `${name}.csv`))),
  );
  if (requests === undefined || pools === undefined || cash === undefined) throw new Error();
  const { problem, faults, unused } = problemOfSheets({
    requests: { file: 'requests.csv', bytes: requests },
    pools: { file: 'pools.csv', bytes: pools },
    cash: { file: 'cash.csv', bytes: cash },
  });
  expect(faults).toEqual([]);
  expect(unused).toEqual([{ file: 'requests.csv', columns: ['摘要'] }]);
  const reading = readProblem(problem ?? '');
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  expect(reading.problem.requests).toHaveLength(123);
  const made = plan(reading.problem, { digest: '' });
  expect(check(reading.problem, made, { digest: '' }).rejections).toEqual([]);
});

test('GB 18030 is read where the bytes are not UTF-8', () => {
  // 编号 and 国 in GB 18030.
  const id = Buffer.from([0xb1, 0xe0, 0xba, 0xc5]);
  const pool = Buffer.from([0xb9, 0xfa]);
  const requests = Buffer.concat([
    id,
    Buffer.from(',pool,amount,tier,due\nFR-1,'),
    pool,
    Buffer.from(',5,1,2026-12-01\n'),
  ]);
  const sheets = files({ pools: 'id,opening\n国,10\n', cash: 'date,pool\n2026-12-01,国\n' });
  const { problem } = problemOfSheets({
    ...sheets,
    requests: { file: 'requests.csv', bytes: requests },
  });
  expect(JSON.parse(problem ?? '')).toMatchObject({
    requests: [{ id: 'FR-1', pool: '国', amount: '5.00' }],
  });
});

test('every fault is told at its line and column', () => {
  const requests = `编号,资金池,金额,保障层级,需款日,最迟支付日,可拆分,最小拆分额,已批准支付日
FR-1,tsa,12.345,1,2026-12-01,,,,
FR-1,other,5,x,2026-13-01,2026-11-01,,1,
,tsa,0,100,2026-12-02,,是,,2026-12-02
FR-4,tsa,9,1,2026-12-02,,是,3,2026-12-05
`;
  expect(faultsOf({ requests })).toEqual([
    'requests.csv:2 金额 bad-amount',
    'requests.csv:3 编号 repeated-id',
    'requests.csv:3 资金池 unknown-pool',
    'requests.csv:3 保障层级 wrong-type',
    'requests.csv:3 需款日 bad-date',
    'requests.csv:3 最小拆分额 min-part-indivisible',
    'requests.csv:4 金额 amount-too-small',
    'requests.csv:4 保障层级 out-of-range',
    'requests.csv:4 编号 missing-key',
    'requests.csv:5 已批准支付日 approved-outside-window',
  ]);
});

test.each([
  [
    'a pool that is its own parent',
    { pools: 'id,opening,parent\ntsa,1,tsa\n' },
    'pools.csv:2 parent pool-cycle',
  ],
  [
    'a reserve without its tiers',
    { pools: 'id,opening,reserve\ntsa,1,5\n' },
    'pools.csv:2 reserveTiers missing-key',
  ],
  [
    'cash of an unknown pool',
    { cash: 'date,pool,inflow\n2026-12-01,x,1\n' },
    'cash.csv:2 pool unknown-pool',
  ],
  [
    'a day twice',
    { cash: 'date,pool,inflow\n2026-12-01,tsa,1\n2026/12/1,tsa,2\n' },
    'cash.csv:3 date repeated-row',
  ],
  [
    'negative inflow',
    { cash: 'date,pool,inflow\n2026-12-01,tsa,-1\n' },
    'cash.csv:2 inflow negative',
  ],
  ['no date', { cash: 'date,pool,inflow\nsoon,tsa,1\n' }, 'cash.csv:2 date bad-date'],
  ['a missing column', { pools: 'id\ntsa\n' }, 'pools.csv:1 opening missing-column'],
  [
    'a column twice',
    { pools: 'id,opening,期初余额\ntsa,1,1\n' },
    'pools.csv:1 期初余额 repeated-column',
  ],
  ['an empty sheet', { pools: '' }, 'pools.csv:0  empty-sheet'],
  ['a quote that does not end', { pools: 'id,opening\n"tsa,1\n' }, 'pools.csv:2  not-csv'],
])('%s', (_, texts, fault) => {
  expect(faultsOf(texts)).toContain(fault);
});
