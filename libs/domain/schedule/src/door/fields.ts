/** Readers of single values: each gives the value, or `null` and a fault at its place. */
import { isDate, isInstant } from '../instant.js';
import type { Fen } from '../problem.js';
import { type Faults, type Place, inside } from './faults.js';
import { type Json, JsonObject, isList } from './json.js';

const AMOUNT = /^-?(?:0|[1-9]\d*)\.\d\d$/;

/** Fen of money text with two decimals; `null` where it is none. From 2^53 on it is only near. */
export function fenOf(text: string): Fen | null {
  if (!AMOUNT.test(text) || text === '-0.00') return null;
  return Number(text.slice(0, -3) + text.slice(-2));
}

/** Money text with two decimals of whole fen. */
export function moneyText(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The members of an object by key; reports unknown, repeated and missing ones. */
export function membersOf(
  value: Json,
  place: Place | null,
  keys: { readonly required: readonly string[]; readonly optional: readonly string[] },
  faults: Faults,
): Map<string, Json> | null {
  if (!(value instanceof JsonObject)) {
    faults.add(place, 'wrong-type', 'an object is expected');
    return null;
  }
  const members = new Map<string, Json>();
  for (const [spot, member] of value.members.entries()) {
    const at = inside(place, member.key);
    if (member.repeated) {
      faults.add(at, 'repeated-key', 'the key stands twice in this object', spot);
    } else if (!keys.required.includes(member.key) && !keys.optional.includes(member.key)) {
      faults.add(at, 'unknown-key', 'no such key is known here');
    } else {
      members.set(member.key, member.value);
    }
  }
  for (const key of keys.required) {
    if (!members.has(key)) faults.add(inside(place, key), 'missing-key', 'the key is required');
  }
  return members;
}

export function listOf(value: Json, place: Place | null, faults: Faults): readonly Json[] | null {
  if (isList(value)) return value;
  faults.add(place, 'wrong-type', 'a list is expected');
  return null;
}

export function textOf(value: Json, place: Place, faults: Faults): string | null {
  if (typeof value === 'string') return value;
  faults.add(place, 'wrong-type', 'text is expected');
  return null;
}

export function flagOf(value: Json, place: Place, faults: Faults): boolean | null {
  if (typeof value === 'boolean') return value;
  faults.add(place, 'wrong-type', 'true or false is expected');
  return null;
}

export function wholeOf(
  value: Json,
  place: Place,
  range: { readonly from: number; readonly to: number },
  faults: Faults,
): number | null {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    faults.add(place, 'wrong-type', 'a whole number is expected');
    return null;
  }
  if (value < range.from || value > range.to) {
    faults.add(place, 'out-of-range', `${range.from} to ${range.to} is expected`);
    return null;
  }
  return value;
}

export type Sign = 'any' | 'not-negative' | 'positive';

export function amountOf(value: Json, place: Place, sign: Sign, faults: Faults): Fen | null {
  const text = textOf(value, place, faults);
  if (text === null) return null;
  const fen = fenOf(text);
  if (fen === null) {
    faults.add(place, 'bad-amount', 'money is text with two decimals, as "1234.50"');
    return null;
  }
  if (sign === 'positive' && fen < 1) {
    faults.add(place, 'amount-too-small', 'at least 0.01 is expected');
    return null;
  }
  if (sign === 'not-negative' && fen < 0) {
    faults.add(place, 'negative', 'it cannot be negative');
    return null;
  }
  return fen;
}

export function dateOf(value: Json, place: Place, faults: Faults): string | null {
  const text = textOf(value, place, faults);
  if (text === null || isDate(text)) return text;
  faults.add(place, 'bad-date', 'a day of the calendar as YYYY-MM-DD is expected');
  return null;
}

export function instantOf(value: Json, place: Place, faults: Faults): string | null {
  const text = textOf(value, place, faults);
  if (text === null || isInstant(text)) return text;
  faults.add(place, 'bad-instant', 'a time with offset is expected, as 2026-11-30T08:12:00+08:00');
  return null;
}
