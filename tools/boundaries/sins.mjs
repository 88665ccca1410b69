// What must not pass lint: where it is planted, what is planted, and the rule that has to bite. The first entry of each
// place is clean, so that a place that fails everything (a parse error, say) is noticed too.

const arrow = 'boundaries/dependencies';
const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';
const imports = (from) =>
  `import * as it from '${from}';\nexport const { length } = Object.keys(it);\n`;
const computes = (expression) => `export const planted = ${expression};\n`;

const pureLibrary = [
  [imports('@guoku/money'), null],
  [computes(`new Date('2026-03-09').getUTCDay()`), null],
  [imports('@guoku/domain-payment'), arrow],
  [imports('@guoku/contracts'), arrow],
  [imports('@guoku/persistence'), arrow],
  [imports('@guoku/testing'), arrow],
  [imports('@nestjs/common'), arrow],
  [imports('typeorm'), arrow],
  [imports('decimal.js'), arrow],
  [imports('node:fs'), arrow],
  [imports('fs'), arrow],
  [imports('../../../money/src/money.js'), arrow],
  [
    `import type { Money } from '../../../money/src/money.js';\nexport type Planted = Money;\n`,
    arrow,
  ],
  [`export { Money } from '../../../money/src/money.js';\n`, arrow],
  [computes('async () => 1'), syntax],
  [`export async function planted(): Promise<void> {\n  await Promise.resolve();\n}\n`, syntax],
  [computes(`import('@guoku/money')`), syntax],
  [computes('new Date()'), syntax],
  [computes('Date()'), syntax],
  [computes('Date.now()'), syntax],
  [computes('Math.random()'), syntax],
  [computes(`parseFloat('1')`), syntax],
  [computes('process.env'), syntax],
  [computes('process.uptime()'), globals],
  [computes('performance.now()'), globals],
  [computes('globalThis'), globals],
  [computes('setTimeout(() => 1, 1)'), globals],
  [computes(`fetch('https://example.org')`), globals],
  [computes('1 as unknown'), '@typescript-eslint/consistent-type-assertions'],
  [`export type Planted = any;\n`, '@typescript-eslint/no-explicit-any'],
  [
    `declare const list: number[];\n${computes('list[0]!')}`,
    '@typescript-eslint/no-non-null-assertion',
  ],
  [`export * from '@guoku/money';\n`, syntax],
  ['export default 1;\n', syntax],
  ['// why\n'.repeat(400) + computes('1'), 'max-lines'],
];

const pureSpec = [
  [imports('fast-check'), null],
  [imports('node:fs'), null],
  [imports('@guoku/testing'), null],
  [imports('@guoku/service/testing'), null],
  [computes('async () => Promise.resolve([1][0]!)'), null],
  [imports('@nestjs/common'), arrow],
  [imports('@guoku/domain-payment'), arrow],
  [computes('Math.random()'), syntax],
];

export const sins = {
  'libs/domain/quota/src/index.ts': pureLibrary,
  'libs/money/src/money.spec.ts': pureSpec,
  'libs/calendar/src/index.ts': [
    [imports('@guoku/money'), null],
    [imports('@guoku/domain-quota'), arrow],
    [imports('decimal.js'), arrow],
    [imports('node:fs'), arrow],
    [computes('new Date()'), syntax],
  ],
  'libs/contracts/src/index.ts': [
    [imports('@guoku/money'), null],
    [imports('ajv'), null],
    [imports('@guoku/domain-quota'), arrow],
    [imports('@guoku/persistence'), arrow],
    [imports('typeorm'), arrow],
  ],
  'libs/platform/persistence/src/index.ts': [
    [imports('@guoku/contracts'), null],
    [imports('typeorm'), null],
    [imports('@guoku/domain-quota'), arrow],
    [imports('@guoku/testing'), arrow],
    [imports('decimal.js'), arrow],
    [imports('../../../../apps/quota/src/quota.module.js'), arrow],
  ],
  'apps/payment/src/payment.module.ts': [
    [imports('@guoku/domain-payment'), null],
    [imports('@guoku/domain-schedule'), null],
    [imports('@guoku/service'), null],
    [imports('@guoku/service/start'), null],
    [imports('@guoku/service/testing'), arrow],
    [imports('@nestjs/common'), null],
    [imports('@guoku/domain-quota'), arrow],
    [imports('@guoku/domain-forecast'), arrow],
    [imports('@guoku/quota'), arrow],
    [imports('../../quota/src/quota.module.js'), arrow],
    [imports('@guoku/testing'), arrow],
    [computes('process.env'), syntax],
    [computes('console.log'), 'no-console'],
    [
      `export function planted(): void {\n  Promise.resolve();\n}\n`,
      '@typescript-eslint/no-floating-promises',
    ],
  ],
};
