#!/usr/bin/env node
// Makes the sample from the archived Daily Treasury Statements:
//   node samples/us-august-2011/make.mjs <folder of the series>
// which holds deposits_withdrawals.csv.gz, operating_cash_balance.csv.gz and daily_totals.csv; Node 20.11 or newer.
// Everything it writes follows from those files and from lines.csv (our tiers). Running it again changes no byte.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dollars, parse, slug, write } from './csv.mjs';
import { ACCOUNT, POOL, writeDivision } from './division.mjs';

const here = import.meta.dirname;
const MONTH = '2011-08';
const LAST_DAY = '2011-08-31';
const EVE = '2011-07-29';
const DEBT = /^Public Debt Cash/;
const LINES_EXPECTED = { positive: 735, negative: 7, zero: 10, negativeDeposits: 7 };

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error(
    'make.mjs: give the folder that holds deposits_withdrawals.csv.gz, such as:\n' +
      'node samples/us-august-2011/make.mjs ~/us-treasury-daily',
  );
  process.exit(2);
}

const read = (name) => readFileSync(join(folder, name));
const printed = parse(gunzipSync(read('deposits_withdrawals.csv.gz')).toString('utf8'));
const items = printed.filter((row) => row.kind === 'item' && !DEBT.test(row.item));
const august = items.filter((row) => row.date.startsWith(MONTH));
const lines = parse(readFileSync(join(here, 'lines.csv'), 'utf8'));
const lineOf = new Map(
  lines.map((line, index) => [
    line.line,
    { ...line, agency: String(101001 + index * 1000), project: slug(line.line) },
  ]),
);

const numbered = august.map((row, index) => ({
  ...row,
  reference: `${row.date}/${row.side}/${index + 1}`,
}));
const withdrawals = numbered.filter((row) => row.side === 'W');
const deposits = numbered.filter((row) => row.side === 'D');
const wanted = withdrawals.filter((row) => Number(row.today) > 0);
const negative = withdrawals.filter((row) => Number(row.today) < 0);
const zero = withdrawals.filter((row) => Number(row.today) === 0);
const counted = {
  positive: wanted.length,
  negative: negative.length,
  zero: zero.length,
  negativeDeposits: deposits.filter((row) => Number(row.today) < 0).length,
};
for (const [kind, count] of Object.entries(LINES_EXPECTED))
  if (counted[kind] !== count)
    throw new Error(
      `${kind} lines: ${counted[kind]} found, ${count} expected; is this another edition of the series?`,
    );
const unknown = wanted.find((row) => !lineOf.has(row.item));
if (unknown) throw new Error(`lines.csv has no row for the printed line ${unknown.item}`);

const openingRow = parse(gunzipSync(read('operating_cash_balance.csv.gz')).toString('utf8')).find(
  (row) => row.date === EVE && row.account === 'Total Operating Balance',
);

// Fund requests: one for each positive withdrawal line.
write(
  'requests.csv',
  ['reference', 'agencyCode', 'line', 'amount', 'due', 'latest', 'divisible', 'minPart', 'purpose'],
  wanted.map((row) => {
    const line = lineOf.get(row.item);
    const divisible = line.divisible === 'yes';
    return [
      row.reference,
      line.agency,
      row.item,
      dollars(row.today),
      row.date,
      LAST_DAY,
      divisible,
      divisible ? '1000000.00' : '',
      `${row.item} (${row.account})`,
    ];
  }),
);

// Budget and quota: what each printed line wanted in the month, under a document number of ours.
const total = new Map();
for (const row of wanted) total.set(row.item, (total.get(row.item) ?? 0) + Number(row.today));
write(
  'budget.csv',
  [
    'agencyCode',
    'proCode',
    'expFuncCode',
    'depBgtEcoCode',
    'fundTypeCode',
    'sbSign',
    'isDir',
    'amount',
    'bgtDec',
  ],
  [...total]
    .map(([item, amount]) => {
      const line = lineOf.get(item);
      return [
        line.agency,
        line.project,
        line.exp_func,
        line.dep_eco,
        '111',
        line.sb_sign,
        false,
        dollars(String(amount)),
        item,
      ];
    })
    .sort((a, b) => (a[0] < b[0] ? -1 : 1)),
);

// What really came in: deposits, and withdrawals printed negative. Negative deposits are reversals.
write(
  'receipts.csv',
  ['valueDate', 'accountCode', 'itemCode', 'fundTypeCode', 'agencyCode', 'amount', 'reference'],
  [
    ...deposits.filter((row) => Number(row.today) !== 0).map((row) => ({ row, sign: '' })),
    ...negative.map((row) => ({ row, sign: '-' })),
  ]
    .map(({ row, sign }) => [
      row.date,
      ACCOUNT,
      slug(row.item),
      '111',
      sign ? (lineOf.get(row.item)?.agency ?? '') : '',
      dollars(sign ? row.today.replace('-', '') : row.today),
      row.reference,
    ])
    .sort((a, b) => (a[0] === b[0] ? (a[6] < b[6] ? -1 : 1) : a[0] < b[0] ? -1 : 1)),
);
write(
  'zero-lines.csv',
  ['date', 'account', 'line'],
  zero.map((row) => [row.date, row.account, row.item]),
);
write(
  'negative-lines.csv',
  ['date', 'side', 'account', 'line', 'millions', 'becomes'],
  [
    ...negative.map((row) => [
      row.date,
      'W',
      row.account,
      row.item,
      row.today,
      'receipt of that day',
    ]),
    ...deposits
      .filter((row) => Number(row.today) < 0)
      .map((row) => [row.date, 'D', row.account, row.item, row.today, 'reversal']),
  ],
);

// Daily history without debt: what the forecaster may know on the morning of 1 August.
const past = new Map();
for (const row of items.filter((each) => each.date <= EVE)) {
  const day = past.get(row.date) ?? { D: 0, W: 0 };
  day[row.side] += Number(row.today);
  past.set(row.date, day);
}
write(
  'history.csv',
  ['day', 'series', 'poolCode', 'kind', 'amount'],
  [...past]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, sums]) => [
      [day, 'receipts', POOL, 'inflow', dollars(String(sums.D))],
      [day, 'outlays', POOL, 'outflow', dollars(String(sums.W))],
    ]),
);

// The record with borrowing, for comparison.
const debt = new Map();
for (const row of printed.filter(
  (each) => each.kind === 'item' && DEBT.test(each.item) && each.date.startsWith(MONTH),
)) {
  const day = debt.get(row.date) ?? { D: '0', W: '0' };
  day[row.side] = row.today;
  debt.set(row.date, day);
}
write(
  'record.csv',
  ['day', 'opening', 'deposits', 'withdrawals', 'closing', 'debtIssued', 'debtRedeemed'],
  parse(read('daily_totals.csv').toString('utf8'))
    .filter((row) => row.date.startsWith(MONTH))
    .map((row) => [
      row.date,
      dollars(row.open_today),
      dollars(row.deposits),
      dollars(row.withdrawals),
      dollars(row.close_today),
      dollars(debt.get(row.date).D),
      dollars(debt.get(row.date).W),
    ]),
);
write(
  'opening.csv',
  ['day', 'accountCode', 'closing'],
  [[EVE, ACCOUNT, dollars(openingRow.close_today)]],
);

const income = new Set([...deposits, ...negative].map((row) => row.item));
writeDivision([...lineOf.values()], [...income].sort());

const sources = [
  'deposits_withdrawals.csv.gz',
  'operating_cash_balance.csv.gz',
  'daily_totals.csv',
];
write(
  'source.csv',
  ['file', 'sha256'],
  sources.map((name) => [name, createHash('sha256').update(read(name)).digest('hex')]),
);
const millions = wanted.reduce((sum, row) => sum + Number(row.today), 0);
console.log(
  `${wanted.length} requests, ${millions} M$ wanted; ${deposits.length} deposit lines; ` +
    `history of ${past.size} days`,
);
