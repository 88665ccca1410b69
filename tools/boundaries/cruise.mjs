import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A small workspace of one file each, with every sin that dependency-cruiser has to find in it. */
const packages = {
  'libs/money': '@guoku/money',
  'libs/ledger': '@guoku/ledger',
  'libs/contracts': '@guoku/contracts',
  'libs/domain/quota': '@guoku/domain-quota',
  'libs/domain/payment': '@guoku/domain-payment',
  'libs/domain/schedule': '@guoku/domain-schedule',
  'libs/platform/service': '@guoku/service',
  'libs/testing': '@guoku/testing',
  'apps/quota': '@guoku/quota',
  'apps/payment': '@guoku/payment',
};
const files = {
  'libs/money/src/index.ts': '',
  'libs/money/src/dead.ts': 'export const dead = 1;',
  'libs/ledger/src/index.ts': `import './one.js';\nimport '@guoku/money';\nimport '@guoku/contracts';`,
  'libs/ledger/src/one.ts': `import './two.js';\nexport const one = 1;`,
  'libs/ledger/src/two.ts': `import './one.js';\nimport './ledger.spec.js';\nexport const two = 2;`,
  'libs/ledger/src/ledger.spec.ts': `import '@guoku/testing';\nimport '@guoku/domain-quota';`,
  'libs/contracts/src/index.ts': `import '@guoku/service';`,
  'libs/domain/quota/src/index.ts': `import '@guoku/money';\nimport '@guoku/domain-payment';`,
  'libs/domain/payment/src/index.ts': `import '@guoku/nowhere';`,
  'libs/domain/schedule/src/index.ts': `import './check/check.js';`,
  'libs/domain/schedule/src/check/check.ts': `import '../plan.js';\nimport '../planner.js';`,
  'libs/domain/schedule/src/plan.ts': '',
  'libs/domain/schedule/src/planner.ts': '',
  'libs/platform/service/src/index.ts': `import '@guoku/testing';\nimport '@guoku/domain-quota';\nimport 'decimal.js';`,
  'libs/testing/src/index.ts': `import '@guoku/domain-quota';`,
  'tools/month/src/index.ts': `import '@guoku/domain-quota';\nimport '@guoku/quota';`,
  'apps/quota/src/index.ts': '',
  'apps/quota/src/main.ts': `import '@guoku/domain-quota';\nimport '@guoku/service';\nimport '@guoku/contracts';`,
  'apps/payment/src/main.ts': `import '@guoku/domain-quota';\nimport '../../quota/src/main.js';`,
};
const expected = [
  'arrows-of-app: apps/payment/src/main.ts → apps/quota/src/main.ts',
  'arrows-of-contracts: libs/contracts/src/index.ts → libs/platform/service/src/index.ts',
  'arrows-of-domain: libs/domain/quota/src/index.ts → libs/domain/payment/src/index.ts',
  'arrows-of-kernel: libs/ledger/src/index.ts → libs/contracts/src/index.ts',
  'only-specs-import-testing: libs/platform/service/src/index.ts → libs/testing/src/index.ts',
  'arrows-of-kernel: libs/ledger/src/ledger.spec.ts → libs/domain/quota/src/index.ts',
  'arrows-of-platform: libs/platform/service/src/index.ts → libs/domain/quota/src/index.ts',
  'arrows-of-testing: libs/testing/src/index.ts → libs/domain/quota/src/index.ts',
  'arrows-of-tool: tools/month/src/index.ts → apps/quota/src/index.ts',
  'checker-stands-alone: libs/domain/schedule/src/check/check.ts → libs/domain/schedule/src/planner.ts',
  'checker-takes-types-only: libs/domain/schedule/src/check/check.ts → libs/domain/schedule/src/plan.ts',
  'found: libs/domain/payment/src/index.ts → @guoku/nowhere',
  'no-cycles: libs/ledger/src/one.ts → libs/ledger/src/two.ts',
  'no-dead-files: libs/money/src/dead.ts',
  'nobody-imports: libs/platform/service/src/index.ts → node_modules/decimal.js/index.js',
  'nothing-runs-on-specs: libs/ledger/src/two.ts → libs/ledger/src/ledger.spec.ts',
  'own-domain-of-payment: apps/payment/src/main.ts → libs/domain/quota/src/index.ts',
];

/**
 * Cruises the small workspace with the real rules. It stands in a temporary folder outside the repository, so a kill in
 * the middle leaves nothing that could be committed or linted.
 *
 * @returns what was found but not planted, and planted but not found
 */
export async function wrongCruises(root) {
  const folder = mkdtempSync(join(tmpdir(), 'guoku-boundaries-'));
  try {
    build(folder, root);
    const found = await cruise(folder, root);
    return [
      ...expected
        .filter((line) => !found.includes(line))
        .map((line) => `not found by dependency-cruiser: ${line}`),
      ...found
        .filter((line) => !expected.includes(line))
        .map((line) => `not planted, yet found: ${line}`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const plantedForCruise = expected.length;

function build(folder, root) {
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, `${text}\n`);
  for (const name of ['tsconfig.json', 'tsconfig.base.json'])
    copyFileSync(join(root, name), join(folder, name));

  const frontDoor = { '.': { '@guoku/source': './src/index.ts' } };
  for (const [path, name] of Object.entries(packages)) {
    write(join(path, 'package.json'), JSON.stringify({ name, type: 'module', exports: frontDoor }));
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(folder, path), link);
  }
  write('node_modules/decimal.js/package.json', '{"name":"decimal.js","main":"index.js"}');
  write('node_modules/decimal.js/index.js', '');
}

async function cruise(folder, root) {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(root, '.dependency-cruiser.mjs');
  const args = [cli, '--config', config, '--output-type', 'json', 'apps', 'libs', 'tools'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (failure) => failure,
  );
  return JSON.parse(stdout).summary.violations.map(({ rule, from, to }) =>
    rule.name === 'no-dead-files' ? `${rule.name}: ${to}` : `${rule.name}: ${from} → ${to}`,
  );
}
