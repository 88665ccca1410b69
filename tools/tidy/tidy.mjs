#!/usr/bin/env node
// Reads every file that git would take and prints what is against our manners. `tidy.mjs [folder]`, by default here.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf } from './manners.mjs';

const root = process.argv[2] ?? join(import.meta.dirname, '..', '..');
const notText = /\.(gz|png|jpg|pdf|wasm|woff2?)$/;

const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  },
);
const files = new Set(
  listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path))),
);

const faults = [...files]
  .filter((path) => !notText.test(path))
  .sort()
  .flatMap((path) => faultsOf(path, readFileSync(join(root, path), 'utf8'), files));

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`tidy: ${files.size} files, nothing to say`);
