// The division of the sample, as `npm run division -- import` reads it: units and projects are the printed lines of
// lines.csv; desks, codes' Chinese names, tiers and people (named by duty) are ours.
import { slug, write } from './csv.mjs';

const DIVISION = '990001000';
export const ACCOUNT = 'toc';
export const POOL = 'toc';
const FISCAL_YEAR = '2011';

const sections = new Map([
  ['debt', ['01', '债务科', 'Debt desk']],
  ['people', ['02', '民生与工资科', 'Desk for benefits and wages']],
  ['health', ['03', '卫生与社会保障科', 'Desk for health and support']],
  ['operation', ['04', '行政运转科', 'Desk for operations']],
  ['programs', ['05', '项目科', 'Desk for programmes']],
]);
const FUNCTIONS = {
  '050': ['国防', 'National defense'],
  150: ['国际事务', 'International affairs'],
  250: ['科学与空间', 'Science and space'],
  270: ['能源', 'Energy'],
  300: ['自然资源与环境', 'Natural resources and environment'],
  350: ['农业', 'Agriculture'],
  370: ['商业与住房信贷', 'Commerce and housing credit'],
  400: ['交通', 'Transportation'],
  450: ['社区与区域发展', 'Community and regional development'],
  500: ['教育与培训', 'Education and training'],
  550: ['卫生', 'Health'],
  570: ['医疗保险', 'Medicare'],
  600: ['收入保障', 'Income security'],
  650: ['社会保障', 'Social security'],
  700: ['退伍军人', 'Veterans'],
  750: ['司法', 'Justice'],
  800: ['一般政府', 'General government'],
  900: ['净利息', 'Net interest'],
  950: ['未分配抵减', 'Undistributed offsets'],
  999: ['未分类', 'Not classified'],
};
const OBJECTS = {
  11: ['人员报酬', 'Personnel compensation'],
  12: ['人员福利', 'Personnel benefits'],
  23: ['租金与公用事业', 'Rent and utilities'],
  25: ['合同服务', 'Contractual services'],
  33: ['投资与贷款', 'Investments and loans'],
  41: ['补助', 'Grants and subsidies'],
  42: ['保险给付与赔付', 'Insurance claims and indemnities'],
  43: ['利息', 'Interest and dividends'],
  44: ['退款', 'Refunds'],
};
const person = (name, zh, en, section, duties, agency = '') => [
  name,
  zh,
  en,
  agency,
  section,
  duties.join(' '),
];
/**
 * @param lines rows of lines.csv, with `agency` and `project` added
 * @param incomeItems printed lines that bring money in, sorted
 */
export function writeDivision(lines, incomeItems) {
  write(
    'division/division.csv',
    [
      'mofDivCode',
      'nameZh',
      'nameEn',
      'parent',
      'currency',
      'timeZone',
      'fiscalYearStart',
      'calendar',
    ],
    [
      [
        DIVISION,
        '美国财政部（样例）',
        'US Treasury (sample)',
        '',
        'USD',
        'America/New_York',
        '10-01',
        'us',
      ],
    ],
  );
  write('division/calendar.csv', ['day', 'isWorkingDay', 'note'], []);
  write('division/sections.csv', ['mofDepCode', 'nameZh', 'nameEn'], [...sections.values()]);
  write(
    'division/units.csv',
    ['agencyCode', 'nameZh', 'nameEn', 'supDepCode', 'mofDepCode'],
    lines.map((line) => [
      line.agency,
      line.name_zh,
      line.line,
      line.agency.slice(0, 3),
      sections.get(line.section)[0],
    ]),
  );
  write(
    'division/projects.csv',
    ['proCode', 'nameZh', 'nameEn', 'agencyCode'],
    lines.map((line) => [line.project, line.name_zh, line.line, line.agency]),
  );
  write(
    'division/codes.csv',
    ['table', 'fiscalYear', 'code', 'nameZh', 'nameEn', 'parent'],
    [
      ...Object.entries(FUNCTIONS)
        .sort()
        .map(([code, names]) => ['exp_func', FISCAL_YEAR, code, ...names, '']),
      ...Object.entries(OBJECTS).map(([code, names]) => [
        'dep_eco',
        FISCAL_YEAR,
        code,
        ...names,
        '',
      ]),
      ['fund_type', FISCAL_YEAR, '111', '一般公共预算资金', 'General fund', ''],
      ...incomeItems.map((item) => ['income', FISCAL_YEAR, slug(item), item, item, '']),
    ],
  );
  write(
    'division/pools.csv',
    ['poolCode', 'nameZh', 'nameEn', 'parent', 'floor', 'reserveAmount', 'reserveTiers'],
    [[POOL, '库款', 'Operating cash', '', '0.00', '0.00', '0']],
  );
  write(
    'division/accounts.csv',
    ['accountCode', 'nameZh', 'nameEn', 'kind', 'poolCode'],
    [[ACCOUNT, '国库存款总额', 'Total operating balance', 'treasury', POOL]],
  );
  const rules = lines.map((line) => ({ ...line, key: `${line.tier}/${line.urgency}` }));
  write(
    'division/policies.csv',
    [
      'version',
      'effectiveFrom',
      'order',
      'tier',
      'urgency',
      'pool',
      'agencyPrefix',
      'noteZh',
      'noteEn',
    ],
    [
      ...rules.map((line, index) => [
        '2011-08',
        '2011-08-01',
        index + 1,
        line.tier,
        line.urgency,
        POOL,
        line.agency,
        `本样例的分档：${line.name_zh}`,
        `our tier: ${line.why}`,
      ]),
      ['2011-08', '2011-08-01', rules.length + 1, 9, 9, POOL, '', '其余', 'everything else'],
    ],
  );
  writePeople(lines);
}

function writePeople(lines) {
  write(
    'division/people.csv',
    ['person', 'nameZh', 'nameEn', 'agencyCode', 'mofDepCode', 'duties'],
    [
      person('administrator-1', '系统管理员一', 'administrator 1', '', [
        'division.import',
        'parked.mend',
      ]),
      person('budget-clerk-1', '预算经办一', 'budget clerk 1', '', ['budget.enter', 'quota.read']),
      person('budget-chief-1', '预算科长一', 'budget chief 1', '', [
        'budget.approve',
        'quota.freeze',
        'quota.read',
      ]),
      person('treasurer-1', '国库经办一', 'treasurer 1', '', [
        'plan.enter',
        'plan.read',
        'fund-request.read',
        'forecast.run',
        'forecast.read',
        'quota.read',
        'payment.read',
        'receipt.read',
      ]),
      person('treasury-chief-1', '国库科长一', 'treasury chief 1', '', [
        'plan.approve',
        'plan.read',
        'fund-request.read',
        'forecast.read',
        'quota.read',
        'payment.read',
        'receipt.read',
      ]),
      person('cashier-1', '出纳一', 'cashier 1', '', ['payment.instruct', 'payment.read']),
      person('reconciler-1', '对账一', 'reconciler 1', '', [
        'payment.reconcile',
        'payment.read',
        'statement.enter',
        'business-day.run',
        'forecast.read',
      ]),
      person('receipts-clerk-1', '收入经办一', 'receipts clerk 1', '', [
        'receipt.enter',
        'receipt.read',
      ]),
      person('receipts-chief-1', '收入科长一', 'receipts chief 1', '', [
        'receipt.approve',
        'receipt.read',
      ]),
      person('auditor-1', '审计一', 'auditor 1', '', ['audit.read']),
      ...[...sections].map(([key, [code, zh, en]]) =>
        person(`section-${key}-1`, `${zh}经办`, `reviewer of the ${en.toLowerCase()}`, code, [
          'fund-request.review',
          'fund-request.read',
        ]),
      ),
      ...lines.map((line) =>
        person(
          `unit-${line.agency}`,
          `${line.name_zh}经办`,
          `clerk of ${line.line}`,
          sections.get(line.section)[0],
          ['fund-request.enter', 'fund-request.read', 'quota.read'],
          line.agency,
        ),
      ),
    ],
  );
}
