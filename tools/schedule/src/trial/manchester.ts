/** Real payments of a council, as requests: what is asked is real, everything else about them is ours (data/manchester). */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Money } from '@guoku/money';
import { parse } from 'csv-parse/sync';
import { type PoolText, type ProblemText, type RequestText, money } from './problem-text.js';

const FOLDER = new URL('../../data/manchester/', import.meta.url);
/** Working days that a payment may wait after the day on which it was made in truth. */
const WAIT = 10;
const ROOT = 'council';
/** What a fund may lay claim to beyond its share, so that the council's whole cash is what binds. */
const CLAIM = 1.1;

interface Tier {
  readonly tier: number;
  readonly urgency: number;
  readonly parts: boolean;
}

/** Categories that `tiers.csv` does not name. */
const OTHER: Tier = { tier: 3, urgency: 1, parts: false };

/** One payment with its place in our tiers and pools. */
export interface CouncilPayment extends Tier {
  readonly date: string;
  /** In pence. */
  readonly pence: number;
  readonly department: string;
  readonly pool: string;
}

async function rows(file: string): Promise<string[][]> {
  const bytes = await readFile(new URL(file, FOLDER));
  const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const parsed: string[][] = parse(text, { fromLine: 2 });
  return parsed;
}

/** All payments of 2017, in the order of the council's file. */
export async function councilPayments(): Promise<CouncilPayment[]> {
  const tiers = new Map(
    (await rows('tiers.csv')).map(([category, tier, urgency, parts]): [string, Tier] => [
      category ?? '',
      { tier: Number(tier), urgency: Number(urgency), parts: parts === 'yes' },
    ]),
  );
  const pools = new Map(
    (await rows('pools.csv')).map(([department, pool]) => [department, pool ?? '']),
  );
  const payments = await rows('payments-2017.csv.gz');
  return payments.map(([date = '', amount = '', department = '', category = '']) => ({
    date,
    pence: Money.of(amount).toPlainFen(),
    department,
    pool: pools.get(department) ?? 'general',
    ...(tiers.get(category) ?? OTHER),
  }));
}

/**
 * A month (`2017-03`) or the year (`2017`) as a problem: each payment is due on its real day and may wait ten working
 * days. Cash comes in evenly, every working day the same, and in all it is `share` of what is wanted.
 */
export function councilProblem(
  all: readonly CouncilPayment[],
  period: string,
  share: number,
): ProblemText {
  const payments = all.filter(({ date }) => date.startsWith(period));
  const days = [...new Set(payments.map(({ date }) => date))].filter(isWeekday).sort();
  const requests = payments.map((payment, index): RequestText => {
    const { date, pence, department, pool, tier, urgency, parts } = payment;
    const place = days.findLastIndex((day) => day <= date);
    const latest = days[Math.min(days.length - 1, place + WAIT)] ?? date;
    return {
      id: `${period}-${String(index + 1).padStart(5, '0')}`,
      unit: department,
      pool,
      amount: money(pence),
      tier,
      urgency,
      due: date,
      latest: latest < date ? date : latest,
      ...(parts ? { divisible: true } : {}),
    };
  });
  const wanted = (pool: string) =>
    payments
      .filter((payment) => pool === ROOT || payment.pool === pool)
      .reduce((sum, { pence }) => sum + pence, 0);
  const poolText = (id: string): PoolText => {
    const cash = wanted(id) * (id === ROOT ? share : Math.min(1, share * CLAIM));
    const daily = money(Math.floor(cash / days.length));
    const pool: PoolText = { id, opening: '0.00', inflow: days.map(() => daily) };
    return id === ROOT ? pool : { ...pool, parent: ROOT };
  };
  const ids = [ROOT, ...new Set(payments.map(({ pool }) => pool))];
  return { days, sameDayInflow: true, pools: ids.map(poolText), requests };
}

function isWeekday(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDay() % 6 !== 0;
}
