/** A month's problem from three sheets: requests, pools, and the cash of each pool day by day. */
import { type Fault, type FaultCode, readProblem } from '@guoku/domain-schedule';
import { dateCell, flagCell, moneyCell, textCell, timeCell, wholeCell } from './cells.js';
import {
  type Cell,
  type Column,
  type Sheet,
  type SheetFault,
  type SheetRow,
  readSheet,
} from './sheet.js';

function column(name: string, zh: string, read: Column['read'], isRequired = false): Column {
  return { name, zh, read, isRequired };
}

const REQUEST_COLUMNS: readonly Column[] = [
  column('id', '编号', textCell, true),
  column('unit', '预算单位', textCell),
  column('pool', '资金池', textCell, true),
  column('amount', '金额', moneyCell, true),
  column('tier', '保障层级', wholeCell, true),
  column('urgency', '紧急程度', wholeCell),
  column('earliest', '最早支付日', dateCell),
  column('due', '需款日', dateCell, true),
  column('latest', '最迟支付日', dateCell),
  column('divisible', '可拆分', flagCell),
  column('minPart', '最小拆分额', moneyCell),
  column('submittedAt', '提交时间', timeCell),
  column('approvedOn', '已批准支付日', dateCell),
];

const POOL_COLUMNS: readonly Column[] = [
  column('id', '资金池', textCell, true),
  column('parent', '上级资金池', textCell),
  column('opening', '期初余额', moneyCell, true),
  column('floor', '最低余额', moneyCell),
  column('reserve', '预留', moneyCell),
  column('reserveTiers', '预留保障层级', wholeCell),
];

const CASH_COLUMNS: readonly Column[] = [
  column('date', '日期', dateCell, true),
  column('pool', '资金池', textCell, true),
  column('inflow', '预计流入', moneyCell),
  column('committed', '已定流出', moneyCell),
];

export interface SheetFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface SheetFiles {
  readonly requests: SheetFile;
  readonly pools: SheetFile;
  readonly cash: SheetFile;
}

export interface SheetsReading {
  /** The problem as a document; `null` where there are faults. */
  readonly problem: string | null;
  readonly faults: readonly SheetFault[];
  /** What stands in the sheets and says nothing to the planner. */
  readonly unused: readonly { readonly file: string; readonly columns: readonly string[] }[];
}

/** Reads the sheets; every fault is told at its line and column, the planner's own faults as well. */
export function problemOfSheets(files: SheetFiles): SheetsReading {
  const faults: SheetFault[] = [];
  const read = ({ file, bytes }: SheetFile, columns: readonly Column[]) =>
    readSheet(file, bytes, columns, faults);
  const sheets = {
    requests: read(files.requests, REQUEST_COLUMNS),
    pools: read(files.pools, POOL_COLUMNS),
    cash: read(files.cash, CASH_COLUMNS),
  };
  const unused = Object.values(sheets)
    .filter((sheet) => sheet.unused.length > 0)
    .map(({ file, unused: columns }) => ({ file, columns }));
  if (faults.length > 0) return { problem: null, faults, unused };
  const flows = new CashFlows(sheets.cash, sheets.pools, faults);
  const document = {
    days: flows.days,
    pools: sheets.pools.rows.map(({ values }) => poolOf(values, flows)),
    requests: sheets.requests.rows.map(({ values }) => requestOf(values)),
  };
  const text = JSON.stringify(document);
  const reading = readProblem(text);
  if (!reading.ok) {
    // A promise repeats its request's amount, which is judged where it stands.
    const own = reading.faults.filter(({ pointer }) => !pointer.endsWith('/approved/0/amount'));
    faults.push(...own.map((fault) => atCell(fault, sheets, flows)));
  }
  return { problem: faults.length === 0 ? text : null, faults, unused };
}

/** Inflow and irrevocable outflow by pool and day; a day that a pool has no row for has none of either. */
class CashFlows {
  /** All days that any row names, ascending. */
  readonly days: readonly string[];
  private readonly byPlace = new Map<string, SheetRow>();
  private readonly firstLines = new Map<string, number>();

  constructor(
    private readonly sheet: Sheet,
    pools: Sheet,
    faults: SheetFault[],
  ) {
    const ids = new Set(pools.rows.map(({ values }) => values['id']));
    for (const { line, values } of sheet.rows) {
      const date = String(values['date'] ?? '');
      const pool = String(values['pool'] ?? '');
      if (!this.firstLines.has(date)) this.firstLines.set(date, line);
      const place = JSON.stringify([date, pool]);
      if (!ids.has(pool)) faults.push(this.fault(line, 'pool', 'unknown-pool', UNKNOWN_POOL));
      else if (this.byPlace.has(place))
        faults.push(this.fault(line, 'date', 'repeated-row', REPEATED_ROW));
      else this.byPlace.set(place, { line, values });
    }
    this.days = [...this.firstLines.keys()].sort();
  }

  private fault(
    line: number,
    name: string,
    code: string,
    detail: SheetFault['detail'],
  ): SheetFault {
    return {
      file: this.sheet.file,
      line,
      column: this.sheet.heads.get(name) ?? name,
      code,
      detail,
    };
  }

  /** Per day. */
  of(pool: string, kind: 'inflow' | 'committed'): Cell[] {
    return this.days.map((day) => this.at(pool, day)?.values[kind] ?? '0.00');
  }

  private at(pool: string, day: string) {
    return this.byPlace.get(JSON.stringify([day, pool]));
  }

  lineOf(pool: string, day: number): number {
    return this.at(pool, this.days[day] ?? '')?.line ?? 0;
  }

  firstLineOf(day: number): number {
    return this.firstLines.get(this.days[day] ?? '') ?? 0;
  }
}

const UNKNOWN_POOL = { zh: '资金池表中没有此资金池', en: 'the sheet of pools has no such pool' };
const REPEATED_ROW = { zh: '此资金池此日已有一行', en: 'this pool has a row for this day already' };

type Values = SheetRow['values'];

function poolOf({ reserve, reserveTiers, ...pool }: Values, flows: CashFlows): object {
  const id = String(pool['id'] ?? '');
  const kept =
    reserve === undefined && reserveTiers === undefined
      ? {}
      : { reserve: { amount: reserve, tiers: reserveTiers } };
  const inflow = flows.of(id, 'inflow');
  return { ...pool, ...kept, inflow, committed: flows.of(id, 'committed') };
}

function requestOf({ approvedOn, ...request }: Values): object {
  if (approvedOn === undefined) return request;
  return { ...request, approved: [{ date: approvedOn, amount: request['amount'] }] };
}

/** The cell that a fault of the problem stands at. */
function atCell(
  { pointer, code, detail }: Fault,
  { requests, pools, cash }: { requests: Sheet; pools: Sheet; cash: Sheet },
  flows: CashFlows,
): SheetFault {
  const [, list = '', nth = '', key = '', below = ''] = pointer.split('/');
  const at = (sheet: Sheet, line: number, name: string): SheetFault => ({
    file: sheet.file,
    line,
    column: sheet.heads.get(name) ?? name,
    code,
    detail: { zh: ZH[code] ?? detail, en: detail },
  });
  if (list === 'requests')
    return at(
      requests,
      requests.rows[Number(nth)]?.line ?? 0,
      key === 'approved' ? 'approvedOn' : key,
    );
  if (list === 'days') return at(cash, flows.firstLineOf(Number(nth)), 'date');
  const pool = pools.rows[Number(nth)];
  if (below !== '' && (key === 'inflow' || key === 'committed'))
    return at(cash, flows.lineOf(String(pool?.values['id']), Number(below)), key);
  return at(pools, pool?.line ?? 0, below === 'tiers' ? 'reserveTiers' : key);
}

/** What the codes say, in Chinese; codes of the form of JSON cannot come from sheets. */
const ZH: Partial<Record<FaultCode, string>> = {
  'missing-key': '此处不能为空',
  'wrong-type': '应为整数，或“是”“否”',
  'bad-amount': '金额应为数字，最多两位小数，例如 1234.50',
  'amount-too-small': '至少为 0.01',
  negative: '不能为负数',
  'out-of-range': '数字超出范围：保障层级 0 至 99，紧急程度 1 至 99',
  'bad-date': '应为日期，例如 2026-12-01',
  'bad-instant': '应为时间，例如 2026-11-30 08:12',
  'no-days': '没有日期',
  'no-pools': '至少需要一个资金池',
  'repeated-id': '编号重复',
  'unknown-pool': '没有此资金池',
  'pool-cycle': '资金池上下级成环',
  'latest-before-due': '最迟支付日早于需款日',
  'earliest-after-latest': '最早支付日晚于最迟支付日',
  'min-part-above-amount': '最小拆分额大于金额',
  'min-part-indivisible': '不可拆分的申请没有最小拆分额',
  'approved-outside-window': '已批准支付日不在可支付的工作日内',
  'approved-under-min-part': '已批准金额小于最小拆分额',
  'approved-not-whole': '不可拆分的申请只能整笔批准',
  'sum-too-large': '合计过大',
};
