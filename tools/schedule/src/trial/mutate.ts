/** Malformed input: the text of a real problem, cut, doubled, retyped, renamed, reordered, blown up. */
import type { Chance } from './random.js';

const NASTY = [
  'null', 'true', '1e999', '-0', '[]', '{}', '"-0.00"', '"01.00"', '"1.000"', '9007199254740993',
  '"\\ud800"', '"__proto__"', '"2026-02-30"', '"99999999999999999999.00"',
] as const; // prettier-ignore

/** The text changed in one way that chance picks; often no JSON at all any more. */
export function mutated(text: string, chance: Chance): string {
  const at = chance.whole(0, text.length);
  const until = Math.min(text.length, at + chance.whole(1, 40));
  switch (chance.whole(0, 8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(until);
    case 2:
      return text.slice(0, until) + text.slice(at);
    case 3:
      return text.slice(0, at) + String.fromCharCode(chance.whole(0, 0xffff)) + text.slice(at + 1);
    case 4:
      return replaceOne(text, /"[^"]*"(?=[,}\]])/g, chance.pick(NASTY), chance);
    case 5:
      return replaceOne(
        text,
        /"\w+"(?=:)/g,
        chance.pick(['"id"', '"due"', '"amount"', '"nobody"']),
        chance,
      );
    case 6:
      return replaceOne(text, /\d+/g, '9'.repeat(chance.whole(1, 400)), chance);
    case 7:
      return text.slice(0, at) + '[{"a":'.repeat(chance.whole(1, 5000)) + text.slice(at);
    default:
      return replaceOne(text, /[,:{}[\]]/g, chance.pick([',', ':', '{', '}', '[', ']']), chance);
  }
}

function replaceOne(text: string, pattern: RegExp, by: string, chance: Chance): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: old } = chance.pick(found);
  return text.slice(0, index) + by + text.slice(index + old.length);
}
