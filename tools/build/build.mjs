#!/usr/bin/env node
// Emits one project: every src/**/*.ts becomes dist/**/*.js by swc; every other file (SQL, proto, CSV) is copied.
// Runs in the project's folder (`npm run build -w <project>`). dist is built anew, so a deleted source leaves nothing.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const swcrc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
const project = process.cwd();
const source = join(project, 'src');
const target = join(project, 'dist');

rmSync(target, { recursive: true, force: true });
for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.spec\.ts$|\.d\.ts$/.test(entry.name)) continue;
  const from = join(entry.parentPath ?? entry.path, entry.name);
  const to = join(target, relative(source, from));
  mkdirSync(dirname(to), { recursive: true });
  if (!entry.name.endsWith('.ts')) {
    cpSync(from, to);
    continue;
  }
  const { code, map } = transformFileSync(from, {
    ...swcrc,
    swcrc: false,
    sourceMaps: true,
    cwd: root,
  });
  const emitted = to.replace(/\.ts$/, '.js');
  writeFileSync(
    emitted,
    `${code}\n//# sourceMappingURL=${entry.name.replace(/\.ts$/, '.js.map')}\n`,
  );
  writeFileSync(`${emitted}.map`, map);
}
