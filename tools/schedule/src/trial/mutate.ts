/** Malformed input: a real problem, cut, doubled, retyped, renamed, reordered, blown up, nested, or written in wrong bytes. */
import type { Chance } from './random.js';

const NASTY = [
  'null', 'true', '1e999', '-0', '[]', '{}', '"-0.00"', '"01.00"', '"1.000"', '9007199254740993',
  '"\\ud800"', '"__proto__"', '"2026-02-30"', '"99999999999999999999.00"', '""', '"１.００"', '1.5',
] as const; // prettier-ignore

const KEYS = ['"id"', '"due"', '"amount"', '"nobody"', '"__proto__"', '"constructor"'] as const;

type Mutation = (text: string, chance: Chance) => string | Uint8Array;

/** Place and end of a piece of at most forty characters. */
function piece(text: string, chance: Chance): [from: number, to: number] {
  const from = chance.whole(0, text.length);
  return [from, Math.min(text.length, from + chance.whole(1, 40))];
}

function replaceOne(text: string, pattern: RegExp, by: string, chance: Chance): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: old } = chance.pick(found);
  return text.slice(0, index) + by + text.slice(index + old.length);
}

/** The same document with the keys of every object in another order. */
function reordered(value: unknown, chance: Chance): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, chance));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reordered(item, chance)]);
  return Object.fromEntries(chance.shuffle(entries));
}

const WRONG_BYTES: readonly ((text: string) => Uint8Array)[] = [
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le').swap16(),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(text.replace('"id":"', '"id":"é'), 'latin1'),
  (text) => Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.from([0xe5, 0x9b])]),
  (text) => Buffer.from(text.replace('"id":"', '"id":"\0')),
  (text) => Buffer.concat([Buffer.from(text), Buffer.from([0])]),
];

/** How an input is spoilt, by name. `reordered` alone leaves it sound. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'cut off': (text, chance) => text.slice(0, chance.whole(0, text.length)),
  'a piece cut out': (text, chance) => {
    const [from, to] = piece(text, chance);
    return text.slice(0, from) + text.slice(to);
  },
  'a piece doubled': (text, chance) => {
    const [from, to] = piece(text, chance);
    return text.slice(0, to) + text.slice(from);
  },
  'an entry doubled': (text, chance) => {
    const [found = ''] = chance.pick([...text.matchAll(/\{"id":[^{}]*\},|"\w+":"[^"]*",/g), ['']]);
    return text.replace(found, found + found);
  },
  'any character': (text, chance) => {
    const [from] = piece(text, chance);
    const any = String.fromCharCode(chance.whole(0, 0xffff));
    return text.slice(0, from) + any + text.slice(from + 1);
  },
  retyped: (text, chance) =>
    replaceOne(text, /("[^"]*"|\d+|true|false)(?=[,}\]])/g, chance.pick(NASTY), chance),
  renamed: (text, chance) => replaceOne(text, /"\w+"(?=:)/g, chance.pick(KEYS), chance),
  reordered: (text, chance) => JSON.stringify(reordered(JSON.parse(text), chance)),
  'huge numbers': (text, chance) =>
    replaceOne(text, /\d+/g, '9'.repeat(chance.whole(1, chance.pick([20, 400, 100_000]))), chance),
  'deep nesting': (text, chance) => {
    const [from] = piece(text, chance);
    const deep = chance.pick(['[{"a":', '[', '{"a":']);
    return text.slice(0, from) + deep.repeat(chance.whole(1, 100_000)) + text.slice(from);
  },
  punctuation: (text, chance) =>
    replaceOne(text, /[,:{}[\]]/g, chance.pick([',', ':', '{', '}', '[', ']']), chance),
  'wrong bytes': (text, chance) => chance.pick(WRONG_BYTES)(text),
};
