/**
 * Cells as people and spreadsheets write them, in the form that problem files have. A cell that is not understood stays
 * as it is: the door of the planner then says what is wrong with it, so that there is one judge of what is sound.
 */

const THOUSANDS = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const WHOLE_YUAN = /^-?\d+$/;
const ONE_DECIMAL = /^-?\d+\.\d$/;
const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;
const LOCAL_TIME = /^(\S+)[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const YES = new Set(['yes', 'y', 'true', '1', '是']);
const NO = new Set(['no', 'n', 'false', '0', '否']);

/** Money with two decimals: thousands marks, a yuan sign and missing decimals are allowed. */
export function moneyCell(cell: string): string {
  const plain = cell.replaceAll('，', ',').replace(/^[¥￥]\s*/, '');
  const digits = THOUSANDS.test(plain) ? plain.replaceAll(',', '') : plain;
  if (WHOLE_YUAN.test(digits)) return `${digits}.00`;
  return ONE_DECIMAL.test(digits) ? `${digits}0` : digits;
}

/** A day as YYYY-MM-DD: 2026/12/1, 2026年12月1日 and 20261201 are the same day. */
export function dateCell(cell: string): string {
  const [, year, month, day] = DATE.exec(cell) ?? COMPACT_DATE.exec(cell) ?? [];
  if (year === undefined || month === undefined || day === undefined) return cell;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** An instant with its offset; a time without one is Beijing's. */
export function timeCell(cell: string): string {
  const [, date = '', hour = '', minute = '', second = '00'] = LOCAL_TIME.exec(cell) ?? [];
  if (date === '') return cell;
  return `${dateCell(date)}T${hour.padStart(2, '0')}:${minute}:${second}+08:00`;
}

export function wholeCell(cell: string): number | string {
  return /^\d{1,9}$/.test(cell) ? Number(cell) : cell;
}

export function flagCell(cell: string): boolean | string {
  const word = cell.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : cell;
}

export function textCell(cell: string): string {
  return cell;
}
