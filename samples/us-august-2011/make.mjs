#!/usr/bin/env node
// Makes the sample from the archived Daily Treasury Statements:
//   node samples/us-august-2011/make.mjs <folder with deposits_withdrawals.csv.gz, operating_cash_balance.csv.gz and daily_totals.csv>
// Everything it writes follows from those files and from lines.csv (our tiers). Running it again changes no byte.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const DIVISION = '990001000';
const ACCOUNT = 'toc';
const POOL = 'toc';
const MONTH = '2011-08';
const LAST_DAY = '2011-08-31';
const EVE = '2011-07-29';
const FISCAL_YEAR = '2011';
const DEBT = /^Public Debt Cash/;
const LINES_EXPECTED = { positive: 735, negative: 7, zero: 10, negativeDeposits: 7 };

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('make.mjs: give the folder that holds deposits_withdrawals.csv.gz, such as: node samples/us-august-2011/make.mjs ~/us-treasury-daily');
  process.exit(2);
}

/** Rows of a CSV text as objects; quoted fields may hold commas and doubled quotes. */
function parse(text) {
  const rows = text.replace(/\r/g, '').trimEnd().split('\n').map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? ''));
  const [names, ...body] = rows;
  return body.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
}
const read = (name) => readFileSync(join(folder, name));
const quote = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : `${cell}`);
function write(name, columns, rows) {
  mkdirSync(join(here, name, '..'), { recursive: true });
  writeFileSync(join(here, name), [columns, ...rows].map((row) => row.map((cell) => quote(String(cell))).join(',')).join('\n') + '\n');
}
/** Millions of dollars as printed, in dollars and cents. */
const dollars = (millions) => (millions === '0' || Number(millions) === 0 ? '0.00' : `${millions}000000.00`);
const slug = (item) => item.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 24).replace(/-$/, '');

const printed = parse(gunzipSync(read('deposits_withdrawals.csv.gz')).toString('utf8'));
const items = printed.filter((row) => row.kind === 'item' && !DEBT.test(row.item));
const august = items.filter((row) => row.date.startsWith(MONTH));
const lines = parse(readFileSync(join(here, 'lines.csv'), 'utf8'));
const lineOf = new Map(lines.map((line, index) => [line.line, { ...line, agency: String(101001 + index * 1000), project: slug(line.line) }]));

const numbered = august.map((row, index) => ({ ...row, reference: `${row.date}/${row.side}/${index + 1}` }));
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
  if (counted[kind] !== count) throw new Error(`${kind} lines: ${counted[kind]} found, ${count} expected; is this another edition of the series?`);
const unknown = wanted.find((row) => !lineOf.has(row.item));
if (unknown) throw new Error(`lines.csv has no row for the printed line ${unknown.item}`);

const openingRow = parse(gunzipSync(read('operating_cash_balance.csv.gz')).toString('utf8'))
  .find((row) => row.date === EVE && row.account === 'Total Operating Balance');

// Fund requests: one for each positive withdrawal line.
write('requests.csv', ['reference', 'agencyCode', 'line', 'amount', 'due', 'latest', 'divisible', 'minPart', 'purpose'],
  wanted.map((row) => {
    const line = lineOf.get(row.item);
    const divisible = line.divisible === 'yes';
    return [row.reference, line.agency, row.item, dollars(row.today), row.date, LAST_DAY, divisible, divisible ? '1000000.00' : '', `${row.item} (${row.account})`];
  }));

// Budget and quota: what each printed line wanted in the month, under a document number of ours.
const total = new Map();
for (const row of wanted) total.set(row.item, (total.get(row.item) ?? 0) + Number(row.today));
write('budget.csv', ['agencyCode', 'proCode', 'expFuncCode', 'depBgtEcoCode', 'fundTypeCode', 'sbSign', 'isDir', 'amount', 'bgtDec'],
  [...total].map(([item, amount]) => {
    const line = lineOf.get(item);
    return [line.agency, line.project, line.exp_func, line.dep_eco, '111', line.sb_sign, false, dollars(String(amount)), item];
  }).sort((a, b) => (a[0] < b[0] ? -1 : 1)));

// What really came in: deposits, and withdrawals printed negative. Negative deposits are reversals.
write('receipts.csv', ['valueDate', 'accountCode', 'itemCode', 'fundTypeCode', 'agencyCode', 'amount', 'reference'],
  [...deposits.filter((row) => Number(row.today) !== 0).map((row) => ({ row, sign: '' })), ...negative.map((row) => ({ row, sign: '-' }))]
    .map(({ row, sign }) => [row.date, ACCOUNT, slug(row.item), '111', sign ? lineOf.get(row.item)?.agency ?? '' : '',
      dollars(sign ? row.today.replace('-', '') : row.today), row.reference])
    .sort((a, b) => (a[0] === b[0] ? (a[6] < b[6] ? -1 : 1) : a[0] < b[0] ? -1 : 1)));
write('zero-lines.csv', ['date', 'account', 'line'], zero.map((row) => [row.date, row.account, row.item]));
write('negative-lines.csv', ['date', 'side', 'account', 'line', 'millions', 'becomes'],
  [...negative.map((row) => [row.date, 'W', row.account, row.item, row.today, 'receipt of that day']),
    ...deposits.filter((row) => Number(row.today) < 0).map((row) => [row.date, 'D', row.account, row.item, row.today, 'reversal'])]);

// Daily history without debt: what the forecaster may know on the morning of 1 August.
const past = new Map();
for (const row of items.filter((each) => each.date <= EVE)) {
  const day = past.get(row.date) ?? { D: 0, W: 0 };
  day[row.side] += Number(row.today);
  past.set(row.date, day);
}
write('history.csv', ['day', 'series', 'poolCode', 'kind', 'amount'],
  [...past].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([day, sums]) => [
    [day, 'receipts', POOL, 'inflow', dollars(String(sums.D))],
    [day, 'outlays', POOL, 'outflow', dollars(String(sums.W))],
  ]));

// The record with borrowing, for comparison.
const debt = new Map();
for (const row of printed.filter((each) => each.kind === 'item' && DEBT.test(each.item) && each.date.startsWith(MONTH))) {
  const day = debt.get(row.date) ?? { D: '0', W: '0' };
  day[row.side] = row.today;
  debt.set(row.date, day);
}
write('record.csv', ['day', 'opening', 'deposits', 'withdrawals', 'closing', 'debtIssued', 'debtRedeemed'],
  parse(read('daily_totals.csv').toString('utf8')).filter((row) => row.date.startsWith(MONTH))
    .map((row) => [row.date, dollars(row.open_today), dollars(row.deposits), dollars(row.withdrawals), dollars(row.close_today),
      dollars(debt.get(row.date).D), dollars(debt.get(row.date).W)]));

// The division: units and projects are the printed lines; the rest is ours.
const sections = new Map([['debt', ['01', '债务科', 'Debt desk']], ['people', ['02', '民生与工资科', 'Desk for benefits and wages']],
  ['health', ['03', '卫生与社会保障科', 'Desk for health and support']], ['operation', ['04', '行政运转科', 'Desk for operations']],
  ['programs', ['05', '项目科', 'Desk for programmes']]]);
write('division/division.csv', ['mofDivCode', 'nameZh', 'nameEn', 'parent', 'currency', 'timeZone', 'fiscalYearStart', 'calendar'],
  [[DIVISION, '美国财政部（样例）', 'US Treasury (sample)', '', 'USD', 'America/New_York', '10-01', 'us']]);
write('division/calendar.csv', ['day', 'isWorkingDay', 'note'], []);
write('division/sections.csv', ['mofDepCode', 'nameZh', 'nameEn'], [...sections.values()]);
write('division/units.csv', ['agencyCode', 'nameZh', 'nameEn', 'supDepCode', 'mofDepCode'],
  [...lineOf.values()].map((line) => [line.agency, line.name_zh, line.line, line.agency.slice(0, 3), sections.get(line.section)[0]]));
write('division/projects.csv', ['proCode', 'nameZh', 'nameEn', 'agencyCode'],
  [...lineOf.values()].map((line) => [line.project, line.name_zh, line.line, line.agency]));
const incomeItems = [...new Set([...deposits, ...negative].map((row) => row.item))].sort();
const FUNCTIONS = { '050': ['国防', 'National defense'], 150: ['国际事务', 'International affairs'], 250: ['科学与空间', 'Science and space'],
  270: ['能源', 'Energy'], 300: ['自然资源与环境', 'Natural resources and environment'], 350: ['农业', 'Agriculture'],
  370: ['商业与住房信贷', 'Commerce and housing credit'], 400: ['交通', 'Transportation'], 450: ['社区与区域发展', 'Community and regional development'],
  500: ['教育与培训', 'Education and training'], 550: ['卫生', 'Health'], 570: ['医疗保险', 'Medicare'], 600: ['收入保障', 'Income security'],
  650: ['社会保障', 'Social security'], 700: ['退伍军人', 'Veterans'], 750: ['司法', 'Justice'], 800: ['一般政府', 'General government'],
  900: ['净利息', 'Net interest'], 950: ['未分配抵减', 'Undistributed offsets'], 999: ['未分类', 'Not classified'] };
const OBJECTS = { 11: ['人员报酬', 'Personnel compensation'], 12: ['人员福利', 'Personnel benefits'], 23: ['租金与公用事业', 'Rent and utilities'],
  25: ['合同服务', 'Contractual services'], 33: ['投资与贷款', 'Investments and loans'], 41: ['补助', 'Grants and subsidies'],
  42: ['保险给付与赔付', 'Insurance claims and indemnities'], 43: ['利息', 'Interest and dividends'], 44: ['退款', 'Refunds'] };
write('division/codes.csv', ['table', 'fiscalYear', 'code', 'nameZh', 'nameEn', 'parent'], [
  ...Object.entries(FUNCTIONS).sort().map(([code, names]) => ['exp_func', FISCAL_YEAR, code, ...names, '']),
  ...Object.entries(OBJECTS).map(([code, names]) => ['dep_eco', FISCAL_YEAR, code, ...names, '']),
  ['fund_type', FISCAL_YEAR, '111', '一般公共预算资金', 'General fund', ''],
  ...incomeItems.map((item) => ['income', FISCAL_YEAR, slug(item), item, item, '']),
]);
write('division/pools.csv', ['poolCode', 'nameZh', 'nameEn', 'parent', 'floor', 'reserveAmount', 'reserveTiers'],
  [[POOL, '库款', 'Operating cash', '', '0.00', '0.00', '0']]);
write('division/accounts.csv', ['accountCode', 'nameZh', 'nameEn', 'kind', 'poolCode'],
  [[ACCOUNT, '国库存款总额', 'Total operating balance', 'treasury', POOL]]);
write('opening.csv', ['day', 'accountCode', 'closing'], [[EVE, ACCOUNT, dollars(openingRow.close_today)]]);
const rules = [...lineOf.values()].map((line) => ({ ...line, key: `${line.tier}/${line.urgency}` }));
write('division/policies.csv', ['version', 'effectiveFrom', 'order', 'tier', 'urgency', 'pool', 'agencyPrefix', 'noteZh', 'noteEn'], [
  ...rules.map((line, index) => ['2011-08', '2011-08-01', index + 1, line.tier, line.urgency, POOL, line.agency, `本样例的分档：${line.name_zh}`, `our tier: ${line.why}`]),
  ['2011-08', '2011-08-01', rules.length + 1, 9, 9, POOL, '', '其余', 'everything else'],
]);
const person = (name, zh, en, section, duties, agency = '') => [name, zh, en, agency, section, duties.join(' ')];
write('division/people.csv', ['person', 'nameZh', 'nameEn', 'agencyCode', 'mofDepCode', 'duties'], [
  person('administrator-1', '系统管理员一', 'administrator 1', '', ['division.import', 'parked.mend']),
  person('budget-clerk-1', '预算经办一', 'budget clerk 1', '', ['budget.enter', 'quota.read']),
  person('budget-chief-1', '预算科长一', 'budget chief 1', '', ['budget.approve', 'quota.freeze', 'quota.read']),
  person('treasurer-1', '国库经办一', 'treasurer 1', '', ['plan.enter', 'plan.read', 'fund-request.read', 'forecast.run', 'forecast.read', 'quota.read', 'payment.read', 'receipt.read']),
  person('treasury-chief-1', '国库科长一', 'treasury chief 1', '', ['plan.approve', 'plan.read', 'fund-request.read', 'forecast.read', 'quota.read', 'payment.read', 'receipt.read']),
  person('cashier-1', '出纳一', 'cashier 1', '', ['payment.instruct', 'payment.read']),
  person('reconciler-1', '对账一', 'reconciler 1', '', ['payment.reconcile', 'payment.read', 'statement.enter', 'business-day.run', 'forecast.read']),
  person('receipts-clerk-1', '收入经办一', 'receipts clerk 1', '', ['receipt.enter', 'receipt.read']),
  person('receipts-chief-1', '收入科长一', 'receipts chief 1', '', ['receipt.approve', 'receipt.read']),
  person('auditor-1', '审计一', 'auditor 1', '', ['audit.read']),
  ...[...sections].map(([key, [code, zh, en]]) => person(`section-${key}-1`, `${zh}经办`, `reviewer of the ${en.toLowerCase()}`, code, ['fund-request.review', 'fund-request.read'])),
  ...[...lineOf.values()].map((line) => person(`unit-${line.agency}`, `${line.name_zh}经办`, `clerk of ${line.line}`, sections.get(line.section)[0], ['fund-request.enter', 'fund-request.read', 'quota.read'], line.agency)),
]);

const sources = ['deposits_withdrawals.csv.gz', 'operating_cash_balance.csv.gz', 'daily_totals.csv'];
write('source.csv', ['file', 'sha256'], sources.map((name) => [name, createHash('sha256').update(read(name)).digest('hex')]));
console.log(`${wanted.length} requests, ${wanted.reduce((sum, row) => sum + Number(row.today), 0)} M$ wanted; ${deposits.length} deposit lines; history of ${past.size} days`);
