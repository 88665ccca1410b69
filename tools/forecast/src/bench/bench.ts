/** `npm run bench:forecast [-- --full --from DAY --to DAY treasury|m3|growth …]`: what the forecaster reaches, beside others. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calendarOf, dayOf } from '@guoku/calendar';
import type { History } from '@guoku/domain-forecast';
import { directionOf, readRows } from '../flows.js';
import { benchGrowth } from './growth.js';
import { benchM3 } from './m3.js';
import { benchTreasury } from './treasury.js';

const data = (name: string): URL => new URL(`../../data/${name}`, import.meta.url);

/** Prints tables, and as the last line one JSON object of all figures. */
export function bench(args: readonly string[]): Promise<number> {
  const { values, positionals: parts } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      from: { type: 'string', default: '2017-01-01' },
      to: { type: 'string', default: '2018-11-30' },
    },
  });
  const { full } = values;
  const wanted = (part: string): boolean => parts.length === 0 || parts.includes(part);
  const say = (line: string): void => console.log(line);
  const us = calendarOf('us');
  const calendar = {
    isWorkingDay: (day: string) => us.isWorkingDay(dayOf(day)),
    knows: (year: number) => us.knows(year),
  };
  const history = treasuryHistory();
  const began = performance.now();
  const treasury = wanted('treasury') ? benchTreasury(history, calendar, values, say) : undefined;
  const m3 = wanted('m3') ? benchM3(data('m3/m3.csv.gz'), full, say) : undefined;
  const growth = wanted('growth') ? benchGrowth(history, calendar, full, say) : undefined;
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(JSON.stringify({ ...values, seconds, treasury, m3, growth }));
  return Promise.resolve(0);
}

/** Millions of dollars in the file stand for yuan here. */
function treasuryHistory(): History {
  const { rows } = readRows(readFileSync(data('us-treasury-totals.csv'), 'utf8'), 'daily', true);
  const series = ['receipts', 'outlays'].map((name) => ({
    name,
    direction: directionOf(name),
    flows: rows.flatMap((row) =>
      row.series === name ? [{ day: row.label, amount: row.amount }] : [],
    ),
  }));
  return { origin: rows.at(-1)?.label ?? '', series };
}
