import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const tidy = join(import.meta.dirname, '..', 'tidy.mjs');
const aTest = `test('a rule', () => {});\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guoku-tidy-'));
  execFileSync('git', ['init', '--quiet', folder]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What tidy says about a repository of these files. */
function judge(files: Record<string, string>): { status: number | null; said: string[] } {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [tidy, folder], { encoding: 'utf8' });
  return { status, said: stderr.trim().split('\n') };
}

const clean = {
  'README.md': 'See [quota](apps/quota/README.md), [docs](docs/) and [Node](https://nodejs.org).\n',
  'docs/glossary.md': 'hold\n',
  'apps/quota/README.md': 'Back to [all](../../README.md#top).\n',
  'apps/quota/package.json': '{"private":true,"license":"Apache-2.0","type":"module"}\n',
  'apps/quota/src/line/line.store.ts': 'const sql = `update line set held = :held`;\n',
  'libs/money/package.json': '{"private":true,"license":"Apache-2.0","type":"module"}\n',
  'libs/money/src/index.ts': `// why\nexport { Money } from './money.js';\nexport type { A, B } from './a.js';\n`,
  'libs/money/src/money.spec.ts': `describe('a', () => {\n  ${aTest}});\ndescribe('b', () => {\n  ${aTest}});\n`,
  'package-lock.json': '{"resolved": "libs/money"}\n',
};

test('a tidy repository passes, and files that git ignores are not read', () => {
  const ignored = { '.gitignore': 'dist/\n', 'apps/quota/dist/utils.ts': '// TODO\n' };
  expect(judge({ ...clean, ...ignored })).toEqual({ status: 0, said: [''] });
});

test.each([
  ['apps/quota/src/a.ts', '// TODO later\n', 'TODO is banned, use finish it'],
  ['apps/quota/src/up.sql', '-- FIXME\n', 'FIXME is banned'],
  ['libs/money/src/a.spec.ts', `${aTest}test.only('a', () => {});\n`, 'test.only is banned'],
  [
    'libs/money/src/a.spec.ts',
    `${aTest}describe.skip('a', () => {});\n`,
    'describe.skip is banned',
  ],
  ['libs/money/src/a.spec.ts', `${aTest}xit('a', () => {});\n`, "xit(' is banned"],
  [
    'libs/money/src/a.spec.ts',
    `${aTest}jest.mock('./a.js');\n`,
    'jest.mock( is banned, use the real thing',
  ],
  ['apps/quota/src/a.ts', '// eslint-disable-next-line no-console\n', 'use the reason'],
  ['apps/quota/src/a.ts', 'forwardRef(() => A);\n', 'forwardRef( is banned'],
  ['apps/quota/src/a.ts', 'const o = { synchronize: true };\n', 'use a migration'],
  ['apps/quota/src/a.store.ts', 'const q = `where id = $1`;\n', 'use a named parameter'],
  ['apps/quota/src/a.ts', 'const a = parseFloat(b);\n', 'an amount never becomes a float'],
  ['apps/quota/src/a.ts', 'const a = Number(row.amount);\n', 'an amount never becomes a float'],
  ['apps/quota/src/a.ts', 'interface A {\n  paidAmount?: number;\n}\n', 'use Money'],
  ['libs/domain/quota/src/a.ts', 'const committed = 1;\n', 'use hold, spend or release'],
  ['docs/a.md', `Read ${['..', 'shared'].join('/')}/design.md.\n`, 'use a file of this repository'],
  ['docs/a.md', `It is in ${['', 'work', 'main'].join('/')}.\n`, 'use a path relative'],
  ['.ci/run', 'cd /home/somebody/guoku\n', 'use a path relative'],
  ['.npmrc', 'registry=https://registry.npmjs.org/\n', "use the machine's own settings"],
  [
    'tools/kafka/pom.xml',
    '<url>https://repo1.maven.org/maven2</url>\n',
    "use the machine's own settings",
  ],
  [
    'package-lock.json',
    '{"resolved": "https://example.org/a.tgz"}\n',
    'is banned, use `npm install`',
  ],
  ['docs/key.pem', '-----BEGIN PRIVATE KEY-----\n', 'use a key made at the first start'],
  ['apps/quota/src/a.ts', `// ${'x'.repeat(130)}\n`, '133 characters, at most 132'],
  ['apps/quota/src/a.ts', '// why\n'.repeat(401), '401 lines, at most 400'],
  ['apps/quota/src/utils.ts', '', 'utils.ts says nothing'],
  ['apps/quota/src/quota-manager.ts', '', 'quota-manager.ts says nothing'],
  ['libs/common/src/a.ts', '', 'common says nothing'],
  ['apps/quota/src/HoldQuota.ts', '', 'lower case with hyphens'],
  ['apps/quota/src/line/index.ts', '', 'index is the front door of a package'],
  ['apps/nowhere/src/index.ts', '', 'index is the front door of a package'],
  ['libs/money/src/index.ts', `export * from './money.js';\n`, 'only lists the names'],
  ['libs/money/src/index.ts', 'export const a = 1;\n', 'only lists the names'],
  ['apps/quota/src/a.test.ts', aTest, 'this never runs'],
  ['apps/quota/e2e/a.spec.ts', aTest, 'this never runs'],
  ['libs/money/src/a.spec.ts', 'export {};\n', 'no test in it'],
  ['libs/money/src/a.spec.ts', aTest + aTest, "a second test is called 'a rule'"],
  [
    'libs/money/src/a.spec.ts',
    `describe('d', () => {\n  ${aTest}  test.each([\n    [1],\n  ])(\n    'a rule',\n    () => {},\n  );\n});\n`,
    "a second test is called 'd › a rule'",
  ],
  ['docs/a.md', 'See [b](b.md).\n', 'the link to b.md leads nowhere'],
  ['libs/money/package.json', '{"license":"Apache-2.0","type":"module"}\n', 'a package is private'],
  [
    'libs/money/package.json',
    '{"private":true,"license":"Apache-2.0","type":"module","dependencies":{}}\n',
    'dependencies stand in the root',
  ],
])('in %s, %j is found: %s', (path, text, fault) => {
  const { status, said } = judge({ ...clean, [path]: text });
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringContaining(fault)]);
  expect(said[0]).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')}:\\d+: `));
});
