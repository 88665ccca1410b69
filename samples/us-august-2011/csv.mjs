// CSV in and out, for make.mjs and division.mjs. Needs no package, so that the sample can be made from a bare clone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Rows of a CSV text as objects; quoted fields may hold commas and doubled quotes. */
export function parse(text) {
  const rows = text
    .replace(/\r/g, '')
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  const [names, ...body] = rows;
  return body.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
}

const quote = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : `${cell}`);

/** Writes a file of the sample, named relative to this folder. */
export function write(name, columns, rows) {
  const path = join(import.meta.dirname, name);
  mkdirSync(dirname(path), { recursive: true });
  const lines = [columns, ...rows].map((row) => row.map((cell) => quote(String(cell))).join(','));
  writeFileSync(path, `${lines.join('\n')}\n`);
}

/** Millions of dollars as printed, in dollars and cents. */
export const dollars = (millions) => (Number(millions) === 0 ? '0.00' : `${millions}000000.00`);

/** A code made of a printed line. */
export const slug = (item) =>
  item
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 24)
    .replace(/-$/, '');
