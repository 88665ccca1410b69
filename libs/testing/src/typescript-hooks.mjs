// `node --import <this file> program.ts` runs TypeScript sources as they are, for tests that must
// kill a process of their own: no build, so never an old one. Node's own type stripping does not
// take all of TypeScript.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const swcrc = JSON.parse(readFileSync(new URL('../../../.swcrc', import.meta.url), 'utf8'));

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
    const path = isSource ? specifier.replace(/\.js$/, '.ts') : specifier;
    return nextResolve(path, { ...context, conditions: ['@guoku/source', ...context.conditions] });
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...swcrc,
      swcrc: false,
      sourceMaps: 'inline',
      filename,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
