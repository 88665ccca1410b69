import type { Flow, History, SeriesHistory } from '@guoku/domain-forecast';

/** A flows file as history, or what is wrong with it, a sentence for each line. */
export interface ReadFlows {
  readonly history: History | undefined;
  readonly faults: readonly string[];
}

const shape = /^(\d{4}-\d{2}-\d{2}),([^,"]+),(-?)(\d{1,13})(?:\.(\d{1,2}))?$/;

/**
 * Reads `date,series,amount`; the amount is text of yuan and becomes whole fen. Series whose name
 * begins with `outlay` or `outflow` go out, all others come in. One bad row refuses the whole.
 * @param origin the last day that counts; the file's last day unless given
 */
export function readFlows(text: string, origin: string | undefined): ReadFlows {
  const faults: string[] = [];
  const flows = new Map<string, Flow[]>();
  let last = '';
  const [heading = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (heading !== 'date,series,amount') faults.push('line 1: expected date,series,amount');
  lines.forEach((line, i) => {
    if (line === '') return;
    const match = shape.exec(line);
    const [, day = '', series = '', sign = '', whole = '', part = ''] = match ?? [];
    if (match === null || !isDate(day)) {
      faults.push(`line ${i + 2}: expected a day, a series and an amount of at most two decimals`);
      return;
    }
    const fen = Number(whole) * 100 + Number(part.padEnd(2, '0'));
    const known = flows.get(series) ?? [];
    known.push({ day, amount: sign === '-' ? -fen : fen });
    flows.set(series, known);
    if (day > last) last = day;
  });
  if (origin !== undefined && !isDate(origin)) faults.push('--origin: expected YYYY-MM-DD');
  if (flows.size === 0) faults.push('the file has no flow');
  if (faults.length > 0) return { history: undefined, faults };
  const series = [...flows].map(([name, each]): SeriesHistory => ({
    name,
    direction: /^(outlay|outflow)/.test(name) ? 'outflow' : 'inflow',
    flows: each,
  }));
  return { history: { origin: origin ?? last, series }, faults };
}

function isDate(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
