import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  canonical,
  CHAIN_START,
  fingerprintOf,
  hashOf,
  signRoot,
  verifyFile,
} from './audit-file.js';

const key = generateKeyPairSync('ed25519').privateKey;
const another = generateKeyPairSync('ed25519').privateKey;
const mofDivCode = '990001000';

const chain = (length: number) => {
  const lines: {
    position: number;
    previous: string;
    hash: string;
    entry: Record<string, string | null>;
  }[] = [];
  for (let position = 1; position <= length; position += 1) {
    const previous = lines.at(-1)?.hash ?? CHAIN_START;
    const entry = { id: `entry-${position}`, mofDivCode, person: '出纳-1', refusal: null };
    lines.push({ position, previous, entry, hash: hashOf({ position, previous, entry }) });
  }
  return lines;
};
const entries = chain(3);
const root = (position: number, day: string, by = key) =>
  signRoot({ mofDivCode, day, position, hash: entries[position - 1]?.hash ?? '' }, by);
const fileOf = (lines: readonly unknown[]) => lines.map((line) => `${canonical(line)}\n`).join('');
const file = fileOf([...entries, root(2, '2026-03-08'), root(3, '2026-03-09')]);
const fingerprint = fingerprintOf(root(1, '2026-03-08').publicKey);
const faults = (text: string) => verifyFile(text, fingerprint).findings.map(({ fault }) => fault);

test('an untouched file holds', () => {
  expect(verifyFile(file, fingerprint)).toEqual({
    entries: 3,
    roots: 2,
    unsigned: 0,
    fingerprints: [fingerprint],
    findings: [],
  });
});

test('any changed byte is found', () => {
  const bytes = Buffer.from(file);
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    const found = verifyFile(changed.toString('utf8'), fingerprint).findings;
    if (found.length === 0) throw new Error(`byte ${index} was changed and nothing was found`);
  }
});

test('any missing or doubled line is found, but for the last root', () => {
  const lines = file.split('\n').slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const without = lines.filter((_, at) => at !== index);
    const doubled = lines.flatMap((one, at) => (at === index ? [one, line] : [one]));
    const cut = index >= 3 ? 0 : 1;
    expect(faults(`${without.join('\n')}\n`).length).toBeGreaterThanOrEqual(cut);
    expect(faults(`${doubled.join('\n')}\n`)).not.toEqual([]);
  }
});

test('a chain that was made again from a changed entry does not agree with the signed root', () => {
  const forged = chain(3).map((line) => ({ ...line, entry: { ...line.entry, person: 'forger' } }));
  let previous = CHAIN_START;
  const rehashed = forged.map(({ position, entry }) => {
    const line = { position, previous, entry, hash: hashOf({ position, previous, entry }) };
    previous = line.hash;
    return line;
  });
  expect(faults(fileOf([...rehashed, root(3, '2026-03-09')]))).toEqual([
    'signs another chain than this one',
  ]);
});

test('a root by another key is found, whether the key is known or changes on the way', () => {
  const forged = fileOf([...entries, root(2, '2026-03-08'), root(3, '2026-03-09', another)]);
  expect(faults(forged)).toEqual(['is signed by another key']);
  expect(verifyFile(forged).findings).toEqual([{ line: 5, fault: 'the key has changed' }]);
});

test('what no root covers yet is told', () => {
  expect(verifyFile(fileOf([...entries, root(2, '2026-03-08')]), fingerprint).unsigned).toBe(1);
});

test('the verifier runs by itself, without any service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  try {
    const path = join(folder, 'audit.ndjson');
    const run = (text: string) => {
      writeFileSync(path, text);
      const script = join(import.meta.dirname, 'audit-file.ts');
      return execFileSync(process.execPath, [script, path, fingerprint], { encoding: 'utf8' });
    };
    expect(JSON.parse(run(file))).toMatchObject({ entries: 3, findings: [] });
    expect(() => run(file.replace('entry-2', 'entry-9'))).toThrow(/Command failed/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
